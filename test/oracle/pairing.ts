import { inScope, isHidden, keyText } from './eligibility.ts'
import { type Plan, report, type Scene } from './lines.ts'
import type { VariantLink } from './memory.ts'
import { grouped, type Held, originOf, type ShopProduct } from './state.ts'

/** Both stores' variants by match key and by SKU. With the key `handle` the key is handle and option values together. */
export type Keys = {
    by: string
    of: (held: Held) => string | null
    source: Map<string, Held[]>
    destination: Map<string, Held[]>
    sourceSkus: Map<string, Held[]>
    destinationSkus: Map<string, Held[]>
    /** destination variants and products that other connections hold (D7) */
    taken: Set<number>
    takenProducts: Set<number>
}

/** The source variants offered, and those of them that no destination variant answers to. */
export type Pairs = { keys: Keys; offered: Held[]; unmatched: Held[] }

const skuOf = (held: Held) => keyText(held.variant.sku)

/** Pairs by link, by origin, by mapping, by match key, in this order; links are kept in the connection's memory. */
export function pair(plan: Plan, scene: Scene): Pairs {
    const keys = keysOf(scene)
    forgetGone(scene)
    takeOver(scene, keys)
    pairOrigins(scene, keys)
    const offered = scene.source.shop.products
        .filter((it) => whyNotOffered(scene, it) === null)
        .flatMap((product) => product.variants.map((variant) => ({ product, variant })))
    pairMappings(scene, keys, offered)
    const unmatched = pairKeys(plan, scene, keys, offered)
    pairProducts(scene, keys)
    return { keys, offered, unmatched }
}

/** Why a source product is offered to no destination of the connection; null: it is. */
export function whyNotOffered(scene: Scene, product: ShopProduct): 'hidden' | 'out_of_scope' | null {
    if (isHidden(scene.connection.settings, product)) return 'hidden'
    return inScope(scene.connection.settings, scene.source, product) ? null : 'out_of_scope'
}

function keysOf(scene: Scene): Keys {
    const by = scene.connection.settings.match_by
    const of = (held: Held) => {
        if (by === 'handle') return JSON.stringify([held.product.handle, held.variant.options])
        return keyText(held.variant[by])
    }
    const [source, destination] = [scene.source.variants.values(), scene.destination.variants.values()].map((it) => [
        ...it,
    ])
    return {
        by,
        of,
        source: grouped(source!, of),
        destination: grouped(destination!, of),
        sourceSkus: grouped(source!, skuOf),
        destinationSkus: grouped(destination!, skuOf),
        taken: new Set(scene.others.flatMap((it) => [...it.memory.variants.keys()])),
        takenProducts: new Set(
            scene.others.flatMap((it) => [...it.memory.products.values()].map((link) => link.destination)),
        ),
    }
}

/** A link lasts as long as its destination item. */
function forgetGone({ memory, destination }: Scene) {
    for (const id of memory.variants.keys()) if (!destination.variants.has(id)) memory.variants.delete(id)
    for (const [source, link] of memory.products) {
        if (!destination.products.has(link.destination)) memory.products.delete(source)
    }
}

/** A product that carries our origin was created by us, also when the answer was lost. */
function pairOrigins(scene: Scene, keys: Keys) {
    const { memory, source, connection } = scene
    const linked = new Set([...memory.variants.values()].map((link) => link.source))
    for (const product of scene.destination.shop.products) {
        const [domain, id] = originOf(product)?.split('/') ?? []
        const twin = domain === connection.source ? source.products.get(Number(id)) : undefined
        if (!twin) continue
        if (!memory.products.has(twin.id)) memory.products.set(twin.id, { destination: product.id, ours: true })
        const paired: number[] = []
        for (const variant of product.variants) {
            if (memory.variants.has(variant.id) || keys.taken.has(variant.id)) continue
            const match = twin.variants.find(
                (it) =>
                    !linked.has(it.id) &&
                    (keys.of({ product: twin, variant: it }) === keys.of({ product, variant }) ||
                        it.options.join('\n') === variant.options.join('\n')),
            )
            if (!match) continue
            link(scene, { product: twin, variant: match }, { product, variant }, 'origin', true)
            paired.push(match.id)
        }
        for (const id of paired) linked.add(id)
    }
}

function link(scene: Scene, from: Held, to: Held, matchedBy: VariantLink['matchedBy'], ours: boolean) {
    scene.memory.variants.set(to.variant.id, {
        source: from.variant.id,
        sourceProduct: from.product.id,
        destinationProduct: to.product.id,
        ours,
        matchedBy,
        factor: 1,
        pricePer: 'unit',
        existing: null,
    })
}

/** Rows of a merchant's mapping: they name one variant on either side, or say nothing. */
function pairMappings(scene: Scene, keys: Keys, offered: Held[]) {
    const ids = new Set(offered.map((it) => it.variant.id))
    for (const row of scene.connection.settings.mappings) {
        const [from, ...moreFrom] = keys.sourceSkus.get(row.source_sku) ?? []
        const [to, ...moreTo] = keys.destinationSkus.get(row.destination_sku) ?? []
        if (!from || !to || moreFrom.length + moreTo.length > 0) continue
        const known = scene.memory.variants.get(to.variant.id)
        if (!known && ids.has(from.variant.id) && !keys.taken.has(to.variant.id))
            link(scene, from, to, 'mapping', false)
        const linked = scene.memory.variants.get(to.variant.id)
        if (linked?.source !== from.variant.id) continue
        Object.assign(linked, { factor: row.factor, pricePer: row.price_per, existing: row.existing_items })
    }
}

/** Pairs what the match key finds once on either side; everything else is listed, or comes back as unmatched. */
function pairKeys(plan: Plan, scene: Scene, keys: Keys, offered: Held[]): Held[] {
    const by = scene.connection.settings.match_by
    const mapped = new Set(scene.connection.settings.mappings.map((row) => row.source_sku))
    const linked = new Set([...scene.memory.variants.values()].map((it) => it.source))
    const unmatched: Held[] = []
    for (const held of offered) {
        if (linked.has(held.variant.id) || refusedKey(plan, keys, held)) continue
        if (held.variant.sku !== null && mapped.has(held.variant.sku)) {
            report(plan, 'mapping_unresolved', 'variant', held.variant.id, 'D8')
            continue
        }
        const found = keys.destination.get(keys.of(held)!) ?? []
        const [to] = found
        if (found.length > 1) listDuplicate(plan, held)
        else if (!to) unmatched.push(held)
        else if (keys.taken.has(to.variant.id) || scene.memory.variants.has(to.variant.id)) {
            report(plan, 'taken', 'variant', held.variant.id, 'D7: another connection has it', to.variant.id)
        } else link(scene, held, to, by, false)
    }
    return unmatched
}

/** Rules 1 and 2: blank and repeated keys at the source; each is listed. */
export function refusedKey(plan: Plan, keys: Keys, held: Held): boolean {
    const key = keys.of(held)
    if (key === null) {
        report(plan, `missing_${keys.by}`, 'variant', held.variant.id, 'rule 1')
        return true
    }
    const twins = keys.source.get(key) ?? []
    if (twins.length > 1) report(plan, 'duplicate_at_source', 'variant', held.variant.id, 'rule 2')
    return twins.length > 1
}

/** Rule 3: the source's variant to whose key several destination variants answer. */
export function listDuplicate(plan: Plan, held: Held) {
    report(plan, 'duplicate_at_destination', 'variant', held.variant.id, 'rule 3')
}

/** Products belong together when all links of both lead to one another; each has one owner (D7). */
function pairProducts(scene: Scene, keys: Keys) {
    const { memory } = scene
    const ofSource = grouped(memory.variants.values(), (it) => it.sourceProduct)
    const ofDestination = grouped(memory.variants.values(), (it) => it.destinationProduct)
    const held = new Set([...memory.products.values()].map((it) => it.destination))
    for (const [source, links] of ofSource) {
        const destination = links[0]!.destinationProduct
        const together = [
            links.every((it) => it.destinationProduct === destination),
            ofDestination.get(destination)!.every((it) => it.sourceProduct === source),
        ]
        if (together.includes(false) || memory.products.has(source)) continue
        if (!held.has(destination) && !keys.takenProducts.has(destination)) {
            memory.products.set(source, { destination, ours: false })
        }
    }
}

/** The connection of higher rank takes the link of an item that existed before, whoever came first (D7). */
function takeOver(scene: Scene, keys: Keys) {
    const { settings } = scene.connection
    for (const rival of scene.others) {
        if (rival.rank >= settings.rank) continue
        for (const [id, link] of rival.memory.variants) {
            if (link.ours || link.matchedBy !== settings.match_by) continue
            const key = keys.of(scene.destination.variants.get(id)!)
            const [from, ...more] = (key === null ? undefined : keys.source.get(key)) ?? []
            if (!from || more.length > 0 || whyNotOffered(scene, from.product) !== null) continue
            rival.memory.variants.delete(id)
            keys.taken.delete(id)
        }
    }
}
