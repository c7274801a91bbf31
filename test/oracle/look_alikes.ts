import { keyText, nearForm } from './eligibility.ts'
import { type Plan, report, type Scene } from './lines.ts'
import type { Pairs } from './pairing.ts'
import { grouped, type Held } from './state.ts'

/** Rule 4: look-alikes among what has no partner on either side; rule 5: one barcode under two SKUs. */
export function listLookAlikes(plan: Plan, scene: Scene, { keys, unmatched, offered }: Pairs) {
    if (scene.connection.settings.match_by === 'handle') return
    const free = [...scene.destination.variants.values()].filter((it) => !scene.memory.variants.has(it.variant.id))
    const near = grouped(free, (it) => (keys.of(it) === null ? null : nearForm(keys.of(it)!)))
    for (const held of unmatched) {
        for (const other of near.get(nearForm(keys.of(held)!)) ?? []) {
            report(plan, 'near_miss', 'variant', held.variant.id, 'rule 4', other.variant.id)
        }
    }
    for (const held of offered) {
        for (const other of barcodeConflicts(scene, held)) {
            report(plan, 'barcode_conflict', 'variant', held.variant.id, 'rule 5', other.variant.id)
        }
    }
}

/** Destination variants with the same barcode and another SKU; only where SKU is the key. */
export function barcodeConflicts(scene: Scene, held: Held): Held[] {
    const barcode = keyText(held.variant.barcode)
    const sku = keyText(held.variant.sku)
    if (scene.connection.settings.match_by !== 'sku' || barcode === null || sku === null) return []
    const links = scene.memory.variants
    return (barcodesOf(scene).get(barcode) ?? []).filter(
        (it) => keyText(it.variant.sku) !== sku && links.get(it.variant.id)?.source !== held.variant.id,
    )
}

const barcodes = new WeakMap<object, Map<string, Held[]>>()

function barcodesOf({ destination }: Scene): Map<string, Held[]> {
    const known = barcodes.get(destination)
    if (known) return known
    const made = grouped(destination.variants.values(), (it) => keyText(it.variant.barcode))
    barcodes.set(destination, made)
    return made
}
