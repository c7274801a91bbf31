import { derived, type Facts, tagOf, typeOf, vendorOf } from './rules.ts'

/**
 * The two stores of the bench, row by row from numbers alone: five variants, two images and five levels a product. The
 * destination has what the source's rows of yesterday ask for; today, at the source, all rows of every hundredth
 * product differ in one field each. So one row of a hundred differs, whatever the entity.
 */
export type Side = 'source' | 'destination'
export type Day = 'yesterday' | 'today'

export const sides: readonly Side[] = ['source', 'destination']
export const VARIANTS = 5
export const IMAGES = 2

/** Rows of each entity a side, for so many variants. */
export const sizesOf = (variants: number) => {
    const products = variants / VARIANTS
    return { products, variants, images: products * IMAGES, levels: variants }
}

/** Added to a number, it is an id of that store. */
export const FIRST_ID: Record<Side, number> = { source: 7_100_000_000_000, destination: 8_200_000_000_000 }
/** Added to that, it is an inventory item. */
export const ITEMS = 500_000_000_000
export const LOCATION: Record<Side, number> = { source: 61_000_000_001, destination: 62_000_000_001 }

const MOVES_OF_HUNDRED = 7
export const moves = (product: number, side: Side, day: Day) =>
    side === 'source' && day === 'today' && product % 100 === MOVES_OF_HUNDRED

const WORDS = 'woven from long fibre washed cold dried flat made to last cut wide with deep pockets and a soft collar'
const SENTENCES = Array.from({ length: 97 }, (_, n) => {
    const words = WORDS.split(' ')
    return Array.from({ length: 14 }, (_, at) => words[(n * 7 + at * ((n % 5) + 1)) % words.length]).join(' ')
})

/** About 1 kB. */
function htmlOf(product: number): string {
    const paragraphs = Array.from({ length: 11 }, (_, n) => `<p>${SENTENCES[(product * 13 + n * 31) % 97]}.</p>`)
    return `<div id="about-${product}">${paragraphs.join('\n')}</div>`
}

export function factsOf(product: number): Facts & { tags: string[] } {
    const tags = ['all year', product % 3 === 0 ? 'cotton' : 'linen', tagOf(product)]
    return { vendor: vendorOf(product), product_type: typeOf(product), tags }
}

const DAY_MADE = '2026-03-01T08:00:00Z'

export function productOf(product: number, side: Side, day: Day) {
    const title = `Product ${product} in many colours`
    return {
        product_id: FIRST_ID[side] + product,
        origin: side === 'source' ? null : `source.example/${FIRST_ID.source + product}`,
        created_at: DAY_MADE,
        updated_at: moves(product, side, day) ? '2026-11-20T08:00:00Z' : DAY_MADE,
        title: moves(product, side, day) ? `${title} anew` : title,
        description_html: htmlOf(product),
        ...factsOf(product),
        status: 'ACTIVE',
        handle: `product-${product}`,
        seo_title: product % 2 === 0 ? `${title} | Shop` : null,
        seo_description: product % 4 === 0 ? `All about ${title}` : null,
        options: ['Colour', 'Size'],
        published: true,
    }
}

const COLOURS = ['red', 'green', 'blue', 'black', 'white']
/** Of the variants of a product that moved so many get another price, the others another barcode. */
const PRICED = 3

/** An amount as Shopify writes it. */
const money = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`

/** A variant's price and compare-at price in cents. */
export function centsOf(variant: number, side: Side, day: Day): { price: number; compareAt: number | null } {
    const product = Math.floor(variant / VARIANTS)
    const moved = moves(product, side, day) && variant % VARIANTS < PRICED
    const price = 1000 + (variant % 397) * 25 + (moved ? 300 : 0)
    const compareAt = variant % 4 === 0 ? 1000 + (variant % 397) * 25 + 2000 : null
    if (side === 'source') return { price, compareAt }
    const facts = { ...factsOf(product), sku: skuOf(variant) }
    return { price: derived(price, facts), compareAt: compareAt && derived(compareAt, facts) }
}

const skuOf = (variant: number) => `SKU-${variant}`

export function variantOf(variant: number, side: Side, day: Day) {
    const product = Math.floor(variant / VARIANTS)
    const place = variant % VARIANTS
    const { price, compareAt } = centsOf(variant, side, day)
    const barcode = `40${String(variant).padStart(11, '0')}`
    return {
        variant_id: FIRST_ID[side] + variant,
        product_id: FIRST_ID[side] + product,
        inventory_item_id: FIRST_ID[side] + ITEMS + variant,
        position: place + 1,
        option1: COLOURS[place]!,
        option2: variant % 2 === 0 ? 'M' : 'L',
        option3: null,
        sku: skuOf(variant),
        barcode: moves(product, side, day) && place >= PRICED ? `${barcode}9` : barcode,
        price: money(price),
        compare_at_price: compareAt === null ? null : money(compareAt),
        cost: money(400 + (variant % 89) * 10),
        taxable: true,
        inventory_policy: 'DENY',
        tracked: true,
        weight: `${(variant % 40) * 25}.00`,
        requires_shipping: true,
        // a fifth of the variants show an image of their own
        image_id: place === 0 ? imageIdOf(product * IMAGES, side) : null,
    }
}

const imageIdOf = (image: number, side: Side) => FIRST_ID[side] + 700_000_000_000 + image

export function imageOf(image: number, side: Side, day: Day) {
    const product = Math.floor(image / IMAGES)
    const image_id = imageIdOf(image, side)
    const alt = `Product ${product} seen from side ${image % IMAGES}`
    return {
        product_id: FIRST_ID[side] + product,
        image_id,
        url: `https://cdn.example/s/files/1/0001/${side}/${image_id}.jpg?v=1700000000`,
        status: 'READY',
        position: (image % IMAGES) + 1,
        alt: moves(product, side, day) ? `${alt} anew` : alt,
    }
}

/** Of so many variants one has units that were sold and that the source has yet to show. */
const OPEN_OF = 50
const OPEN = 13
export const openUnits = (variant: number) => (variant % OPEN_OF === OPEN ? 1 + (variant % 3) : 0)

/** What the source has, and what the destination shall show of it. */
export function unitsOf(variant: number, side: Side, day: Day): number {
    const product = Math.floor(variant / VARIANTS)
    const has = (variant % 31) + (moves(product, 'source', day) ? 3 : 0)
    return side === 'source' ? has : Math.max(0, has - openUnits(variant))
}

export function levelOf(variant: number, side: Side, day: Day) {
    const available = unitsOf(variant, side, side === 'source' ? day : 'yesterday')
    return {
        inventory_item_id: FIRST_ID[side] + ITEMS + variant,
        location_id: LOCATION[side],
        on_hand: available,
        available_at: '2026-10-01T08:00:00Z',
        available,
    }
}
