import { z } from 'zod'
import { storeByDomain, storesOf } from '../../sql/stores/stores.ts'
import { command } from './command.ts'
import { domain, number } from './given.ts'
import { table, when } from './table.ts'

const STATES = ['reading', 'complete', 'doubtful', 'broken'] as const

export const snapshotsList = command({
    name: 'snapshots list',
    does: 'Lists the readings of stores, the newest first.',
    example: 'crossdock snapshots list --state doubtful',
    options: [
        ['--store <domain>', 'only of this store'],
        ['--state <state>', `one of ${STATES.join(', ')}`],
        ['--limit <number>', 'at most so many, 50 by default'],
    ],
    given: z.object({ store: domain.optional(), state: z.enum(STATES).optional(), limit: number.default(50) }),
    async run({ store: name, state, limit }, desk) {
        const { account_id } = await desk.account()
        const db = await desk.db()
        const store = name === undefined ? null : await storeByDomain(db, account_id, name)
        if (name !== undefined && store === null) throw new Error(`There is no store ${name}: see store list.`)
        const { snapshotsOf } = await import('../extract.ts')
        const snapshots = await snapshotsOf(db, account_id, { storeId: store?.store_id ?? null, state, limit })
        const domains = new Map((await storesOf(db, account_id)).map(({ store_id, domain }) => [store_id, domain]))
        const rows = snapshots.map(({ document: _document, result_url: _url, ...row }) => ({
            store: domains.get(row.store_id) ?? '',
            ...row,
        }))
        return {
            json: { snapshots: rows },
            text: table(
                ['snapshot', 'store', 'operation', 'kind', 'read', 'rows', 'state', 'why'],
                rows.map((row) => [
                    row.snapshot_id,
                    row.store,
                    row.operation,
                    row.kind,
                    when(row.read_at),
                    row.rows_staged,
                    row.state,
                    row.reason,
                ]),
                'There is no reading that fits.',
            ),
        }
    },
})
