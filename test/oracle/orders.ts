import { heldBy, shippedBy } from './held.ts'
import { type LocationLink, locationLinks } from './levels.ts'
import type { Connection, Memory } from './memory.ts'
import type { ShopOrder, ShopState, View } from './state.ts'
import type { FullLine } from './twins/full_order.ts'
import { lineMark } from './twins/pairs.ts'

/** A connection of a source, with its destination as it stands: all of them draw on one pool. */
export type Sharer = { connection: Connection; memory: Memory; destination: View }

/** What an order is to the rules: its units count, or are set aside at its own store alone, or are nobody's business. */
export type Standing = 'counts' | 'aside' | 'never'

/** D5 and rule 19. */
export function standingOf(
    order: ShopOrder,
    { settings, acceptedAt, stood = [], ordersSince = 0 }: Connection,
): Standing {
    const isOwn =
        !isOlder(order, acceptedAt) || stood.some((it) => !isOlder(order, it.from) && isOlder(order, it.until))
    if (order.test || !isOwn || isOlder(order, ordersSince)) return 'never'
    if (order.financialStatus === 'VOIDED') return 'never'
    const counted: Record<string, string[]> = {
        paid: ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'],
        paid_and_authorized: ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'AUTHORIZED'],
    }
    const counts = counted[settings.counts_as_paid]?.includes(order.financialStatus ?? '') ?? true
    return counts ? 'counts' : 'aside'
}

/** Shopify's times are whole seconds. */
const isOlder = ({ createdAt }: ShopOrder, acceptedAt: string | number) =>
    new Date(createdAt).getTime() < Math.floor(new Date(acceptedAt).getTime() / 1000) * 1000

/** Units that an order took from a place of the source and that the source has not been told of; 2 sold are −2. */
export type Untold = { order: ShopOrder; standing: Standing; item: number; location: number; units: number }

const placeKeyOf = (item: number, location: number) => `${item}/${location}`

/** Every order of a destination against what the source was told of it (rules 17 to 25, 35). */
export function untoldOf(sharer: Sharer, source: View): Untold[] {
    const { connection, destination } = sharer
    if (connection.settings.orders === 'none') return []
    const links = locationLinks(connection.settings, source.shop, destination.shop)
    const queue: Queue = new Map()
    const found = (destination.shop.orders ?? []).flatMap((order) => {
        if (isRefusedPush(sharer, order, source)) return []
        const told = toldOf(sharer, order, source)
        // What a source was told of stays told, also where sales did not count for a while.
        const standing = standingOf(order, told.length > 0 ? { ...connection, ordersSince: 0 } : connection)
        if (standing === 'never')
            return connection.settings.orders === 'order_push' ? [] : told.map((it) => takenBack(order, it))
        const placing = told.length > 0 || standing !== 'counts' ? new Map() : queue
        const takenOf = (it: ShopOrder) => takenBy(sharer, it, source, links, placing)
        if (isUndone(sharer, order, source)) return lostBefore(sharer, order, source, takenOf(order))
        const [carried, lost] = withLost(sharer, order, source)
        const owes = [...differences(takenOf(carried), told), ...takenOf(lost)].map((place) => ({
            order,
            standing,
            ...place,
        }))
        const drafted = draftedOf(sharer, order, source)
        if (drafted) return doubted(owes, drafted).map((place) => ({ order, standing, ...place }))
        // Rule 21b: what a destination shipped by itself and took back is its own, and gives the source nothing.
        if (told.length === 0) return owes.filter(({ units }) => units < 0)
        const open = connection.settings.orders === 'order_push' ? stillOwed(sharer, order, source, owes) : owes
        return isShippedThere(sharer, order, source) ? open.filter(({ units }) => units < 0) : open
    })
    return found.filter(({ units }) => units !== 0)
}

/** Rule 21b: of what its twin does not hold, no more is owed than is still to be shipped or was written off. */
function stillOwed<Owed extends Units>(sharer: Sharer, order: ShopOrder, source: View, owes: Owed[]): Owed[] {
    const pairs = pairsOf(sharer, source)
    const off = order.refunds.flatMap(({ lines }) => lines).filter(({ restocked }) => !restocked)
    return owes.map((it) => {
        const own = order.lines.flatMap((line) => {
            const pair = pairs.get(line.inventoryItemId ?? -1)
            if (pair?.item !== it.item) return []
            const lost = off.reduce((sum, { lineId, quantity }) => sum + (lineId === line.id ? quantity : 0), 0)
            return [((line.unfulfilledQuantity ?? line.quantity) + lost) * pair.factor]
        })
        const most = own.reduce((sum, units) => sum + units, 0)
        return { ...it, units: Math.max(it.units, -most) }
    })
}

/** Rule 19: what the source was told of an order counts no more when that is voided. */
const takenBack = (order: ShopOrder, told: Units): Untold => ({
    order,
    standing: 'counts',
    ...told,
    units: -told.units,
})

type Units = { item: number; location: number; units: number }

/** An order by the lines that its twin may hold, and by those that were lost whole before: they stay where they were taken. */
function withLost({ destination }: Sharer, order: ShopOrder, source: View): [ShopOrder, ShopOrder] {
    const twins = twinsOf(source.shop, destination.shop.domain, order)
    const marked = new Set(twins.flatMap(({ lines }) => lines.map((line) => lineMark(line as FullLine)?.line)))
    const off = order.refunds.flatMap(({ lines }) => lines).filter(({ restocked }) => !restocked)
    const isLost = ({ id, quantity }: ShopOrder['lines'][number]) =>
        twins.length > 0 &&
        !marked.has(id) &&
        off.reduce((sum, it) => sum + (it.lineId === id ? it.quantity : 0), 0) === quantity
    const [carried, lost] = [order.lines.filter((line) => !isLost(line)), order.lines.filter(isLost)]
    return [
        { ...order, lines: carried },
        { ...order, lines: lost, fulfillments: [] },
    ]
}

/** Item by item. What was told stays where it was told (rule 21a): a rest of it is told there too. */
function differences(taken: Units[], told: Units[]): Units[] {
    const sum = (all: Units[]) => all.reduce((units, it) => units + it.units, 0)
    const items = new Set([...taken, ...told].map(({ item }) => item))
    return [...items].flatMap((item): Units[] => {
        const [own, known] = [taken, told].map((all) => all.filter((it) => it.item === item)) as [Units[], Units[]]
        if (known.length === 0) return own
        if (known.length === 1) return [{ ...known[0]!, units: sum(own) - sum(known) }]
        return own.map((it) => {
            const here = known.filter(({ location }) => location === it.location)
            return { ...it, units: it.units - sum(here) }
        })
    })
}

/** Rule 58: what was cancelled before its push is never pushed. */
function isRefusedPush({ connection, destination }: Sharer, order: ShopOrder, source: View): boolean {
    if (connection.settings.orders !== 'order_push' || order.cancelledAt === null) return false
    return twinsOf(source.shop, destination.shop.domain, order).length === 0
}

/** What the source's draft of an order holds of its goods; it may be completed at any moment. Null: there is none. */
function draftedOf({ connection, destination }: Sharer, order: ShopOrder, source: View): Units[] | null {
    const draft = draftsOf(source.shop, destination.shop.domain, order).find(({ status }) => status === 'OPEN')
    if (!draft || connection.settings.orders !== 'order_push') return null
    return draft.lines.flatMap(({ variantId, quantity }) => {
        const item = source.variants.get(variantId ?? -1)?.variant.inventoryItemId
        return item === undefined ? [] : [{ item, location: 0, units: -quantity }]
    })
}

function draftsOf(source: ShopState, destination: string, { id }: ShopOrder): Draft[] {
    const mark = `${destination}/${id}`
    const drafts = (source as { drafts?: Draft[] }).drafts ?? []
    return drafts.filter((it) => it.metafields.some(({ value }) => value === mark))
}

type Draft = {
    status: string
    createdAt: string
    metafields: { value: string }[]
    lines: { variantId: number | null; quantity: number }[]
}

/** Doubt only ever lowers: of what the order says and what its draft holds the more counts, item by item. */
function doubted(owes: Units[], drafted: Units[]): Units[] {
    const sum = (all: Units[], item: number) => all.reduce((units, it) => units + (it.item === item ? it.units : 0), 0)
    return [...new Set(owes.map(({ item }) => item))].flatMap((item) => {
        const own = owes.filter((it) => it.item === item)
        const less = Math.min(0, sum(drafted, item) - sum(owes, item))
        return own.map((it, index) => (index === 0 ? { ...it, units: it.units + less } : it))
    })
}

/** What is taken off an order that the source has shipped waits for a person (rule 67), and is not back till then. */
function isShippedThere({ destination, connection }: Sharer, order: ShopOrder, source: View): boolean {
    if (connection.settings.orders !== 'order_push') return false
    const parcels = twinsOf(source.shop, destination.shop.domain, order).flatMap(({ fulfillments }) => fulfillments)
    return parcels.some(({ status }) => status === 'SUCCESS')
}

/** Rule 24: cancelled at both stores; which of its units came back to which is judged with its twin. */
function isUndone({ destination }: Sharer, order: ShopOrder, source: View): boolean {
    const twins = twinsOf(source.shop, destination.shop.domain, order)
    return twins.length > 0 && [order, ...twins].every(({ cancelledAt }) => cancelledAt !== null)
}

/** Rule 22: what was written off before there was a twin nobody carried, and no cancellation brings it back. */
function lostBefore(sharer: Sharer, order: ShopOrder, source: View, taken: Units[]): Untold[] {
    const pairs = pairsOf(sharer, source)
    const twins = twinsOf(source.shop, sharer.destination.shop.domain, order)
    const lost = order.refunds.flatMap(({ lines }) => lines).filter(({ restocked }) => !restocked)
    const sum = (numbers: number[]) => numbers.reduce((units, it) => units + it, 0)
    return taken.flatMap((place) => {
        const own = order.lines.filter(({ inventoryItemId }) => pairs.get(inventoryItemId ?? -1)?.item === place.item)
        const factorOf = ({ inventoryItemId }: (typeof own)[number]) => pairs.get(inventoryItemId!)!.factor
        const off = own.flatMap((line) =>
            lost.flatMap(({ lineId, quantity }) => (lineId === line.id ? quantity * factorOf(line) : [])),
        )
        const carried = twins
            .flatMap(({ lines }) => lines)
            .flatMap(({ inventoryItemId, quantity }) => (inventoryItemId === place.item ? quantity : []))
        const left = sum(own.map((line) => line.quantity * factorOf(line))) - sum(carried)
        return { order, standing: 'counts' as const, ...place, units: -Math.max(0, Math.min(sum(off), left)) }
    })
}

/** Source units by the place of the source they are taken from (rule 21a). */
function takenBy(sharer: Sharer, order: ShopOrder, source: View, links: LocationLink[], queue: Queue): Units[] {
    const taken = new Map<string, number>()
    const pairs = pairsOf(sharer, source)
    const isPushed = sharer.connection.settings.orders === 'order_push'
    // Rule 21b: what it shipped by itself before the push is out of its own stock.
    const moves = [...heldBy(order), ...(isPushed ? shippedBy(order, pushedAt(sharer, order, source)) : [])]
    for (const move of moves) {
        const pair = pairs.get(move.inventoryItemId)
        const link = links.find((it) => it.destination === move.locationId)
        if (!pair || !link) continue
        const key = placeKeyOf(pair.item, placeOf(source, pair.item, link, queue))
        taken.set(key, (taken.get(key) ?? 0) + move.units * pair.factor)
    }
    for (const [key, units] of taken) queue.set(key, (queue.get(key) ?? 0) + units)
    return unitsIn(taken)
}

/** Units by place that orders before one took in the same run. */
type Queue = Map<string, number>

/** When the source first had an order, as itself or as a draft. */
function pushedAt({ destination }: Sharer, order: ShopOrder, source: View): number {
    const { domain } = destination.shop
    const drafts = draftsOf(source.shop, domain, order)
    const there = [...twinsOf(source.shop, domain, order), ...drafts]
    return Math.min(...there.map(({ createdAt }) => new Date(createdAt).getTime()))
}

function unitsIn(places: Map<string, number>): Units[] {
    return [...places].map(([key, units]) => {
        const [item, location] = key.split('/').map(Number) as [number, number]
        return { item, location, units }
    })
}

/** Of several source locations the first that has units left. */
function placeOf(source: View, item: number, { sources }: LocationLink, queue: Queue): number {
    const hasLeft = (location: number) => {
        const taken = queue.get(placeKeyOf(item, location)) ?? 0
        return [...source.variants.values()].some(
            ({ variant }) =>
                variant.inventoryItemId === item &&
                variant.levels.some((it) => it.locationId === location && it.available + taken > 0),
        )
    }
    return sources.find(hasLeft) ?? sources[0]!
}

/** The source's item and the factor, by the destination's item; only what both count, and what its store deleted as it was. */
export function pairsOf({ memory, destination }: Sharer, source: View): Memory['pairs'] {
    const items = new Set([...destination.variants.values()].map(({ variant }) => variant.inventoryItemId))
    const pairs = new Map([...memory.pairs].filter(([item]) => !items.has(item)))
    for (const [id, link] of memory.variants) {
        const [from, to] = [source.variants.get(link.source)?.variant, destination.variants.get(id)?.variant]
        if (!from?.tracked || !to?.tracked) continue
        pairs.set(to.inventoryItemId, { item: from.inventoryItemId, factor: link.factor })
    }
    memory.pairs = pairs
    return pairs
}

/** What the source was told of an order: by adjustments, or by the orders there that stand for it. */
function toldOf({ connection, memory, destination }: Sharer, order: ShopOrder, source: View): Units[] {
    if (connection.settings.orders !== 'order_push') return unitsIn(memory.told.get(order.id) ?? new Map())
    const told = new Map<string, number>()
    for (const move of twinsOf(source.shop, destination.shop.domain, order).flatMap(heldBy)) {
        const key = placeKeyOf(move.inventoryItemId, move.locationId)
        told.set(key, (told.get(key) ?? 0) + move.units)
    }
    return unitsIn(told)
}

/** Orders of the source that stand for one of a destination: they say so themselves. */
export function twinsOf(source: ShopState, destination: string, { id }: ShopOrder): ShopOrder[] {
    const mark = `${destination}/${id}`
    return (source.orders ?? []).filter((order) =>
        order.metafields.some((it) => it.namespace === 'crossdock' && it.key === 'origin' && it.value === mark),
    )
}

export function tell({ memory }: Sharer, { order, item, location, units }: Untold) {
    const told = memory.told.get(order.id) ?? new Map<string, number>()
    const key = placeKeyOf(item, location)
    memory.told.set(order.id, told.set(key, (told.get(key) ?? 0) + units))
}
