import { productFields } from './fields.ts'
import { availableAt, locationLinks } from './levels.ts'
import { emptyPlan, type Line, type Plan, type Scene } from './lines.ts'
import { modeOf } from './modes.ts'

export type Items = 'leave' | 'zero' | 'draft' | 'delete'

/** D14: what the end of a connection writes for its linked items, by what a person chose. */
export function planOfEnd(scene: Scene, items: Items): Plan {
    const plan = emptyPlan()
    if (items === 'zero') zeroAll(plan, scene)
    if (items === 'draft' || items === 'delete') endProducts(plan, scene, items)
    return plan
}

function push(plan: Plan, line: Omit<Line, 'kind' | 'mode' | 'origin'>) {
    plan.lines.push({ ...line, kind: 'life_cycle', mode: 'enforced', origin: 'person' })
}

/** All stock that we govern, of items that were there before us too. */
function zeroAll(plan: Plan, scene: Scene) {
    const { memory, source, destination, connection } = scene
    if (!connection.settings.inventory) return
    for (const [id, link] of memory.variants) {
        const to = destination.variants.get(id)
        const from = source.variants.get(link.source)
        if (!to?.variant.tracked) continue
        const mode = from ? modeOf(scene, 'available', from.product, from.variant) : 'follow'
        if (mode === 'never' || mode === 'create_only') continue
        for (const { destination: location, open } of locationLinks(
            connection.settings,
            source.shop,
            destination.shop,
        )) {
            const before = availableAt(to.variant, location)
            const item = to.variant.inventoryItemId
            const place = { entity: 'level', item, location, field: 'available' } as const
            if (!open || before === null || before <= 0) continue
            push(plan, { ...place, action: 'update', destinationProduct: to.product.id, before, after: 0 })
        }
    }
}

/** Only what we made is drafted or deleted, and what holds a variant of the merchant's own is not deleted. */
function endProducts(plan: Plan, scene: Scene, items: 'draft' | 'delete') {
    for (const { destination: item, ours } of scene.memory.products.values()) {
        const there = scene.destination.products.get(item)
        if (!ours || !there) continue
        const place = { entity: 'product', item, location: 0, destinationProduct: item } as const
        if (items === 'draft' && there.status !== 'DRAFT' && there.status !== 'ARCHIVED') {
            const before = productFields.status!.read(there, scene.destination)
            push(plan, { ...place, field: 'status', action: 'update', before, after: 'DRAFT' })
        }
        const wholly = there.variants.every((it) => scene.memory.variants.get(it.id)?.ours)
        if (items === 'delete' && wholly) {
            push(plan, { ...place, field: '', action: 'delete', before: there.handle, after: null })
        }
    }
}
