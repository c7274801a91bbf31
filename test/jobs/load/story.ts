import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { at, DESTINATION, type Product, type Shop, type Shops, SOURCE, shopState, synced, twoShops } from './loading.ts'

/** The goods go to a second location, where nothing is stocked at first. */
export const storySettings = {
    remove_variants: true,
    locations: [{ source: 'Main warehouse', destination: 'Annex' }],
}

export const storyLocations = [{ name: 'Main warehouse' }, { name: 'Annex' }]

const picture = (name: string) => `https://cdn.example/${name}.jpg`

/** Northwind with a few goods, and the corner shop with the same after a first load. */
export async function storyOf(t: TestContext, more: Parameters<typeof twoShops>[1] = {}): Promise<Shops> {
    const shops = await twoShops(t, {
        ...more,
        settings: { ...storySettings, ...more.settings },
        destination: { locations: storyLocations, ...more.destination },
    })
    await openShop(shops)
    await synced(shops)
    return shops
}

async function openShop(shops: Shops): Promise<void> {
    const shirt = (size: string, available: number) => ({
        sku: `SHIRT-${size}`,
        price: '20',
        options: [size],
        available,
        tracked: true,
    })
    await atSource(shops, 'product.create', {
        title: 'Shirt',
        tags: ['old', 'kept'],
        published: true,
        options: ['Size'],
        variants: [shirt('S', 5), shirt('M', 6), shirt('L', 7)],
        images: ['front', 'back', 'side'].map(picture),
    })
    await atSource(shops, 'variant.image', { sku: 'SHIRT-S', position: 2 })
    await atSource(shops, 'product.create', {
        title: 'Mug',
        variants: [{ sku: 'MUG', price: '8', available: 3, tracked: true }],
    })
    await atSource(shops, 'product.create', {
        title: 'Lamp',
        published: true,
        variants: [{ sku: 'LAMP', price: '40', available: 1, tracked: true }],
    })
}

/** A change of every kind at the source: each call that there is has something to do. */
export async function changeEverything(shops: Shops): Promise<void> {
    await atSource(shops, 'product.edit', { handle: 'shirt', set: { title: 'Fine shirt', vendor: 'Northwind' } })
    await atSource(shops, 'tag.remove', { handle: 'shirt', tag: 'old' })
    await atSource(shops, 'tag.add', { handle: 'shirt', tag: 'new' })
    renameOption(shops, 'shirt', 'Fit')
    await atSource(shops, 'variant.edit', { sku: 'SHIRT-S', set: { price: '21.50', barcode: '4006381333931' } })
    await atSource(shops, 'variant.delete', { sku: 'SHIRT-M' })
    await atSource(shops, 'variant.create', {
        handle: 'shirt',
        options: ['XL'],
        sku: 'SHIRT-XL',
        price: '22',
        available: 4,
        tracked: true,
    })
    await atSource(shops, 'image.remove', { handle: 'shirt', position: 1 })
    await atSource(shops, 'image.alt', { handle: 'shirt', position: 1, alt: 'From behind' })
    await atSource(shops, 'image.move', { handle: 'shirt', position: 1, to: 2 })
    await atSource(shops, 'image.add', { handle: 'shirt', src: picture('collar'), alt: 'Collar' })
    await atSource(shops, 'product.publish', { handle: 'mug' })
    await atSource(shops, 'product.unpublish', { handle: 'lamp' })
    await atSource(shops, 'level.set', { sku: 'SHIRT-S', available: 15 })
    await atSource(shops, 'product.create', {
        title: 'Teapot',
        published: true,
        variants: [{ sku: 'TEAPOT', price: '30', available: 9, tracked: true }],
        images: [picture('teapot')],
    })
}

/** Every mutation that `changeEverything` makes the loader send, by its root field. */
export const everyMutation = [
    'productSet',
    'productUpdate',
    'tagsAdd',
    'tagsRemove',
    'productOptionUpdate',
    'productVariantsBulkUpdate',
    'productVariantsBulkCreate',
    'productVariantsBulkDelete',
    'fileUpdate',
    'productReorderMedia',
    'publishablePublish',
    'publishableUnpublish',
    'inventoryActivate',
    'inventorySetQuantities',
]

export const atSource = (shops: Shops, verb: string, body: object) => at(shops, verb, { shop: SOURCE, ...body })
export const atDestination = (shops: Shops, verb: string, body: object) =>
    at(shops, verb, { shop: DESTINATION, ...body })

/** Gives the first option of a product of the source another name. */
function renameOption(shops: Shops, handle: string, name: string): void {
    const product = [...shops.sandbox.shops.get(SOURCE)!.products.values()].find((it) => it.handle === handle)!
    product.options[0]!.name = name
}

/** What the two shops must agree upon, of one product. */
function offer(product: Product, levelAt: number | undefined, publication: number | undefined) {
    const images = product.media.map(({ id }) => id)
    return {
        title: product.title,
        vendor: product.vendor,
        tags: product.tags.toSorted(),
        status: product.status,
        options: product.options.map(({ name }) => name),
        published: product.publishedOn.includes(publication ?? -1),
        images: product.media.map(({ alt }) => alt || ''),
        variants: Object.fromEntries(
            product.variants.map((variant) => [
                variant.options.join(' / '),
                {
                    sku: variant.sku,
                    price: variant.price,
                    barcode: variant.barcode,
                    image: images.indexOf(variant.mediaIds[0] ?? -1),
                    available: variant.levels.find(({ locationId }) => locationId === levelAt)?.available ?? null,
                },
            ]),
        ),
    }
}

function offersOf(shop: Shop, location: string, nameOf: (product: Product) => string) {
    const levelAt = shop.locations.find(({ name }) => name === location)?.id
    const publication = shop.publications.find(({ name }) => name === 'Online Store')?.id
    const offers = shop.products.map((product) => [nameOf(product), offer(product, levelAt, publication)] as const)
    assert.equal(new Set(offers.map(([name]) => name)).size, offers.length, 'no product is there twice')
    return Object.fromEntries(offers.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Asserts that the corner shop offers what northwind offers, each product once and marked as coming from there. */
export async function agree(shops: Shops, location = 'Annex'): Promise<void> {
    const [source, destination] = [await shopState(shops, SOURCE), await shopState(shops)]
    const wanted = offersOf(source, 'Main warehouse', ({ id }) => `${SOURCE}/${id}`)
    const mark = ({ metafields }: Product) =>
        metafields.find(({ namespace }) => namespace === 'crossdock')?.value ?? 'none'
    assert.deepEqual(offersOf(destination, location, mark), wanted)
}

/** Changes that can be made again and again, each time others, with something for most kinds of calls. */
export async function changeAnew(shops: Shops, round: number): Promise<void> {
    const set = { title: `Shirt ${round}`, productType: `Type ${round}` }
    await atSource(shops, 'product.edit', { handle: 'shirt', set })
    await atSource(shops, 'tag.add', { handle: 'shirt', tag: `round ${round}` })
    await atSource(shops, 'tag.remove', { handle: 'shirt', tag: `round ${round - 1}` })
    await atSource(shops, 'variant.edit', { sku: 'SHIRT-S', set: { price: `${20 + round}.50` } })
    const fresh = { price: '9', available: round, tracked: true }
    await atSource(shops, 'variant.create', {
        handle: 'shirt',
        options: [`R${round}`],
        sku: `SHIRT-R${round}`,
        ...fresh,
    })
    if (round > 1) await atSource(shops, 'variant.delete', { sku: `SHIRT-R${round - 1}` })
    await atSource(shops, 'image.remove', { handle: 'shirt', position: 1 })
    await atSource(shops, 'image.alt', { handle: 'shirt', position: 1, alt: `Seen in round ${round}` })
    await atSource(shops, 'image.add', { handle: 'shirt', src: picture(`r${round}`), alt: `Round ${round}` })
    await atSource(shops, round % 2 ? 'product.publish' : 'product.unpublish', { handle: 'mug' })
    await atSource(shops, 'level.set', { sku: 'SHIRT-S', available: 30 + round })
    await atSource(shops, 'product.create', {
        title: `Teapot ${round}`,
        published: true,
        variants: [{ sku: `TEAPOT-${round}`, ...fresh }],
        images: [picture(`teapot${round}`)],
    })
}
