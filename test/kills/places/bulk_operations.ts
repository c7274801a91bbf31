import { CORNER_SHOP, NORTHWIND } from '../../helpers/cast.ts'
import type { Stage } from '../world.ts'
import type { Place, Trap } from './place.ts'

type Status = { waiting: readonly { id: number }[]; held: number }
const statusOf = async ({ sandbox }: Stage) => (await sandbox.control('fail.status')) as Status

/** Operations started from now on do not begin; the run stands when it knows of one and waits for it. */
async function holdOperations({ sandbox, host }: Stage, shop: string, table: 'snapshots' | 'calls'): Promise<Trap> {
    await sandbox.control('bulk.set', { shop, hold: true })
    const known = table === 'calls' ? `calls where state = 'sent'` : `snapshots where state = 'reading'`
    const statement = `select from ${known} and bulk_operation_id is not null
        and store_id = (select store_id from stores where domain = $1)`
    return {
        reached: async () => (await host.db.send(statement, [shop])).rowCount > 0,
        async release() {
            await sandbox.control('bulk.set', { shop, hold: false })
            await sandbox.control('bulk.release', { shop })
        },
    }
}

/** Only mutations are to wait, so the trap is laid when the nth start of one arrives. */
async function holdMutation(stage: Stage, nth: number): Promise<Trap> {
    const { sandbox } = stage
    await sandbox.control('fail.next', { kind: 'hold', name: 'bulkOperationRunMutation', skip: nth - 1 })
    let inner: Trap | null = null
    return {
        async reached() {
            if (inner) return inner.reached()
            if ((await statusOf(stage)).held === 0) return false
            inner = await holdOperations(stage, CORNER_SHOP, 'calls')
            await sandbox.control('fail.release')
            return false
        },
        async release(options) {
            await inner?.release(options)
            await sandbox.control('fail.clear')
        },
    }
}

/** The result comes so slowly that the run stands in the middle of its download. */
async function slowDownload(stage: Stage, name: 'QUERY' | 'MUTATION', nth: number, shop: string): Promise<Trap> {
    const fault = { kind: 'slow_download', shop, name, skip: nth - 1, seconds: 2 }
    const { id } = (await stage.sandbox.control('fail.next', fault)) as { id: number }
    return {
        reached: async () => !(await statusOf(stage)).waiting.some((it) => it.id === id),
        async release() {
            await stage.sandbox.control('fail.clear')
        },
    }
}

export const operations: readonly Place[] = [
    {
        name: 'bulk query running',
        seam: 'midway',
        moments: 1,
        arm: (stage) => holdOperations(stage, NORTHWIND, 'snapshots'),
    },
    { name: 'bulk mutation running', seam: 'midway', bulk: true, moments: 7, arm: holdMutation },
    {
        name: 'download of a reading',
        seam: 'midway',
        moments: 2,
        arm: (stage, nth) => slowDownload(stage, 'QUERY', nth, NORTHWIND),
    },
    {
        name: 'download of bulk answers',
        seam: 'midway',
        bulk: true,
        moments: 7,
        arm: (stage, nth) => slowDownload(stage, 'MUTATION', nth, CORNER_SHOP),
    },
]
