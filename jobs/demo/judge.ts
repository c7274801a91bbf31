import { deserialize, serialize } from 'node:v8'
import { listedOf } from '../../sql/reports/outcome.ts'
import type { Queryable } from '../../sql/session.ts'
import type { ConnectionRow } from '../../sql/stores/stores.ts'
import { createOracle, type Difference, type Kept } from '../../test/oracle/oracle.ts'
import { NORTHWIND, type Part } from './cast.ts'
import { readIfThere, writeWhole } from './folder.ts'
import type { Shops } from './shops.ts'

export type Connected = ConnectionRow & Part

export type Judge = {
    /**
     * Does something, in which the first sets of all connections are approved if they wait, then says where the shops are
     * not as the rules would have them after it, or something is listed as left, or not, without a reason. What an
     * earlier demo began and did not live to end counts as part of it. `asking` is given what the oracle itself does.
     */
    judged(act: () => Promise<unknown>, asking: Asking): Promise<Difference[]>
}

type Asking = <T>(run: () => Promise<T>) => Promise<T>

/** What is kept in the oracle's file; `begun`: something is under way. */
type Kernel = { begun: boolean; kept: Kept }

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
        stateOf: async (domain) =>
            asleep ? structuredClone(oracle.kept().states.get(domain)!) : shops.stateOf(domain),
        kept: kernel?.kept,
    })
    const keep = (begun: boolean) => writeWhole(file, serialize({ begun, kept: oracle.kept() } satisfies Kernel))
    const approved = connections.map(({ connection_id }) => connection_id)
    let begun = kernel?.begun ?? false
    // The night wrote nothing where first sets wait for the morning: the shops were then as they had been before.
    let asleep = false
    const tellOfNight = async () => {
        if ([...oracle.kept().memories.values()].every(({ firstSyncOver }) => firstSyncOver)) return
        asleep = true
        await oracle.after()
        asleep = false
    }
    return {
        async judged(act, asking) {
            if (!begun) {
                await asking(async () => {
                    await oracle.before()
                    await keep(true)
                })
            }
            await act()
            begun = false
            return asking(async () => {
                await tellOfNight()
                const { differences } = await oracle.after({ approved })
                for (const { account_id, connection_id } of connections) {
                    const listed = await listedOf(q, { account_id, connection_id })
                    differences.push(...oracle.compareLists(connection_id, listed))
                }
                await keep(false)
                return differences
            })
        },
    }
}
