import { MIRRORING, missingScopes } from '../../connectors/shopify/scopes.ts'
import { query, queryOne } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import { type ConnectionRow, mayWrite, type StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import { eachOf } from '../load/each_of.ts'
import { type LevelKey, readLevelsNow } from '../stock/levels.ts'
import { mirrors } from './index.ts'
import type { Intent, Side, Stage } from './intent.ts'
import { OrderUnreadableError } from './orders_now.ts'
import { planMirrors } from './plan.ts'
import { recoverMirrors } from './recover.ts'
import { settle } from './send.ts'
import { tellOfWaiting } from './waiting.ts'

/** Twins that are worked at side by side; of one twin one thing after the other. */
const AT_ONCE = 4
/** What waits for another intent of its twin is due once that is answered. */
const ROUNDS = 3

export type Mirroring = { whole?: boolean; dryRun?: boolean }

/**
 * Carries what became of a connection's pushed orders at either store to their twins, each once (rules 24, 63 to 69, D19).
 * What an earlier run left unanswered is looked up first. Returns how many were carried. Nothing is done in a dry run.
 */
export async function mirrorConnection(
    context: RunContext,
    connection: ConnectionRow,
    stores: { source: StoreRow; destination: StoreRow },
    { whole = false, dryRun = false }: Mirroring = {},
): Promise<number> {
    if (dryRun || !mayWrite(connection) || connection.settings.orders === 'none') return 0
    const stage: Stage = { context, connection, ...stores }
    const towards = await writable(stage)
    const since = (await queryOne<{ now: string }>(context.db, 'mirror/now', {})).now
    await recoverMirrors(stage, towards)
    await planMirrors(stage, whole)
    const carried = await carryDue(stage, towards)
    await lookAgain(stage, since)
    await tellOfWaiting(stage)
    return carried
}

/** What mirrors gave back to the destination's stock is read again by id, so that its figures are right in this very run. */
async function lookAgain({ context, connection, destination }: Stage, since: string): Promise<void> {
    const { account_id, connection_id } = connection
    const moved = await query<LevelKey>(context.db, 'mirror/moved_levels', { account_id, connection_id, since })
    await readLevelsNow(context, destination, moved)
}

const SCOPES = 'mirror_scopes'

/** The stores that let us write what their twins need; the others are named, and nothing is sent to them. */
async function writable(stage: Stage): Promise<Side[]> {
    const open: Side[] = []
    for (const side of ['source', 'destination'] as const) {
        const store = stage[side]
        const missing = missingScopes(store.scopes, MIRRORING[side])
        const text =
            `What becomes of pushed orders is not carried to ${store.domain}: ` +
            `grant ${missing.join(', ')} to the app there.`
        await stage.context.inTransaction((tx) =>
            missing.length > 0 ? notify(tx, store, SCOPES, text) : endNotice(tx, store, SCOPES),
        )
        if (missing.length === 0 && store.state !== 'stopped') open.push(side)
    }
    return open
}

async function carryDue(stage: Stage, towards: readonly Side[]): Promise<number> {
    const { account_id, connection_id } = stage.connection
    const tried: string[] = []
    let carried = 0
    for (let round = 0; round < ROUNDS; round++) {
        const asked = { account_id, connection_id, towards: [...towards], tried }
        const due = await query<Intent>(stage.context.db, 'mirror/due', asked)
        if (due.length === 0) break
        tried.push(...due.map(({ mirror_id }) => mirror_id))
        const twins = [...Map.groupBy(due, ({ order_push_id }) => order_push_id).values()]
        const done = await eachOf(twins, AT_ONCE, (intents) => carryTwin(stage, intents))
        carried += done.reduce((sum, count) => sum + count, 0)
    }
    return carried
}

/** One thing after the other; where an answer was lost, nothing more is sent that way. */
async function carryTwin(stage: Stage, intents: readonly Intent[]): Promise<number> {
    const lost = new Set<Side>()
    let done = 0
    for (const intent of intents) {
        if (lost.has(intent.towards)) continue
        stage.context.signal.throwIfAborted()
        const result = await carry(stage, intent)
        if (result === 'done') done++
        if (result === 'unknown') lost.add(intent.towards)
    }
    return done
}

async function carry(stage: Stage, intent: Intent) {
    try {
        return await mirrors[intent.kind].carry(stage, intent)
    } catch (error) {
        if (!(error instanceof OrderUnreadableError)) throw error
        return settle(stage, intent, { state: 'refused', reason: 'UNREADABLE', detail: error.message })
    }
}
