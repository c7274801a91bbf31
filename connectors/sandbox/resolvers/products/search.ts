import type { Context } from '../../context.ts'
import { isIn } from '../../shop/collections.ts'
import { itemOf, variantsOf } from '../../shop/goods.ts'
import { productByHandle } from '../../shop/lookups.ts'
import type { Product } from '../../shop/state.ts'
import { sellable } from '../../shop/stock.ts'
import { seenBySearch } from '../../shop/touch.ts'
import { type FieldTest, matches, termsOf } from '../search.ts'
import { anyTextTest, flagTest, idTest, numberTest, textTest, timeTest } from '../search_tests.ts'

/** The products a search names, in the order of a sort key. */
export function foundProducts(context: Context, query?: string | null, sortKey?: string | null): Product[] {
    const found = candidates(context, query).filter((product) => matches(query, testsOf(context, product)))
    const order = orders[sortKey ?? 'ID']
    return order ? found.sort((a, b) => order(context, a, b) || a.id - b.id) : found
}

/** All products, or the only one a plain `handle:x` or `id:x` can mean: asked for once per product, it must be quick. */
function candidates({ shop }: Context, query?: string | null): Product[] {
    const [term, ...others] = query && !/NOT|-/.test(query) ? termsOf(query) : []
    const exact =
        term && others.length === 0 && term.values.length === 1 && term.operator === ':' && !/[,*]/.test(query!)
    if (exact && term.field === 'handle')
        return [productByHandle(shop, term.values[0]!)].filter((one) => one !== undefined)
    if (exact && term.field === 'id') {
        const id = Number(term.values[0]!.slice(term.values[0]!.lastIndexOf('/') + 1))
        return [shop.products.get(id)].filter((one) => one !== undefined)
    }
    return [...shop.products.values()]
}

function testsOf(context: Context, product: Product): Record<string, FieldTest> {
    const { shop, clock } = context
    // a test of the variants is put together only when the search asks for it
    const ofVariants =
        (test: (variant: ReturnType<typeof variantsOf>[number]) => FieldTest): FieldTest =>
        (value, operator) =>
            variantsOf(shop, product).some((variant) => test(variant)(value, operator))
    return {
        default: (value) => bareWord(product, value) || ofVariants((v) => textTest(itemOf(shop, v).sku))(value, ':'),
        id: idTest(product.id),
        handle: textTest(product.handle),
        title: wordsTest(product.title),
        vendor: textTest(product.vendor),
        product_type: textTest(product.productType),
        status: textTest(product.status),
        tag: anyTextTest(product.tags),
        tag_not: (value, operator) => !anyTextTest(product.tags)(value, operator),
        created_at: timeTest(product.createdAt),
        updated_at: timeTest(seenBySearch(shop, product, clock.now())),
        published_at: timeTest(product.publishedAt ?? Number.NaN),
        gift_card: flagTest(product.giftCard),
        published_status: (value) => publishedStatus(product, value),
        publication_ids: (value) => product.publications.some(({ publicationId }) => String(publicationId) === value),
        sku: ofVariants((variant) => textTest(itemOf(shop, variant).sku)),
        barcode: ofVariants((variant) => textTest(variant.barcode)),
        price: ofVariants((variant) => numberTest(Number(variant.price))),
        variant_id: ofVariants((variant) => idTest(variant.id)),
        variant_title: ofVariants((variant) => textTest(variant.options.join(' / '))),
        inventory_total: ofVariants((variant) => numberTest(sellable(shop, itemOf(shop, variant)))),
        collection_id: (value) => {
            const collection = shop.collections.get(Number(value.slice(value.lastIndexOf('/') + 1)))
            return collection !== undefined && isIn(collection, product)
        },
    }
}

/** A title matches by its words: each of the value's must be one of them, or begin one with a trailing star. */
function wordsTest(title: string): FieldTest {
    const has = title.toLowerCase().split(/\s+/)
    return (value) => {
        const wanted = value.toLowerCase().split(/\s+/)
        return wanted.every((word) =>
            word.endsWith('*') ? has.some((one) => one.startsWith(word.slice(0, -1))) : has.includes(word),
        )
    }
}

function bareWord(product: Product, value: string): boolean {
    const text = [product.title, product.vendor, product.productType, ...product.tags].join(' ').toLowerCase()
    return text.includes(value.toLowerCase().replace(/\*$/, ''))
}

function publishedStatus(product: Product, value: string): boolean {
    if (value === 'any') return true
    const published = product.publications.length > 0 && product.status === 'ACTIVE'
    return value === 'unpublished' || value === 'hidden' ? !published : published
}

const orders: Record<string, (context: Context, a: Product, b: Product) => number> = {
    CREATED_AT: (_, a, b) => a.createdAt - b.createdAt,
    UPDATED_AT: ({ shop, clock }, a, b) => seenBySearch(shop, a, clock.now()) - seenBySearch(shop, b, clock.now()),
    PUBLISHED_AT: (_, a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0),
    TITLE: (_, a, b) => compare(a.title, b.title),
    VENDOR: (_, a, b) => compare(a.vendor, b.vendor),
    PRODUCT_TYPE: (_, a, b) => compare(a.productType, b.productType),
}

function compare(a: string, b: string): number {
    const [left, right] = [a.toLowerCase(), b.toLowerCase()]
    return left < right ? -1 : left > right ? 1 : 0
}
