import { query } from '../sql/query.ts'
import { type ConnectionRow, mayWrite } from '../sql/stores/stores.ts'
import type { Sales } from './compare/in_question.ts'
import type { RunContext } from './context.ts'
import { dryRunOf } from './load/dry_run.ts'
import { reconcileCreated } from './load/follow_up.ts'
import { type Counts, loadSet } from './load/load_set.ts'
import { keysOf, type Place, placeOf } from './load/place.ts'
import { recoverCalls } from './load/recover.ts'

export { recoverCalls } from './load/recover.ts'

/** Lines by `entity.action.status`; of a dry run calls and lines by the name of the call. */
export type Loaded =
    | { sets: number; lines: Counts; held?: string }
    | { dry_run: { [call: string]: { calls: number; lines: number } } }

type SetRow = { change_set_id: string; kind: string; state: 'approved' | 'loading'; run_id: string | null }

/** Created products and variants have stock, and images places, that only a second comparison can say. */
const ROUNDS = 2

/**
 * Writes every approved set of a connection to its destination: stock, then prices, then the catalogue, each by itself.
 * Calls that an earlier run left unanswered are looked up first. Where something was created, the destination is read
 * and compared again, and what that approves is loaded too. With `dryRun` nothing is sent or changed. A connection that is
 * blocked or disconnected is passed over (D14).
 *
 * @returns what became of the lines, or with `dryRun` which calls would be made.
 * @throws AccessLostError where the destination lets us in no more, and what else stops a load midway; the next run
 * looks again.
 */
export async function loadConnection(
    context: RunContext,
    connection: ConnectionRow,
    { dryRun = false, sales }: { dryRun?: boolean; sales?: Sales } = {},
): Promise<Loaded> {
    if (!mayWrite(connection)) return { sets: 0, lines: {} }
    const start = { ...(await placeOf(context, connection)), sales }
    if (dryRun) return { dry_run: await dryRunOf(start, await setsToLoad(start)) }
    await recoverCalls(context, start.destination)
    const loaded: Loaded = { sets: 0, lines: {} }
    for (let round = 1; ; round++) {
        const created = await loadSets(start, loaded)
        if (!created || round === ROUNDS) return loaded
        await reconcileCreated(context, connection, start.destination, sales)
    }
}

/** Figures are written only by the run that read both ends and the sales between them (design: Stock). */
const STALE = 'quantities wait for a run that reads levels and sales first'

export async function setsToLoad(of: Pick<Place, 'context' | 'connection'>): Promise<SetRow[]> {
    return query<SetRow>(of.context.db, 'load/sets_to_load', keysOf(of))
}

/** Loads what is approved now, adding to `loaded`. Says whether anything was created. */
async function loadSets(start: Omit<Place, 'changeSetId'>, loaded: { sets: number; lines: Counts; held?: string }) {
    let created = false
    for (const { change_set_id, kind, run_id } of await setsToLoad(start)) {
        const place = { ...start, changeSetId: change_set_id }
        if (kind === 'stock' && start.connection.settings.orders !== 'none' && run_id !== start.context.runId) {
            loaded.held = STALE
            continue
        }
        const counts = await loadSet(place)
        if (!counts) continue
        loaded.sets += 1
        for (const [name, lines] of Object.entries(counts)) loaded.lines[name] = (loaded.lines[name] ?? 0) + lines
        created ||= Object.keys(counts).some((name) => /\.create\.(applied|as_stored)$/.test(name))
    }
    return created
}
