import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { homeFolder } from '../../sql/embedded/place.ts'
import { removeEmbedded } from '../../sql/embedded.ts'

/** Where the demo keeps everything: a home of its own, so that starting anew never touches real data. */
export type Folder = {
    path: string
    /** The shops' state, between starts. */
    shops: string
    /** What the oracle remembers. */
    oracle: string
    /** How far the demo came. */
    progress: string
    /** The environment names a database of its own, which the demo leaves alone. */
    otherDatabase: boolean
}

/** How far the demo came, and what else was done with its data (people may work there with the command line). */
export type Progress = {
    products: number
    /** Rounds of things happening that were begun. */
    rounds: number
    /** While the demo works. Found at a start, it was killed. */
    busy: boolean
    /** False once others worked here, of which the oracle knows nothing. */
    judged: boolean
    /** The newest run and entry of the log when the demo last stopped working: newer ones are somebody else's. */
    run: string
    event: string
}

/**
 * Makes this process live in the demo's own home, `demo` in CROSSDOCK_HOME or the project's `.crossdock`, with the
 * embedded PostgreSQL whatever DATABASE_URL says.
 */
export async function moveIn(): Promise<Folder> {
    const path = join(homeFolder(), 'demo')
    process.env.CROSSDOCK_HOME = path
    const otherDatabase = Boolean(process.env.DATABASE_URL)
    delete process.env.DATABASE_URL
    await mkdir(path, { recursive: true })
    return {
        path,
        shops: join(path, 'shops.json'),
        oracle: join(path, 'oracle.bin'),
        progress: join(path, 'progress.json'),
        otherDatabase,
    }
}

/** Removes all that earlier demos left; nobody may be at work there. */
export async function clear({ path }: Folder): Promise<void> {
    await removeEmbedded()
    await rm(path, { recursive: true, force: true })
    await mkdir(path, { recursive: true })
}

export async function readProgress({ progress }: Folder): Promise<Progress | null> {
    const text = await readIfThere(progress)
    return text === null ? null : (JSON.parse(text.toString('utf8')) as Progress)
}

export async function writeProgress({ progress }: Folder, now: Progress): Promise<void> {
    await writeWhole(progress, JSON.stringify(now))
}

/** The bytes of a file, or null where there is none. */
export async function readIfThere(path: string): Promise<Buffer | null> {
    return readFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
    })
}

/** Writes a file whole or not at all. */
export async function writeWhole(path: string, bytes: string | Buffer): Promise<void> {
    await writeFile(`${path}.new`, bytes)
    await rename(`${path}.new`, path)
}
