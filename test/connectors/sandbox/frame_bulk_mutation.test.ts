import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import { ended, linesAt, runMutation, upload } from '../../helpers/sandbox_bulk.ts'

const SET = `mutation Set($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { metafields { id value } userErrors { message code } }
}`
const filled = { shops: [{ domain: NORTHWIND, catalogue: { products: 40, seed: 3 } }] }

function lineFor(id: number, value: string, more: object = {}) {
    const metafield = { ownerId: `gid://shopify/Product/${id}`, namespace: 'custom', key: 'note', value, ...more }
    return JSON.stringify({ metafields: [{ type: 'single_line_text_field', ...metafield }] })
}

const productsOf = ({ sandbox }: Talk) => [...(sandbox.shops.get(NORTHWIND)?.products.values() ?? [])]

test('every line is executed once, in another order than sent, and found again by its 0-based number', async (t) => {
    const talk = await sandboxFor(t, filled)
    const products = productsOf(talk)
    const sent = products.map(({ id }, number) => lineFor(id, `line ${number}`))
    const { key, status, xml } = await upload(talk, `${sent.join('\n')}\n`)
    assert.equal(status, 201)
    assert.ok(xml.includes(`<Key>${key}</Key>`))
    const operation = await ended(talk, await runMutation(talk, SET, key))
    assert.deepEqual([operation.status, operation.objectCount, operation.type], ['COMPLETED', '40', 'MUTATION'])
    const lines = await linesAt(operation.url)
    const numbers = lines.map(({ __lineNumber }) => Number(__lineNumber))
    assert.deepEqual(
        numbers.toSorted((a, b) => a - b),
        products.map((_, number) => number),
    )
    assert.notDeepEqual(
        numbers,
        products.map((_, number) => number),
    )
    for (const line of lines) {
        const value = at(line, 'data', 'metafieldsSet', 'metafields', 0, 'value')
        assert.equal(value, `line ${line.__lineNumber}`)
    }
    assert.ok(products.every(({ metafields }) => metafields.some(({ value }) => value.startsWith('line '))))
})

test('a line that fails fails alone: business errors in data, the others as errors without data', async (t) => {
    const talk = await sandboxFor(t, filled)
    const [first] = productsOf(talk)
    const content = [
        lineFor(first?.id ?? 0, 'good'),
        lineFor(1, 'no such owner'),
        lineFor(first?.id ?? 0, 'x', { colour: 'red' }),
        '{"metafields": [',
    ].join('\n')
    const operation = await ended(talk, await runMutation(talk, SET, (await upload(talk, content)).key))
    assert.equal(operation.status, 'COMPLETED')
    const lines = (await linesAt(operation.url)).toSorted((a, b) => Number(a.__lineNumber) - Number(b.__lineNumber))
    assert.deepEqual(at(lines[0], 'data', 'metafieldsSet', 'userErrors'), [])
    assert.equal((at(lines[1], 'data', 'metafieldsSet', 'userErrors') as unknown[]).length, 1)
    assert.equal(at(lines[2], 'errors', 0, 'extensions', 'code'), 'INVALID_VARIABLE')
    assert.equal('data' in (lines[2] ?? {}), false)
    assert.equal((at(lines[3], 'errors') as unknown[]).length, 1)
})

test('a form with the file first is not taken, and its path cannot be run', async (t) => {
    const talk = await sandboxFor(t)
    const { key, status } = await upload(talk, '{}', 'first')
    assert.equal(status, 400)
    assert.equal((await runMutation(talk, SET, key)).userErrors[0]?.code, 'NO_SUCH_FILE')
})

test('neither the url nor the resource url is the path to run', async (t) => {
    const talk = await sandboxFor(t, filled)
    const { target } = await upload(talk, lineFor(1, 'x'))
    assert.equal((await runMutation(talk, SET, target.url)).userErrors[0]?.code, 'NO_SUCH_FILE')
})

test('what bulk mutations cannot be is refused in Shopify’s words', async (t) => {
    const talk = await sandboxFor(t)
    const refusal = async (mutation: string, more: object = {}) =>
        (await runMutation(talk, mutation, 'x', more)).userErrors[0]
    assert.equal(
        (await refusal('{ shop { id } }'))?.message,
        'Invalid operation type. Only `mutation` operations are supported.',
    )
    assert.equal(
        (await refusal('mutation { not parseable'))?.message,
        'Failed to parse the mutation - syntax error, unexpected end of file at [1, 16]',
    )
    assert.equal(
        (
            await refusal(
                'mutation { a: tagsAdd(id: "x", tags: []) { userErrors { message } } b: tagsAdd(id: "x", tags: []) { userErrors { message } } }',
            )
        )?.message,
        'You must specify a single top level mutation.',
    )
    assert.equal(
        (await refusal('mutation M($q: String!) { bulkOperationRunQuery(query: $q) { userErrors { message } } }'))
            ?.message,
        'You must use an allowed mutation name.',
    )
    const two = 'product { variants { edges { node { id } } } media { edges { node { id } } } }'
    assert.equal(
        (await refusal(`mutation M($p: ProductCreateInput!) { productCreate(product: $p) { ${two} } }`))?.message,
        'Bulk mutations cannot contain more than 1 connection.',
    )
    assert.equal(
        (await refusal(SET, { clientIdentifier: 'short' }))?.message,
        'is too short (minimum is 10 characters)',
    )
})

test('queries and mutations do not share slots', async (t) => {
    const talk = await sandboxFor(t, filled)
    await talk.control('bulk.set', { hold: true })
    const { key } = await upload(talk, lineFor(1, 'x'))
    for (let n = 0; n < 5; n += 1) assert.deepEqual((await runMutation(talk, SET, key)).userErrors, [])
    assert.equal((await runMutation(talk, SET, key)).userErrors[0]?.code, 'OPERATION_IN_PROGRESS')
    const query =
        'mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { userErrors { message } } }'
    assert.deepEqual(at((await talk.ask(query)).body, 'data', 'bulkOperationRunQuery', 'userErrors'), [])
})

test('each line carries its own idempotency key', async (t) => {
    const talk = await sandboxFor(t, filled)
    const levels = [...(talk.sandbox.shops.get(NORTHWIND)?.levels.values() ?? [])].slice(0, 3)
    const content = levels
        .map(({ inventoryItemId, locationId }) => ({
            inventoryItemId: `gid://shopify/InventoryItem/${inventoryItemId}`,
            locationId: `gid://shopify/Location/${locationId}`,
            quantity: 77,
            changeFromQuantity: null,
        }))
        .map((entry) =>
            JSON.stringify({
                input: { name: 'available', reason: 'correction', quantities: [entry] },
                key: 'one for all',
            }),
        )
        .join('\n')
    const set = `mutation S($input: InventorySetQuantitiesInput!, $key: String!) {
        inventorySetQuantities(input: $input) @idempotent(key: $key) { userErrors { code } }
    }`
    const operation = await ended(talk, await runMutation(talk, set, (await upload(talk, content)).key))
    const codes = (await linesAt(operation.url)).map((line) =>
        at(line, 'data', 'inventorySetQuantities', 'userErrors', 0, 'code'),
    )
    assert.equal(codes.filter((code) => code === 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH').length, 2)
})

test('productSet in a bulk mutation runs to its end, whatever `synchronous` says', async (t) => {
    const talk = await sandboxFor(t)
    const set = `mutation Set($input: ProductSetInput!) {
        productSet(input: $input, synchronous: false) { product { id title } productSetOperation { id } userErrors { message } }
    }`
    const content = ['Oak Bowl', 'Ash Bowl'].map((title) => JSON.stringify({ input: { title } })).join('\n')
    const operation = await ended(talk, await runMutation(talk, set, (await upload(talk, content)).key))
    for (const line of await linesAt(operation.url)) {
        const answer = at(line, 'data', 'productSet')
        assert.match(String(at(answer, 'product', 'title')), /Bowl/)
        assert.equal(at(answer, 'productSetOperation'), null)
    }
    assert.equal(talk.sandbox.shops.get(NORTHWIND)?.products.size, 2)
})
