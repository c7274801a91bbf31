import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerUser } from './server_user.ts'

/**
 * Runs the server and ends it when its last user has gone.
 *
 *   user A ──writes──▶ ┌──────────────────┐
 *   user B ──writes──▶ │ fifo users.<pid> │ ──▶ cat ──end of file──▶ fast shutdown
 *                      └──────────────────┘
 *
 * The operating system closes a process's end of the fifo however the process ends, kill -9 included: so no exit hook,
 * no signal handler of ours is needed, and a command that came later keeps a server that another one started.
 */
const WATCH = `
"$@" &
server=$!
users="$0.$server"
mkfifo -m 600 "$users" || exit 1
( cat "$users" > /dev/null; kill -INT $server ) &
wait $server
result=$?
rm -f "$users"
trap '' TERM
kill -TERM 0
exit $result
`

/** The server's log is begun anew past this size, in bytes. */
const LOG_LIMIT = 10_000_000

/** Where a server's folder keeps its log. */
export function logIn(folder: string): string {
    return join(folder, 'server.log')
}

/** Starts a server beside this process, in a session of its own so that Ctrl-C in a terminal does not reach it. */
export async function launch(folder: string, command: readonly string[], user: ServerUser): Promise<ChildProcess> {
    const log = await open(logIn(folder), 'a', 0o600)
    if ((await log.stat()).size > LOG_LIMIT) await log.truncate()
    const child = spawn('/bin/sh', ['-c', WATCH, usersPrefix(folder), ...command], {
        ...user,
        cwd: folder,
        detached: true,
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
        stdio: ['ignore', log.fd, log.fd],
    })
    child.unref()
    await log.close()
    return child
}

/** One process's share in a running server. */
export type Hold = {
    /** Whether the server still waits for us: false once it has begun to leave. */
    isWatched(): boolean
    /** Lets go; the last one to do so ends the server. */
    release(): void
}

/** Takes a share in the server with this pid; `null` where nothing watches it: it is just coming, or leaving. */
export function hold(folder: string, pid: number): Hold | null {
    const fifo = tryTo(() => openSync(`${usersPrefix(folder)}.${pid}`, constants.O_WRONLY | constants.O_NONBLOCK))
    if (fifo === null) return null
    let isOpen = true
    return {
        isWatched: () => tryTo(() => writeSync(fifo, '.')) !== null,
        release() {
            if (isOpen) closeSync(fifo)
            isOpen = false
        },
    }
}

function usersPrefix(folder: string): string {
    return join(folder, 'users')
}

/** No fifo yet, no reader at its other end, or a reader that has left: all mean that nobody watches. */
function tryTo<T>(act: () => T): T | null {
    try {
        return act()
    } catch (error) {
        if (['ENOENT', 'ENXIO', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
        throw error
    }
}
