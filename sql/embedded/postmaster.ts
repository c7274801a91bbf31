import { randomUUID } from 'node:crypto'
import { readdir, readFile, readlink, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** What a server says of itself in `postmaster.pid`. */
export type Postmaster = { pid: number; port: number; status: string }

/** How long an orphaned backend may take to leave by itself before it is killed. */
const ORPHAN_PATIENCE_MS = 2000

/** Lines of `postmaster.pid`, counted from 0 (PostgreSQL's src/include/utils/pidfile.h). */
const PID_LINE = 0
const PORT_LINE = 3
const STATUS_LINE = 7

/**
 * The server that runs on this data, starting, ready or stopping; `null` if none does. What a killed server left is
 * cleared: its backends that still work on, and a pid file whose number another program has meanwhile.
 */
export async function findPostmaster(data: string): Promise<Postmaster | null> {
    const text = await readPidFile(data)
    if (text === null) return null
    const lines = text.split('\n').map((line) => line.trim())
    const pid = Number(lines[PID_LINE])
    if (!pid) return null // just being written
    if (!isAlive(pid)) {
        await endOrphans(data)
        return null
    }
    if (!(await worksIn(pid, data))) {
        await removeStalePidFile(data, text)
        return null
    }
    return { pid, port: Number(lines[PORT_LINE]), status: lines[STATUS_LINE] ?? '' }
}

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0)
        return true
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
}

/** Fast shutdown: sessions are ended, the data is written, and the pid file goes. */
export async function shutDown(data: string): Promise<void> {
    const running = await findPostmaster(data)
    if (!running) return
    signal(running.pid, 'SIGINT')
    while (isAlive(running.pid) && (await findPostmaster(data))?.pid === running.pid) await setTimeout(10)
}

async function readPidFile(data: string): Promise<string | null> {
    return readFile(join(data, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
    })
}

/** A server's processes have the data as their working folder. Elsewhere than on Linux the number alone must do. */
async function worksIn(pid: number, data: string): Promise<boolean> {
    if (process.platform !== 'linux') return true
    return (await readlink(`/proc/${pid}/cwd`).catch(() => null)) === data
}

/** Moved before it is removed: should it be a new server's by now, it is put back; gone, its server was just ending. */
async function removeStalePidFile(data: string, stale: string): Promise<void> {
    const aside = join(data, `postmaster.pid.${randomUUID()}`)
    const moved = await rename(join(data, 'postmaster.pid'), aside).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
            if (error.code === 'ENOENT') return false
            throw error
        },
    )
    if (!moved) return
    if ((await readFile(aside, 'utf8')) === stale) await rm(aside)
    else await rename(aside, join(data, 'postmaster.pid'))
}

/**
 * A postmaster that was killed leaves backends that are inside a statement; they hold the shared memory, and no new
 * server starts beside them. Idle ones leave by themselves.
 */
async function endOrphans(data: string): Promise<void> {
    const patience = Date.now() + ORPHAN_PATIENCE_MS
    let orphans = await findOrphans(data)
    for (const pid of orphans) signal(pid, 'SIGQUIT')
    while (orphans.length > 0) {
        if (Date.now() > patience) for (const pid of orphans) signal(pid, 'SIGKILL')
        await setTimeout(10)
        orphans = await findOrphans(data)
    }
}

/** Backends whose parent is none of this data's: a server just starting has its children beside them. */
async function findOrphans(data: string): Promise<number[]> {
    if (process.platform !== 'linux') return []
    const found: number[] = []
    for (const name of await readdir('/proc')) {
        const pid = Number(name)
        if (!pid || !(await worksIn(pid, data))) continue
        const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
        const parent = /\) \S (\d+) /.exec(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))?.[1]
        if (title.startsWith('postgres: ') && parent && !(await worksIn(Number(parent), data))) found.push(pid)
    }
    return found
}

function signal(pid: number, name: NodeJS.Signals): void {
    try {
        process.kill(pid, name)
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
}
