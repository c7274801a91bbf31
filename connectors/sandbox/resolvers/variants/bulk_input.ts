import type { Context } from '../../context.ts'
import type { Product, Variant } from '../../shop/state.ts'
import { attached } from '../media/product_media.ts'
import type { VariantInput } from './variant_input.ts'

export type BulkVariantInput = VariantInput & {
    mediaId?: string | null
    mediaSrc?: string[] | null
    inventoryQuantities?: { availableQuantity: number; locationId: string }[] | null
    quantityAdjustments?: unknown[] | null
}

/** Gives a variant the picture its input names: one of the product's, by id or by the source it came from. */
export function attachMedia(context: Context, product: Product, variant: Variant, input: BulkVariantInput) {
    const sources = input.mediaSrc ?? []
    const bySource = product.mediaIds.filter((id) => sources.includes(context.shop.media.get(id)?.originalSource ?? ''))
    const byId = input.mediaId == null ? null : attached(context, product, input.mediaId)
    const ids = byId ? [byId.id] : bySource
    if (ids.length > 0) variant.mediaIds = [ids[0]!]
}
