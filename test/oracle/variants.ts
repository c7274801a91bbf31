import { consider } from './decide.ts'
import { mostSpecific } from './eligibility.ts'
import { priceFields, variantFields } from './fields.ts'
import { imageLinks } from './images.ts'
import { availableAt, isUntracked, type LocationLink, locationLinks, poolOf, targetOf } from './levels.ts'
import { emptyPlan, type Plan, placeKey, report, type Scene } from './lines.ts'
import type { VariantLink } from './memory.ts'
import { modeOf, travelOfVariant } from './modes.ts'
import { type Keys, listDuplicate, type Pairs, refusedKey, whyNotOffered } from './pairing.ts'
import type { Market } from './prices.ts'
import { type Prices, priceRuleOf, pricesOf, rateOf } from './prices.ts'
import type { Held } from './state.ts'
import { asideAt, hasStood, levelKey, unexplained, untoldAt } from './stock.ts'
import type { Value } from './values.ts'

type Pair = { link: VariantLink; from: Held; to: Held }

/** Every variant pair: its fields and its stock; what sits the run out or stands still is not looked at further. */
export function planVariants(plan: Plan, scene: Scene, { keys }: Pairs) {
    for (const [id, link] of scene.memory.variants) {
        const product = scene.source.products.get(link.sourceProduct)
        const from = scene.source.variants.get(link.source)
        const to = scene.destination.variants.get(id)!
        const frozen = !product || whyNotOffered(scene, product) !== null
        if (frozen) planFrozen(plan, scene, { link, from, to }, keys)
        else if (!from) planExtra(plan, scene, link, to)
        else if (sitsOut(plan, keys, from, to)) listStock(plan, scene, from, to, true)
        else {
            listStock(plan, scene, from, to, false)
            planFields(plan, scene, { link, from, to })
            planLevels(plan, scene, { link, from, to })
        }
    }
}

/** D16: of what stands still only the stock of hidden products moves, and never up. */
function planFrozen(plan: Plan, scene: Scene, pair: Omit<Pair, 'from'> & { from?: Held }, keys: Keys) {
    const { link, from, to } = pair
    listStock(plan, scene, from, to, true)
    if (!from || whyNotOffered(scene, from.product) !== 'hidden') return
    if (!sitsOut(emptyPlan(), keys, from, to)) planLevels(plan, scene, { link, from, to }, true)
}

/** Rules 30 and 31. */
function listStock(plan: Plan, scene: Scene, from: Held | undefined, to: Held, still: boolean) {
    if (!from) return
    const optional = still || !scene.connection.settings.inventory
    const at = { entity: 'variant', item: from.variant.id, other: to.variant.id, optional } as const
    if (isUntracked(from.variant, to.variant)) plan.problems.push({ ...at, code: 'untracked', why: 'rule 30' })
    const sellsOn = to.variant.tracked && to.variant.inventoryPolicy === 'CONTINUE'
    if (sellsOn && to.variant.levels.some((level) => level.available <= 0)) {
        plan.problems.push({ ...at, code: 'oversell_risk', why: 'rule 31' })
    }
}

/** Rules 1 to 3 hold for linked items too: no write while their key says nothing or too much. */
function sitsOut(plan: Plan, keys: Keys, from: Held, to: Held): boolean {
    if (refusedKey(plan, keys, from)) return true
    if ((keys.destination.get(keys.of(from)!)?.length ?? 0) > 1) listDuplicate(plan, from)
    return (keys.destination.get(keys.of(to) ?? '')?.length ?? 0) > 1
}

/** Rule 46: removed at the source. The last variant of a product stays in any case. */
function planExtra(plan: Plan, scene: Scene, link: VariantLink, to: Held) {
    const isGone = ({ id }: { id: number }) => {
        const it = scene.memory.variants.get(id)
        return it !== undefined && !scene.source.variants.has(it.source)
    }
    const isLast = to.product.variants.every(isGone)
    if (!scene.connection.settings.remove_variants || !link.ours || isLast) {
        report(plan, 'extra_variant', 'variant', link.source, 'rule 46', to.variant.id)
        return
    }
    const at = { entity: 'variant', item: to.variant.id, location: 0, field: '', kind: 'catalogue' } as const
    // Rejected, it stays rejected: a deletion has no value that could change (rule 88).
    const said = scene.memory.decisions.get(placeKey(at))?.decision
    if (said !== undefined && said !== 'approve') return
    const was = { destinationProduct: to.product.id, before: to.variant.sku, after: null, mode: 'follow' } as const
    plan.lines.push({ ...at, ...was, action: 'delete', origin: 'source_changed' })
}

function planFields(plan: Plan, scene: Scene, pair: Pair) {
    const { link, from, to } = pair
    const travel = travelOfVariant(scene, link)
    const prices = pricesFor(scene, from, link)
    if (prices === null && travel !== 'stock_only' && isPriced(scene, from))
        report(plan, 'fx_missing', 'product', from.product.id, 'rule 39')
    for (const [field, { read }] of Object.entries(variantFields)) {
        const desired = desiredOf(scene, pair, field, prices)
        if (desired === undefined) continue
        const isPrice = priceFields.includes(field)
        const place = { entity: 'variant', item: to.variant.id, location: 0, field } as const
        const kind = isPrice ? 'price' : 'catalogue'
        const actual = read(to.variant, scene.destination)
        const mode = modeOf(scene, field, from.product, from.variant)
        consider(plan, scene, {
            ...place,
            kind,
            destinationProduct: to.product.id,
            desired,
            actual,
            mode,
            travel,
            pack: link.factor > 1,
        })
    }
}

/** Whether any rule lets a price be written after creation: one that nobody would write waits for no rate. */
const isPriced = (scene: Scene, { product, variant }: Held) =>
    ['price', 'compare_at_price'].some((field) =>
        ['follow', 'enforced'].includes(modeOf(scene, field, product, variant)),
    )

const costTravels = ({ connection }: Scene) =>
    connection.settings.lock_rules.some((rule) => rule.field === 'cost' && rule.mode !== 'never')

/** undefined: nothing to say (no rate gives no price; a picture that is not there cannot be shown). */
function desiredOf(scene: Scene, { link, from, to }: Pair, field: string, prices: Prices | null): Value | undefined {
    // Nobody's business where no rule lets it travel: neither compared nor listed (D2).
    if (field === 'cost' && !costTravels(scene)) return undefined
    if (field === 'price' || field === 'compare_at_price' || field === 'cost') {
        // Without a rate, or an amount to start from, what was last settled stands (rule 39).
        const place = { entity: 'variant', item: to.variant.id, location: 0, field } as const
        return prices?.price == null ? scene.memory.settled.get(placeKey(place))?.wrote : prices[field]
    }
    // A mapping says that the two codes differ on purpose.
    if (field === 'sku' && link.matchedBy === 'mapping') return variantFields.sku!.read(to.variant, scene.destination)
    if (field !== 'image_id') return variantFields[field]!.read(from.variant, scene.source)
    const shown = from.variant.mediaIds[0]
    if (shown === undefined) return null
    const twin = imageLinks(scene.memory, to.product.id).get(shown)
    return to.product.media.some((it) => it.id === twin) ? twin : undefined
}

export function marketOf({ connection, source, destination, now }: Scene): Market {
    const { settings, settingsAt } = connection
    return { settings, from: source.shop.currency, to: destination.shop.currency, now, settingsAt }
}

/** What an item costs at the destination; null without a rate (rule 39). */
export function pricesFor(scene: Scene, { product, variant }: Held, link: VariantLink | null): Prices | null {
    const market = marketOf(scene)
    const rule = priceRuleOf(market, { source: scene.source, product, variant })
    const rate = rateOf(market, rule)
    if (rate === null) return null
    const factor = link && link.pricePer === 'unit' ? link.factor : 1
    return pricesOf(variant, rule, rate, factor, market.to)
}

/** Stock at every linked location (rules 15, 16, 21, 27, 30, 31). */
function planLevels(plan: Plan, scene: Scene, { link, from, to }: Pair, hidden = false) {
    const { settings } = scene.connection
    if (!settings.inventory || (hidden && settings.hidden_stock === 'leave')) return
    if (!from.variant.tracked || !to.variant.tracked) return
    const subject = { source: scene.source, product: from.product, variant: from.variant }
    const mode = modeOf(scene, 'available', from.product, from.variant)
    for (const location of locationLinks(settings, scene.source.shop, scene.destination.shop)) {
        if (!location.open) continue
        const pool = poolOf(from.variant, location) + untoldAt(scene, from.variant.inventoryItemId, location.sources)
        const aside = asideAt(scene, from.variant.inventoryItemId, location.sources)
        const target = targetOf(pool, mostSpecific(settings.buffers, subject), link.factor, aside)
        const desired = hidden && settings.hidden_stock === 'zero' ? 0 : target
        const actual = availableAt(to.variant, location.destination)
        if (actual === null && desired === 0) continue
        if (hidden && (actual === null || desired > actual)) continue
        const place = { entity: 'level', item: to.variant.inventoryItemId, location: location.destination } as const
        const key = `level/${place.item}/${place.location}/available`
        const creating = link.ours && !scene.memory.settled.has(key)
        const hold = settlingAt(scene, { link, from, to }, location, { desired, actual })
        const owner = { kind: 'stock', destinationProduct: to.product.id, travel: 'overwrite' } as const
        consider(plan, scene, { ...place, ...owner, field: 'available', desired, actual, mode, hold, creating })
    }
    planLeft(plan, scene, { link, from, to })
}

/** What we wrote at a location that is linked no more is taken off sale, if that was chosen (rule 29). */
function planLeft(plan: Plan, scene: Scene, { from, to }: Pair) {
    const { settings } = scene.connection
    if (settings.left_locations !== 'zero') return
    const linked = locationLinks(settings, scene.source.shop, scene.destination.shop).map((it) => it.destination)
    const mode = modeOf(scene, 'available', from.product, from.variant)
    for (const { locationId: location, available: actual } of to.variant.levels) {
        const place = { entity: 'level', item: to.variant.inventoryItemId, location } as const
        const wrote = scene.memory.settled.get(levelKey(place.item, location))?.wrote ?? 0
        if (linked.includes(location) || Number(wrote) <= 0 || actual <= 0) continue
        const owner = { kind: 'stock', destinationProduct: to.product.id, travel: 'overwrite' } as const
        const figure = { field: 'available', desired: 0, actual, mode, hold: null, creating: false }
        consider(plan, scene, { ...place, ...owner, ...figure })
    }
}

/**
 * Why a figure is not written yet, if so: it is raised only where it is known why it stands where it does, or once it
 * has stood for 10 minutes; a two-way store's is not touched at all before (D4).
 */
function settlingAt(
    scene: Scene,
    { to }: Pair,
    location: LocationLink,
    figure: { desired: number; actual: number | null },
) {
    const { settings } = scene.connection
    const { variant } = to
    if (settings.orders === 'none' || figure.actual === null) return null
    const carries = settings.orders === 'two_way' && scene.memory.firstSyncOver
    if (figure.desired <= figure.actual && !carries) return null
    const sharer = scene.sharers.find((it) => it.connection === scene.connection)!
    if (unexplained(sharer, variant, location.destination) === 0) return null
    return hasStood(variant, location.destination, scene.now) ? null : 'settling'
}
