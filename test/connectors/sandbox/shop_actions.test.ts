import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'

type Plain = {
    products: {
        id: number
        title: string
        tags: string[]
        updatedAt: string
        publishedOn: number[]
        media: { id: number; alt: string; url: string; originalSource: string }[]
        variants: { sku: string; price: string; levels: { available: number; committed: number; onHand: number }[] }[]
    }[]
    collections: { handle: string; productIds: number[] }[]
}

async function plain({ sandbox }: Talk): Promise<Plain> {
    return (await (await fetch(`${sandbox.url}/control/state?shop=${NORTHWIND}`)).json()) as Plain
}

const act = ({ control }: Talk, verb: string, body: object) => control(verb, { shop: NORTHWIND, ...body })

test('a merchant makes a product, edits it and its stock by hand, and the plain state tells of it', async (t) => {
    const talk = await sandboxFor(t)
    const made = await act(talk, 'product.create', {
        title: 'Oak Bowl',
        options: ['Color'],
        variants: [
            { sku: 'BOWL-1', price: '12', options: ['Red'], available: 5 },
            { sku: 'BOWL-2', price: '13.5', options: ['Blue'] },
        ],
        images: ['https://pictures.example/bowl.jpg'],
        published: true,
    })
    assert.equal(made.status, 200)
    await act(talk, 'product.edit', { sku: 'BOWL-1', set: { title: 'Oak Bowl, large' } })
    await act(talk, 'variant.edit', { sku: 'BOWL-2', set: { price: '14' } })
    await act(talk, 'tag.add', { handle: 'oak-bowl', tag: ' Sale ' })
    await act(talk, 'level.sell', { sku: 'BOWL-1', quantity: 2 })
    await act(talk, 'collection.create', { title: 'Bowls', productHandles: ['oak-bowl'] })
    const { products, collections } = await plain(talk)
    const [product] = products
    assert.equal(product?.title, 'Oak Bowl, large')
    assert.deepEqual(product.tags, ['Sale'])
    assert.equal(product.publishedOn.length, 1)
    assert.deepEqual(
        product.variants.map(({ sku, price }) => [sku, price]),
        [
            ['BOWL-1', '12.00'],
            ['BOWL-2', '14.00'],
        ],
    )
    const { available, committed, onHand } = product.variants[0]!.levels[0]!
    assert.deepEqual({ available, committed, onHand }, { available: 3, committed: 2, onHand: 5 })
    assert.deepEqual(collections, [{ ...collections[0], handle: 'bowls', productIds: [product.id] }])
})

test('images get the shop own name and address, and keep their order when moved', async (t) => {
    const talk = await sandboxFor(t)
    await act(talk, 'product.create', { title: 'Mug', images: ['https://a.example/1.jpg', 'https://a.example/2.jpg'] })
    await act(talk, 'image.add', { handle: 'mug', src: 'https://a.example/3.png', alt: 'third', position: 1 })
    await act(talk, 'image.move', { handle: 'mug', position: 1, to: 3 })
    await act(talk, 'image.remove', { handle: 'mug', position: 1 })
    const [product] = (await plain(talk)).products
    assert.deepEqual(
        product?.media.map(({ originalSource }) => originalSource),
        ['https://a.example/2.jpg', 'https://a.example/3.png'],
    )
    for (const { url, originalSource } of product.media) {
        assert.notEqual(url, originalSource)
        assert.ok(!url.endsWith(originalSource.slice(originalSource.lastIndexOf('/'))))
    }
})

test('counting stock by hand moves the updatedAt of the product only now and then', async (t) => {
    const talk = await sandboxFor(t)
    await act(talk, 'product.create', { title: 'Mug', variants: [{ sku: 'MUG' }] })
    const moved: boolean[] = []
    for (let count = 1; count <= 6; count += 1) {
        await talk.control('clock.advance', { seconds: 60 })
        const before = (await plain(talk)).products[0]!.updatedAt
        await act(talk, 'level.set', { sku: 'MUG', available: count })
        moved.push((await plain(talk)).products[0]!.updatedAt !== before)
    }
    assert.ok(moved.includes(true) && moved.includes(false), moved.join())
})

test('an action that names nothing the shop has is refused with what there is', async (t) => {
    const talk = await sandboxFor(t)
    const answer = await act(talk, 'product.edit', { sku: 'NO-SUCH', set: {} })
    assert.notEqual(answer.status, 200)
    assert.match(JSON.stringify(answer.body), /named by id, handle or sku/)
})
