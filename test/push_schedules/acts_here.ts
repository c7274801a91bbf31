import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import {
    destinationsOf,
    isOpen,
    isPaid,
    isUnshipped,
    parcelsOf,
    pick,
    type Street,
    type Twinned,
    twinnedIn,
    unshippedLine,
} from './shops.ts'

/** Something people do, if anything lets them: says what it was. */
export type Act = (street: Street) => Promise<string | null>

const homes = [
    { firstName: 'Ada', lastName: 'Byron', address1: '1 Mill Lane', city: 'London', zip: 'N1', countryCode: 'GB' },
    { firstName: 'Max', lastName: 'Born', address1: 'Am Wall 7', city: 'Bremen', zip: '28195', countryCode: 'DE' },
    { company: 'Lovelace & Co', address1: '9 High Street', city: 'Leeds', zip: 'LS1', countryCode: 'GB' },
]

/** A sale of one to three lines; prices, discounts and taxes that do not divide; now and then nothing to be pushed. */
export const sell: Act = async (street) => {
    const { stage, random, shops } = street
    const shop = random.one(destinationsOf(stage))
    const { products, locations } = shops.get(shop)!
    const variants = products.flatMap((it) => it.variants)
    const inStock = variants.filter(({ levels }) => levels.some(({ available }) => available > 3))
    if (inStock.length === 0) return null
    const lines = Array.from({ length: 1 + random.below(3) }, () => lineOf(random, random.one(inStock).sku!))
    const payment = random.one(['paid', 'paid', 'paid', 'paid', 'pending', 'authorized'] as const)
    const [test, homeless] = [random.next() < 0.04, random.next() < 0.06]
    const body = {
        ...{ shop, lines, payment, test, location: random.one(locations).name, taxesIncluded: random.next() < 0.4 },
        ...(homeless ? {} : { shippingAddress: random.one(homes) }),
        ...(random.next() < 0.5 ? { shipping: '3.95', shippingTitle: 'Second class' } : {}),
        ...(random.next() < 0.3 ? { note: 'Leave it with the neighbour', tags: ['gift', 'x'.repeat(60)] } : {}),
        ...(random.next() < 0.2 ? { presentment: { currency: 'CHF', rate: '1.1374' } } : {}),
        ...{ email: 'ada@example.com', phone: '+44 20 7946 0000' },
    }
    await stage.sandbox.control('order.sell', body)
    const shown = lines.map(({ quantity, sku }) => `${quantity} ${sku}`).join(' + ')
    const odd = `${test ? ', test' : ''}${homeless ? ', no address' : ''}`
    return `${shop} sells ${shown} (${payment}${odd})`
}

function lineOf(random: Random, sku: string) {
    const quantity = 1 + random.below(3)
    return {
        ...{ sku, quantity, price: random.one(['10.00', '3.33', '19.99', '0.07']) },
        ...(random.next() < 0.4 ? { discount: random.one(['0.01', '0.05', '0.02']) } : {}),
        ...(random.next() < 0.4 ? { taxRate: random.one([0.2, 0.077]) } : {}),
        ...(random.next() < 0.2 ? { customAttributes: [{ key: 'Engraving', value: 'For Ada' }] } : {}),
    }
}

const touch = ({ touched }: Street, { order, shop }: Twinned) => touched.set(order.id, shop)

/** An order of a destination that fits, with a word for it. */
const anOrder = (street: Street, fits: (it: Twinned) => boolean) =>
    pick(street.random, twinnedIn(street, 'destination'), fits)

export const pay: Act = async (street) => {
    const found = anOrder(
        street,
        ({ order }) => isOpen(order) && ['PENDING', 'AUTHORIZED'].includes(order.financialStatus ?? ''),
    )
    if (!found) return null
    const verb = street.random.next() < 0.8 ? 'order.pay' : 'order.void'
    await street.stage.sandbox.control(verb, { shop: found.shop, id: found.order.id })
    return `${found.shop}: ${found.order.name} ${verb === 'order.pay' ? 'is paid' : 'is voided'}`
}

/** Before anything of it has left. */
export const cancel: Act = async (street) => {
    const free = ({ order, twins }: Twinned) =>
        isOpen(order) && isUnshipped(order) && twins.every(({ twin }) => isOpen(twin) && isUnshipped(twin))
    const found = anOrder(street, free)
    if (!found) return null
    const restock = street.random.next() < 0.8
    const { order, shop } = found
    await street.stage.sandbox.control('order.cancel', { shop, id: order.id, restock, note: 'hand' })
    touch(street, found)
    return `${shop}: ${order.name} is cancelled${restock ? '' : ', its units are lost'}`
}

/** A unit of a line comes back, with or without the goods. */
export const refund: Act = async (street) => {
    const { random } = street
    const fits = ({ order, twins }: Twinned) =>
        isOpen(order) &&
        isPaid(order) &&
        order.lines.some(({ currentQuantity }) => currentQuantity > 0) &&
        // both have shipped the same, so that it may come back to either
        twins.every(({ twin }) => isOpen(twin) && isUnshipped(twin) === isUnshipped(order))
    const found = anOrder(street, fits)
    const line = found && pick(random, found.order.lines, ({ currentQuantity }) => currentQuantity > 0)
    if (!found || !line) return null
    const back = line.unfulfilledQuantity > 0 ? 'cancel' : 'return'
    const restock = random.next() < 0.65 ? back : 'no_restock'
    const lines = [{ lineId: line.id, quantity: 1, restock }]
    await street.stage.sandbox.control('order.refund', { shop: found.shop, id: found.order.id, lines, note: 'hand' })
    touch(street, found)
    return `${found.shop}: 1 ${line.sku} of ${found.order.name} is refunded (${restock})`
}

/** A unit more, paid at once, or a unit less; now and then a line that was not there. */
export const edit: Act = async (street) => {
    const { random, stage } = street
    const fits = ({ order, twins }: Twinned) =>
        isOpen(order) && isPaid(order) && isUnshipped(order) && twins.every(({ twin }) => isUnshipped(twin))
    const found = anOrder(street, fits)
    const line = found && pick(random, unshippedLine(found.order))
    if (!found || !line) return null
    const { shop, order } = found
    const quantity = line.currentQuantity + (random.next() < 0.6 ? 1 : -1)
    const set = [{ lineId: line.id, quantity }]
    await stage.sandbox.control('order.edit', { shop, id: order.id, set })
    if (quantity > line.currentQuantity) await stage.sandbox.control('order.pay', { shop, id: order.id })
    touch(street, found)
    return `${shop}: ${line.sku} of ${order.name} becomes ${quantity}`
}

/** The destination ships by itself, though the source was to do it (rules 21b, 66). */
export const shipByHand: Act = async (street) => {
    const fits = ({ order, twins }: Twinned) =>
        isOpen(order) &&
        isPaid(order) &&
        unshippedLine(order).length > 0 &&
        twins.every(({ twin }) => isUnshipped(twin))
    const found = anOrder(street, fits)
    if (!found) return null
    const { shop, order } = found
    const number = `HAND-${order.id}-${order.fulfillments.length}`
    await street.stage.sandbox.control('order.ship', { shop, id: order.id, tracking: { company: 'DHL', number } })
    touch(street, found)
    return `${shop} ships ${order.name} by itself`
}

/** The buyer sends a unit back; what the source has shipped and the destination knows of. */
export const sendBack: Act = async (street) => {
    const { random, stage } = street
    const both = ({ order, twins }: Twinned) =>
        twins.length === 1 && parcelsOf(order).length > 0 && twins.every(({ twin }) => parcelsOf(twin).length > 0)
    const waiting = anOrder(street, (it) => both(it) && it.order.returns.some(({ status }) => status === 'REQUESTED'))
    if (waiting && random.next() < 0.6) {
        const step = random.one(['approve', 'decline'] as const)
        await stage.sandbox.control('order.return', { shop: waiting.shop, id: waiting.order.id, step })
        touch(street, waiting)
        return `${waiting.shop}: a return of ${waiting.order.name}: ${step}`
    }
    const isFresh = ({ order, twins }: Twinned) => order.returns.length + twins[0]!.twin.returns.length === 0
    const found = anOrder(street, (it) => both(it) && isFresh(it) && isPaid(it.order))
    const line = found && pick(random, found.order.lines, ({ fulfilledQuantity }) => fulfilledQuantity > 0)
    if (!found || !line) return null
    const step = random.one(['open', 'request'] as const)
    const lines = [{ lineId: line.id, quantity: 1 }]
    await stage.sandbox.control('order.return', { shop: found.shop, id: found.order.id, step, lines })
    touch(street, found)
    return `${found.shop}: a return of 1 ${line.sku} of ${found.order.name}: ${step}`
}
