import type { Context } from '../../context.ts'
import { parsedGid } from '../../shop/gids.ts'
import type { Collection, DraftOrder, Location, Order, Product, Shop, Variant } from '../../shop/state.ts'

/** A row that can carry metafields. */
export type Owner = Product | Variant | Collection | Location | Order | DraftOrder

export const ownerTypes: Record<Owner['__typename'], string> = {
    Product: 'PRODUCT',
    ProductVariant: 'PRODUCTVARIANT',
    Collection: 'COLLECTION',
    Location: 'LOCATION',
    Order: 'ORDER',
    DraftOrder: 'DRAFTORDER',
}

const rowsOf: Record<string, (shop: Shop) => Map<number, Owner>> = {
    Product: (shop) => shop.products,
    ProductVariant: (shop) => shop.variants,
    Collection: (shop) => shop.collections,
    Location: (shop) => shop.locations,
    Order: (shop) => shop.orders,
    DraftOrder: (shop) => shop.draftOrders,
}

/** The owner a whole id names; null if there is none, or if its type carries no metafields here. */
export function ownerById({ shop }: Context, id: string): Owner | null {
    const parsed = parsedGid(id)
    return (parsed && rowsOf[parsed.type]?.(shop).get(parsed.id)) ?? null
}

/** All owners of a type such as PRODUCT. */
export function ownersOf(shop: Shop, ownerType: string): Owner[] {
    const typename = Object.entries(ownerTypes).find(([, type]) => type === ownerType)?.[0]
    return typename ? [...rowsOf[typename]!(shop).values()] : []
}

/** The number Shopify would put into the app's reserved namespaces. */
const APP = '1'

/** A namespace in full: `$app` and none are the app's own, `$app:notes` one below it. */
export function fullNamespace(namespace: string | null | undefined): string {
    if (namespace == null || namespace === '$app') return `app--${APP}`
    return namespace.startsWith('$app:') ? `app--${APP}--${namespace.slice('$app:'.length)}` : namespace
}
