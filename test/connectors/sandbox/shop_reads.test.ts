import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import {
    dataOf,
    inColours,
    madeProduct,
    readProduct,
    setProduct,
    type UserErrors,
} from '../../helpers/sandbox_goods.ts'

async function titles(talk: Talk, query: string, sortKey = 'ID'): Promise<string[]> {
    const answer = await dataOf<{ products: { nodes: { title: string }[] }; productsCount: { count: number } }>(
        talk,
        `query Search($query: String!, $sortKey: ProductSortKeys!) {
            products(first: 50, query: $query, sortKey: $sortKey) { nodes { title } }
            productsCount(query: $query) { count }
        }`,
        { query, sortKey },
    )
    const found = answer.products.nodes.map(({ title }) => title)
    assert.equal(answer.productsCount.count, found.length)
    return found
}

test('products are found by id, handle, SKU, tag, status, vendor and words of the title', async (t) => {
    const talk = await sandboxFor(t)
    const bowl = await madeProduct(talk, { ...inColours('Oak Bowl', 'Red'), tags: ['Sale'], vendor: 'Fjord' })
    await madeProduct(talk, { ...inColours('Clay Mug', 'Blue'), status: 'DRAFT' })
    await madeProduct(talk, { title: 'Bowl' })
    const id = bowl.id.slice(bowl.id.lastIndexOf('/') + 1)
    for (const query of [
        `id:${id}`,
        'handle:oak-bowl',
        'sku:"Oak Bowl-Red"',
        'tag:sale',
        'vendor:fjord',
        'title:oak',
    ]) {
        assert.deepEqual(await titles(talk, query), ['Oak Bowl'], query)
    }
    assert.deepEqual(await titles(talk, 'status:DRAFT'), ['Clay Mug'])
    assert.deepEqual(await titles(talk, 'status:ACTIVE AND NOT tag:sale'), ['Bowl'])
    assert.deepEqual(await titles(talk, '', 'TITLE'), ['Bowl', 'Clay Mug', 'Oak Bowl'])
    assert.equal((await titles(talk, 'skuu:nothing')).length, 3, 'a misspelt filter returns everything')
})

const DUPLICATES = `{ inventoryItems(first: 50) { nodes { sku duplicateSkuCount } } }`

test('an item says how many others carry its SKU, which counts letter by letter', async (t) => {
    const talk = await sandboxFor(t)
    await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    await madeProduct(talk, inColours('Bowl', 'Red'))
    await madeProduct(talk, inColours('bowl', 'Blue'))
    const answer = await dataOf<{ inventoryItems: { nodes: { sku: string; duplicateSkuCount: number }[] } }>(
        talk,
        DUPLICATES,
    )
    assert.deepEqual(
        answer.inventoryItems.nodes.map(({ sku, duplicateSkuCount }) => `${sku} ${duplicateSkuCount}`),
        ['Bowl-Red 1', 'Bowl-Blue 0', 'Bowl-Red 1', 'bowl-Blue 0'],
    )
})

const PUBLISH = `mutation Publish($id: ID!, $input: [PublicationInput!]!) {
    publishablePublish(id: $id, input: $input) { userErrors { field message } }
}`
const PUBLISHED = `query Published($id: ID!, $publicationId: ID!) { product(id: $id) {
    publishedOnPublication(publicationId: $publicationId)
    resourcePublicationsV2(first: 5, onlyPublished: false) { nodes { isPublished publication { name } } }
} }`

test('an active product is on a channel once it is published there, a draft waits for it', async (t) => {
    const talk = await sandboxFor(t)
    const { id } = await madeProduct(talk, { title: 'Bowl' })
    const { publications } = await dataOf<{ publications: { nodes: { id: string }[] } }>(
        talk,
        '{ publications(first: 5) { nodes { id } } }',
    )
    const publicationId = publications.nodes[0]!.id
    const seen = () => dataOf(talk, PUBLISHED, { id, publicationId })
    const shown = (on: boolean, nodes: object[]) => ({
        product: { publishedOnPublication: on, resourcePublicationsV2: { nodes } },
    })
    assert.deepEqual(await seen(), shown(false, []))
    await dataOf(talk, PUBLISH, { id, input: [{ publicationId }] })
    const publication = { name: 'Online Store' }
    assert.deepEqual(await seen(), shown(true, [{ isPublished: true, publication }]))
    await setProduct(talk, { status: 'DRAFT' }, { identifier: { id } })
    assert.deepEqual(await seen(), shown(false, [{ isPublished: false, publication }]))
})

type Collected = { id: string; handle: string; products: { nodes: { title: string }[] }; sources: { id: string }[] }
const COLLECTION = 'id handle products(first: 10) { nodes { title } } sources { id }'

test('a collection is made with picked products, and changed, in the model of 2026-07', async (t) => {
    const talk = await sandboxFor(t)
    const [bowl, mug] = [await madeProduct(talk, { title: 'Bowl' }), await madeProduct(talk, { title: 'Mug' })]
    const pick = (...productIds: string[]) => productIds.map((productId) => ({ productId }))
    const made = await dataOf<{ collectionCreate: { collection: Collected } }>(
        talk,
        `mutation Make($collection: CollectionCreateInput!) { collectionCreate(collection: $collection) { collection { ${COLLECTION} } } }`,
        {
            collection: {
                title: 'On sale',
                sources: [{ source: { title: 'picked', inclusion: { selections: pick(bowl.id) } } }],
            },
        },
    )
    const { id, handle, products, sources } = made.collectionCreate.collection
    assert.deepEqual([handle, products.nodes], ['on-sale', [{ title: 'Bowl' }]])
    const inclusion = { selectionsToAdd: pick(mug.id), selectionsToRemove: pick(bowl.id) }
    const changed = await dataOf<{ collectionUpdate: { collection: Collected; job: { done: boolean } } }>(
        talk,
        `mutation Change($collection: CollectionUpdateInput!) {
            collectionUpdate(collection: $collection) { collection { ${COLLECTION} } job { done } userErrors { message } }
        }`,
        { collection: { id, sourcesToUpdate: [{ condition: { id: sources[0]!.id, inclusion } }] } },
    )
    assert.deepEqual(changed.collectionUpdate.collection.products.nodes, [{ title: 'Mug' }])
    assert.equal(changed.collectionUpdate.job.done, false)
})

test('a collection that fills itself follows its products, and takes none by hand', async (t) => {
    const talk = await sandboxFor(t)
    const rules = { appliedDisjunctively: false, rules: [{ column: 'TAG', relation: 'EQUALS', condition: 'eco' }] }
    const body = { shop: NORTHWIND, title: 'Eco', rules }
    const id = `gid://shopify/Collection/${(await talk.control('collection.create', body)).body.id}`
    const mug = await madeProduct(talk, { title: 'Mug' })
    await madeProduct(talk, { title: 'Bowl', tags: ['Eco'] })
    const members = async () => {
        const answer = await dataOf<{ collection: Collected }>(
            talk,
            `query Read($id: ID!) { collection(id: $id) { ${COLLECTION} } }`,
            { id },
        )
        return answer.collection.products.nodes
    }
    assert.deepEqual(await members(), [{ title: 'Bowl' }])
    const refused = await dataOf<{ collectionAddProductsV2: { userErrors: UserErrors } }>(
        talk,
        `mutation Add($id: ID!, $ids: [ID!]!) { collectionAddProductsV2(id: $id, productIds: $ids) { userErrors { code message } } }`,
        { id, ids: [mug.id] },
    )
    assert.equal(refused.collectionAddProductsV2.userErrors[0]!.code, 'CANT_ADD_TO_SMART_COLLECTION')
    assert.deepEqual(await members(), [{ title: 'Bowl' }])
})

const SET_METAFIELDS = `mutation Set($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
    metafields { key value compareDigest } userErrors { field message code elementIndex }
} }`
type SetMetafields = { metafieldsSet: { metafields: { compareDigest: string }[]; userErrors: UserErrors } }

test('metafields are set all or none, and only if they are as they were compared', async (t) => {
    const talk = await sandboxFor(t)
    const { id: ownerId } = await madeProduct(talk, { title: 'Bowl' })
    const set = async (...metafields: object[]) =>
        (await dataOf<SetMetafields>(talk, SET_METAFIELDS, { metafields })).metafieldsSet
    const tier = { ownerId, namespace: 'loyalty', key: 'tier', type: 'number_integer', value: '4' }
    const mixed = await set(tier, { ...tier, key: 'flag', type: 'boolean', value: 'yes' })
    assert.deepEqual(mixed.userErrors, [
        {
            field: ['metafields', '1', 'value'],
            message: 'Value must be true or false.',
            code: 'INVALID_VALUE',
            elementIndex: null,
        },
    ])
    assert.deepEqual((await readProduct(talk, ownerId))!.metafields.nodes, [])
    const { compareDigest } = (await set({ ...tier, compareDigest: null })).metafields[0]!
    assert.equal((await set({ ...tier, compareDigest: null })).userErrors[0]!.code, 'STALE_OBJECT')
    assert.deepEqual((await set({ ...tier, value: '5', compareDigest })).userErrors, [])
    assert.equal((await set({ ...tier, value: '6', compareDigest })).userErrors[0]!.code, 'STALE_OBJECT')
})

test('a product that is deleted asynchronously is there until the operation is complete', async (t) => {
    const talk = await sandboxFor(t)
    const { id } = await madeProduct(talk, { title: 'Bowl' })
    type Deleted = { productDelete: { productDeleteOperation: { id: string } | null; userErrors: UserErrors } }
    const remove = () =>
        dataOf<Deleted>(
            talk,
            `mutation Delete($id: ID!) { productDelete(input: { id: $id }, synchronous: false) {
                productDeleteOperation { id } userErrors { field message }
            } }`,
            { id },
        )
    const operation = (await remove()).productDelete.productDeleteOperation!.id
    assert.deepEqual((await remove()).productDelete.userErrors, [
        { field: null, message: 'Another operation already in progress. Please wait until current one is finished.' },
    ])
    assert.ok(await readProduct(talk, id))
    for (let left = 5; left > 0; left -= 1) {
        await dataOf(talk, 'query Poll($id: ID!) { productOperation(id: $id) { status } }', { id: operation })
    }
    assert.equal(await readProduct(talk, id), null)
})
