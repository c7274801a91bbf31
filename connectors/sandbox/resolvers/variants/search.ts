import type { Context } from '../../context.ts'
import { itemOf } from '../../shop/goods.ts'
import type { Variant } from '../../shop/state.ts'
import { sellable } from '../../shop/stock.ts'
import { seenBySearch } from '../../shop/touch.ts'
import { type FieldTest, matches } from '../search.ts'
import { anyTextTest, flagTest, idTest, numberTest, textTest, timeTest } from '../search_tests.ts'

/** Variants of the whole shop that a search names. */
export function foundVariants(context: Context, query?: string | null, sortKey?: string | null): Variant[] {
    const all = [...context.shop.variants.values()]
    return sortedVariants(
        context,
        all.filter((variant) => matches(query, testsOf(context, variant))),
        sortKey ?? 'ID',
    )
}

function testsOf({ shop, clock }: Context, variant: Variant): Record<string, FieldTest> {
    const item = itemOf(shop, variant)
    const product = shop.products.get(variant.productId)
    return {
        default: (value) => [item.sku, variant.barcode, product?.title].some((text) => contains(text, value)),
        id: idTest(variant.id),
        sku: textTest(item.sku),
        barcode: textTest(variant.barcode),
        title: textTest(variant.options.join(' / ')),
        option1: textTest(variant.options[0]),
        option2: textTest(variant.options[1]),
        option3: textTest(variant.options[2]),
        product_id: idTest(variant.productId),
        product_ids: (value) => value.split(',').includes(String(variant.productId)),
        product_status: textTest(product?.status),
        product_type: textTest(product?.productType),
        vendor: textTest(product?.vendor),
        tag: anyTextTest(product?.tags ?? []),
        taxable: flagTest(variant.taxable),
        requires_components: flagTest(variant.requiresComponents),
        managed: flagTest(item.tracked),
        inventory_quantity: (value, operator) => numberTest(sellable(shop, item))(value, operator),
        location_id: (value) => item.levelIds.some((id) => shop.levels.get(id)?.locationId === Number(value)),
        updated_at: timeTest(seenBySearch(shop, variant, clock.now())),
    }
}

function contains(text: string | null | undefined, value: string): boolean {
    return text?.toLowerCase().includes(value.toLowerCase()) ?? false
}

/** In the order of a sort key; by position, the order they come in. */
export function sortedVariants(context: Context, variants: Variant[], sortKey?: string | null): Variant[] {
    const order = orders[sortKey ?? 'POSITION']
    return order ? variants.sort((a, b) => order(context, a, b) || a.id - b.id) : variants
}

const orders: Record<string, (context: Context, a: Variant, b: Variant) => number> = {
    ID: (_, a, b) => a.id - b.id,
    TITLE: (_, a, b) => a.options.join(' / ').localeCompare(b.options.join(' / ')),
    SKU: ({ shop }, a, b) => (itemOf(shop, a).sku ?? '').localeCompare(itemOf(shop, b).sku ?? ''),
    INVENTORY_QUANTITY: ({ shop }, a, b) => sellable(shop, itemOf(shop, a)) - sellable(shop, itemOf(shop, b)),
}
