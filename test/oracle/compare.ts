import { productFields, variantFields } from './fields.ts'
import { originOf, picturesOf, type ShopProduct, type ShopVariant, type View } from './state.ts'
import { same, type Value } from './values.ts'

/** Where a shop is not as the rules have it. */
export type Difference = { shop: string; item: string; field: string; expected: Value; actual: Value }

/** Compares a shop with the one the oracle imagined. */
export function compareShops(expected: View, actual: View): Difference[] {
    const { domain } = actual.shop
    const differences: Difference[] = []
    const differ = (item: string, field: string, wanted: Value, found: Value) =>
        differences.push({ shop: domain, item, field, expected: wanted, actual: found })
    for (const product of expected.shop.products) {
        const real = actual.products.get(product.id)
        if (real) compareProduct(expected, actual, product, real, differ)
        else if (product.id > 0) differ(product.handle, '', 'is there', 'is gone')
    }
    for (const product of actual.shop.products) {
        if (!expected.products.has(product.id)) differ(product.handle, '', 'nothing', `product ${product.id}`)
    }
    return [...differences, ...doubled(actual)]
}

type Differ = (item: string, field: string, expected: Value, actual: Value) => void

function compareProduct(expected: View, actual: View, product: ShopProduct, real: ShopProduct, differ: Differ) {
    for (const [field, { read }] of Object.entries(productFields)) {
        const [wanted, found] = [read(product, expected), read(real, actual)]
        if (!product.free?.has(field) && !same(field, wanted, found)) differ(product.handle, field, wanted, found)
    }
    const [wanted, found] = [product, real].map((it) =>
        picturesOf(it).map(({ id, alt }) => `${id} ${alt ?? ''}`.trim()),
    )
    if (wanted!.join('\n') !== found!.join('\n')) differ(product.handle, 'images', wanted!, found!)
    const variants = new Map(real.variants.map((it) => [it.id, it]))
    for (const variant of product.variants) {
        const twin = variants.get(variant.id)
        variants.delete(variant.id)
        const label = `${product.handle} ${variant.sku ?? variant.options.join(' / ')}`
        if (twin) compareVariant(expected, actual, variant, twin, (field, a, b) => differ(label, field, a, b))
        else differ(label, '', 'is there', 'is gone')
    }
    for (const extra of variants.values())
        differ(`${product.handle} ${extra.sku}`, '', 'nothing', `variant ${extra.id}`)
}

function compareVariant(
    expected: View,
    actual: View,
    variant: ShopVariant,
    twin: ShopVariant,
    differ: (field: string, expected: Value, actual: Value) => void,
) {
    for (const [field, { read }] of Object.entries(variantFields)) {
        const [wanted, found] = [read(variant, expected), read(twin, actual)]
        if (!variant.free?.has(field) && !same(field, wanted, found)) differ(field, wanted, found)
    }
    const locations = new Set([...variant.levels, ...twin.levels].map((it) => it.locationId))
    for (const id of locations) {
        const [wanted, found] = [variant, twin].map(
            (it) => it.levels.find((level) => level.locationId === id)?.available,
        )
        if (wanted !== found) differ(`available at ${id}`, wanted ?? 'not stocked', found ?? 'not stocked')
    }
}

/** Nothing is there twice: no two products of one origin, no image twice in a product. */
function doubled({ shop }: View): Difference[] {
    const found: Difference[] = []
    const seen = new Set<string>()
    for (const product of shop.products) {
        const origin = originOf(product)
        if (origin !== null && seen.has(origin)) {
            found.push({ shop: shop.domain, item: product.handle, field: 'origin', expected: 'once', actual: origin })
        }
        seen.add(origin ?? '')
        const ids = picturesOf(product).map((it) => it.id)
        if (new Set(ids).size < ids.length) {
            found.push({
                shop: shop.domain,
                item: product.handle,
                field: 'images',
                expected: 'each once',
                actual: ids.join(),
            })
        }
    }
    return found
}
