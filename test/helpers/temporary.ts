import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endEmbedded } from '../../sql/embedded.ts'

const PREFIX = 'crossdock-test'
/** Nothing here runs for so long: a process that has the number of a folder's maker by then is another one. */
const DAY_MS = 86_400_000

/** A new folder for as long as this process lives. Its name holds the process, so that others can sweep it away. */
export function temporaryFolder(what: string): Promise<string> {
    return mkdtemp(join(tmpdir(), `${PREFIX}-${process.pid}-${what}-`))
}

/** Removes the folders of processes that were killed, with the servers in them; what cannot be removed is left. */
export async function sweepTemporary(): Promise<void> {
    for (const name of await readdir(tmpdir())) {
        const maker = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name)?.[1]
        const path = join(tmpdir(), name)
        if (!maker || (exists(Number(maker)) && !(await isOld(path)))) continue
        // Another user's, or another run is at it.
        await remove(path).catch(() => {})
    }
}

async function remove(path: string): Promise<void> {
    await endEmbedded(path)
    await rm(path, { recursive: true, force: true })
}

async function isOld(path: string): Promise<boolean> {
    const found = await stat(path).catch(() => null)
    return found !== null && found.mtimeMs < Date.now() - DAY_MS
}

function exists(pid: number): boolean {
    try {
        return process.kill(pid, 0)
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
}
