import type { FullOrder } from '../oracle/twins/full_order.ts'
import { type Act, variantsOf } from './acts_here.ts'
import {
    isOpen,
    isUnshipped,
    openDrafts,
    parcelsOf,
    pick,
    type Street,
    sourcesOf,
    type Twinned,
    twinnedIn,
    unshippedLine,
} from './shops.ts'

type AtSource = { shop: string; twin: FullOrder; of: Twinned }

/** An order of a source that stands for one of a destination, and fits. */
function aTwin(street: Street, fits: (it: AtSource) => boolean): AtSource | null {
    const all = twinnedIn(street, 'source').flatMap((of) => of.twins.map((it) => ({ ...it, of })))
    return pick(street.random, all, fits)
}

function touch({ touched, place }: Street, { shop, of }: AtSource): void {
    touched.set(of.order.id, shop)
    Object.assign(place, { destination: of.shop, source: shop })
}

/** The whole order leaves, or one line's first unit: then it takes two parcels. */
export const ship: Act = async (street) => {
    const { random, stage } = street
    const ready = ({ twin, of }: AtSource) =>
        isOpen(twin) &&
        isOpen(of.order) &&
        unshippedLine(twin).length > 0 &&
        parcelsOf(of.order).length <= parcelsOf(twin).length
    const found = aTwin(street, ready)
    if (!found) return null
    const { shop, twin } = found
    const [line] = unshippedLine(twin)
    const part = random.next() < 0.4 ? { lines: [{ lineId: line!.id, quantity: 1 }] } : {}
    const number = `N-${twin.id}-${twin.fulfillments.length}`
    const tracking = random.next() < 0.85 ? { tracking: { company: 'Royal Mail', number } } : {}
    await stage.sandbox.control('order.ship', { shop, id: twin.id, ...part, ...tracking })
    touch(street, found)
    return `${shop} ships ${part.lines ? 'a part of ' : ''}${twin.name} (${tracking.tracking?.number ?? 'no number'})`
}

const carried = ({ twin, of }: AtSource) => parcelsOf(twin).length > 0 && parcelsOf(of.order).length > 0

export const track: Act = async (street) => {
    const found = aTwin(street, (it) => carried(it) && isOpen(it.twin))
    if (!found) return null
    const { shop, twin } = found
    const parcel = street.random.one(parcelsOf(twin))
    const number = `T-${parcel.id}-${street.random.below(1000)}`
    const body = { shop, id: twin.id, fulfillmentId: parcel.id, tracking: { company: 'DPD', number } }
    await street.stage.sandbox.control('order.track', body)
    touch(street, found)
    return `${shop}: a parcel of ${twin.name} is now ${number}`
}

/** A parcel never left. */
export const unship: Act = async (street) => {
    const isCalm = ({ twin, of }: AtSource) => twin.returns.length + of.order.returns.length + twin.refunds.length === 0
    const found = aTwin(street, (it) => carried(it) && isCalm(it) && it.of.order.refunds.length === 0)
    if (!found) return null
    await street.stage.sandbox.control('order.unship', { shop: found.shop, id: found.twin.id })
    touch(street, found)
    return `${found.shop}: the newest parcel of ${found.twin.name} never left`
}

export const cancelTwin: Act = async (street) => {
    const found = aTwin(
        street,
        ({ twin, of }) => isOpen(twin) && isOpen(of.order) && isUnshipped(twin) && isUnshipped(of.order),
    )
    if (!found) return null
    const restock = street.random.next() < 0.8
    await street.stage.sandbox.control('order.cancel', {
        ...{ shop: found.shop, id: found.twin.id, restock, note: 'hand', later: true },
    })
    touch(street, found)
    return `${found.shop}: ${found.twin.name} is cancelled${restock ? '' : ', its units are lost'}`
}

/** The source takes units back, or writes them off. */
export const refundTwin: Act = async (street) => {
    const { random } = street
    const fits = ({ twin, of }: AtSource) =>
        isOpen(twin) && isOpen(of.order) && isUnshipped(twin) === isUnshipped(of.order)
    const found = aTwin(street, (it) => fits(it) && it.twin.lines.some(({ currentQuantity }) => currentQuantity > 0))
    const line = found && pick(random, found.twin.lines, ({ currentQuantity }) => currentQuantity > 0)
    if (!found || !line) return null
    const back = line.unfulfilledQuantity > 0 ? 'cancel' : 'return'
    const restock = random.next() < 0.65 ? back : 'no_restock'
    const lines = [{ lineId: line.id, quantity: 1, restock }]
    const body = { shop: found.shop, id: found.twin.id, lines, note: 'hand' }
    await street.stage.sandbox.control('order.refund', body)
    touch(street, found)
    return `${found.shop}: 1 ${line.sku} of ${found.twin.name} is refunded (${restock})`
}

/** Goods that were sent back have come (rule 69). */
export const takeBack: Act = async (street) => {
    const known = ({ twin, of }: AtSource) => twin.returns.length === 1 && of.order.returns.length === 1
    const found = aTwin(street, (it) => known(it) && it.twin.returns[0]!.status === 'OPEN')
    if (!found) return null
    const { shop, twin } = found
    const restock = street.random.next() < 0.7
    const body = { shop, id: twin.id, step: 'process', amount: '0', restock }
    await street.stage.sandbox.control('order.return', body)
    touch(street, found)
    return `${shop}: a return of ${twin.name} has come${restock ? '' : ', in pieces'}`
}

/** A return that the source begins itself. */
export const openReturnThere: Act = async (street) => {
    const { random, stage } = street
    const isCalm = ({ twin, of }: AtSource) => isOpen(of.order) && twin.returns.length + of.order.returns.length === 0
    const found = aTwin(street, (it) => carried(it) && isCalm(it))
    const line = found && pick(random, found.twin.lines, ({ fulfilledQuantity }) => fulfilledQuantity > 0)
    if (!found || !line) return null
    const lines = [{ lineId: line.id, quantity: 1 }]
    await stage.sandbox.control('order.return', { shop: found.shop, id: found.twin.id, step: 'open', lines })
    touch(street, found)
    return `${found.shop}: a return of 1 ${line.sku} of ${found.twin.name}`
}

/** The source's word on a return that was asked for. */
export const answerReturnThere: Act = async (street) => {
    const found = aTwin(street, ({ twin }) => twin.returns.some(({ status }) => status === 'REQUESTED'))
    if (!found) return null
    const step = street.random.one(['approve', 'approve', 'decline'] as const)
    await street.stage.sandbox.control('order.return', { shop: found.shop, id: found.twin.id, step })
    touch(street, found)
    return `${found.shop}: a return of ${found.twin.name}: ${step}`
}

/** The source looks at a draft, and makes an order of it. */
export const completeDraft: Act = async (street) => {
    const found = pick(street.random, openDrafts(street))
    if (!found) return null
    await street.stage.sandbox.control('draft.complete', { shop: found.shop, id: found.draft.id })
    Object.assign(street.place, { destination: null, source: found.shop })
    return `${found.shop} completes draft ${found.draft.name}`
}

/** Somebody buys at the source itself. */
export const sellThere: Act = async ({ stage, random, shops }) => {
    const shop = random.one(sourcesOf(stage))
    const variants = variantsOf(shops.get(shop)!.products)
    const variant = pick(random, variants, ({ levels }) => levels.some(({ available }) => available > 5))
    if (!variant) return null
    await stage.sandbox.control('order.sell', { shop, lines: [{ sku: variant.sku, quantity: 1 }] })
    return `${shop} sells 1 ${variant.sku} itself`
}
