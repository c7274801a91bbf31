import { mostSpecific } from './eligibility.ts'
import { productFields } from './fields.ts'
import { availableAt, locationLinks } from './levels.ts'
import { type Line, type Plan, placeKey, type Scene } from './lines.ts'
import type { VariantLink } from './memory.ts'
import { modeOf } from './modes.ts'
import { whyNotOffered } from './pairing.ts'
import type { Held, ShopProduct } from './state.ts'

const PROOF_MS = 20 * 3_600_000

type Why = 'gone' | 'out_of_scope'

/** D15, rules 8 and 12: what becomes of linked items whose source product is gone, or left the scope. */
export function planEnds(plan: Plan, scene: Scene) {
    const { memory, source } = scene
    const linked = new Set([...memory.products.keys(), ...[...memory.variants.values()].map((it) => it.sourceProduct)])
    for (const id of linked) {
        const why = whyAway(scene, source.products.get(id))
        if (why === null) comesBack(scene, id)
        else {
            if (why === 'gone') seenAbsent(scene, id)
            else memory.absent.delete(id)
            endItem(plan, scene, id, why)
        }
    }
}

function whyAway(scene: Scene, product: ShopProduct | undefined): Why | null {
    if (!product) return 'gone'
    return whyNotOffered(scene, product) === 'out_of_scope' ? 'out_of_scope' : null
}

/** What was said of this departure is not said of the next one. */
function comesBack({ memory }: Scene, source: number) {
    const link = memory.products.get(source)
    const wasAway = memory.away.delete(source)
    memory.absent.delete(source)
    if (wasAway && link) memory.decisions.delete(placeKey(publishedOf(link.destination)))
}

function seenAbsent({ memory, wholeAt }: Scene, source: number) {
    if (wholeAt === null) return
    const { first } = memory.absent.get(source) ?? { first: wholeAt }
    memory.absent.set(source, { first, last: wholeAt })
}

const publishedOf = (item: number) => ({ entity: 'product', item, location: 0, field: 'published' }) as const

function endItem(plan: Plan, scene: Scene, source: number, why: Why) {
    const { memory, connection } = scene
    const wish = connection.settings.source_gone
    memory.away.add(source)
    if (wish === 'keep') return
    const link = memory.products.get(source)
    const there = link && scene.destination.products.get(link.destination)
    const all = wish !== 'unpublish'
    if (all && there && link.ours && isProven(scene, source, why, there)) {
        const place = { entity: 'product', item: there.id, location: 0, field: '' } as const
        push(plan, { ...place, action: 'delete', destinationProduct: there.id, before: there.handle, after: null })
        return
    }
    if (there) unpublish(plan, scene, there)
    if (all && connection.settings.inventory) zero(plan, scene, source)
}

function push(plan: Plan, line: Omit<Line, 'kind' | 'mode' | 'origin'>) {
    plan.lines.push({ ...line, kind: 'life_cycle', mode: 'follow', origin: 'source_changed' })
}

/** Twice absent from the whole, 20 hours apart, all of it made by us, never ordered where every order may be read. */
function isProven(scene: Scene, source: number, why: Why, there: ShopProduct): boolean {
    const { memory, history } = scene
    const seen = memory.absent.get(source)
    if (why !== 'gone' || !seen || seen.last - seen.first < PROOF_MS || history === null) return false
    if (memory.decisions.has(placeKey({ entity: 'product', item: there.id, location: 0, field: '' }))) return false
    return there.variants.every((it) => memory.variants.get(it.id)?.ours && !history.has(it.id))
}

/** Taken off the publication we put it on; a status is never touched. */
function unpublish(plan: Plan, scene: Scene, there: ShopProduct) {
    const { memory } = scene
    const place = publishedOf(there.id)
    const isShown = productFields.published!.read(there, scene.destination) === true
    const said = memory.decisions.get(placeKey(place))
    if (!isShown || !memory.shown.has(there.id)) return
    if (said && (said.decision === 'keep' || said.desired === false)) return
    push(plan, { ...place, action: 'update', destinationProduct: there.id, before: true, after: false })
}

function zero(plan: Plan, scene: Scene, source: number) {
    const { connection, memory } = scene
    for (const [id, link] of memory.variants) {
        if (link.sourceProduct !== source) continue
        const to = scene.destination.variants.get(id)!
        const mode = stockMode(scene, link, to)
        if (!to.variant.tracked || mode === 'never' || mode === 'create_only') continue
        for (const { open, destination } of locationLinks(
            connection.settings,
            scene.source.shop,
            scene.destination.shop,
        )) {
            const before = availableAt(to.variant, destination)
            const item = to.variant.inventoryItemId
            const place = { entity: 'level', item, location: destination, field: 'available' } as const
            if (!open || before === null || before <= 0) continue
            const said = memory.decisions.get(placeKey(place))
            if (said && (said.decision === 'keep' || Number(said.desired) === 0)) continue
            if (mode === 'follow' && Number(memory.settled.get(placeKey(place))?.wrote ?? -1) === 0) continue
            push(plan, { ...place, action: 'update', destinationProduct: to.product.id, before, after: 0 })
        }
    }
}

/** Of a product that is gone its partner's own values are asked. */
function stockMode(scene: Scene, link: VariantLink, to: Held) {
    const product = scene.source.products.get(link.sourceProduct)
    const from = scene.source.variants.get(link.source)
    if (product) return modeOf(scene, 'available', product, from?.variant ?? null)
    const { settings } = scene.connection
    const rules = settings.lock_rules.filter((it) => it.field === 'quantity' && it.scope !== 'collection')
    const rule = mostSpecific(rules, { source: scene.destination, ...to })
    return rule?.mode ?? (settings.orders === 'none' ? 'follow' : 'enforced')
}

/** Which products stand published by us, once a plan was carried out. */
export function rememberShown(plan: Plan, scene: Scene) {
    const { shown, products } = scene.memory
    const ours = new Set([...products.values()].flatMap((it) => (it.ours ? [it.destination] : [])))
    for (const { field, item, wrote } of plan.agreed) {
        if (field !== 'published') continue
        if (wrote === false) shown.delete(item)
        else if (ours.has(item)) shown.add(item)
    }
    for (const { field, item, after } of plan.lines) {
        if (field !== 'published') continue
        if (after === true) shown.add(item)
        else shown.delete(item)
    }
    for (const it of plan.creations) {
        if (it.of === 'product' && it.made.publishedOn.length > 0) shown.add(it.made.id)
    }
}
