import { productFields, variantFields } from './fields.ts'
import type { Line, Plan } from './lines.ts'
import { placeKey } from './lines.ts'
import type { Memory } from './memory.ts'
import type { View } from './state.ts'
import { isExact, plainText, same, type Value } from './values.ts'

export type Undone = { lines: Line[]; drafts: { product: number; status: Value }[] }

/**
 * Does a rollback to an imagined shop (rule 87): a field goes back where it still is what was written, a created product
 * becomes a draft, stock and deletions stay.
 * @returns what was undone.
 */
export function imagineRollback(loaded: Plan[], kind: Line['kind'], view: View): Undone {
    const undone: Undone = { lines: [], drafts: [] }
    const drafted = new Set<number>()
    if (kind === 'catalogue') {
        for (const it of loaded.flatMap((plan) => plan.creations)) {
            const product = it.of === 'product' ? view.products.get(it.made.id) : undefined
            if (!product) continue
            undone.drafts.push({ product: product.id, status: product.status })
            drafted.add(product.id)
            product.status = 'DRAFT'
        }
    }
    for (const line of loaded.flatMap((plan) => plan.lines)) {
        if (line.kind === kind && line.action === 'update' && line.entity !== 'level' && putBack(line, view))
            undone.lines.push(line)
    }
    return undone
}

function putBack(line: Line, view: View): boolean {
    const product = view.products.get(line.destinationProduct ?? 0)
    const variant = view.variants.get(line.item)?.variant
    if (line.entity === 'product' && product) return restore(productFields[line.field]!, product, line, view)
    if (line.entity === 'variant' && variant) return restore(variantFields[line.field]!, variant, line, view)
    const image = product?.media.find((it) => it.id === line.item)
    if (line.field !== 'alt' || !image || !same('alt', image.alt, line.after)) return false
    image.alt = line.before as string | null
    return true
}

type Field<Item> = { read(item: Item, view: View): Value; write(item: Item, value: Value, view: View): void }

function restore<Item>({ read, write }: Field<Item>, item: Item, line: Line, view: View): boolean {
    const there = read(item, view)
    const kept = isExact(line.field) ? there : plainText(there)
    const wrote = isExact(line.field) ? line.after : plainText(line.after)
    if (!same(line.field, kept, wrote)) return false
    write(item, line.before, view)
    return true
}

/** A rollback stands until the source has something new to say: remembered as a decision of every line it undid. */
export function rememberRollback(memory: Memory, undone: Undone, view: View) {
    for (const line of undone.lines) {
        const key = placeKey(line)
        memory.decisions.set(key, { decision: 'roll_back', desired: line.after })
        memory.settled.set(key, { wrote: line.after, saw: line.before })
    }
    for (const { product, status } of undone.drafts) {
        const key = placeKey({ entity: 'product', item: product, location: 0, field: 'status' })
        memory.decisions.set(key, { decision: 'roll_back', desired: status })
        memory.settled.set(key, { wrote: status, saw: view.products.get(product)?.status ?? null })
    }
}
