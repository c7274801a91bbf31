import { addVariant, itemOf, removeVariant } from '../goods.ts'
import { setSku } from '../lookups.ts'
import { nextId, type Product, type Shop, type Variant } from '../state.ts'
import { levelAt, moveStock, quantityOf, setStocked, stockItemAt } from '../stock.ts'
import { money } from '../text.ts'
import { touch, touchVariant } from '../touch.ts'
import {
    type Action,
    type ActionBody,
    locationIn,
    numberFrom,
    objectOf,
    productIn,
    textOf,
    textsOf,
    variantIn,
} from './body.ts'
import { sell } from './orders.ts'

/** `{sku|id, set: {price, compareAtPrice, sku, barcode, cost, tracked, inventoryPolicy, weight, taxable …}}` */
const edit: Action = (shop, body, clock) => {
    const variant = variantIn(shop, body)
    editVariant(shop, variant, objectOf(body, 'set'), clock.now())
    return { id: variant.id, sku: itemOf(shop, variant).sku }
}

/** `{productId|handle, options: ['Red'], sku, price, available? …}`: with the fields of variant.edit. */
const create: Action = (shop, body, clock) => {
    const { sku: _, ...named } = body
    const product = productIn(shop, named)
    const variant = addVariant(shop, product, { options: textsOf(body, 'options') }, clock.now())
    addValues(shop, product, variant.options)
    const { handle: __, id: ___, productId: ____, ...fields } = body
    editVariant(shop, variant, fields, clock.now())
    return { id: variant.id, inventoryItemId: variant.inventoryItemId }
}

const remove: Action = (shop, body, clock) => {
    const variant = variantIn(shop, body)
    const product = shop.products.get(variant.productId)!
    if (product.variantIds.length === 1) throw new Error(`the last variant of ${product.handle} cannot be deleted`)
    removeVariant(shop, variant)
    touch(shop, product, clock.now())
    return { id: variant.id }
}

/** `{sku|inventoryItemId, location?, available}`: a count by hand. Moves the product's updatedAt only sometimes. */
const setLevel: Action = (shop, body, clock) => {
    const item = itemOf(shop, variantIn(shop, body))
    const level = stockItemAt(shop, item, locationIn(shop, body).id, clock.now())
    const available = numberFrom(body, 'available')
    moveStock(shop, level, 'available', available - quantityOf(level, 'available'), clock.now())
    return { available, onHand: quantityOf(level, 'on_hand') }
}

/**
 * `{sku|inventoryItemId, location?, quantity}`: a paid order of these units alone. Of an item whose stock is not counted
 * the figures move without an order.
 */
const sellLevel: Action = (shop, body, clock) => {
    const location = locationIn(shop, body)
    const variant = variantIn(shop, body)
    const item = itemOf(shop, variant)
    const level = levelAt(shop, item, location.id)
    if (!level?.active)
        throw new Error(`expected an item that is stocked at ${location.name}, got ${JSON.stringify(body)}`)
    const quantity = numberFrom(body, 'quantity')
    if (item.tracked) {
        sell(shop, { lines: [{ variantId: variant.id, quantity }], location: location.name }, clock)
    } else {
        moveStock(shop, level, 'available', -quantity, clock.now())
        moveStock(shop, level, 'committed', quantity, clock.now())
    }
    return { available: quantityOf(level, 'available'), committed: quantityOf(level, 'committed') }
}

/** `{sku|inventoryItemId, location?}`: the item is no longer stocked there. */
const unstock: Action = (shop, body, clock) => {
    const level = levelAt(shop, itemOf(shop, variantIn(shop, body)), locationIn(shop, body).id)
    if (level) setStocked(shop, level, false, clock.now())
    return { unstocked: level !== undefined }
}

export const variantActions: Readonly<Record<string, Action>> = {
    'variant.create': create,
    'variant.edit': edit,
    'variant.delete': remove,
    'level.set': setLevel,
    'level.sell': sellLevel,
    'level.unstock': unstock,
}

/** Writes the named fields of a variant and its inventory item; `available` counts it where the goods lie. */
export function editVariant(shop: Shop, variant: Variant, set: ActionBody, now: number) {
    const item = itemOf(shop, variant)
    if (set.price !== undefined) variant.price = money(String(set.price))
    if (set.compareAtPrice !== undefined) variant.compareAtPrice = moneyOrNull(set.compareAtPrice)
    if (set.barcode !== undefined) variant.barcode = textOf(set, 'barcode')
    if (set.taxable !== undefined) variant.taxable = set.taxable === true
    if (set.inventoryPolicy !== undefined)
        variant.inventoryPolicy = set.inventoryPolicy === 'CONTINUE' ? 'CONTINUE' : 'DENY'
    if (set.requiresComponents !== undefined) variant.requiresComponents = set.requiresComponents === true
    if (set.options !== undefined && shop.variants.has(variant.id))
        renameOptions(shop, variant, textsOf(set, 'options'))
    if (set.sku !== undefined) setSku(shop, item, textOf(set, 'sku'))
    if (set.cost !== undefined) item.cost = moneyOrNull(set.cost)
    if (set.tracked !== undefined) item.tracked = set.tracked === true
    if (set.requiresShipping !== undefined) item.requiresShipping = set.requiresShipping === true
    if (set.weight !== undefined) Object.assign(item.weight, objectOf(set, 'weight'))
    if (set.available !== undefined) {
        const level = stockItemAt(shop, item, locationIn(shop, set).id, now)
        moveStock(shop, level, 'available', numberFrom(set, 'available') - quantityOf(level, 'available'), now)
    }
    touch(shop, item, now)
    touchVariant(shop, variant, now)
}

function moneyOrNull(value: unknown): string | null {
    return value === null ? null : money(String(value))
}

function renameOptions(shop: Shop, variant: Variant, options: string[]) {
    if (options.length === 0) return
    variant.options = options
    addValues(shop, shop.products.get(variant.productId)!, options)
}

function addValues(shop: Shop, product: Product, options: string[]) {
    if (options.length !== product.options.length) {
        const names = product.options.map(({ name }) => name).join(', ')
        throw new Error(`expected a value for each of ${names}, got ${JSON.stringify(options)}`)
    }
    product.options.forEach((option, place) => {
        const name = options[place]!
        if (!option.values.some((value) => value.name === name)) option.values.push({ id: nextId(shop), name })
    })
}
