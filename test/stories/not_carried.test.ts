import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, SOUTHWIND, single } from '../helpers/cast.ts'
import { plain, type Story, startStory } from '../helpers/story.ts'

/** What Crossdock does not carry yet, it leaves alone on both sides. */

const SET = `mutation set($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { userErrors { message } }
}`

/** A merchant's own metafield at a product, as an app of theirs sets it. */
async function setMetafield({ sandbox }: Story, domain: string, field: Record<string, string>) {
    const answer = await fetch(`${sandbox.originOf(domain)}/admin/api/2026-07/graphql.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': `token-${domain}` },
        body: JSON.stringify({ query: SET, variables: { metafields: [field] } }),
    })
    const { data } = (await answer.json()) as { data: { metafieldsSet: { userErrors: unknown[] } } }
    assert.deepEqual(data.metafieldsSet.userErrors, [])
}

const foreign = (metafields: { namespace: string; key: string; value: string }[]) =>
    metafields.filter(({ namespace }) => namespace !== 'crossdock').map(({ key, value }) => `${key} ${value}`)

test('rule 51: a metafield that refers to a product by its id is not copied, when its product is created or later', async (t) => {
    const story = await startStory(t, {
        goods: { [NORTHWIND]: [single('Mug', 'MUG-1'), single('Lamp', 'LAMP-1')] },
        connections: [{ destination: CORNER_SHOP, settings: plain() }],
    })
    const [mug, lamp] = await Promise.all(['mug', 'lamp'].map((handle) => story.product(NORTHWIND, handle)))
    const gid = (id: number) => `gid://shopify/Product/${id}`
    const refersTo = (id: number) => ({
        ...{ ownerId: gid(mug!.id), namespace: 'custom', key: 'goes_with', type: 'product_reference', value: gid(id) },
    })
    await setMetafield(story, NORTHWIND, refersTo(lamp!.id))
    assert.deepEqual(foreign((await story.product(NORTHWIND, 'mug')).metafields), [`goes_with ${gid(lamp!.id)}`])
    await story.firstSync()
    assert.deepEqual(foreign((await story.product(CORNER_SHOP, 'mug')).metafields), [])

    const there = await story.product(CORNER_SHOP, 'mug')
    await setMetafield(story, CORNER_SHOP, { ...refersTo(there.id), ownerId: gid(there.id) })
    await setMetafield(story, NORTHWIND, refersTo(mug!.id))
    await story.nightly()
    const own = foreign((await story.product(CORNER_SHOP, 'mug')).metafields)
    assert.deepEqual(own, [`goes_with ${gid(there.id)}`], "the destination's own stands")
})

test('rule 50: two sources with a collection of one handle take nothing out of that of the destination', async (t) => {
    const story = await startStory(t, {
        goods: {
            [NORTHWIND]: [single('Mug', 'MUG-1')],
            [SOUTHWIND]: [single('Lamp', 'LAMP-1')],
            [CORNER_SHOP]: [single('Our kettle', 'KETTLE-1')],
        },
        connections: [
            { destination: CORNER_SHOP, settings: plain({ scopes: [{ kind: 'collection', value: 'summer' }] }) },
            {
                source: SOUTHWIND,
                destination: CORNER_SHOP,
                settings: plain({ scopes: [{ kind: 'collection', value: 'summer' }] }),
            },
        ],
    })
    const fill = (shop: string, productHandles: string[]) =>
        story.edit(shop, 'collection.create', { title: 'Summer', handle: 'summer', productHandles })
    await fill(NORTHWIND, ['mug'])
    await fill(SOUTHWIND, ['lamp'])
    await fill(CORNER_SHOP, ['our-kettle'])
    await story.firstSync()
    const members = async () => {
        const { collections, products } = await story.state(CORNER_SHOP)
        const summer = collections.find(({ handle }) => handle === 'summer')!
        return products.filter(({ id }) => summer.productIds.includes(id)).map(({ handle }) => handle)
    }
    assert.deepEqual((await story.state(CORNER_SHOP)).products.map(({ handle }) => handle).toSorted(), [
        'lamp',
        'mug',
        'our-kettle',
    ])
    assert.deepEqual(await members(), ['our-kettle'])
    await story.edit(NORTHWIND, 'collection.remove', { collection: 'summer', productHandles: ['mug'] })
    await story.nightly()
    assert.deepEqual(await members(), ['our-kettle'])
})
