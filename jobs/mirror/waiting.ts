import { query } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { Stage } from './intent.ts'

const WAITING = 'mirrors_wait'
const CANCELS = 'mirror_cancels_held'
const MONEY = 'mirror_money_proposed'

type Count = { reason: string; mirrors: number; orders: number }

/** Tells a person what waits for them between twins: money to approve, cancellations that a brake holds, and the rest by why. */
export async function tellOfWaiting({ context, connection }: Stage): Promise<void> {
    const { account_id, connection_id, settings } = connection
    const counts = await query<Count>(context.db, 'mirror/waiting_counts', { account_id, connection_id })
    const cancels = counts.filter(({ reason }) => reason === 'CANCEL_MOST')
    const money = counts.filter(({ reason }) => reason === 'MONEY' || reason === 'MONEY_LIMIT')
    const others = counts.filter((it) => !cancels.includes(it) && !money.includes(it))
    const why = others.map(({ reason, mirrors }) => `${reason} ${mirrors}`).join(', ')
    const notices: [string, Count[], string][] = [
        [
            CANCELS,
            cancels,
            `${sum(cancels, 'mirrors')} cancellations wait, more than the ${settings.mirror.cancel_most} that ` +
                `mirror.cancel_most lets through in a run. None of them is carried until a person releases them`,
        ],
        [MONEY, money, `${sum(money, 'mirrors')} refunds of money wait for a person to approve them`],
        [WAITING, others, `what became of ${sum(others, 'orders')} pushed orders waits for a person (${why})`],
    ]
    await context.inTransaction(async (tx) => {
        for (const [code, waiting, text] of notices) {
            const told = `Connection ${connection_id}: ${text}: crossdock orders release.`
            await (waiting.length > 0 ? notify(tx, connection, code, told) : endNotice(tx, connection, code))
        }
    })
}

const sum = (counts: readonly Count[], of: 'mirrors' | 'orders') => counts.reduce((all, it) => all + it[of], 0)
