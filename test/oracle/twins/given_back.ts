import { locationLinks } from '../levels.ts'
import type { FullLine, FullOrder, FullRefund } from './full_order.ts'
import type { Note } from './judge.ts'
import { pairsIn, shownUnits, type Twins, total, unitsByLine } from './pairs.ts'

/** A mirror carries our key in its note (rule 68); all else people did. */
const isByHand = ({ note }: Pick<FullRefund, 'note'>) => !/\[crossdock-/.test(note ?? '')

/** What was refunded, sent back, cancelled or edited at one store is so at the other, once (rules 22 to 24, 67 to 69). */
export function judgeGivenBack(twins: Twins, differ: Note): void {
    judgeCancellation(twins, differ)
    judgeHeld(twins, differ)
    judgeRefunds(twins, differ)
    judgeReturns(twins, differ)
    judgeMoney(twins, differ)
}

const hasShipped = ({ fulfillments }: FullOrder) => fulfillments.some(({ status }) => status === 'SUCCESS')
const hasPacks = ({ items }: Twins) => [...items.values()].some(({ factor }) => factor > 1)

/** Rule 24; an order that has parcels out cannot be cancelled, and one that holds lines of others is not. */
function judgeCancellation(twins: Twins, differ: Note): void {
    const { order, twin, sharer } = twins
    if (!sharer.connection.settings.mirror.cancellations) return
    const [here, there] = [order.cancelledAt !== null, twin.cancelledAt !== null]
    if (here && !there && !hasShipped(twin)) differ('the twin is cancelled', true, false)
    if (!there || here || hasShipped(order)) return
    const carried = new Set(pairsIn(twins).map(({ line }) => line.id))
    const others = order.lines.some((line) => !carried.has(line.id) && line.currentQuantity > 0)
    const left = order.lines.filter((line) => carried.has(line.id) && line.currentQuantity > 0)
    if (others) differ('lines that are left of it', '', left.map(({ sku }) => sku).join())
    else differ('the order is cancelled', true, false)
}

/** What both orders hold of their stores' stock is the same, item by item: squared to the unit (rules 22, 23, 67). */
function judgeHeld(twins: Twins, differ: Note): void {
    const { mirror } = twins.sharer.connection.settings
    if (!(mirror.refunds && mirror.cancellations && mirror.edits && mirror.returns)) return
    const wanted = new Map<number, number>()
    for (const line of twins.order.lines.filter((it) => isLinked(twins, it))) {
        const item = twins.items.get(line.variantId ?? -1)
        if (item) wanted.set(item.item, (wanted.get(item.item) ?? 0) + held(line) * item.factor)
    }
    for (const [item, units] of wanted) {
        const there = total(twins.twin.lines.map((line) => (line.inventoryItemId === item ? held(line) : 0)))
        const slack = slackOf(twins, item)
        if (there > units + slack.more || there < units - slack.less) {
            differ(`units held of item ${item}`, units, there)
        }
    }
}

const held = ({ quantity, restocked }: FullLine) => quantity - restocked

/** Units at a place that feeds from no source are not the source's (rule 21a). */
function isLinked({ order, sharer, source }: Twins, { id }: FullLine): boolean {
    const links = locationLinks(sharer.connection.settings, source.shop, sharer.destination.shop)
    const rows = order.fulfillmentOrders.filter(({ lines }) => lines.some(({ lineId }) => lineId === id))
    return rows.some(({ locationId }) => links.some(({ destination }) => destination === locationId))
}

const unbounded = { more: Number.POSITIVE_INFINITY, less: Number.POSITIVE_INFINITY }

/**
 * How far both may be apart for a reason. What the destination shipped by itself, or wrote off, before the push never went
 * to the source (rules 21b, 22). What comes back after the source has shipped, or less than a pack of it, waits (rules 63,
 * 67). Of an unpaid order that is cancelled nothing shows that its units were lost.
 */
function slackOf(twins: Twins, item: number): { more: number; less: number } {
    const { order, twin, items } = twins
    const factor = Math.max(1, ...[...items.values()].filter((it) => it.item === item).map((it) => it.factor))
    const waits = hasShipped(twin) || hasShipped(order) || isCut(order) || isCut(twin)
    const unclear = [order, twin].some((it) => isCut(it) && Number(it.received) === 0)
    if (unclear || (waits && (order.edited || twin.edited || hasPacks(twins) || isCut(order) !== isCut(twin)))) {
        return unbounded
    }
    const own = total([...unitsByLine(twins, goneBefore(twins), 'order').values()])
    const rest = factor > 1 ? factor - 1 : 0
    return { more: rest, less: own * factor + rest }
}

/** Units that were shipped or written off before there was a twin. */
function goneBefore({ order, twin }: Twins): { lineId: number; quantity: number }[] {
    const isEarly = ({ createdAt }: { createdAt: string }) => createdAt <= String(twin.createdAt)
    const shipped = order.fulfillments.filter(isEarly).flatMap(({ lines }) => lines)
    const refunded = order.refunds.filter(isEarly).flatMap(({ lines }) => lines)
    return [...shipped, ...refunded.filter(({ restockType }) => restockType === 'NO_RESTOCK')]
}

const isCut = ({ cancelledAt }: FullOrder) => cancelledAt !== null

type Back = { refund: FullRefund; key: string; byHand: boolean }

/** Every refund of units by people at one store is one refund at the other, with the same choice of restock. */
function judgeRefunds(twins: Twins, differ: Note): void {
    const { order, twin, sharer } = twins
    if (!sharer.connection.settings.mirror.refunds || order.cancelledAt !== null || twin.cancelledAt !== null) return
    const [here, there] = [refundsOf(twins, 'order'), refundsOf(twins, 'twin')]
    const early = here.filter(({ refund }) => refund.createdAt <= String(twin.createdAt))
    match('the source', hand(here), mirrored(there), { spared: new Set(early.map(({ refund }) => refund.id)) }, differ)
    match('the destination', hand(there), mirrored(here), { spared: sparedAt(twins, there) }, differ)
}

const hand = (refunds: readonly Back[]) => refunds.filter(({ byHand }) => byHand)
const mirrored = (refunds: readonly Back[]) => refunds.filter(({ byHand }) => !byHand)

/** Refunds with units of lines that both orders have; those of returns are judged with the returns. */
function refundsOf(twins: Twins, side: 'order' | 'twin'): Back[] {
    const carried = new Set(pairsIn(twins).map(({ line }) => line.id))
    return twins[side].refunds
        .filter(({ returnId }) => returnId === null)
        .flatMap((refund): Back[] => {
            const back = refund.lines.filter(({ restockType }) => restockType !== 'NO_RESTOCK')
            const lost = refund.lines.filter(({ restockType }) => restockType === 'NO_RESTOCK')
            const [shownBack, shownLost] = [back, lost].map((lines) => {
                const units = unitsByLine(twins, lines, side)
                return shownUnits(new Map([...units].filter(([line]) => carried.has(line))))
            })
            const key = `${shownBack} restocked, ${shownLost} lost`
            return shownBack || shownLost ? [{ refund, key, byHand: isByHand(refund) }] : []
        })
}

/**
 * Less than a pack waits for the rest, and is then carried with it. What an edit of the destination took off at the same
 * time is not there to be refunded any more.
 */
const sparedAt = (twins: Twins, refunds: readonly Back[]) =>
    new Set(hasPacks(twins) || tookAllOff(twins.order) ? refunds.map(({ refund }) => refund.id) : [])

const tookAllOff = ({ edited, lines }: FullOrder) =>
    edited && lines.some(({ currentQuantity }) => currentQuantity === 0)

/** Each of the one has one of the other; only the spared ones may be without. */
function match(
    where: string,
    events: readonly Back[],
    mirrors: readonly Back[],
    { spared }: { spared: ReadonlySet<number> },
    differ: Note,
): void {
    const left = [...mirrors]
    const missing: Back[] = []
    // the spared ones last, so that they take nobody's
    const ordered = [...events].sort((a, b) => Number(spared.has(a.refund.id)) - Number(spared.has(b.refund.id)))
    for (const event of ordered) {
        const index = left.findIndex(({ key }) => key === event.key)
        if (index >= 0) left.splice(index, 1)
        else if (!spared.has(event.refund.id)) missing.push(event)
    }
    const isPack = spared.size > 0 && left.length > 0 && events.some(({ refund }) => spared.has(refund.id))
    for (const { key } of missing) differ(`refunds carried to ${where}`, key, 'none')
    for (const { key, refund } of isPack ? [] : left)
        differ(`refunds carried to ${where}`, 'none', `${key} (${refund.id})`)
}

/** Rule 69: each return is at both, once, as far as the source has come with it. */
function judgeReturns(twins: Twins, differ: Note): void {
    const { order, twin, sharer } = twins
    if (!sharer.connection.settings.mirror.returns || hasPacks(twins)) return
    // what one of them has not shipped cannot be sent back to it
    if (!hasShipped(order) || !hasShipped(twin)) return
    const shown = (side: 'order' | 'twin') =>
        twins[side].returns
            .map((it) => {
                const units = shownUnits(unitsByLine(twins, it.lines, side))
                const came = shownUnits(
                    unitsByLine(
                        twins,
                        it.lines.map(({ lineId, processedQuantity: quantity }) => ({ lineId, quantity })),
                        side,
                    ),
                )
                return units ? `${units}: ${it.status}${came ? `, came: ${came}` : ''}` : ''
            })
            .filter((text) => text !== '')
            .sort()
            .join('; ')
    differ('returns', shown('twin'), shown('order'))
}

/** D19: what was refunded at the source moves no money at the destination by itself. */
function judgeMoney({ order, sharer }: Twins, differ: Note): void {
    if (sharer.connection.settings.mirror.money !== 'propose' || order.cancelledAt !== null) return
    for (const refund of order.refunds.filter((it) => !isByHand(it))) {
        differ(`money of refund ${refund.id}, which nobody confirmed`, 0, Number(refund.amount))
    }
}
