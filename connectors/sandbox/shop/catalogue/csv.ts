import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Shop } from '../state.ts'
import { money } from '../text.ts'
import { plant } from './plant.ts'
import type { ProductRecipe, VariantRecipe } from './recipe.ts'

type Row = Record<string, string>

/**
 * Fills a shop from a product CSV in Shopify's export format: one row per variant, further rows of a handle hold
 * more variants or only more images. `csv` is a path, or the text itself if it holds a line break.
 * Throws if there is no column `Handle`.
 */
export function seedFromCsv(shop: Shop, csv: string, now: number) {
    const text = csv.includes('\n') ? csv : readFileSync(csv, 'utf8')
    const rows: Row[] = parse(text, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true })
    if (rows[0] && rows[0].Handle === undefined) {
        throw new Error(`expected a product CSV with a column Handle, got ${Object.keys(rows[0]).join(', ')}`)
    }
    let index = 0
    for (const group of groupedByHandle(rows)) {
        plant(shop, recipeOf(group, index), now)
        index += 1
    }
}

function groupedByHandle(rows: Row[]): Row[][] {
    const groups = new Map<string, Row[]>()
    for (const row of rows) {
        const group = groups.get(row.Handle!) ?? []
        groups.set(row.Handle!, group)
        group.push(row)
    }
    return [...groups.values()]
}

function recipeOf(rows: Row[], index: number): ProductRecipe {
    const first = rows[0]!
    const options = [1, 2, 3].map((place) => first[`Option${place} Name`] ?? '').filter((name) => name !== '')
    const images = rows
        .filter((row) => row['Image Src'])
        .map((row) => ({
            src: row['Image Src']!,
            alt: row['Image Alt Text'] ?? '',
            place: Number(row['Image Position']),
        }))
        .sort((a, b) => (a.place || 0) - (b.place || 0))
    const named = options.length > 0 ? options : ['Title']
    return {
        index,
        title: first.Title!,
        descriptionHtml: first['Body (HTML)'] ?? '',
        vendor: first.Vendor ?? '',
        productType: first.Type ?? '',
        tags: (first.Tags ?? '').split(','),
        status: (first.Status || 'active').toUpperCase() as ProductRecipe['status'],
        handle: first.Handle!,
        seo: { title: first['SEO Title'] || null, description: first['SEO Description'] || null },
        giftCard: isTrue(first['Gift Card']),
        bundle: false,
        options: named,
        variants: variantRows(rows).map((row) => variantOf(row, named.length, images)),
        images: images.map(({ src, alt }) => ({ src, alt })),
        metafields: [],
        publishedOn: isTrue(first.Published ?? 'true') ? 'online_store' : 'nowhere',
    }
}

/** A row without option values and price holds only another image. */
function variantRows(rows: Row[]): Row[] {
    return rows.filter((row, place) => place === 0 || row['Option1 Value'] || row['Variant Price'])
}

function variantOf(row: Row, optionCount: number, images: { src: string }[]): VariantRecipe {
    const options = Array.from(
        { length: optionCount },
        (_, place) => row[`Option${place + 1} Value`] || 'Default Title',
    )
    const image = images.findIndex(({ src }) => src === row['Variant Image'])
    return {
        options,
        sku: row['Variant SKU'] || null,
        barcode: row['Variant Barcode'] || null,
        price: money(row['Variant Price'] || '0'),
        compareAtPrice: row['Variant Compare At Price'] ? money(row['Variant Compare At Price']) : null,
        cost: row['Cost per item'] ? money(row['Cost per item']) : null,
        taxable: isTrue(row['Variant Taxable']),
        tracked: row['Variant Inventory Tracker'] === 'shopify',
        inventoryPolicy: row['Variant Inventory Policy'] === 'continue' ? 'CONTINUE' : 'DENY',
        requiresShipping: isTrue(row['Variant Requires Shipping']),
        weight: { value: Number(row['Variant Grams'] || 0), unit: 'GRAMS' },
        stock: Number(row['Variant Inventory Qty'] || 0),
        image: image < 0 ? null : image,
    }
}

function isTrue(text: string | undefined): boolean {
    return text?.toLowerCase() === 'true'
}
