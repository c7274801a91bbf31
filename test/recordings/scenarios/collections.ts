import assert from 'node:assert/strict'
import { at } from '../../helpers/sandbox.ts'
import { makeProduct } from '../presume.ts'
import { isObject, type JsonObject } from '../recording.ts'
import type { Playing, Scenario, Stage } from '../stage.ts'
import { every, withHints } from './steps.ts'

const CREATE = `mutation Presume($input: CollectionInput!) {
    collectionCreate(input: $input) { collection { id } userErrors { message } }
}`

async function makeCollection(stage: Stage, title: string, handle: string, products: string[] = []): Promise<string> {
    const told = await stage.ask(CREATE, { input: { title, handle, sortOrder: 'MANUAL', products } })
    const id = at(told.body, 'data', 'collectionCreate', 'collection', 'id')
    assert.equal(typeof id, 'string', told.text)
    return String(id)
}

/** A shop with four collections, the home page among them. */
async function topLevelReads(stage: Stage): Promise<void> {
    for (const name of ['one', 'two', 'three']) await makeCollection(stage, name, name)
    const homePage = await makeCollection(stage, 'Home page', 'frontpage')
    stage.likeness.know('gid://shopify/Collection/494967390514', homePage)
    await every(stage)
}

const manually: Playing = {
    aliases: { manualProducts: 'products' },
    args: { 'collection.manualProducts': 'first: 10, sortKey: MANUAL' },
}

/** Collections of two products that were there before, filled and put into another order. */
async function reorders(stage: Stage): Promise<void> {
    const products = stage.part('manualSorted.add.response.data.collectionAddProducts.collection.products.nodes')
    assert.ok(Array.isArray(products))
    for (const product of products) if (isObject(product)) await makeProduct(stage, product)
    for (const path of stage.paths()) await stage.play(path, path.endsWith('downstreamRead') ? manually : {})
}

type Shelf = { id: string; title: string; handle: string; products: readonly string[] }

/** Products by their recorded ids, and collections that hold some of them. */
async function shelves(stage: Stage, products: readonly JsonObject[], filled: readonly Shelf[]): Promise<void> {
    for (const product of products) await makeProduct(stage, product)
    for (const { id, title, handle, products: held } of filled) {
        const ours = await makeCollection(stage, title, handle, stage.likeness.translate([...held]))
        stage.likeness.know(id, ours)
    }
}

const first = {
    id: 'gid://shopify/Product/8971842846953',
    title: 'Test Product - 6635',
    handle: 'test-product-ge91cbbd6',
}
const second = {
    id: 'gid://shopify/Product/8397257572585',
    title: 'ADIDAS | CLASSIC BACKPACK | LEGEND INK MULTICOLOUR',
    handle: 'adidas-classic-backpack-legend-ink-multicolour',
}
const brand: Shelf = {
    id: 'gid://shopify/Collection/429826179305',
    title: 'ADIDAS',
    handle: 'adidas',
    products: [second.id],
}
const conformance = (suffix: string, products: readonly string[]): Shelf => ({
    id: 'gid://shopify/Collection/468787822825',
    title: `Hermes Collection Conformance 1777078305206${suffix && ' Updated'}`,
    handle: `hermes-collection-conformance-1777078305206${suffix}`,
    products,
})

/** A collection of the other shop, as it was before it was added to, removed from or put in order. */
function onShelf(shelf: Shelf, hints: Readonly<Record<string, Playing>> = {}): Scenario['play'] {
    return async (stage) => {
        await shelves(stage, [first, second], [brand, shelf])
        await withHints(hints)(stage)
    }
}

const PRODUCTS = { first: 'product', second: 'product', removed: 'product', untouched: 'product' }
const READ: Playing = { aliases: { ...PRODUCTS, defaultProducts: 'products', manualProducts: 'products' } }

export const collections: readonly Scenario[] = [
    { file: '2026-04/products/collection-reorder-products-manual-sort.json', play: reorders },
    {
        file: '2025-01/products/large-collection-add-products-parity.json',
        play: onShelf(conformance('', []), { downstreamRead: READ }),
    },
    {
        file: '2025-01/products/large-collection-remove-products-parity.json',
        play: onShelf(conformance('-updated', [first.id, second.id]), { downstreamRead: READ }),
    },
    {
        file: '2025-01/products/large-collection-reorder-products-parity.json',
        play: onShelf(conformance('', [first.id, second.id]), { initialCollectionRead: READ, downstreamRead: READ }),
    },
    { file: '2026-04/products/collection-top-level-staged-read.json', play: topLevelReads },
]
