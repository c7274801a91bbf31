import type { Context } from '../context.ts'
import { parsedGid } from '../shop/gids.ts'
import type { Shop } from '../shop/state.ts'
import { bulkOperationById } from './bulk_operations.ts'
import { levelById } from './inventory/levels.ts'
import { orderPart, orderParts } from './orders/parts.ts'
import { visibleOrder } from './orders/visible.ts'
import { shownOperation } from './products/operation.ts'

const rowsOf: Record<string, (shop: Shop) => Map<number, object>> = {
    Product: (shop) => shop.products,
    ProductVariant: (shop) => shop.variants,
    InventoryItem: (shop) => shop.inventoryItems,
    Location: (shop) => shop.locations,
    Collection: (shop) => shop.collections,
    Publication: (shop) => shop.publications,
    MetafieldDefinition: (shop) => shop.metafieldDefinitions,
    MediaImage: (shop) => shop.media,
    Video: (shop) => shop.media,
    ExternalVideo: (shop) => shop.media,
    Model3d: (shop) => shop.media,
    GenericFile: (shop) => shop.media,
    BulkOperation: (shop) => shop.bulkOperations,
    Order: (shop) => shop.orders,
    DraftOrder: (shop) => shop.draftOrders,
    FulfillmentOrder: (shop) => shop.fulfillmentOrders,
}

/** The object a whole id names, whatever its type; null if there is none. */
export function nodeById(context: Context, id: string): object | null {
    const parsed = parsedGid(id)
    if (!parsed) return null
    if (parsed.type === 'BulkOperation') return bulkOperationById(parsed.id, context)
    if (parsed.type === 'InventoryLevel') return levelById(context, id)
    if (parsed.type === 'Order') return visibleOrder(context, parsed.id)
    if (parsed.type in orderParts) return orderPart(context, parsed.type, parsed.id)
    if (parsed.type === 'ProductSetOperation' || parsed.type === 'ProductDeleteOperation') {
        const operation = shownOperation(context, parsed.id)
        return operation && { ...operation, viaNode: true }
    }
    return rowsOf[parsed.type]?.(context.shop).get(parsed.id) ?? null
}

export function nodeExists(context: Context, id: string): boolean {
    const parsed = parsedGid(id)
    return parsed !== null && (rowsOf[parsed.type]?.(context.shop).has(parsed.id) ?? false)
}
