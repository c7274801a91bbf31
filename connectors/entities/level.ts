import { type Entity, idAt, type Node } from './entity.ts'

type Quantity = { name: string; quantity: number; updatedAt: string | null }

const quantity = (node: Node, name: string) =>
    (node.quantities as Quantity[] | undefined)?.find((it) => it.name === name) ?? null

/** Inventory levels: what is available of an item at a location. Written by inventorySetQuantities alone. */
export const level: Entity = {
    name: 'level',
    table: 'levels',
    fields: [
        {
            name: 'available',
            kind: 'stock',
            lock: 'quantity',
            select: 'quantities(names: ["available", "on_hand"]) { name quantity updatedAt }',
            // An inactive level keeps its old quantities (API 2026-04): it is not stocked there.
            read: (node) => (node.isActive === false ? null : (quantity(node, 'available')?.quantity ?? null)),
            exact: true,
            derived: true,
        },
    ],
    facts: [
        { name: 'inventory_item_id', select: 'id item { id }', read: idAt('item.id') },
        { name: 'location_id', select: '', read: idAt('__parentId') },
        { name: 'on_hand', select: '', read: (node) => quantity(node, 'on_hand')?.quantity ?? null, quiet: true },
        {
            name: 'available_at',
            select: '',
            read: (node) => quantity(node, 'available')?.updatedAt ?? null,
            quiet: true,
        },
    ],
}
