import { keyText, nearForm } from './eligibility.ts'
import { type Plan, report, type Scene } from './lines.ts'
import type { Pairs } from './pairing.ts'
import { grouped, type Held, type View } from './state.ts'

/**
 * Among what has no partner on either side: nearly the same SKU (rule 4), one barcode under two SKUs (rule 5).
 * @returns the source variants that a barcode keeps from being created: both stores carry it, and carry it once.
 */
export function listLookAlikes(plan: Plan, scene: Scene, { offered }: Pairs): Set<number> {
    const here = new Set([...scene.memory.variants.values()].map((it) => it.source))
    const there = [scene.memory, ...scene.others.map((it) => it.memory)].flatMap((it) => [...it.variants.keys()])
    const linked = new Set(there)
    const free = [...scene.destination.variants.values()].filter((it) => !linked.has(it.variant.id) && skuOf(it))
    const near = grouped(free, (it) => nearForm(skuOf(it)!))
    const barcodes = grouped(free, (it) => keyText(it.variant.barcode))
    const keptOut = new Set<number>()
    for (const held of offered) {
        const sku = skuOf(held)
        if (sku === null || here.has(held.variant.id)) continue
        list(plan, 'near_miss', held, near.get(nearForm(sku)))
        if (scene.connection.settings.match_by !== 'sku') continue
        const barcode = keyText(held.variant.barcode)
        const found = list(plan, 'barcode_conflict', held, barcodes.get(barcode ?? ''))
        if (found && namesOne(scene, barcode!)) keptOut.add(held.variant.id)
    }
    return keptOut
}

/** Placeholders and the like stand on many items and say nothing of any of them. */
function namesOne({ source, destination }: Scene, barcode: string): boolean {
    const carriers = (view: View) => [...view.variants.values()].filter((it) => it.variant.barcode === barcode)
    return [source, destination].every((view) => carriers(view).length === 1)
}

const skuOf = (held: Held) => keyText(held.variant.sku)

function list(plan: Plan, code: string, held: Held, found: Held[] = []): boolean {
    const others = found.filter((other) => skuOf(other) !== skuOf(held))
    for (const other of others) report(plan, code, 'variant', held.variant.id, 'rules 4, 5', other.variant.id)
    return others.length > 0
}
