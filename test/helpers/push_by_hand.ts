import type { Database } from '../../sql/database.ts'
import { NORTHWIND } from './cast.ts'
import type { Story } from './story.ts'

type Sold = { id: number; name: string }

/**
 * Plays the push of a destination's order: the source gets its twin, which says of what it is one, and Crossdock is told
 * of it as a push would tell it.
 */
export async function pushByHand(story: Story, shop: string, order: Sold, lines: object[], more = {}): Promise<Sold> {
    const metafields = [{ namespace: 'crossdock', key: 'origin', type: 'id', value: `${shop}/${order.id}` }]
    const twin = (await story.edit(NORTHWIND, 'order.sell', { lines, metafields, ...more })) as Sold
    await tellOfPush(story.db, { order: order.id, twin: twin.id, at: await timeOf(story) })
    return twin
}

/** The shops' own time, in whole seconds as their answers give it. */
async function timeOf(story: Story): Promise<string> {
    const { now } = (await story.sandbox.control('clock.advance', { seconds: 0 })) as { now: string }
    return now
}

async function tellOfPush(db: Database, { order, twin, at }: { order: number; twin: number; at: string }) {
    await db.send(
        `with pushed as (
            insert into order_pushes (account_id, connection_id, destination_order_id, state, source_order_id, told_at)
            select account_id, connection_id, $1, 'answered', $2, $3
            from stock_movements where order_id = $1 limit 1
        )
        update stock_movements set sent_at = $3, told_at = $3, changed_at = now() where order_id = $1 and closed_at is null`,
        [order, twin, at],
    )
}
