/**
 * The script one writes instead: reads both stores' result files from disk into maps by handle, SKU and item, compares
 * field by field, derives prices, asks the lock rules, counts. It includes no HTTP, no database, no history, nothing
 * to approve or to go on from.
 *
 *   node map_script.ts <folder of the files>
 *
 * Prints its milliseconds, its peak memory and what it counted.
 */
import { createReadStream } from 'node:fs'
import { jsonlFile, results } from '../files.ts'
import { openUnits, type Side, sides } from '../goods.ts'
import { derived, type Facts, isWritten } from '../rules.ts'

type Product = { fields: unknown[]; facts: Facts; images: string[] }
type Variant = { fields: unknown[]; price: string; compareAt: string | null; product: Product; available: number }
type Shop = { products: Map<string, Product>; variants: Map<string, Variant> }

async function* linesOf(path: string): AsyncGenerator<string> {
    let rest = ''
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop()!
        yield* lines
    }
    if (rest !== '') yield rest
}

async function read(folder: string, side: Side): Promise<Shop> {
    const shop: Shop = { products: new Map(), variants: new Map() }
    const byId = new Map<string, Product>()
    const byItem = new Map<string, Variant>()
    for (const result of results) {
        for await (const line of linesOf(jsonlFile(folder, side, result))) take(JSON.parse(line), shop, byId, byItem)
    }
    return shop
}

// biome-ignore lint/suspicious/noExplicitAny: what a store sends, taken as it comes
function take(node: any, shop: Shop, byId: Map<string, Product>, byItem: Map<string, Variant>): void {
    const parent = byId.get(node.__parentId)
    if (node.handle !== undefined) {
        const { title, descriptionHtml, vendor, productType, tags, status, handle, seo, options, published } = node
        const names = options.map(({ name }: { name: string }) => name).join()
        const fields = [
            title,
            descriptionHtml,
            vendor,
            productType,
            tags.join(),
            status,
            seo.title,
            seo.description,
            names,
            published,
        ]
        const product = { fields, facts: { vendor, product_type: productType, tags }, images: [] }
        shop.products.set(handle, product)
        byId.set(node.id, product)
    } else if (node.sku !== undefined) {
        const { sku, barcode, price, compareAtPrice, taxable, inventoryPolicy, selectedOptions, inventoryItem } = node
        const { tracked, requiresShipping, measurement } = inventoryItem
        const options = selectedOptions.map(({ value }: { value: string }) => value).join()
        const fields = [options, barcode, taxable, inventoryPolicy, tracked, requiresShipping, measurement.weight.value]
        const variant = { fields, price, compareAt: compareAtPrice, product: parent!, available: 0 }
        shop.variants.set(sku, variant)
        byItem.set(inventoryItem.id, variant)
    } else if (node.quantities !== undefined) {
        byItem.get(node.item.id)!.available = node.quantities[0].quantity
    } else if (parent !== undefined) parent.images.push(node.alt)
}

const lines: Record<string, number> = {}
const deviations: Record<string, number> = {}

function count(differs: boolean, kind: string, entity: string, field: string, facts: Facts): void {
    if (!differs) return
    const [counts, name] = isWritten(field, facts) ? [lines, `${kind} ${entity} update`] : [deviations, entity]
    counts[name] = (counts[name] ?? 0) + 1
}

const PRODUCT_FIELDS = [
    'title',
    'description_html',
    'vendor',
    'product_type',
    'tags',
    'status',
    'seo_title',
    'seo_description',
    'options',
    'published',
]
const VARIANT_FIELDS = [
    'option_values',
    'barcode',
    'taxable',
    'inventory_policy',
    'tracked',
    'requires_shipping',
    'weight',
]

const cents = (amount: string | null) => amount && Math.round(Number(amount) * 100)
const asDerived = (amount: string | null, facts: Facts) => amount && derived(cents(amount) as number, facts)

function compare(source: Shop, destination: Shop): void {
    for (const [handle, { fields, facts, images }] of source.products) {
        const there = destination.products.get(handle)!
        for (const [n, field] of PRODUCT_FIELDS.entries()) {
            count(fields[n] !== there.fields[n], 'catalogue', 'product', field, facts)
        }
        for (const [n, alt] of images.entries()) count(alt !== there.images[n], 'catalogue', 'image', 'images', facts)
    }
    for (const [sku, { fields, price, compareAt, product, available }] of source.variants) {
        const there = destination.variants.get(sku)!
        const facts = { ...product.facts, sku }
        for (const [n, field] of VARIANT_FIELDS.entries()) {
            count(fields[n] !== there.fields[n], 'catalogue', 'variant', field, facts)
        }
        count(asDerived(price, facts) !== cents(there.price), 'price', 'variant', 'price', facts)
        count(asDerived(compareAt, facts) !== cents(there.compareAt), 'price', 'variant', 'compare_at_price', facts)
        const left = Math.max(0, available - openUnits(Number(sku.slice('SKU-'.length))))
        count(left !== there.available, 'stock', 'level', 'quantity', facts)
    }
}

const [source, destination] = await Promise.all(sides.map((side) => read(process.argv[2]!, side)))
compare(source!, destination!)
const rss_mb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ ms: performance.now(), rss_mb, lines, deviations }))
