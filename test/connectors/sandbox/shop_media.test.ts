import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import {
    dataOf,
    inColours,
    madeProduct,
    readProduct,
    type ShownProduct,
    type UserErrors,
} from '../../helpers/sandbox_goods.ts'

const SOURCES = ['https://pictures.example/front.jpg', 'https://pictures.example/back.jpg']

function productWithPictures(talk: Talk): Promise<ShownProduct> {
    const files = SOURCES.map((originalSource, place) => ({ originalSource, alt: `picture ${place + 1}` }))
    return madeProduct(talk, { ...inColours('Bowl', 'Red', 'Blue'), files })
}

test('a picture is uploaded, then processing, then ready under an address of the shop own', async (t) => {
    const talk = await sandboxFor(t)
    const made = await productWithPictures(talk)
    const seen = async () => (await readProduct(talk, made.id))!.media.nodes[0]!
    assert.equal(made.media.nodes[0]!.status, 'UPLOADED')
    assert.deepEqual(
        [await seen(), made.media.nodes[0]!.image],
        [{ ...made.media.nodes[0], status: 'PROCESSING' }, null],
    )
    const ready = await seen()
    assert.equal(ready.status, 'READY')
    assert.ok(ready.image!.url.startsWith(talk.sandbox.originOf('northwind.example')), ready.image!.url)
    assert.ok(!ready.image!.url.includes('front.jpg'), ready.image!.url)
})

test('a picture is ready by the clock, too', async (t) => {
    const talk = await sandboxFor(t)
    const made = await productWithPictures(talk)
    await talk.control('clock.advance', { seconds: 61 })
    const { media } = (await readProduct(talk, made.id))!
    assert.deepEqual(
        media.nodes.map(({ status }) => status),
        ['READY', 'READY'],
    )
})

const UPDATE_FILES = `mutation Update($files: [FileUpdateInput!]!) {
    fileUpdate(files: $files) { files { id alt } userErrors { field message code } }
}`
const APPEND = `mutation Append($productId: ID!, $pairs: [ProductVariantAppendMediaInput!]!) {
    answer: productVariantAppendMedia(productId: $productId, variantMedia: $pairs) {
        productVariants { media(first: 5) { nodes { id } } } userErrors { field message code }
    }
}`
type Updated = { fileUpdate: { files: { alt: string }[] | null; userErrors: UserErrors } }

test('a file changes its text and its products only when it is ready', async (t) => {
    const talk = await sandboxFor(t)
    const bowl = await productWithPictures(talk)
    const cup = await madeProduct(talk, { title: 'Cup' })
    const [front, back] = bowl.media.nodes.map(({ id }) => id)
    const files = [
        { id: front, alt: 'front', referencesToAdd: [cup.id] },
        { id: back, referencesToRemove: [bowl.id] },
    ]
    const early = await dataOf<Updated>(talk, UPDATE_FILES, { files })
    assert.deepEqual(
        early.fileUpdate.userErrors.map(({ code }) => code),
        ['NON_READY_STATE', 'NON_READY_STATE'],
    )
    await talk.control('clock.advance', { seconds: 61 })
    await dataOf<Updated>(talk, UPDATE_FILES, { files })
    const alts = async (id: string) => (await readProduct(talk, id))!.media.nodes.map(({ alt }) => alt)
    assert.deepEqual([await alts(bowl.id), await alts(cup.id)], [['front'], ['front']])
})

test('a variant takes one ready picture of its own product, and is told why not another', async (t) => {
    const talk = await sandboxFor(t)
    const bowl = await productWithPictures(talk)
    const cup = await madeProduct(talk, inColours('Cup', 'Red'))
    const [front, back] = bowl.media.nodes.map(({ id }) => id)
    const [red] = bowl.variants.nodes.map(({ id }) => id)
    type Answer = { answer: { productVariants: { media: { nodes: object[] } }[] | null; userErrors: UserErrors } }
    const append = async (variantId: string, ...mediaIds: string[]) => {
        const { answer } = await dataOf<Answer>(talk, APPEND, { productId: bowl.id, pairs: [{ variantId, mediaIds }] })
        return answer.userErrors[0]?.code ?? answer.productVariants![0]!.media.nodes
    }
    assert.equal(await append(red!, front!), 'NON_READY_MEDIA')
    await talk.control('clock.advance', { seconds: 61 })
    assert.equal(await append(red!, front!, back!), 'TOO_MANY_MEDIA_PER_INPUT_PAIR')
    assert.equal(await append(red!), 'BLANK')
    assert.equal(await append(cup.variants.nodes[0]!.id, front!), 'PRODUCT_VARIANT_DOES_NOT_EXIST_ON_PRODUCT')
    assert.equal(await append(red!, 'gid://shopify/MediaImage/9'), 'MEDIA_DOES_NOT_EXIST_ON_PRODUCT')
    assert.deepEqual(await append(red!, front!), [{ id: front }])
    assert.equal(await append(red!, back!), 'PRODUCT_VARIANT_ALREADY_HAS_MEDIA')
})

test('media that is moved counts its place from 0, and deleted media is gone from product and variants', async (t) => {
    const talk = await sandboxFor(t)
    const { id, media } = await productWithPictures(talk)
    const [front, back] = media.nodes.map((one) => one.id)
    const order = async () => (await readProduct(talk, id))!.media.nodes.map((one) => one.id)
    await dataOf(
        talk,
        `mutation Move($id: ID!, $moves: [MoveInput!]!) { productReorderMedia(id: $id, moves: $moves) { job { id done } } }`,
        { id, moves: [{ id: back, newPosition: '0' }] },
    )
    assert.deepEqual(await order(), [back, front])
    await dataOf(talk, `mutation Delete($ids: [ID!]!) { fileDelete(fileIds: $ids) { deletedFileIds } }`, {
        ids: [back],
    })
    assert.deepEqual(await order(), [front])
})

test('a file whose source is no address fails instead of becoming ready', async (t) => {
    const talk = await sandboxFor(t)
    const product = await madeProduct(talk, {
        title: 'Bowl',
        files: [{ originalSource: 'ftp://pictures.example/1.jpg' }],
    })
    await talk.control('clock.advance', { seconds: 61 })
    assert.equal((await readProduct(talk, product.id))!.media.nodes[0]!.status, 'FAILED')
})
