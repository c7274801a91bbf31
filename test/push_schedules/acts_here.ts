import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { SOUTHWIND } from '../helpers/cast.ts'
import type { OracleConnection } from '../oracle/ledger.ts'
import type { ShopState } from '../oracle/state.ts'
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
    const { stage, random, shops, place } = street
    const shop = random.one(destinationsOf(stage))
    Object.assign(place, { destination: shop, source: null })
    const { products, locations } = shops.get(shop)!
    const variants = variantsOf(products)
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

type As = 'order' | 'draft'
const pushedAs = ({ settings }: OracleConnection): As => (settings.push as { as?: As } | undefined)?.as ?? 'order'

/** A sale that no gate refuses, where it is pushed as an order, or as a draft. */
const sellWellAs =
    (as: As): Act =>
    async ({ stage, random, place }) => {
        const { source, destination: shop } = random.one(stage.world.connections.filter((it) => pushedAs(it) === as))
        const sku = source === SOUTHWIND ? 'RUG' : random.one(['MUG', 'LAMP', 'VASE'])
        const lines = [{ ...lineOf(random, sku), quantity: 2 }]
        await stage.sandbox.control('order.sell', { shop, lines, shippingAddress: homes[0] })
        Object.assign(place, { destination: shop, source })
        return `${shop} sells 2 ${sku} (paid)`
    }
export const sellWell = sellWellAs('order')
export const sellForDraft = sellWellAs('draft')

/** In an order that does not hang on which product was made first. */
export const variantsOf = (products: ShopState['products']) =>
    products.flatMap((it) => it.variants).toSorted((a, b) => (String(a.sku) < String(b.sku) ? -1 : 1))

function lineOf(random: Random, sku: string) {
    const quantity = 1 + random.below(3)
    return {
        ...{ sku, quantity, price: random.one(['10.00', '3.33', '19.99', '0.07']) },
        ...(random.next() < 0.4 ? { discount: random.one(['0.01', '0.05', '0.02']) } : {}),
        ...(random.next() < 0.4 ? { taxRate: random.one([0.2, 0.077]) } : {}),
        ...(random.next() < 0.2 ? { customAttributes: [{ key: 'Engraving', value: 'For Ada' }] } : {}),
    }
}

function touch({ touched, place }: Street, { order, shop, twins }: Twinned): void {
    touched.set(order.id, shop)
    Object.assign(place, { destination: shop, source: twins[0]?.shop ?? place.source })
}

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
    await street.stage.sandbox.control('order.cancel', { shop, id: order.id, restock, note: 'hand', later: true })
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

/** The source has shipped it, and the destination knows. */
const isShipped = ({ order, twins }: Twinned) =>
    twins.length === 1 && parcelsOf(order).length > 0 && twins.every(({ twin }) => parcelsOf(twin).length > 0)
const hasNoReturn = ({ order, twins }: Twinned) => order.returns.length + twins[0]!.twin.returns.length === 0

/** The buyer sends a unit back, or asks whether they may (rule 69). */
const sendBack =
    (step: 'open' | 'request'): Act =>
    async (street) => {
        const { random, stage } = street
        const found = anOrder(street, (it) => isShipped(it) && hasNoReturn(it) && isPaid(it.order) && isOpen(it.order))
        const line = found && pick(random, found.order.lines, ({ fulfilledQuantity }) => fulfilledQuantity > 0)
        if (!found || !line) return null
        const lines = [{ lineId: line.id, quantity: 1 }]
        await stage.sandbox.control('order.return', { shop: found.shop, id: found.order.id, step, lines })
        touch(street, found)
        return `${found.shop}: a return of 1 ${line.sku} of ${found.order.name}: ${step}`
    }
export const openReturn = sendBack('open')
export const requestReturn = sendBack('request')

/** The destination says whether the buyer may send it back. */
export const answerReturn: Act = async (street) => {
    const isAsked = ({ order, twins }: Twinned) =>
        twins[0]?.twin.returns.length === 1 && order.returns.some(({ status }) => status === 'REQUESTED')
    const found = anOrder(street, isAsked)
    if (!found) return null
    const step = street.random.one(['approve', 'approve', 'decline'] as const)
    await street.stage.sandbox.control('order.return', { shop: found.shop, id: found.order.id, step })
    touch(street, found)
    return `${found.shop}: a return of ${found.order.name}: ${step}`
}
