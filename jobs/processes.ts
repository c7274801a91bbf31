import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

/** Lines of a Procfile, by name. */
export function readProcfile(text: string): Map<string, string> {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
    return new Map(
        lines.map((line) => {
            const [, name, command] = /^(\w+):\s*(.+)$/.exec(line) ?? []
            if (!name || !command)
                throw new Error(`Expected lines such as "worker: npm run -s worker" in the Procfile, got "${line}".`)
            return [name, command]
        }),
    )
}

/** Which process ended the others, and how; `name` null: all were asked to end. */
export type Ended = { name: string | null; code: number | null }

type Desk = { signal: AbortSignal; say(line: string): void; begun(names: string[]): void }

/**
 * Carries out the line `release` of a Procfile, then runs all others side by side until `signal` or until one of them
 * ends; then the rest is asked to end and waited for. Their output goes to stderr, each line under its process' name.
 * @throws where `release` fails: nothing else is started then.
 */
export async function startProcesses(procfile: string, { signal, say, begun }: Desk): Promise<Ended> {
    const lines = readProcfile(await readFile(procfile, 'utf8'))
    const folder = dirname(procfile)
    const release = lines.get('release')
    if (release) {
        const code = await ended(launch('release', release, folder, say))
        if (code !== 0) throw new Error(`Expected the release step (${release}) to succeed, but it ended with ${code}.`)
    }
    const others = [...lines].filter(([name]) => name !== 'release')
    const children = others.map(([name, line]) => ({ name, child: launch(name, line, folder, say) }))
    begun(others.map(([name]) => name))
    const ends = children.map(async ({ name, child }) => ({ name, code: await ended(child) }))
    const asked = new Promise<Ended>((resolve) =>
        signal.addEventListener('abort', () => resolve({ name: null, code: null }), { once: true }),
    )
    const first = await Promise.race([asked, ...ends])
    for (const { child } of children) end(child)
    await Promise.all(ends)
    return first
}

/** A group of its own, so that asking it to end reaches the process behind npm and the shell as well. */
function launch(name: string, line: string, cwd: string, say: Desk['say']): ChildProcess {
    const child = spawn(line, { cwd, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (text) => say(`${name} | ${text}`))
    }
    return child
}

function ended(child: ChildProcess): Promise<number | null> {
    return new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code) => resolve(code))
    })
}

function end(child: ChildProcess): void {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    process.kill(-child.pid, 'SIGTERM')
}
