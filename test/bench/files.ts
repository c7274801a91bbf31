import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
    type Day,
    IMAGES,
    imageOf,
    LOCATION,
    levelOf,
    moves,
    productOf,
    type Side,
    sides,
    sizesOf,
    VARIANTS,
    variantOf,
} from './goods.ts'

/** The entities as CSV, for COPY, in the order of the columns that goods.ts gives them. */
export const tables = {
    products: { of: productOf, columns: Object.keys(productOf(0, 'source', 'today')) },
    variants: { of: variantOf, columns: Object.keys(variantOf(0, 'source', 'today')) },
    images: { of: imageOf, columns: Object.keys(imageOf(0, 'source', 'today')) },
    levels: { of: levelOf, columns: Object.keys(levelOf(0, 'source', 'today')) },
}
export type TableName = keyof typeof tables
export const tableNames = Object.keys(tables) as TableName[]

export type Result = 'catalogue' | 'levels' | 'orders' | 'catalogue_moved' | 'levels_moved' | 'items_moved'
/** Those of goods. */
export const results: readonly Result[] = ['catalogue', 'levels']

export const csvFile = (folder: string, side: Side, table: TableName) => join(folder, `${side}_${table}.csv`)
export const jsonlFile = (folder: string, side: Side, result: Result) => join(folder, `${side}_${result}.jsonl`)

/** Objects in each result file, by store. */
export type Written = Record<Side, Record<Result, number>>

/** Writes today's rows of both stores: as CSV by table, and as the results of their bulk operations. */
export async function writeFiles(folder: string, variants: number): Promise<Written> {
    await mkdir(folder, { recursive: true })
    const sizes = sizesOf(variants)
    const written = {} as Written
    for (const side of sides) {
        for (const table of tableNames) {
            await writeLines(csvFile(folder, side, table), csvLines(table, sizes[table], side))
        }
        const write = (result: Result, lines: Iterable<string>) => writeLines(jsonlFile(folder, side, result), lines)
        written[side] = {
            ...{ orders: 0, items_moved: await write('items_moved', []) },
            catalogue: await write('catalogue', catalogueLines(sizes.products, side, all)),
            catalogue_moved: await write('catalogue_moved', catalogueLines(sizes.products, side, movedOnly(side))),
            levels: await write('levels', levelLines(sizes.levels, side, all)),
            levels_moved: await write('levels_moved', levelLines(sizes.levels, side, movedOnly(side))),
        }
    }
    return written
}

/** Which products a result is of: those that moved today, or all. */
const movedOnly = (side: Side) => (product: number) => moves(product, side, DAY)
const all = () => true

const CHUNK_LINES = 500

/** Returns how many lines it wrote. */
export async function writeLines(path: string, lines: Iterable<string>): Promise<number> {
    let count = 0
    function* chunks() {
        let chunk: string[] = []
        for (const line of lines) {
            count += 1
            if (chunk.push(line) < CHUNK_LINES) continue
            yield `${chunk.join('\n')}\n`
            chunk = []
        }
        if (chunk.length > 0) yield `${chunk.join('\n')}\n`
    }
    await pipeline(Readable.from(chunks()), createWriteStream(path))
    return count
}

const DAY: Day = 'today'

const csvLines = (table: TableName, rows: number, side: Side) => csvLinesOf((n) => tables[table].of(n, side, DAY), rows)

/** Numbered rows as lines of a CSV, in the order of their keys. */
export function* csvLinesOf(of: (n: number) => object, rows: number): Generator<string> {
    for (let n = 0; n < rows; n++) yield Object.values(of(n)).map(csvCell).join(',')
}

/** A list in PostgreSQL's own form; its members here hold neither quotes nor backslashes. */
function csvCell(value: unknown): string {
    if (value === null) return ''
    if (Array.isArray(value)) return `"{${value.map((member) => `""${member}""`).join(',')}}"`
    return typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value)
}

/** Shopify writes slashes escaped. */
const line = (node: object) => JSON.stringify(node).replaceAll('/', '\\/')

export function* jsonLines(nodes: Iterable<object>): Generator<string> {
    for (const node of nodes) yield line(node)
}

const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`

/** Ungrouped: each object's children follow it somewhere; here at once. */
function* catalogueLines(products: number, side: Side, isIn: (product: number) => boolean): Generator<string> {
    for (let product = 0; product < products; product++) {
        if (!isIn(product)) continue
        const node = productNode(product, side)
        yield line(node)
        for (let n = 0; n < VARIANTS; n++) yield* variantLines(product * VARIANTS + n, side, node.id)
        for (let n = 0; n < IMAGES; n++) yield line(imageNode(product * IMAGES + n, side, node.id))
    }
}

function productNode(product: number, side: Side) {
    const row = productOf(product, side, DAY)
    return {
        id: gid('Product', row.product_id),
        origin: row.origin && { value: row.origin },
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        title: row.title,
        descriptionHtml: row.description_html,
        vendor: row.vendor,
        productType: row.product_type,
        tags: row.tags,
        status: row.status,
        handle: row.handle,
        seo: { title: row.seo_title, description: row.seo_description },
        options: row.options.map((name, n) => ({
            id: gid('ProductOption', row.product_id * 10 + n),
            name,
            position: n + 1,
        })),
        published: row.published,
    }
}

function* variantLines(variant: number, side: Side, __parentId: string): Generator<string> {
    const row = variantOf(variant, side, DAY)
    const id = gid('ProductVariant', row.variant_id)
    yield line({
        id,
        position: row.position,
        selectedOptions: [
            { name: 'Colour', value: row.option1 },
            { name: 'Size', value: row.option2 },
        ],
        sku: row.sku,
        barcode: row.barcode,
        price: row.price,
        compareAtPrice: row.compare_at_price,
        inventoryItem: {
            id: gid('InventoryItem', row.inventory_item_id),
            tracked: row.tracked,
            requiresShipping: row.requires_shipping,
            unitCost: { amount: row.cost },
            measurement: { weight: { value: Number(row.weight), unit: 'GRAMS' } },
        },
        taxable: row.taxable,
        inventoryPolicy: row.inventory_policy,
        __parentId,
    })
    if (row.image_id !== null) yield line({ id: gid('MediaImage', row.image_id), __parentId: id })
}

function imageNode(image: number, side: Side, __parentId: string) {
    const { image_id, url, alt, status } = imageOf(image, side, DAY)
    return { id: gid('MediaImage', image_id), image: { url }, status, alt, __parentId }
}

function* levelLines(levels: number, side: Side, isIn: (product: number) => boolean): Generator<string> {
    const location = gid('Location', LOCATION[side])
    yield line({ id: location, name: 'Warehouse', isActive: true })
    for (let n = 0; n < levels; n++) {
        if (!isIn(Math.floor(n / VARIANTS))) continue
        const row = levelOf(n, side, DAY)
        yield line({
            id: `${gid('InventoryLevel', row.inventory_item_id)}?inventory_item_id=${row.inventory_item_id}`,
            item: { id: gid('InventoryItem', row.inventory_item_id) },
            quantities: [
                { name: 'available', quantity: row.available, updatedAt: row.available_at },
                { name: 'on_hand', quantity: row.on_hand, updatedAt: null },
            ],
            __parentId: location,
        })
    }
}
