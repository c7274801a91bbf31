import type { Context } from '../../context.ts'
import type { Product } from '../../shop/state.ts'
import { touch } from '../../shop/touch.ts'

/** Puts a product into collections filled by hand, at their end, and takes it out of others. */
export function joinCollections({ shop, clock }: Context, product: Product, join: number[], leave: number[]) {
    for (const collection of shop.collections.values()) {
        if (collection.rules) continue
        const is = collection.productIds.includes(product.id)
        if (!is && join.includes(collection.id)) collection.productIds = [...collection.productIds, product.id]
        else if (is && leave.includes(collection.id)) {
            collection.productIds = collection.productIds.filter((id) => id !== product.id)
        } else continue
        touch(shop, collection, clock.now())
    }
}
