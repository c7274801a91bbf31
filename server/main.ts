import { openAtSchema } from '../sql/open.ts'
import { sealingKey } from '../sql/stores/seal.ts'
import { createLog } from './log.ts'
import { settingsFrom } from './settings.ts'
import { startSite } from './site.ts'

/** The process `web`: serves the site until it is asked to end. */
const ending = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => resolve())
})

try {
    const settings = settingsFrom(process.env)
    const db = await openAtSchema({ name: 'crossdock web' })
    try {
        const log = createLog()
        const site = await startSite({ db, log, key: await sealingKey(), ...settings })
        process.stderr.write(`${site.told.join('\n')}\n`)
        await ending
        await site.stop()
    } finally {
        await db.close()
    }
} catch (error) {
    process.stderr.write(`error: ${(error as Error).message}\n`)
    process.exitCode = 1
}
