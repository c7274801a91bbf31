import type { ProductStatus, WeightUnit } from '../state.ts'
import { oddlyTagged, oddVariants, statusOf } from './oddities.ts'
import { type Random, randomOf } from './random.ts'
import * as words from './words.ts'

/** One product as a merchant would have thought it up, before it has ids. */
export type ProductRecipe = {
    index: number
    title: string
    descriptionHtml: string
    vendor: string
    productType: string
    tags: string[]
    status: ProductStatus
    handle?: string
    seo: { title: string | null; description: string | null }
    giftCard: boolean
    bundle: boolean
    options: string[]
    variants: VariantRecipe[]
    images: { src: string; alt: string }[]
    metafields: { namespace: string; key: string; type: string; value: string }[]
    publishedOn: 'everywhere' | 'online_store' | 'nowhere'
}

export type VariantRecipe = {
    options: string[]
    sku: string | null
    barcode: string | null
    price: string
    compareAtPrice: string | null
    cost: string | null
    taxable: boolean
    tracked: boolean
    inventoryPolicy: 'DENY' | 'CONTINUE'
    requiresShipping: boolean
    weight: { value: number; unit: WeightUnit }
    /** available at the shop's first location; others follow from it */
    stock: number
    /** index into the product's images */
    image: number | null
}

export type RecipeOptions = { seed: number; oddities: boolean; ordinary: number; large: number; images: number }

/** Every so many products one has many variants. */
const LARGE_EVERY = 150

/** The product at an index of the catalogue: a function of seed and index alone, so any one can be made by itself. */
export function recipe(index: number, options: RecipeOptions): ProductRecipe {
    const random = randomOf(options.seed, index)
    const [thing, productType] = random.one(words.things)
    const make = random.one(words.makes)
    const title = `${random.one(words.manners)} ${make} ${thing}${rangeOf(index)}`
    const images = imagesOf(random, index, options, title)
    const large = index % LARGE_EVERY === 50
    const count = large ? 20 + random.below(Math.max(1, options.large - 19)) : 1 + sizeBelow(random, options.ordinary)
    const shape = optionsOf(random, count)
    const variants = shape.values.map((values, place) => variantOf(random, index, place, values, images.length))
    const made: ProductRecipe = {
        index,
        title,
        descriptionHtml: htmlOf(random, title),
        vendor: random.one(words.vendors),
        productType,
        tags: tagsOf(random),
        status: options.oddities ? statusOf(index) : 'ACTIVE',
        seo: random.below(4) === 0 ? { title: `${title} | Buy`, description: random.one(words.sentences) } : noSeo,
        giftCard: options.oddities && index % 211 === 100,
        bundle: options.oddities && index % 97 === 20,
        options: shape.names,
        variants,
        images,
        metafields: metafieldsOf(index, make),
        publishedOn: index % 23 === 5 ? 'nowhere' : index % 3 === 0 ? 'everywhere' : 'online_store',
    }
    if (!options.oddities) return made
    return { ...made, variants: oddVariants(index, variants), tags: oddlyTagged(index, made.tags) }
}

const noSeo = { title: null, description: null }

const RANGE = 2000

/** Some titles occur twice, as they do; but a large catalogue has ranges (`A`, `B` …), or most handles would clash. */
function rangeOf(index: number): string {
    if (index < RANGE) return ''
    return ` ${Math.floor(index / RANGE - 1 + 10)
        .toString(36)
        .toUpperCase()}`
}

/** The SKU a variant has unless an oddity took its place. */
export function plainSku(index: number, place: number): string {
    return `NW-${String(index + 1).padStart(5, '0')}-${String(place + 1).padStart(2, '0')}`
}

/** Few variants are commoner than many. */
function sizeBelow(random: Random, limit: number): number {
    return Math.min(random.below(limit), random.below(limit))
}

type Shape = { names: string[]; values: string[][] }

function optionsOf(random: Random, count: number): Shape {
    if (count === 1) return { names: ['Title'], values: [['Default Title']] }
    const three = count > 12 || (count > 5 && random.below(3) === 0)
    const names = three ? [...words.optionNames] : count > 3 ? ['Color', 'Size'] : [random.one(['Color', 'Size'])]
    const start = random.below(words.colours.length)
    const values: string[][] = []
    for (let place = 0; place < count; place += 1) {
        const size = words.sizes[place % words.sizes.length]!
        const group = Math.floor(place / words.sizes.length)
        const colour = words.colours[(start + group) % words.colours.length]!
        const lot = Math.floor(group / words.colours.length)
        const material = words.materials[lot] ?? `Lot ${lot + 1}`
        if (names.length === 1) values.push([names[0] === 'Size' ? size : words.colours[(start + place) % 20]!])
        else values.push(names.length === 2 ? [colour, size] : [colour, size, material])
    }
    return { names, values }
}

const WEIGHTS: VariantRecipe['weight'][] = [
    { value: 0, unit: 'KILOGRAMS' },
    { value: 0.35, unit: 'KILOGRAMS' },
    { value: 250, unit: 'GRAMS' },
    { value: 1.5, unit: 'POUNDS' },
    { value: 12, unit: 'OUNCES' },
]

function variantOf(random: Random, index: number, place: number, options: string[], images: number): VariantRecipe {
    const price = 500 + random.below(19500)
    return {
        options,
        sku: plainSku(index, place),
        barcode: random.below(4) === 0 ? null : `4${String(index * 100 + place).padStart(12, '0')}`,
        price: decimal(price),
        compareAtPrice: random.below(5) === 0 ? decimal(price + 500 + random.below(3000)) : null,
        cost: random.below(3) === 0 ? null : decimal(Math.floor(price * 0.45)),
        taxable: random.below(12) !== 0,
        tracked: true,
        inventoryPolicy: 'DENY',
        requiresShipping: true,
        weight: random.one(WEIGHTS),
        stock: random.below(6) === 0 ? 0 : random.below(60),
        image: images > 0 && place > 0 ? place % images : null,
    }
}

function decimal(cents: number): string {
    return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function htmlOf(random: Random, title: string): string {
    const start = random.below(words.sentences.length)
    const sentence = (place: number) => words.sentences[(start + place) % words.sentences.length]!
    const points = [3, 4, 5].map((place) => `<li>${sentence(place)}</li>`).join('\n')
    const closing = random.below(3) === 0 ? `<p><em>${sentence(6)}</em> &amp; more.</p>` : `<p>${sentence(6)}</p>`
    return (
        `<p><strong>${title}.</strong> ${sentence(0)}</p>\n<p>${sentence(1)} ${sentence(2)}</p>\n` +
        `<ul>\n${points}\n</ul>\n${closing}\n<p>${sentence(7)} ${sentence(8)}</p>`
    )
}

function tagsOf(random: Random): string[] {
    const chosen = new Set<string>()
    for (let left = random.below(5); left > 0; left -= 1) chosen.add(random.one(words.tags))
    return [...chosen]
}

function imagesOf(random: Random, index: number, options: RecipeOptions, title: string): ProductRecipe['images'] {
    const count = options.images === 0 ? 0 : sizeBelow(random, options.images + 1)
    return Array.from({ length: count }, (_, place) => ({
        src: `https://pictures.example/${options.seed}/${index}-${place}.jpg`,
        alt: place === 0 ? title : random.below(2) === 0 ? '' : `${title}, view ${place + 1}`,
    }))
}

function metafieldsOf(index: number, make: string): ProductRecipe['metafields'] {
    if (index % 5 !== 0) return []
    return [{ namespace: 'custom', key: 'material', type: 'single_line_text_field', value: make.toLowerCase() }]
}
