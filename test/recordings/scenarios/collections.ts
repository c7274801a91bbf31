import assert from 'node:assert/strict'
import { at } from '../../helpers/sandbox.ts'
import { makeProduct } from '../presume.ts'
import { isObject } from '../recording.ts'
import type { Playing, Scenario, Stage } from '../stage.ts'
import { every } from './steps.ts'

const CREATE = `mutation Presume($input: CollectionInput!) {
    collectionCreate(input: $input) { collection { id } userErrors { message } }
}`

async function makeCollection(stage: Stage, title: string, handle: string): Promise<string> {
    const told = await stage.ask(CREATE, { input: { title, handle } })
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

export const collections: readonly Scenario[] = [
    { file: '2026-04/products/collection-reorder-products-manual-sort.json', play: reorders },
    { file: '2026-04/products/collection-top-level-staged-read.json', play: topLevelReads },
]
