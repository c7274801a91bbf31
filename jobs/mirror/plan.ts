import { execute, type Parameters, parametersOf, queryOne } from '../../sql/query.ts'
import type { Session } from '../../sql/session.ts'
import { minorDigits } from '../compare/parameters.ts'
import { settingOf } from './index.ts'
import { kinds, type Stage } from './intent.ts'

/** Rows changed by a transaction that began before this was last done and ended after it must not slip through. */
const MERGE_MINUTES = 15

/** In this order: each looks at the temporary tables of those before it. */
const FIRST = ['twins', 'twin_lines', 'plan'] as const
const STEPS = [
    'refund_news',
    'refund_news_lines',
    'refund_twins',
    'return_pairs',
    'plan_fulfillments',
    'plan_tracking',
    'plan_unships',
    'plan_cancels',
    'plan_refunds',
    'plan_edits',
    'plan_source_edits',
    'plan_returns',
    'plan_return_steps',
    'plan_return_processes',
    'plan_money',
    'drop_planned',
    'keep_plan',
    'hold_cancels',
    'assign_edits',
    'assign_movements',
    'tell_movements',
    'mirrored',
] as const

type Gated = { order_ids: string[] }

/**
 * Plans what is to be carried between a connection's twins, as both stores were last read (rules 63 to 69): the same
 * events give the same intents, since their origins are unique. `whole` looks at every twin, otherwise at those of which
 * anything moved.
 */
export async function planMirrors(stage: Stage, whole: boolean): Promise<void> {
    await stage.context.inTransaction(async (tx) => {
        const parameters = parametersIn(stage, whole)
        for (const step of FIRST) await run(tx, `mirror/${step}`, parameters)
        const { account_id, connection_id } = stage.connection
        const { order_ids } = await queryOne<Gated>(tx, 'mirror/orders_to_gate', { account_id, connection_id })
        await execute(tx, 'orders/gated_lines', { account_id, connection_id, order_ids })
        for (const step of STEPS) await run(tx, `mirror/${step}`, parameters)
    })
}

function parametersIn({ context, connection, source, destination }: Stage, whole: boolean): Parameters {
    const { account_id, connection_id, mirrored_at, settings } = connection
    const { mirror } = settings
    const isWhole = whole || mirrored_at === null
    return {
        ...{ account_id, connection_id, run_id: context.runId },
        ...{ source: source.store_id, destination: destination.store_id },
        since: isWhole ? null : new Date(Date.parse(mirrored_at) - MERGE_MINUTES * 60_000),
        kinds: kinds.filter((kind) => mirror[settingOf[kind]]),
        ...{ notify: mirror.notify, returns: mirror.returns, money: mirror.money, most: mirror.cancel_most },
        source_digits: minorDigits(source.currency ?? 'USD'),
        destination_digits: minorDigits(destination.currency ?? 'USD'),
    }
}

async function run(tx: Session, file: string, parameters: Parameters): Promise<void> {
    const names = await parametersOf(file)
    await execute(tx, file, Object.fromEntries(names.map((name) => [name, parameters[name] ?? null])))
}
