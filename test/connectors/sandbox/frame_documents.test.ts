import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, sandboxFor } from '../../helpers/sandbox.ts'

test('a field the schema does not have is refused with its place and path, before anything runs', async (t) => {
    const { ask } = await sandboxFor(t)
    const { status, body } = await ask('query Names {\n  shop {\n    nickname\n  }\n}')
    assert.equal(status, 200)
    assert.deepEqual(body, {
        errors: [
            {
                message: "Field 'nickname' doesn't exist on type 'Shop'",
                locations: [{ line: 3, column: 5 }],
                path: ['query Names', 'shop', 'nickname'],
                extensions: { code: 'undefinedField', typeName: 'Shop', fieldName: 'nickname' },
            },
        ],
    })
})

test('an argument that is not taken leaves its variable unused, and both are told', async (t) => {
    const { ask } = await sandboxFor(t)
    const { body } = await ask('query Q($a: Int) { shop(size: $a) { id } }', { a: 1 })
    assert.deepEqual(
        (body.errors as { extensions: object }[]).map(({ extensions }) => extensions),
        [
            { code: 'argumentNotAccepted', name: 'shop', typeName: 'Field', argumentName: 'size' },
            { code: 'variableNotUsed', variableName: 'a' },
        ],
    )
})

test('missing arguments, impossible literals and unknown input fields have codes of their own', async (t) => {
    const { ask } = await sandboxFor(t)
    const codes = async (query: string) => at((await ask(query)).body, 'errors', 0, 'extensions', 'code')
    assert.equal(await codes('{ bulkOperation { id } }'), 'missingRequiredArguments')
    assert.equal(await codes('{ bulkOperation(id: null) { id } }'), 'argumentLiteralsIncompatible')
    assert.equal(
        await codes('{ bulkOperations(first: 1, sortKey: ID) { nodes { id } } }'),
        'argumentLiteralsIncompatible',
    )
    assert.equal(
        await codes('mutation { productCreate(product: { title: "a", variants: [] }) { userErrors { message } } }'),
        'argumentNotAccepted',
    )
    assert.equal(await codes('{ shop { id plan } }'), 'selectionMismatch')
})

test('variables are judged as a whole, with every problem in its place', async (t) => {
    const { ask } = await sandboxFor(t)
    const query =
        'mutation M($product: ProductCreateInput!) { productCreate(product: $product) { userErrors { message } } }'
    const product = { status: 'GONE', seo: { headline: 'x' } }
    const { body } = await ask(query, { product })
    assert.equal(at(body, 'errors', 0, 'extensions', 'code'), 'INVALID_VARIABLE')
    assert.deepEqual(at(body, 'errors', 0, 'extensions', 'value'), product)
    assert.deepEqual(at(body, 'errors', 0, 'extensions', 'problems'), [
        { path: ['status'], explanation: 'Expected "GONE" to be one of: ACTIVE, ARCHIVED, DRAFT, UNLISTED' },
        { path: ['seo', 'headline'], explanation: 'Field is not defined on SEOInput' },
    ])
    assert.equal(
        at((await ask(query)).body, 'errors', 0, 'message'),
        'Variable $product of type ProductCreateInput! was provided invalid value',
    )
})

test('a list of 251 is too long for any input, and nothing of it is executed', async (t) => {
    const { ask, control } = await sandboxFor(t)
    const tags = Array.from({ length: 251 }, (_, n) => `tag-${n}`)
    const { body } = await ask(
        'mutation M($tags: [String!]) {\n  productUpdate(product: { id: "gid://shopify/Product/1", tags: $tags }) { userErrors { message } }\n}',
        { tags },
    )
    assert.deepEqual(body.errors, [
        {
            message: 'The input array size of 251 is greater than the maximum allowed of 250.',
            locations: [{ line: 2, column: 3 }],
            path: ['productUpdate', 'product', 'tags'],
            extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
        },
    ])
    assert.equal('data' in body, false)
    assert.equal(body.extensions?.cost.actualQueryCost, null)
    assert.deepEqual((await control('calls')).body, { calls: [] })
})

test('an unknown version falls forward to the oldest supported one, and the header says so', async (t) => {
    const { ask } = await sandboxFor(t)
    const served = async (version: string) =>
        (await ask('{ shop { id } }', {}, { version })).headers.get('x-shopify-api-version')
    assert.equal(await served('2026-04'), '2026-04')
    assert.equal(await served('2024-01'), '2025-10')
    const { body } = await ask(
        'mutation M($id: ID!, $key: String!) { locationDeactivate(locationId: $id) @idempotent(key: $key) { location { id } } }',
        { id: 'gid://shopify/Location/1', key: 'k' },
        { version: '2024-01' },
    )
    assert.deepEqual(
        (body.errors as { message: string }[]).map(({ message }) => message),
        ['Directive @idempotent is not defined', 'Variable $key is declared by M but not used'],
    )
})

test('a page needs first or last, and a cursor of another list is refused', async (t) => {
    const { ask } = await sandboxFor(t)
    const { body } = await ask('{ bulkOperations { nodes { id } } }')
    assert.deepEqual(at(body, 'errors', 0, 'message'), 'you must provide one of first or last')
    assert.deepEqual(at(body, 'errors', 0, 'extensions'), { code: 'BAD_REQUEST' })
    const other = await ask('{ bulkOperations(first: 1, after: "bm9uc2Vuc2U=") { nodes { id } } }')
    assert.equal(at(other.body, 'errors', 0, 'extensions', 'code'), 'BAD_REQUEST')
})

test('a root field that is not played says so instead of answering null', async (t) => {
    const { ask } = await sandboxFor(t)
    const { body } = await ask('{ shopifyqlQuery(query: "x") { parseErrors } }')
    assert.match(String(at(body, 'errors', 0, 'message')), /does not play `shopifyqlQuery`/)
})
