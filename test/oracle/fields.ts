import { amount, canonical, decimal, halfUp, times } from './decimal.ts'
import type { ShopProduct, ShopVariant, View } from './state.ts'
import type { Value } from './values.ts'

const orNull = (text: string | null) => (text === '' ? null : text)

type Reader<Item> = (item: Item, view: View) => Value
type Writer<Item> = (item: Item, value: Value, view: View) => void
type FieldOf<Item> = { read: Reader<Item>; write: Writer<Item> }

function plain<Item, Key extends keyof Item & string>(key: Key): FieldOf<Item> {
    return {
        read: (item) => item[key] as Value,
        write: (item, value) => {
            item[key] = value as Item[Key]
        },
    }
}

function text<Item, Key extends keyof Item & string>(key: Key): FieldOf<Item> {
    const it = plain<Item, Key>(key)
    return { ...it, read: (item, view) => orNull(it.read(item, view) as string | null) }
}

function money(key: 'price' | 'compareAtPrice' | 'cost'): FieldOf<ShopVariant> {
    const it = plain<ShopVariant, typeof key>(key)
    return { ...it, read: (item) => amount(item[key]) }
}

function option(index: number): FieldOf<ShopVariant> {
    return {
        read: (variant) => variant.options[index] ?? null,
        write: (variant, value) => {
            if (value === null) variant.options.splice(index)
            else variant.options[index] = value as string
        },
    }
}

function seo(key: 'title' | 'description'): FieldOf<ShopProduct> {
    return {
        read: (product) => orNull(product.seo[key]),
        write: (product, value) => {
            product.seo[key] = value as string | null
        },
    }
}

/** The fields of a product: how the shop shows them, and how the oracle sets them in a shop it imagines. */
export const productFields: Record<string, FieldOf<ShopProduct>> = {
    title: text('title'),
    description_html: text('descriptionHtml'),
    vendor: text('vendor'),
    product_type: text('productType'),
    tags: plain('tags'),
    status: plain('status'),
    handle: text('handle'),
    seo_title: seo('title'),
    seo_description: seo('description'),
    options: {
        read: (product) => product.options.map((it) => it.name),
        write: (product, value) => {
            product.options = (value as string[]).map((name) => ({ name, values: [] }))
        },
    },
    published: {
        // On sale there and to be seen: a draft waits, whatever publication it is on.
        read: (product, { onlineStore }) =>
            onlineStore !== null && product.publishedOn.includes(onlineStore) && isVisible(product),
        write: (product, value, view) => {
            const others = product.publishedOn.filter((id) => id !== view.onlineStore)
            product.publishedOn = value && view.onlineStore !== null ? [...others, view.onlineStore] : others
        },
    },
}

const isVisible = ({ status }: ShopProduct) => status === 'ACTIVE' || status === 'UNLISTED'

export const variantFields: Record<string, FieldOf<ShopVariant>> = {
    option1: option(0),
    option2: option(1),
    option3: option(2),
    sku: {
        ...text('sku'),
        read: (variant) => (variant.sku === null || variant.sku.trim() === '' ? null : variant.sku),
    },
    barcode: text('barcode'),
    price: money('price'),
    compare_at_price: money('compareAtPrice'),
    cost: money('cost'),
    taxable: plain('taxable'),
    inventory_policy: plain('inventoryPolicy'),
    tracked: plain('tracked'),
    weight: {
        read: (variant) => grams(variant.weight),
        write: (variant, value) => {
            variant.weight = value === null ? null : { value: Number(value), unit: 'GRAMS' }
        },
    },
    requires_shipping: plain('requiresShipping'),
    image_id: {
        read: (variant) => variant.mediaIds[0] ?? null,
        write: (variant, value) => {
            variant.mediaIds = value === null ? [] : [value as number]
        },
    },
}

export const priceFields = ['price', 'compare_at_price', 'cost']

const gramsIn: Record<string, string> = { GRAMS: '1', KILOGRAMS: '1000', OUNCES: '28.349523125', POUNDS: '453.59237' }

/** Grams to two decimals, whatever the unit. */
export function grams(weight: ShopVariant['weight']): string | null {
    if (weight === null) return null
    const factor = gramsIn[weight.unit]
    if (!factor) throw new Error(`Expected a weight in ${Object.keys(gramsIn).join(', ')}, got ${weight.unit}.`)
    return canonical(halfUp(times(decimal(weight.value), decimal(factor)), 2))
}

/** The name lock rules use for a field. */
export function lockName(field: string): string {
    if (/^option\d$/.test(field)) return 'option_values'
    if (field === 'available') return 'quantity'
    return ['image_id', 'position', 'alt'].includes(field) ? 'images' : field
}
