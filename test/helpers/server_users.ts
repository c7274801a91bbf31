import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A process that uses an embedded server until its standard input ends. */
export type ServerUser = { process: ChildProcess; url: string; dir: string }

const processes: ChildProcess[] = []

type Start = {
    /** The server's folder; else the default one of the project that `script` is in. */
    dir?: string
    script?: string
    /** Run it as this user, which only root may. */
    user?: { uid: number; gid: number }
}

/** Starts such a process and waits until it has asked the server something; throws what it could not do. */
export async function startServerUser(start: Start): Promise<ServerUser> {
    const script = start.script ?? join(import.meta.dirname, 'embedded_user.ts')
    const { CROSSDOCK_HOME: _, ...env } = process.env
    const child = spawn(process.execPath, [script, ...(start.dir ? [start.dir] : [])], {
        ...start.user,
        cwd: '/',
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
    })
    processes.push(child)
    const line = once(createInterface(child.stdout), 'line')
    const [text] = await Promise.race([line, once(child, 'exit').then(() => ['{"error": "it ended without a word"}'])])
    const said = JSON.parse(text) as { url: string; dir: string; error?: string }
    if (said.error) throw new Error(said.error)
    return { process: child, url: said.url, dir: said.dir }
}

/** Kills every such process that is left. */
export function killServerUsers(): void {
    for (const child of processes.splice(0)) child.kill('SIGKILL')
}
