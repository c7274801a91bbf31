import type { Difference } from '../compare.ts'
import type { Sharer } from '../orders.ts'
import type { View } from '../state.ts'
import type { Value } from '../values.ts'
import { judgeContent } from './content.ts'
import { judgeDetails } from './details.ts'
import { draftsOf, type FullOrder, markOf, ordersOf } from './full_order.ts'
import { claimOf, type Said } from './gates.ts'
import { judgeGivenBack } from './given_back.ts'
import { twinsPair } from './pairs.ts'
import { judgeParcels } from './parcels.ts'

/** Notes what is not as the rules have it; nothing where both are the same. */
export type Note = (what: string, expected: Value | number, actual: Value | number) => void

export type OrdersAsked = {
    /** what people said of orders of a destination, by their id */
    said?: ReadonlyMap<number, Said>
    /** orders whose draft got lost on its way, so that nothing proves that it is not there: they wait for a person */
    lost?: ReadonlySet<number>
}

/**
 * Every order of a destination that pushes, by the shops alone: that it has its one twin or must have none (rules 52 to 59),
 * what the twin is made of, and that what became of either is so at the other, once (rules 60 to 71).
 */
export function judgeOrders(sharer: Sharer, source: View, { said, lost }: OrdersAsked): Difference[] {
    if (sharer.connection.settings.orders !== 'order_push') return []
    const { domain } = sharer.destination.shop
    const differences: Difference[] = []
    const noteOf =
        ({ name, id }: Pick<FullOrder, 'name' | 'id'>): Note =>
        (field, expected, actual) => {
            if (expected === actual) return
            differences.push({ shop: domain, item: `order ${name} (${id})`, field, expected, actual } as Difference)
        }
    const known = new Set<string>()
    for (const order of ordersOf(sharer.destination.shop)) {
        const mark = `${domain}/${order.id}`
        known.add(mark)
        const differ = noteOf(order)
        const twins = ordersOf(source.shop).filter((it) => markOf(it) === mark)
        const { claim, why } = claimOf(sharer, source, order, said?.get(order.id) ?? null)
        judgeCount({ source, mark, twins, claim, why, isLost: lost?.has(order.id) ?? false }, differ)
        for (const twin of twins) {
            const pair = twinsPair(sharer, source, order, twin)
            for (const judge of [judgeContent, judgeDetails, judgeParcels, judgeGivenBack]) judge(pair, differ)
        }
    }
    for (const twin of ordersOf(source.shop)) {
        const mark = markOf(twin)
        if (mark?.startsWith(`${domain}/`) && !known.has(mark)) noteOf(twin)('stands for', 'an order', mark)
    }
    return differences
}

type Counted = { source: View; mark: string; twins: FullOrder[]; claim: string; why: string; isLost: boolean }

/** Of a draft that nobody has completed yet there is no order, and of one that was completed there is the order alone. */
function judgeCount({ source, mark, twins, claim, why, isLost }: Counted, differ: Note): void {
    const drafts = draftsOf(source.shop).filter((it) => markOf(it as unknown as FullOrder) === mark)
    const waiting = drafts.filter(({ status }) => status === 'OPEN').length
    const there = twins.length + waiting
    if (claim === 'never') differ(`orders at the source: ${why}`, 0, there)
    else if (there > 1) differ('orders at the source', 1, there)
    else if (claim === 'must' && there === 0 && !isLost) differ('orders at the source', 1, 0)
    if (drafts.length > 1) differ('drafts at the source', 1, drafts.length)
}
