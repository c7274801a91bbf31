import { itemOf } from '../goods.ts'
import type { InventoryItem, Shop, Variant } from '../state.ts'
import { levelsOf, quantityOf } from '../stock.ts'
import type { NewLine } from './new_order.ts'

/** What a line takes from the variant it is of. */
export function lineOfVariant(shop: Shop, variant: Variant): NewLine {
    const product = shop.products.get(variant.productId)
    const { sku, requiresShipping } = itemOf(shop, variant)
    const title = product?.title ?? ''
    const variantTitle = variant.options.join(' / ')
    return {
        ...{ variantId: variant.id, productId: variant.productId, inventoryItemId: variant.inventoryItemId },
        ...{ sku, requiresShipping, title, vendor: product?.vendor ?? null, price: variant.price, quantity: 1 },
        variantTitle: variantTitle === 'Default Title' ? null : variantTitle,
        taxable: variant.taxable,
    }
}

/** By the order of the shop's locations; undefined for an item that is stocked nowhere. */
export function locationOfItem(shop: Shop, item: InventoryItem, units: number): number | undefined {
    const levels = levelsOf(shop, item)
    const at = [...shop.locations.values()].flatMap(({ id, active }) => {
        const level = active ? levels.find(({ locationId }) => locationId === id) : undefined
        return level ? [level] : []
    })
    return (at.find((level) => quantityOf(level, 'available') >= units) ?? at[0])?.locationId
}
