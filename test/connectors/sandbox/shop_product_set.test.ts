import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sandboxFor } from '../../helpers/sandbox.ts'
import { dataOf, inColours, madeProduct, readProduct, setProduct } from '../../helpers/sandbox_goods.ts'

const skus = (product: { variants: { nodes: { sku: string | null }[] } }) =>
    product.variants.nodes.map(({ sku }) => sku)

test('a set that leaves out a variant deletes it, and those that stay keep their ids', async (t) => {
    const talk = await sandboxFor(t)
    const made = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    const { product } = await setProduct(talk, inColours('Bowl', 'Blue', 'Green'), { identifier: { id: made.id } })
    assert.deepEqual(skus(product!), ['Bowl-Blue', 'Bowl-Green'])
    assert.equal(product!.variants.nodes[0]!.id, made.variants.nodes[1]!.id)
    assert.equal(product!.options[0]!.id, made.options[0]!.id)
})

test('a set without options and variants leaves the variants alone, and fields that are not named', async (t) => {
    const talk = await sandboxFor(t)
    const made = await madeProduct(talk, {
        ...inColours('Bowl', 'Red', 'Blue'),
        descriptionHtml: '<p>Round.</p>',
        tags: ['b', 'a'],
    })
    const { product } = await setProduct(talk, { title: 'Cup' }, { identifier: { id: made.id } })
    assert.deepEqual(product!.variants, made.variants)
    assert.deepEqual([product!.title, product!.descriptionHtml, product!.tags], ['Cup', '<p>Round.</p>', ['a', 'b']])
})

test('lists that are given are replaced as wholes, an empty one empties', async (t) => {
    const talk = await sandboxFor(t)
    const material = { namespace: 'custom', key: 'material', type: 'single_line_text_field', value: 'clay' }
    const made = await madeProduct(talk, {
        ...inColours('Bowl', 'Red'),
        tags: ['a'],
        metafields: [material, { ...material, key: 'glaze' }],
        files: [{ originalSource: 'https://pictures.example/1.jpg', alt: 'one' }],
    })
    assert.equal(made.metafields.nodes.length, 2)
    const identifier = { id: made.id }
    const { product } = await setProduct(talk, { tags: [], metafields: [material], files: [] }, { identifier })
    assert.deepEqual(product!.tags, [])
    assert.deepEqual(
        product!.metafields.nodes.map(({ key }) => key),
        ['material'],
    )
    assert.deepEqual(product!.media.nodes, [])
})

test('a set of which one part is refused writes nothing', async (t) => {
    const talk = await sandboxFor(t)
    const made = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    const input = inColours('Cup', 'Red', 'Green')
    input.variants[1]!.price = '-1'
    const { product, userErrors } = await setProduct(talk, input, { identifier: { id: made.id } })
    assert.equal(product, null)
    assert.deepEqual(userErrors[0]!.field, ['input', 'variants', '1', 'price'])
    assert.deepEqual(await readProduct(talk, made.id), made)
})

test('what is refused is told in the words and at the places that were recorded', async (t) => {
    const talk = await sandboxFor(t)
    const errorsOf = async (input: object, more: object = {}) =>
        (await setProduct(talk, input, more)).userErrors.map(({ field, message, code }) => [
            field?.join('.'),
            message,
            code,
        ])
    const long = 's'.repeat(256)
    assert.deepEqual(await errorsOf({ title: long }), [
        ['input.title', 'is too long (maximum is 255 characters)', 'INVALID_PRODUCT'],
        ['input', 'Handle is too long (maximum is 255 characters)', 'INVALID_PRODUCT'],
    ])
    assert.deepEqual(
        (await errorsOf({ title: 'x', productType: long })).map(([, message]) => message),
        [
            'Product type is too long (maximum is 255 characters)',
            'Custom product type is too long (maximum is 255 characters)',
        ],
    )
    assert.deepEqual(await errorsOf({ id: 'gid://shopify/Product/1', title: 'x' }), [
        ['input.id', 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST'],
    ])
    assert.deepEqual(await errorsOf({ id: 'gid://shopify/Product/1', title: 'x' }, { identifier: { handle: 'x' } }), [
        ['input', 'The id field is not allowed if identifier is provided.', 'ID_NOT_ALLOWED'],
    ])
    const { variants: _, ...onlyOptions } = inColours('Bowl', 'Red')
    assert.deepEqual(await errorsOf(onlyOptions), [
        ['input.variants', 'Variants input is required when updating product options', 'VARIANTS_INPUT_MISSING'],
    ])
    const [message] = (await errorsOf(inColours('Bowl', 'S / Red', 'Blue', 'S / Red'))).map(([, text]) => text)
    assert.equal(message, 'Duplicated option value.')
})

test('a title that is taken gets the next free handle, a handle that is taken is refused', async (t) => {
    const talk = await sandboxFor(t)
    assert.equal((await madeProduct(talk, { title: 'Bowl 7' })).handle, 'bowl-7')
    assert.equal((await madeProduct(talk, { title: 'Bowl 7' })).handle, 'bowl-8')
    assert.equal((await madeProduct(talk, { title: 'Café Bowl' })).handle, 'cafe-bowl')
    assert.equal((await madeProduct(talk, { title: 'Café Bowl' })).handle, 'cafe-bowl-1')
    const { userErrors } = await setProduct(talk, { title: 'Other', handle: 'bowl-7' })
    assert.equal(userErrors[0]!.code, 'HANDLE_NOT_UNIQUE')
})

test('a custom id finds the product it made before, and no second product can take it', async (t) => {
    const talk = await sandboxFor(t)
    const origin = { namespace: 'crossdock', key: 'origin', value: 'northwind:1' }
    const input = { title: 'Bowl', metafields: [{ ...origin, type: 'id' }] }
    const early = await setProduct(talk, input, { identifier: { customId: origin } })
    assert.equal(early.userErrors[0]!.message, "Metafield definition of type 'id' is required when using custom ids.")
    await dataOf(
        talk,
        `mutation { metafieldDefinitionCreate(definition: {
            name: "Origin", namespace: "crossdock", key: "origin", type: "id", ownerType: PRODUCT
        }) { createdDefinition { id } userErrors { field } } }`,
    )
    const first = await setProduct(talk, input, { identifier: { customId: origin } })
    const again = await setProduct(talk, { ...input, title: 'Cup' }, { identifier: { customId: origin } })
    assert.equal(again.product!.id, first.product!.id)
    assert.equal((await setProduct(talk, input)).userErrors[0]!.code, 'CAPABILITY_VIOLATION')
    const without = await setProduct(talk, { title: 'Cup', metafields: [] }, { identifier: { customId: origin } })
    assert.equal(without.userErrors[0]!.code, 'METAFIELD_MISMATCH')
    const found = await dataOf(
        talk,
        `query Find($customId: UniqueMetafieldValueInput!) { productByIdentifier(identifier: { customId: $customId }) { id title } }`,
        { customId: origin },
    )
    assert.deepEqual(found, { productByIdentifier: { id: first.product!.id, title: 'Cup' } })
})

test('an asynchronous set answers with an operation, which names the product or its errors when it is complete', async (t) => {
    const talk = await sandboxFor(t)
    const ended = async (input: object) => {
        const { product, productSetOperation } = await setProduct(talk, input, { synchronous: false })
        assert.deepEqual([product, productSetOperation!.status], [null, 'CREATED'])
        return dataOf(
            talk,
            `query Operation($id: ID!) { productOperation(id: $id) {
                status product { title } ... on ProductSetOperation { userErrors { message } }
            } }`,
            { id: productSetOperation!.id },
        )
    }
    assert.deepEqual(await ended({ title: 'Bowl' }), {
        productOperation: { status: 'COMPLETE', product: { title: 'Bowl' }, userErrors: [] },
    })
    assert.deepEqual(await ended({ title: ' ' }), {
        productOperation: { status: 'COMPLETE', product: null, userErrors: [{ message: "Title can't be blank" }] },
    })
})

test('a variant shows the file of the product that its input names', async (t) => {
    const talk = await sandboxFor(t)
    const input = inColours('Bowl', 'Red', 'Blue')
    const files = ['1', '2'].map((name) => ({ originalSource: `https://pictures.example/${name}.jpg`, alt: name }))
    const variants = input.variants.map((variant, place) => ({ ...variant, file: files[1 - place] }))
    const made = await madeProduct(talk, { ...input, files, variants })
    const answer = await dataOf<{ product: { variants: { nodes: { media: { nodes: { alt: string }[] } }[] } } }>(
        talk,
        `query Read($id: ID!) { product(id: $id) { variants(first: 5) { nodes { media(first: 5) { nodes { alt } } } } } }`,
        { id: made.id },
    )
    assert.deepEqual(
        answer.product.variants.nodes.map(({ media }) => media.nodes.map(({ alt }) => alt)),
        [['2'], ['1']],
    )
})
