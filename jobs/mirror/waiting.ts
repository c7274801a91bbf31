import { query } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { Stage } from './intent.ts'

const WAITING = 'mirrors_wait'
const CANCELS = 'mirror_cancels_held'

type Count = { reason: string; mirrors: number; orders: number }

/** Tells a person what waits for them between twins, by why; and by itself that cancellations are more than a run may carry. */
export async function tellOfWaiting({ context, connection }: Stage): Promise<void> {
    const { account_id, connection_id, settings } = connection
    const counts = await query<Count>(context.db, 'mirror/waiting_counts', { account_id, connection_id })
    const held = counts.find(({ reason }) => reason === 'CANCEL_MOST')
    const others = counts.filter(({ reason }) => reason !== 'CANCEL_MOST')
    const why = others.map(({ reason, mirrors }) => `${reason} ${mirrors}`).join(', ')
    await context.inTransaction(async (tx) => {
        const cancels =
            `Connection ${connection_id}: ${held?.mirrors} cancellations wait, more than the ${settings.mirror.cancel_most} ` +
            `that mirror.cancel_most lets through in a run. None of them is carried until a person releases them: ` +
            `crossdock orders release.`
        await (held ? notify(tx, connection, CANCELS, cancels) : endNotice(tx, connection, CANCELS))
        const text =
            `Connection ${connection_id}: what became of ${others.reduce((sum, { orders }) => sum + orders, 0)} pushed orders ` +
            `waits for a person (${why}). crossdock orders release approves money and tries again.`
        await (others.length > 0 ? notify(tx, connection, WAITING, text) : endNotice(tx, connection, WAITING))
    })
}
