import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import {
    dataOf,
    inColours,
    locationsOf,
    madeProduct,
    readProduct,
    type ShownProduct,
    type ShownVariant,
    stockOf,
    type UserErrors,
} from '../../helpers/sandbox_goods.ts'

type Answer = { product: ShownProduct | null; productVariants: ShownVariant[] | null; userErrors: UserErrors }

const ANSWER = `product { id } productVariants { id title sku price inventoryItem { id tracked } } userErrors { field message code }`
const UPDATE = `mutation Update($productId: ID!, $variants: [ProductVariantsBulkInput!]!, $partial: Boolean) {
    answer: productVariantsBulkUpdate(productId: $productId, variants: $variants, allowPartialUpdates: $partial) { ${ANSWER} }
}`
const CREATE = `mutation Create($productId: ID!, $variants: [ProductVariantsBulkInput!]!, $strategy: ProductVariantsBulkCreateStrategy) {
    answer: productVariantsBulkCreate(productId: $productId, variants: $variants, strategy: $strategy) { ${ANSWER} }
}`
const DELETE = `mutation Delete($productId: ID!, $ids: [ID!]!) {
    answer: productVariantsBulkDelete(productId: $productId, variantsIds: $ids) { product { id } userErrors { field message code } }
}`
const REORDER = `mutation Reorder($productId: ID!, $positions: [ProductVariantPositionInput!]!) {
    answer: productVariantsBulkReorder(productId: $productId, positions: $positions) { product { id } userErrors { field message code } }
}`

async function call(talk: Talk, document: string, variables: object): Promise<Answer> {
    return (await dataOf<{ answer: Answer }>(talk, document, variables)).answer
}

const ofColour = (name: string) => [{ optionName: 'Color', name }]

test('an update is all or nothing, unless partial updates are allowed', async (t) => {
    const talk = await sandboxFor(t)
    const { id: productId, variants } = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    const [red, blue] = variants.nodes
    const given = [
        { id: red!.id, price: '9.99', inventoryItem: { sku: 'RED' } },
        { id: blue!.id, price: '-1.00' },
    ]
    const prices = async () =>
        (await readProduct(talk, productId))!.variants.nodes.map(({ sku, price }) => [sku, price])
    const refused = await call(talk, UPDATE, { productId, variants: given })
    const negative = { field: ['variants', '1', 'price'], message: 'Price must be greater than or equal to 0' }
    assert.deepEqual(refused.userErrors, [{ ...negative, code: 'GREATER_THAN_OR_EQUAL_TO' }])
    assert.deepEqual(await prices(), [
        ['Bowl-Red', '10.00'],
        ['Bowl-Blue', '10.00'],
    ])
    const partial = await call(talk, UPDATE, { productId, variants: given, partial: true })
    assert.deepEqual(partial.userErrors, refused.userErrors)
    assert.deepEqual(await prices(), [
        ['RED', '9.99'],
        ['Bowl-Blue', '10.00'],
    ])
})

test('the compare-at price is blamed before the price', async (t) => {
    const talk = await sandboxFor(t)
    const { id: productId, variants } = await madeProduct(talk, inColours('Bowl', 'Red'))
    const given = [{ id: variants.nodes[0]!.id, price: '-1.00', compareAtPrice: '1000000000000000000' }]
    const { userErrors } = await call(talk, UPDATE, { productId, variants: given })
    assert.deepEqual(
        userErrors.map(({ field, message, code }) => [field?.[2], message, code]),
        [
            ['compareAtPrice', 'must be less than 1000000000000000000', 'INVALID_INPUT'],
            ['price', 'Price must be greater than or equal to 0', 'GREATER_THAN_OR_EQUAL_TO'],
        ],
    )
})

test('quantities cannot be updated with a variant, only given when it is made', async (t) => {
    const talk = await sandboxFor(t)
    const { id: productId, variants } = await madeProduct(talk, inColours('Bowl', 'Red'))
    const inventoryQuantities = [{ availableQuantity: 4, locationId: (await locationsOf(talk))[0]!.id }]
    const update = { id: variants.nodes[0]!.id, inventoryQuantities }
    const { userErrors } = await call(talk, UPDATE, { productId, variants: [update] })
    assert.equal(userErrors[0]!.code, 'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE')
    const made = await call(talk, CREATE, {
        productId,
        variants: [{ optionValues: ofColour('Blue'), inventoryQuantities }],
    })
    assert.deepEqual(await stockOf(talk, made.productVariants![0]!.inventoryItem.id), { 'Main warehouse': 4 })
})

test('the first real variant takes the place of the default one, by default or on demand', async (t) => {
    const talk = await sandboxFor(t)
    const titles = async (input: object, strategy: string, optionValues: object[]) => {
        const { id: productId } = await madeProduct(talk, input)
        await call(talk, CREATE, { productId, strategy, variants: [{ optionValues }] })
        const product = await readProduct(talk, productId)
        return [product!.options[0]!.values, product!.variants.nodes.map(({ title }) => title)]
    }
    const [standalone, colour] = [{ title: 'Bowl' }, inColours('Cup', 'Red')]
    const blue = [{ optionName: 'Title', name: 'Blue' }]
    assert.deepEqual(await titles(standalone, 'DEFAULT', blue), [['Blue'], ['Blue']])
    assert.deepEqual(await titles(standalone, 'PRESERVE_STANDALONE_VARIANT', blue), [
        ['Default Title', 'Blue'],
        ['Default Title', 'Blue'],
    ])
    assert.deepEqual(await titles(colour, 'DEFAULT', ofColour('Blue')), [
        ['Red', 'Blue'],
        ['Red', 'Blue'],
    ])
    assert.deepEqual(await titles(colour, 'REMOVE_STANDALONE_VARIANT', ofColour('Blue')), [['Blue'], ['Blue']])
})

test('a combination that exists is not made again', async (t) => {
    const talk = await sandboxFor(t)
    const { id: productId } = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    const { userErrors } = await call(talk, CREATE, { productId, variants: [{ optionValues: ofColour('Red') }] })
    assert.deepEqual(userErrors, [
        {
            field: ['variants', '0'],
            message: "The variant 'Red' already exists. Please change at least one option value.",
            code: 'VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE',
        },
    ])
})

test('a product keeps one variant, and others cannot be deleted through it', async (t) => {
    const talk = await sandboxFor(t)
    const bowl = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    const cup = await madeProduct(talk, inColours('Cup', 'Red'))
    const ids = bowl.variants.nodes.map(({ id }) => id)
    const codes = async (productId: string, wanted: string[]) =>
        (await call(talk, DELETE, { productId, ids: wanted })).userErrors.map(({ code }) => code)
    assert.deepEqual(await codes(bowl.id, ids), ['CANNOT_DELETE_LAST_VARIANT'])
    assert.deepEqual(await codes(cup.id, [ids[0]!]), ['AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT'])
    assert.deepEqual(await codes(bowl.id, [ids[0]!]), [])
    assert.deepEqual(
        (await readProduct(talk, bowl.id))!.variants.nodes.map(({ id }) => id),
        [ids[1]],
    )
})

test('variants that are reordered go to their positions, the rest close up', async (t) => {
    const talk = await sandboxFor(t)
    const { id: productId, variants } = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue', 'Green'))
    const [red, , green] = variants.nodes.map(({ id }) => id)
    const refused = async (positions: object[]) =>
        (await call(talk, REORDER, { productId, positions })).userErrors.map(
            ({ field, code }) => `${field?.join('.')} ${code}`,
        )
    assert.deepEqual(await refused([{ id: green, position: 0 }]), ['positions.0.position INVALID_POSITION'])
    assert.deepEqual(
        await refused([
            { id: green, position: 1 },
            { id: green, position: 2 },
        ]),
        ['positions DUPLICATED_VARIANT_ID'],
    )
    assert.deepEqual(await refused([{ id: 'gid://shopify/ProductVariant/9', position: 1 }]), [
        'positions.0.id MISSING_VARIANT',
    ])
    await call(talk, REORDER, {
        productId,
        positions: [
            { id: green, position: 1 },
            { id: red, position: 2 },
        ],
    })
    assert.deepEqual(
        (await readProduct(talk, productId))!.variants.nodes.map(({ title }) => title),
        ['Green', 'Red', 'Blue'],
    )
})

test('an option is renamed with its values, and its variants follow', async (t) => {
    const talk = await sandboxFor(t)
    const { id: productId } = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    type Options = { id: string; name: string; optionValues: { id: string; name: string }[] }[]
    const READ = 'query Read($id: ID!) { product(id: $id) { options { id name optionValues { id name } } } }'
    const read = async () =>
        (await dataOf<{ product: { options: Options } }>(talk, READ, { id: productId })).product.options
    const RENAME = `mutation Rename($productId: ID!, $option: OptionUpdateInput!, $values: [OptionValueUpdateInput!]) {
        answer: productOptionUpdate(productId: $productId, option: $option, optionValuesToUpdate: $values) {
            product { id } userErrors { field message code }
        }
    }`
    const [colour] = await read()
    const option = { id: colour!.id, name: 'Colour' }
    const values = [{ id: colour!.optionValues[0]!.id, name: 'Crimson' }]
    const renamed = await call(talk, RENAME, { productId, option, values })
    assert.deepEqual(renamed.userErrors, [])
    const [after] = await read()
    assert.deepEqual([after!.name, after!.optionValues.map(({ name }) => name)], ['Colour', ['Crimson', 'Blue']])
    const titles = (await readProduct(talk, productId))!.variants.nodes.map(({ title }) => title)
    assert.deepEqual(titles, ['Crimson', 'Blue'])
    const gone = await call(talk, RENAME, { productId, option: { id: 'gid://shopify/ProductOption/1', name: 'x' } })
    assert.deepEqual(gone.userErrors, [
        { field: ['option'], message: 'Option does not exist', code: 'OPTION_DOES_NOT_EXIST' },
    ])
})
