import { deserialize, serialize } from 'node:v8'
import { listedOf } from '../../sql/reports/outcome.ts'
import type { Queryable } from '../../sql/session.ts'
import type { ConnectionRow } from '../../sql/stores/stores.ts'
import { createOracle, type Difference, type Kept, type Run } from '../../test/oracle/oracle.ts'
import { NORTHWIND, type Part } from './cast.ts'
import { readIfThere, writeWhole } from './folder.ts'
import type { Shops } from './shops.ts'

export type Connected = ConnectionRow & Part

/** What is judged; kept by its name, as an earlier demo may have been killed in it. */
export type Deed = 'nightly' | 'first load' | 'hourly'

export type Judge = {
    /** What an earlier demo began and did not live to end, if anything. */
    begun(): Deed | null
    /**
     * Does something, then says where the shops are not as the rules would have them after it, or something is listed as
     * left, or not, without a reason. What is begun and not ended counts as part of it.
     * `asking` is given what the oracle itself does.
     */
    judged(deed: Deed, act: () => Promise<unknown>, asking: Asking, told?: () => Run): Promise<Difference[]>
}

type Asking = <T>(run: () => Promise<T>) => Promise<T>

/** What is kept in the oracle's file. */
type Kernel = { begun: Deed | null; kept: Kept }

/**
 * The oracle of the tests (test/oracle), which works out from the rules alone what must be in the shops. What it
 * remembers is kept in a file, since what is right depends on how each pair was last settled.
 */
export async function callJudge(q: Queryable, connections: Connected[], shops: Shops, file: string): Promise<Judge> {
    const bytes = await readIfThere(file)
    const kernel = bytes && (deserialize(bytes) as Kernel)
    const oracle = createOracle({
        connections: connections.map(({ connection_id: id, destination, document, accepted_at, settings_at }) => ({
            id,
            source: NORTHWIND,
            destination,
            settings: document,
            acceptedAt: accepted_at ?? settings_at,
            settingsAt: settings_at,
        })),
        stateOf: shops.stateOf,
        kept: kernel?.kept,
    })
    const keep = (begun: Deed | null) => writeWhole(file, serialize({ begun, kept: oracle.kept() } satisfies Kernel))
    let begun = kernel?.begun ?? null
    return {
        begun: () => begun,
        async judged(deed, act, asking, told = () => ({})) {
            if (begun === null) {
                await asking(async () => {
                    await oracle.before()
                    await keep(deed)
                })
            }
            await act()
            begun = null
            return asking(async () => {
                const { differences } = await oracle.after(told())
                for (const { account_id, connection_id } of connections) {
                    const listed = await listedOf(q, { account_id, connection_id })
                    differences.push(...oracle.compareLists(connection_id, listed))
                }
                await keep(null)
                return differences
            })
        },
    }
}
