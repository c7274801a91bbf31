import { keyText, nearForm } from './eligibility.ts'
import { type Plan, report, type Scene } from './lines.ts'
import type { Pairs } from './pairing.ts'
import { grouped, type Held } from './state.ts'

/** Among what has no partner on either side: nearly the same SKU (rule 4), one barcode under two SKUs (rule 5). */
export function listLookAlikes(plan: Plan, scene: Scene, { offered }: Pairs) {
    const here = new Set([...scene.memory.variants.values()].map((it) => it.source))
    const there = [scene.memory, ...scene.others.map((it) => it.memory)].flatMap((it) => [...it.variants.keys()])
    const linked = new Set(there)
    const free = [...scene.destination.variants.values()].filter((it) => !linked.has(it.variant.id) && skuOf(it))
    const near = grouped(free, (it) => nearForm(skuOf(it)!))
    const barcodes = grouped(free, (it) => keyText(it.variant.barcode))
    for (const held of offered) {
        const sku = skuOf(held)
        if (sku === null || here.has(held.variant.id)) continue
        list(plan, 'near_miss', held, near.get(nearForm(sku)))
        if (scene.connection.settings.match_by !== 'sku') continue
        list(plan, 'barcode_conflict', held, barcodes.get(keyText(held.variant.barcode) ?? ''))
    }
}

const skuOf = (held: Held) => keyText(held.variant.sku)

function list(plan: Plan, code: string, held: Held, found: Held[] = []) {
    for (const other of found) {
        if (skuOf(other) === skuOf(held)) continue
        report(plan, code, 'variant', held.variant.id, 'rules 4, 5', other.variant.id)
    }
}
