import type { Context } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { productByCustomId, productByHandle } from '../../shop/lookups.ts'
import type { Product } from '../../shop/state.ts'
import { fullNamespace } from '../metafields/owners.ts'
import { definitionOf } from '../metafields/write.ts'

export type CustomId = { namespace?: string | null; key: string; value: string }
export type ProductIdentifier = { id?: string | null; handle?: string | null; customId?: CustomId | null }

/** The product of a whole id, null if there is none. */
export function productById(context: Context, id: string | null | undefined): Product | null {
    return context.shop.products.get(numberOf(id, 'Product')) ?? null
}

export const NO_DEFINITION = "Metafield definition of type 'id' is required when using custom ids."

/** The product an identifier names: by id, handle, or the value of a unique metafield of type id. */
export function productOf(context: Context, { id, handle, customId }: ProductIdentifier): Product | null {
    if (id != null) return productById(context, id)
    if (handle != null) return productByHandle(context.shop, handle) ?? null
    if (customId == null) return null
    return productByCustomId(context.shop, fullNamespace(customId.namespace), customId.key, customId.value) ?? null
}

/** Whether there is what a custom id needs: a metafield definition of type id. Other identifiers need none. */
export function isResolvable(context: Context, { customId }: ProductIdentifier): boolean {
    if (customId == null) return true
    return definitionOf(context, 'PRODUCT', fullNamespace(customId.namespace), customId.key)?.type === 'id'
}
