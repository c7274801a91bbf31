import type { ShopProduct, ShopState, ShopVariant } from '../../test/oracle/state.ts'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, OUTLET } from './cast.ts'
import { atTheTills } from './sales.ts'
import type { Shops } from './shops.ts'

/** Something that happened at a shop, for a person to read. */
export type Happening = { shop: string; what: string }

export type Chosen = { product: ShopProduct; variant: ShopVariant; sku: string; title: string }

/** SKUs as most products of the generated catalogue have them; the odd ones are left in peace. */
const PLAIN_SKU = /^NW-\d{5}-\d{2}$/
const STRIDE = 13
const HOUR_S = 3600

/**
 * A round of things happening at the shops, through the sandbox's control address: edits at both ends, a restock, new
 * goods, sales and what comes back of them, figures changed by hand, and two answers that will be lost. Then an hour
 * passes. Each round falls on other products.
 */
export async function happen(shops: Shops, round: number): Promise<Happening[]> {
    const cast = await chooseProducts(shops, round)
    const happened: Happening[] = []
    for (const { shop, verb, body, what } of script(cast, round)) {
        await shops.control(verb, { shop, ...body })
        happened.push({ shop, what })
    }
    await shops.control('clock.advance', { seconds: HOUR_S })
    return happened
}

export type Act = Happening & { verb: string; body: { [name: string]: unknown } }

function script(chosen: Cast, round: number): Act[] {
    const { some, everywhere } = chosen
    const tills = atTheTills([...some.slice(10), ...everywhere], round)
    return [...atTheSource(some, round), ...atTheDestinations(some, round), ...tills, ...onTheWire()]
}

function atTheSource(chosen: Chosen[], round: number): Act[] {
    const shop = NORTHWIND
    const [renamed, dearer, restocked, sold, tagged, pictured] = chosen as [
        Chosen,
        Chosen,
        Chosen,
        Chosen,
        Chosen,
        Chosen,
    ]
    const price = (Number(dearer.variant.price) + 5).toFixed(2)
    const stock = figureOf(restocked) + 40
    const name = `Weekend bag no. ${round}`
    const variants = ['Navy', 'Olive'].map((colour, place) => ({
        ...{ sku: `BAG-${round}-${place + 1}`, options: [colour], price: `${58 + place}.00`, cost: '21.50' },
        ...{ tracked: true, available: 12 + place },
    }))
    const bag = { title: name, vendor: 'Northwind', tags: ['travel'], options: ['Color'], variants, published: true }
    const images = [1, 2].map((place) => `https://pictures.example/bag-${round}-${place}.jpg`)
    return [
        {
            ...{ shop, verb: 'product.edit', body: { id: renamed.product.id, set: { title: `${renamed.title} II` } } },
            what: `renames ${quoted(renamed)}`,
        },
        {
            ...{ shop, verb: 'variant.edit', body: { id: dearer.variant.id, set: { price } } },
            what: `raises ${dearer.sku} from ${dearer.variant.price} to ${price}`,
        },
        {
            ...{ shop, verb: 'level.set', body: { sku: restocked.sku, available: stock } },
            what: `restocks ${restocked.sku}: ${figureOf(restocked)} to ${stock}`,
        },
        {
            ...{ shop, verb: 'level.sell', body: { sku: sold.sku, quantity: 1 } },
            what: `sells one of ${sold.sku}, of ${figureOf(sold)}`,
        },
        {
            ...{ shop, verb: 'tag.add', body: { id: tagged.product.id, tag: 'spotlight' } },
            what: `tags ${quoted(tagged)} spotlight`,
        },
        {
            ...{ shop, verb: 'image.add' },
            ...{ body: { id: pictured.product.id, src: `https://pictures.example/new-${round}.jpg`, alt: 'New' } },
            what: `adds an image to ${quoted(pictured)}`,
        },
        { shop, verb: 'product.create', body: { ...bag, images }, what: `adds "${name}" in two colours` },
        {
            ...{ shop, verb: 'collection.add' },
            ...{ body: { collection: 'summer', productHandles: [`weekend-bag-no-${round}`] } },
            what: 'puts it into the collection Summer',
        },
    ]
}

function atTheDestinations(chosen: Chosen[], round: number): Act[] {
    const [own, both, counted, priced] = chosen.slice(6, 10) as [Chosen, Chosen, Chosen, Chosen]
    const price = `${20 + round}.00`
    const figure = 90 + round
    return [
        {
            ...{ shop: CORNER_SHOP, verb: 'product.edit' },
            ...{ body: { sku: own.sku, set: { title: `${own.title}, our pick` } } },
            what: `renames its ${quoted(own)} by hand`,
        },
        {
            ...{ shop: CORNER_SHOP, verb: 'product.edit', body: { sku: both.sku, set: { vendor: 'Corner' } } },
            what: `changes the vendor of ${quoted(both)}, and`,
        },
        {
            ...{ shop: NORTHWIND, verb: 'product.edit', body: { id: both.product.id, set: { vendor: 'Fjord & Co' } } },
            what: 'so does the source',
        },
        {
            ...{ shop: CORNER_SHOP, verb: 'level.set', body: { sku: counted.sku, available: figure } },
            what: `counts ${counted.sku} by hand: ${figure}`,
        },
        {
            ...{ shop: OUTLET, verb: 'variant.edit', body: { sku: priced.sku, set: { price } } },
            what: `prices ${priced.sku} at ${price} by hand`,
        },
    ]
}

/** The write is done, its answer never comes. */
function onTheWire(): Act[] {
    const lost = (shop: string, name: string, what: string): Act => ({
        ...{ shop, verb: 'fail.next', body: { kind: 'timeout_after', name } },
        what,
    })
    return [
        lost(MARKET_STALL, 'productSet', 'will not answer the creation of the bag'),
        lost(CORNER_SHOP, 'productUpdate', 'will not answer the next update of a product'),
    ]
}

const quoted = ({ title }: Chosen) => `"${title}"`
const figureOf = ({ variant }: Chosen) => variant.levels[0]?.available ?? 0

/** Products that we created at the corner shop and the outlet, others each round; `everywhere`: at the market stall, too. */
type Cast = { some: Chosen[]; everywhere: Chosen[] }

async function chooseProducts(shops: Shops, round: number): Promise<Cast> {
    const domains = [NORTHWIND, CORNER_SHOP, OUTLET, MARKET_STALL]
    const [source, ...others] = await Promise.all(domains.map(shops.stateOf))
    const [corner, outlet, market] = others.map(originsIn) as [Set<string>, Set<string>, Set<string>]
    const skus = Map.groupBy(
        source!.products.flatMap(({ variants }) => variants),
        ({ sku }) => sku,
    )
    const markOf = (product: ShopProduct) => `${NORTHWIND}/${product.id}`
    const fit = source!.products.filter((product) => {
        const [first] = product.variants
        const plain = PLAIN_SKU.test(first?.sku ?? '') && skus.get(first!.sku)!.length === 1
        const quiet = product.status === 'ACTIVE' && product.publishedOn.length > 0 && product.tags.length < 5
        const stocked = first?.tracked === true && (first.levels[0]?.available ?? 0) > 3
        return plain && quiet && stocked && [corner, outlet].every((origins) => origins.has(markOf(product)))
    })
    const shared = fit.filter((product) => market.has(markOf(product)))
    const everywhere = chosenOf(shared, 2, round)
    const rest = fit.filter((product) => everywhere.every((it) => it.product !== product))
    return { some: chosenOf(rest, 14, round), everywhere }
}

/** So many of the products, spread over them, and others each round. */
function chosenOf(fit: ShopProduct[], needed: number, round: number): Chosen[] {
    if (fit.length < needed) {
        throw new Error(`Expected ${needed} products in the shops for things to happen to, got ${fit.length}.`)
    }
    const stride = Math.max(1, Math.min(STRIDE, Math.floor(fit.length / needed)))
    return Array.from({ length: needed }, (_, place) => {
        const product = fit[(round + place * stride) % fit.length]!
        const variant = product.variants[0]!
        return { product, variant, sku: variant.sku!, title: product.title }
    })
}

function originsIn({ products }: ShopState): Set<string> {
    const marks = products.flatMap(({ metafields }) =>
        metafields.filter(({ namespace, key }) => namespace === 'crossdock' && key === 'origin'),
    )
    return new Set(marks.map(({ value }) => value))
}
