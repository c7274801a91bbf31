import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The operating system user that PostgreSQL runs as; `null` is the user of this process. */
export type ServerUser = { uid: number; gid: number } | null

/**
 * Chooses the user for the server. PostgreSQL refuses to run as root, so root lends it to the owner of the data
 * that is there already, else to `postgres`, else to `nobody`: no user need be made.
 * Throws where data made by another ordinary user is asked for, or where root finds nobody to lend it to.
 */
export async function chooseServerUser(cluster: string): Promise<ServerUser> {
    const me = process.getuid?.()
    if (me === undefined) throw new Error('The embedded PostgreSQL needs Linux or macOS: set DATABASE_URL instead.')
    const owner = await stat(cluster).catch(() => null)
    if (me !== 0) {
        if (owner && owner.uid !== me) throw new Error(belongsToAnother(cluster, owner.uid, me))
        return null
    }
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
    const found = (await lookUp('postgres')) ?? (await lookUp('nobody'))
    if (!found) {
        throw new Error(
            'PostgreSQL will not run as root, and there is neither a user postgres nor nobody to run it as.',
        )
    }
    return found
}

/** Whether that user may enter the folder and write there. */
export async function mayUse(user: ServerUser, folder: string): Promise<boolean> {
    if (!user) {
        return access(folder, constants.W_OK | constants.X_OK).then(
            () => true,
            () => false,
        )
    }
    return run('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], { ...user, cwd: '/' }).then(
        () => true,
        () => false,
    )
}

async function lookUp(name: string): Promise<ServerUser> {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => null)
    return ids && { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) }
}

function belongsToAnother(cluster: string, owner: number, me: number): string {
    return (
        `The data in ${cluster} belongs to user ${owner}, and this is user ${me}. ` +
        'Run as that user or as root, or name another folder in CROSSDOCK_HOME.'
    )
}
