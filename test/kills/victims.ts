import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Limits } from '../../jobs/limits.ts'

/** By this name the server knows the connections of a process that is to be killed. */
export const VICTIM = 'to be killed'

export type Order = { url: string; key: string; account_id: number; job: string; limits: Limits }
/** How a run ended that was let come to its end. */
export type Told = { state: string; error: string | null }

export type Victim = {
    /** Gives it a run to work at. Resolves with how that ended; `died` where the process did before it could say. */
    work(order: Order): Promise<Told>
    /** SIGKILL: nothing it still had to do is done. */
    kill(): Promise<void>
}

function start(): ChildProcess {
    return fork(join(import.meta.dirname, 'victim.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** Processes to be killed, one of them always started ahead, so that nobody waits for it. */
export function openVictims() {
    let next: ChildProcess | null = null
    const alive = new Set<ChildProcess>()

    function take(): ChildProcess {
        const process = next ?? start()
        next = start()
        alive.add(process)
        process.once('exit', () => alive.delete(process))
        return process
    }

    return {
        take(): Victim {
            const process = take()
            const exited = once(process, 'exit')
            return {
                async work(order) {
                    process.send(order)
                    const told = once(process, 'message').then(([told]) => told as Told)
                    const died = exited.then(([code, signal]) => ({ state: 'died', error: `${code ?? signal}` }))
                    return Promise.race([told, died])
                },
                async kill() {
                    process.kill('SIGKILL')
                    await exited
                },
            }
        },
        close() {
            for (const process of alive) process.kill('SIGKILL')
            next?.kill('SIGKILL')
        },
    }
}

export type Victims = ReturnType<typeof openVictims>
