import { at, type Cell, type Entity, type Field, idAt, type Json, type Kind, type Node, plain, text } from './entity.ts'

const optionValue = (index: 0 | 1 | 2): Field => ({
    name: `option${index + 1}`,
    kind: 'catalogue',
    lock: 'option_values',
    select: index === 0 ? 'selectedOptions { name value }' : '',
    read: (node) => (at(node, 'selectedOptions') as { value: string }[])[index]?.value ?? null,
    required: true,
})

const flag = (name: string, select: string, into: string): Field => ({
    name,
    kind: 'catalogue',
    lock: name,
    select,
    read: plain(into),
    into,
    exact: true,
})

const money = (name: string, select: string, read: (node: Node) => Cell, into: string, kind: Kind): Field => ({
    name,
    kind,
    lock: name,
    select,
    read,
    into,
    as: (value) => (value === null ? null : String(value)),
    exact: true,
    derived: true,
})

/** Grams in one of Shopify's weight units. */
export const gramsIn: Record<string, number> = { GRAMS: 1, KILOGRAMS: 1000, OUNCES: 28.349523125, POUNDS: 453.59237 }

/** Grams to two decimals: two stores may write one weight in different units, and none as nothing or as 0. */
function grams(node: Node): Cell {
    const weight = at(node, 'inventoryItem.measurement.weight') as { value: number; unit: string } | null
    if (weight === null) return '0.00'
    const factor = gramsIn[weight.unit]
    if (factor === undefined) {
        throw new Error(
            `Expected a weight in ${Object.keys(gramsIn).join(', ')}, got ${weight.unit}: add it to gramsIn.`,
        )
    }
    return (weight.value * factor).toFixed(2)
}

const asWeight = (value: Json): Json => ({ value: Number(value ?? 0), unit: 'GRAMS' })

/** Variants: productVariantsBulkUpdate writes every field of theirs. */
export const variant: Entity = {
    name: 'variant',
    table: 'variants',
    fields: [
        optionValue(0),
        optionValue(1),
        optionValue(2),
        {
            name: 'sku',
            kind: 'catalogue',
            lock: 'sku',
            called: 'SKU',
            select: 'sku',
            read: text('sku'),
            into: 'inventoryItem.sku',
            derived: true,
        },
        {
            name: 'barcode',
            kind: 'catalogue',
            lock: 'barcode',
            select: 'barcode',
            read: text('barcode'),
            into: 'barcode',
        },
        money('price', 'price', plain('price'), 'price', 'price'),
        {
            ...money('compare_at_price', 'compareAtPrice', plain('compareAtPrice'), 'compareAtPrice', 'price'),
            called: 'compare-at price',
        },
        money(
            'cost',
            'inventoryItem { id tracked requiresShipping unitCost { amount } measurement { weight { value unit } } }',
            plain('inventoryItem.unitCost.amount'),
            'inventoryItem.cost',
            'price',
        ),
        { ...flag('taxable', 'taxable', 'taxable'), called: 'charge tax' },
        {
            ...flag('inventory_policy', 'inventoryPolicy', 'inventoryPolicy'),
            called: 'go on selling when out of stock',
        },
        { ...flag('tracked', '', 'inventoryItem.tracked'), called: 'track quantity' },
        {
            name: 'weight',
            kind: 'catalogue',
            lock: 'weight',
            select: '',
            read: grams,
            into: 'inventoryItem.measurement.weight',
            as: asWeight,
            exact: true,
        },
        flag('requires_shipping', '', 'inventoryItem.requiresShipping'),
        // The reading joins it from the lines of `media`; a write names the destination's own media.
        {
            name: 'image_id',
            kind: 'catalogue',
            lock: 'images',
            select: 'media { edges { node { id } } }',
            read: () => null,
            into: 'mediaId',
            as: (value) => (value === null ? null : `gid://shopify/MediaImage/${value}`),
            exact: true,
            derived: true,
        },
    ],
    facts: [
        { name: 'variant_id', select: 'id', read: idAt('id') },
        { name: 'product_id', select: '', read: idAt('__parentId') },
        { name: 'inventory_item_id', select: '', read: idAt('inventoryItem.id') },
        { name: 'position', select: 'position', read: plain('position') },
    ],
}
