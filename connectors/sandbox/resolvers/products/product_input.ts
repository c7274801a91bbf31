import type { Context } from '../../context.ts'
import { parsedGid } from '../../shop/gids.ts'
import type { Product, ProductStatus, Shop } from '../../shop/state.ts'
import { slug, storedHtml, storedTags, storedText } from '../../shop/text.ts'
import { touch } from '../../shop/touch.ts'
import { type MetafieldInput, metafieldFaults } from '../metafields/write.ts'
import { tooLong } from '../user_error.ts'

/** What the product inputs of all mutations have in common. */
export type ProductInput = {
    title?: string | null
    descriptionHtml?: string | null
    vendor?: string | null
    productType?: string | null
    tags?: string[] | null
    status?: ProductStatus | null
    handle?: string | null
    seo?: { title?: string | null; description?: string | null } | null
    templateSuffix?: string | null
    category?: string | null
    giftCard?: boolean | null
    metafields?: MetafieldInput[] | null
}

/** A fault of a product's own text; `field` is the input's. */
export type TextFault = { field: string; message: string }

/** What Shopify refuses in the texts of a product, in the order it says so. */
export function textFaults({ title, vendor, productType, handle, tags }: ProductInput): TextFault[] {
    const faults: [field: string, message: string | null][] = [
        ['title', title != null && title.trim() === '' ? "Title can't be blank" : null],
        ['title', tooLong(title, 'Title')],
        ['handle', tooLong(handle, 'Handle')],
        ['vendor', tooLong(vendor, 'Vendor')],
        ['productType', tooLong(productType, 'Product type')],
        ['customProductType', tooLong(productType, 'Custom product type')],
        ['tags', tags?.some((tag) => tag.length > 255) ? 'Product tags is invalid' : null],
    ]
    return faults.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]))
}

export type MetafieldOfProductFault = { field: string[]; message: string; code: string | null }

/** What Shopify refuses in the metafields given with a product. */
export function productMetafieldFaults(
    context: Context,
    product: Product | null,
    metafields: MetafieldInput[] | null | undefined,
): MetafieldOfProductFault[] {
    return (metafields ?? []).flatMap((metafield, index) =>
        metafieldFaults(context, 'PRODUCT', product, metafield).map(({ field, message, code }) => ({
            field: ['metafields', String(index), field],
            message,
            code,
        })),
    )
}

/** A given handle as it is stored; null where it is absent or blank, which leaves the handle alone. */
export function wantedHandle(handle: string | null | undefined): string | null {
    return handle == null || handle.trim() === '' ? null : slug(handle) || 'product'
}

/** The product's fields that an input names, as the shop stores them; handle and metafields apart. */
export function storedFields(shop: Shop, input: ProductInput): Partial<Product> {
    const fields: Partial<Product> = {}
    if (input.title != null) fields.title = storedText(shop, input.title)
    if (input.descriptionHtml !== undefined) fields.descriptionHtml = storedHtml(shop, input.descriptionHtml ?? '')
    if (input.vendor != null) fields.vendor = storedText(shop, input.vendor) || shop.name
    if (input.productType !== undefined) fields.productType = storedText(shop, input.productType ?? '')
    if (input.tags != null) fields.tags = storedTags(shop, input.tags)
    if (input.status != null) fields.status = input.status
    if (input.templateSuffix !== undefined) fields.templateSuffix = input.templateSuffix
    if (input.category !== undefined) {
        fields.category = input.category === null ? null : (parsedGid(input.category)?.text ?? input.category)
    }
    if (input.giftCard != null) fields.giftCard = input.giftCard
    return fields
}

/** Writes what the input names; a null empties, what is absent stays. */
export function writeProduct({ shop, clock }: Context, product: Product, input: ProductInput) {
    Object.assign(product, storedFields(shop, input))
    for (const part of ['title', 'description'] as const) {
        const text = input.seo?.[part]
        if (text !== undefined) product.seo[part] = text === null || text === '' ? null : storedText(shop, text)
    }
    touch(shop, product, clock.now())
}
