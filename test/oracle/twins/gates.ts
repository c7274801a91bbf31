import { keyText } from '../eligibility.ts'
import { locationLinks } from '../levels.ts'
import type { Sharer } from '../orders.ts'
import { standingOf } from '../orders.ts'
import type { View } from '../state.ts'
import type { FullLine, FullOrder } from './full_order.ts'
import { pushRate } from './money.ts'

/** Whether an order has to have a twin at the source, must not have one, or may: what was pushed stays pushed. */
export type Claim = { claim: 'must' | 'never' | 'may'; why: string }
/** What a person said of an order: push it, or hold it. */
export type Said = 'push' | 'hold' | null

const must: Claim = { claim: 'must', why: 'no gate refuses it' }
const never = (why: string): Claim => ({ claim: 'never', why })
const may = (why: string): Claim => ({ claim: 'may', why })

/** The gates of rule 52 in their order, by what the stores show now and so by what cannot have been otherwise before. */
export function claimOf(sharer: Sharer, source: View, order: FullOrder, said: Said): Claim {
    return (
        byOrder(sharer, order, said) ??
        byAddress(sharer, source, order) ??
        byLines(sharer, source, order) ??
        bySwitches(sharer, source, said) ??
        must
    )
}

function byOrder({ connection }: Sharer, order: FullOrder, said: Said): Claim | null {
    const { counts_as_paid: counts } = connection.settings
    // what waited for its push when the connection ended waits for a person after a reconnect
    const asked = { ...connection, stood: [], ...(said === 'push' && { acceptedAt: 0, ordersSince: 0 }) }
    if (order.test) return never('TEST_ORDER')
    if (standingOf({ ...order, financialStatus: 'PAID' }, asked) === 'never') return never('BEFORE_CONNECTION')
    if (order.cancelledAt !== null) return may('CANCELLED_BEFORE_PUSH')
    if (standingOf(order, asked) !== 'counts') {
        // it may have counted before it was voided, or before an edit made it dearer
        const isVoided = ['VOIDED', 'EXPIRED'].includes(order.financialStatus ?? '')
        const countedOnce = order.edited || (isVoided && counts !== 'paid')
        return countedOnce ? may('NOT_PAID') : never('NOT_PAID')
    }
    return Number(order.total) === 0 && !order.edited ? never('ZERO_TOTAL') : null
}

function byAddress(sharer: Sharer, source: View, order: FullOrder): Claim | null {
    const { settings } = sharer.connection
    const ships = order.lines.some((line) => line.requiresShipping && travel(sharer, source, order, line) !== 'no')
    const { firstName, lastName, company, address1, countryCode } = order.shippingAddress ?? {}
    const isShippable = Boolean((firstName || lastName || company) && address1 && countryCode)
    if (!ships || isShippable) return null
    // without the address it is not known to Crossdock whether there is one
    return settings.order_details.includes('shipping_address') ? never('NO_ADDRESS') : may('NO_ADDRESS')
}

function byLines(sharer: Sharer, source: View, order: FullOrder): Claim | null {
    const travels = order.lines.map((line) => travel(sharer, source, order, line))
    if (travels.includes('yes')) return null
    return travels.includes('maybe') ? may('nothing of it is left to travel') : never('NO_LINKED_LINE')
}

/** Whether a line goes to the source (rules 53, 21a, 21b): `maybe` is one that may have gone before it changed. */
export function travel(sharer: Sharer, source: View, order: FullOrder, line: FullLine): 'yes' | 'no' | 'maybe' {
    const { memory, destination, connection } = sharer
    const link = memory.variants.get(line.variantId ?? -1)
    if (!link) return 'no'
    const [from, to] = [source.variants.get(link.source)?.variant, destination.variants.get(line.variantId!)?.variant]
    if (!from?.tracked || !to?.tracked) return 'maybe'
    const sku = keyText(from.sku)
    const twice = [...source.variants.values()].filter(({ variant }) => keyText(variant.sku) === sku).length > 1
    if (link.matchedBy === 'sku' && (sku === null || twice)) return 'maybe'
    const linked = locationLinks(connection.settings, source.shop, destination.shop).map((it) => it.destination)
    const here = order.fulfillmentOrders.filter(({ locationId }) => linked.includes(locationId))
    const assigned = here.some(({ lines }) => lines.some((it) => it.lineId === line.id && it.totalQuantity > 0))
    return assigned && line.unfulfilledQuantity > 0 ? 'yes' : 'maybe'
}

function bySwitches({ connection, destination }: Sharer, source: View, said: Said): Claim | null {
    const { push, push_inventory: inventory } = connection.settings
    if (push.most_a_month !== null) return may('PLAN_LIMIT')
    const currencies = { from: destination.shop.currency, to: source.shop.currency }
    if (pushRate(connection, currencies) === null) return never('FX_MISSING')
    if (!push.automatic && said !== 'push') return never('PUSH_DISABLED')
    if (said === 'hold') return may('HELD')
    return inventory === 'decrement_obeying_policy' ? may('STOCK_REFUSED') : null
}
