import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { home, NORTHWIND } from '../helpers/cast.ts'
import type { Seam } from './seams.ts'
import { type Counter, counterOf, HIDE_TAG, type Order, pick } from './shops.ts'
import type { Stage } from './world.ts'

/** Something people do at a shop, if anything there lets them: says what it was. */
type Act = (stage: Stage, counter: Counter, random: Random) => Promise<string | null>

const paid = (order: Order) => ['PAID', 'PARTIALLY_REFUNDED'].includes(order.financialStatus ?? '')
const owing = (order: Order) => ['PENDING', 'AUTHORIZED', 'PARTIALLY_PAID'].includes(order.financialStatus ?? '')
const open = (order: Order) => order.cancelledAt === null
const unshipped = (order: Order) => order.fulfillments.length === 0

/** Sales are mostly of one or two units, now and then of two lines of one SKU (rule 35), rarely a test. */
const sell: Act = async ({ sandbox }, { shop, levels }, random) => {
    const level = pick(random, levels, ({ available }) => available > 0)
    if (!level) return null
    const quantity = Math.min(level.available, 1 + random.below(2))
    const payment = random.one(['paid', 'paid', 'paid', 'pending', 'authorized', 'partially_paid'] as const)
    const line = { sku: level.sku, quantity, price: '10.00' }
    const twice = level.available > quantity && random.next() < 0.2
    const lines = twice ? [line, { ...line, quantity: 1 }] : [line]
    const test = random.next() < 0.05
    const bought = { lines, location: level.location, payment, test, shippingAddress: home }
    await sandbox.control('order.sell', { shop, ...bought })
    return `${shop} sells ${lines.map((it) => it.quantity).join('+')} ${level.sku} (${payment}${test ? ', test' : ''})`
}

const pay: Act = async ({ sandbox }, { shop, orders }, random) => {
    const order = pick(random, orders, (it) => owing(it) && open(it))
    if (!order) return null
    await sandbox.control('order.pay', { shop, id: order.id })
    return `${shop}: ${order.name} is paid`
}

const cannotPay: Act = async ({ sandbox }, { shop, orders }, random) => {
    const order = pick(random, orders, (it) => ['PENDING', 'AUTHORIZED'].includes(it.financialStatus ?? '') && open(it))
    if (!order) return null
    await sandbox.control('order.void', { shop, id: order.id })
    return `${shop}: ${order.name} is voided`
}

const cancel: Act = async ({ sandbox }, { shop, orders }, random) => {
    const order = pick(random, orders, (it) => open(it) && unshipped(it) && (paid(it) || owing(it)))
    if (!order) return null
    const restock = !paid(order) || random.next() < 0.7
    await sandbox.control('order.cancel', { shop, id: order.id, restock })
    return `${shop}: ${order.name} is cancelled${restock ? '' : ', its units are lost'}`
}

const refund: Act = async ({ sandbox }, { shop, orders }, random) => {
    const order = pick(
        random,
        orders,
        (it) => open(it) && paid(it) && it.lines.some((line) => line.currentQuantity > 0),
    )
    const line = order && pick(random, order.lines, ({ currentQuantity }) => currentQuantity > 0)
    if (!order || !line) return null
    const back = line.unfulfilledQuantity > 0 ? 'cancel' : 'return'
    const restock = random.next() < 0.65 ? back : 'no_restock'
    await sandbox.control('order.refund', { shop, id: order.id, lines: [{ lineId: line.id, quantity: 1, restock }] })
    return `${shop}: 1 ${line.sku} of ${order.name} is refunded (${restock})`
}

/** A unit more, paid at once, or a unit less. */
const edit: Act = async ({ sandbox }, { shop, orders }, random) => {
    const order = pick(random, orders, (it) => open(it) && paid(it) && unshipped(it))
    const line = order && pick(random, order.lines, ({ unfulfilledQuantity }) => unfulfilledQuantity > 0)
    if (!order || !line) return null
    const quantity = line.currentQuantity + (random.next() < 0.6 ? 1 : -1)
    await sandbox.control('order.edit', { shop, id: order.id, set: [{ lineId: line.id, quantity }] })
    if (quantity > line.currentQuantity) await sandbox.control('order.pay', { shop, id: order.id })
    return `${shop}: ${line.sku} of ${order.name} becomes ${quantity}`
}

const ship: Act = async ({ sandbox }, { shop, orders }, random) => {
    const isReady = (it: Order) => open(it) && paid(it) && it.lines.some((line) => line.unfulfilledQuantity > 0)
    const order = pick(random, orders, isReady)
    if (!order) return null
    await sandbox.control('order.ship', { shop, id: order.id })
    return `${shop} ships ${order.name}`
}

/** A count by hand finds a few more or less; at the source that may be a delivery. */
const count: Act = async ({ sandbox }, { shop, levels }, random) => {
    const level = pick(random, levels)
    if (!level) return null
    const found = random.one(shop === NORTHWIND ? [-3, -1, 4, 9] : [-2, -1, 1, 3])
    const available = Math.max(0, level.available + found)
    await sandbox.control('level.set', { shop, sku: level.sku, location: level.location, available })
    return `${shop} counts ${available} ${level.sku} at ${level.location} instead of ${level.available}`
}

/** No longer stocked there, or stocked there from now on with a few. */
const stockOrNot: Act = async ({ sandbox }, { shop, levels, locations }, random) => {
    const [location, sku] = [pick(random, locations)?.name, pick(random, levels)?.sku]
    if (!location || !sku) return null
    const isStocked = levels.some((it) => it.sku === sku && it.location === location)
    if (isStocked) await sandbox.control('level.unstock', { shop, sku, location })
    else await sandbox.control('level.set', { shop, sku, location, available: random.below(9) })
    return `${shop} stocks ${sku} ${isStocked ? 'no more' : 'again'} at ${location}`
}

/** Closes one of its locations, or opens it again. */
const closeOrOpen: Act = async ({ sandbox }, { shop, closed, locations }, random) => {
    const location = closed[0] ?? random.one(locations).name
    const isClosed = closed.length > 0
    await sandbox.control(isClosed ? 'location.activate' : 'location.deactivate', { shop, location })
    return `${shop} ${isClosed ? 'opens' : 'closes'} ${location}`
}

/** Rule 7: hides a product from all who sell it, or shows it again. */
const hideOrShow: Act = async ({ sandbox }, { shop, levels, hidden }, random) => {
    const sku = hidden[0] ?? pick(random, levels)?.sku
    if (!sku) return null
    const isHidden = hidden.length > 0
    await sandbox.control(isHidden ? 'tag.remove' : 'tag.add', { shop, sku, tag: HIDE_TAG })
    return `${shop} ${isHidden ? 'shows' : 'hides'} ${sku}`
}

const acts: readonly Act[] = [
    ...[sell, sell, sell, sell, pay, pay, refund, refund],
    ...[cancel, cannotPay, edit, ship, count, stockOrNot, closeOrOpen],
]
const atTheSource: readonly Act[] = [sell, count, count, stockOrNot, hideOrShow, closeOrOpen]

/** Somebody does something somewhere; what could not be done there, as nothing is there to do it with, is a sale or nothing. */
export async function happen(stage: Stage, random: Random): Promise<string> {
    const shops = stage.world.connections.map(({ destination }) => destination)
    const shop = random.next() < 0.25 ? NORTHWIND : random.one(shops)
    const counter = await counterOf(stage, shop)
    const act = random.one(shop === NORTHWIND ? atTheSource : acts)
    return (await act(stage, counter, random)) ?? (await sell(stage, counter, random)) ?? `${shop}: nothing`
}

/**
 * Something is stocked no more, or counted as more than it is; or a paid sale at a shop, if anything is left there, and then
 * a refund of one unit of it. Always of the first that has two units left.
 */
export async function leadTo(stage: Stage, shop: string, what: NonNullable<Seam['lead']>): Promise<string> {
    const { levels } = await counterOf(stage, shop)
    const level = levels.find(({ available }) => available > 1)
    if (!level) return `${shop}: nothing`
    if (what === 'unstocked') {
        await stage.sandbox.control('level.unstock', { shop, ...level })
        return `${shop} stocks ${level.sku} no more at ${level.location}`
    }
    if (what === 'count') {
        await stage.sandbox.control('level.set', { shop, ...level, available: level.available + 3 })
        return `${shop} counts 3 ${level.sku} more at ${level.location}`
    }
    const line = { sku: level.sku, quantity: 2, price: '10.00' }
    const bought = { lines: [line], location: level.location, payment: 'paid', shippingAddress: home }
    const { id } = (await stage.sandbox.control('order.sell', { shop, ...bought })) as { id: number }
    if (what === 'sale') return `${shop} sells 2 ${level.sku} (paid)`
    const lines = [{ sku: level.sku, quantity: 1, restock: 'cancel' }]
    await stage.sandbox.control('order.refund', { shop, id, lines })
    return `${shop} sells 2 ${level.sku} (paid), and refunds 1`
}
