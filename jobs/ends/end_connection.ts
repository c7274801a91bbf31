import { AccessLostError } from '../../connectors/shopify/errors.ts'
import type { Session } from '../../sql/database.ts'
import { STANDS, UNTOLD } from '../../sql/ends/resume.ts'
import { execute, queryFirst } from '../../sql/query.ts'
import { audit } from '../../sql/runs/audit.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import { type ConnectionRow, connectionsOf, type StoreRow } from '../../sql/stores/stores.ts'
import type { Job, RunContext } from '../context.ts'
import { extractStore } from '../extract.ts'
import { type Extent, passOver } from '../flow.ts'
import { type Counts, loadSet } from '../load/load_set.ts'
import { keysOf, type Place, placeOf } from '../load/place.ts'
import { recoverCalls } from '../load/recover.ts'
import { tellLastSales } from '../readings.ts'

/** Code of the notice that an end waits to be gone on with. */
export const WAITS = 'end_waits'

const KINDS = ['catalogue', 'price', 'stock', 'life_cycle']

/**
 * What an end came to: lines by `entity.action.status`, why what was chosen could not be written, and why its last sales
 * are not all known at the source.
 */
export type Ended = { state: string; items: string; lines: Counts; stands: string | null; untold: string | null }

/** The job `end_connection`: carries out every end that was asked for, or the one of `args.connection` (D14). */
export const endConnection: Job = async (context, args) => {
    const ended: { [connection: string]: Ended } = {}
    for (const connection of await endingOf(context)) {
        if (args.connection !== undefined && args.connection !== connection.connection_id) continue
        ended[connection.connection_id] = await finishEnd(context, connection)
    }
    return { state: 'done', counts: { connections: ended } }
}

/**
 * Goes on with ends that an earlier process asked for and did not finish (rule 89). One that fails waits for the next
 * run with a notice, and stops nothing else: its connection is written to no more in any case.
 */
export async function finishEnds(context: RunContext): Promise<void> {
    for (const connection of await endingOf(context)) {
        try {
            await finishEnd(context, connection)
        } catch (error) {
            await passOver(context, extentWith(connection, []), error)
            const text =
                `Connection ${connection.connection_id} is to be ${connection.ending}, but its items could not be written ` +
                `yet: ${(error as Error).message} The next run tries again.`
            await context.inTransaction((tx) => notify(tx, connection, WAITS, text))
        }
    }
}

function extentWith(connection: ConnectionRow, stores: StoreRow[]): Extent {
    return { connections: [connection], stores, siblings: [], others: [] }
}

async function endingOf({ db, accountId }: RunContext): Promise<ConnectionRow[]> {
    return (await connectionsOf(db, accountId)).filter(({ ending }) => ending !== null)
}

/** Writes what was chosen for the items, then ends. Done again from the start it writes only what is still missing. */
async function finishEnd(context: RunContext, connection: ConnectionRow): Promise<Ended> {
    const place = await placeOf(context, connection)
    const items = connection.ending_items!
    const untold = await lastSales(place, items)
    const written = items === 'leave' ? { lines: {}, stands: null } : await writeItems(place, items)
    const ended = { state: connection.ending!, items, ...written, untold }
    await context.inTransaction(async (tx) => {
        await supersede(tx, place)
        await execute(tx, 'ends/end', keysOf(place))
        await endNotice(tx, connection, WAITS)
        if (ended.stands !== null) await notify(tx, connection, STANDS, standsText(place, ended.stands))
        if (ended.untold !== null) await notify(tx, connection, UNTOLD, untoldText(connection, ended.untold))
        await audit(tx, {
            ...keysOf(place),
            who: connection.ending_by!,
            what: `connection.${ended.state}`,
            run_id: context.runId,
            detail: ended,
        })
    })
    return ended
}

/** Null, or why the last sales are not all known: that keeps back no end that leaves everything as it is. */
async function lastSales({ context, connection, destination }: Omit<Place, 'changeSetId'>, items: string) {
    try {
        await tellLastSales(context, connection)
        return null
    } catch (error) {
        if (items !== 'leave') throw error
        await passOver(context, extentWith(connection, [destination]), error)
        return (error as Error).message
    }
}

/** Where the destination lets us in no more the end comes all the same: what stands there stands (D14, rules 36, 90). */
async function writeItems(place: Omit<Place, 'changeSetId'>, items: string): Promise<Pick<Ended, 'lines' | 'stands'>> {
    const { context, connection, destination } = place
    if (destination.state === 'stopped') return { lines: {}, stands: destination.state_reason ?? 'it is stopped' }
    try {
        await recoverCalls(context, destination)
        await extractStore(context, destination, { kind: 'incremental', only: ['catalogue', 'items', 'levels'] })
        const set = await context.inTransaction((tx) => plan(tx, place, items))
        const lines = set === null ? null : await loadSet({ ...place, changeSetId: set })
        refuseFailed(lines ?? {}, connection, set)
        return { lines: lines ?? {}, stands: null }
    } catch (error) {
        if (!(error instanceof AccessLostError)) throw error
        await passOver(context, extentWith(connection, [destination]), error)
        return { lines: {}, stands: error.message }
    }
}

/** An end whose writes failed is not over: it waits for the next run, or for a person who asks for it with `leave`. */
function refuseFailed(lines: Counts, { connection_id, ending }: ConnectionRow, set: string | null): void {
    const failed = Object.entries(lines).reduce((sum, [name, n]) => sum + (name.endsWith('.failed') ? n : 0), 0)
    if (failed === 0) return
    throw new Error(
        `Connection ${connection_id} is not ${ending} yet: ${failed} ${failed === 1 ? 'line' : 'lines'} could not be written, crossdock changes show ${set} ` +
            `says why. The next run goes on with it; asked for again with --items leave it leaves things as they are.`,
    )
}

async function plan(tx: Session, place: Omit<Place, 'changeSetId'>, items: string): Promise<string | null> {
    const { context, connection } = place
    await supersede(tx, place)
    const made = await queryFirst<{ change_set_id: string }>(tx, 'ends/plan', {
        ...keysOf(place),
        run_id: context.runId,
        items,
        who: connection.ending_by!,
        rule: `${connection.ending} with ${items}, confirmed by ${connection.ending_by}`,
    })
    return made?.change_set_id ?? null
}

/** Nothing that waited for a decision or a load is written any more. */
async function supersede(tx: Session, place: Omit<Place, 'changeSetId'>): Promise<void> {
    await execute(tx, 'diff/supersede_lines', { ...keysOf(place), kinds: KINDS })
    await execute(tx, 'diff/supersede_sets', { ...keysOf(place), kinds: KINDS })
}

function standsText({ connection, destination }: Omit<Place, 'changeSetId'>, why: string): string {
    return (
        `Connection ${connection.connection_id} is ${connection.ending}, but ${destination.domain} lets us in no more: ` +
        `its linked items and their stock stand as they are. Set them by hand there. ${why}`
    )
}

function untoldText({ connection_id, ending }: ConnectionRow, why: string): string {
    return (
        `Connection ${connection_id} is ${ending}, but its source was not told of all that it sold: see crossdock movements ` +
        `list --connection ${connection_id}, and take off by hand what was sold in its last hour. ${why}`
    )
}
