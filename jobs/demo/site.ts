import { randomBytes } from 'node:crypto'
import { settingsFrom } from '../../server/settings.ts'
import { type RunningSite, startSite } from '../../server/site.ts'
import type { Database } from '../../sql/database.ts'
import { setPassword } from '../../sql/site/users.ts'
import type { Host } from '../run_context.ts'
import { startWorker } from '../worker.ts'

export type Login = { name: string; password: string }

/** Gives the demo's operator a password, a new one at each start. */
export async function giveLogin(db: Database, account_id: number): Promise<Login> {
    const login = { name: 'demo', password: randomBytes(9).toString('base64url') }
    await setPassword(db, { account_id, ...login })
    return login
}

/** Serves the site, with a worker that does what is asked for there. Returns its address and what ends both. */
export async function openSite(host: Host): Promise<{ url: string; close(): Promise<void> }> {
    const site = await served(host)
    const worker = await startWorker(host)
    return {
        url: site.url,
        async close() {
            await site.stop()
            await worker.stop()
        },
    }
}

/** At PORT; where none is named and the usual one is taken, at any that is free. */
async function served({ db, log, key }: Host): Promise<RunningSite> {
    const desk = { db, log, key, ...settingsFrom(process.env) }
    try {
        return await startSite(desk)
    } catch (error) {
        if (process.env.PORT) throw error
        return startSite({ ...desk, port: 0 })
    }
}
