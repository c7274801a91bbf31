import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor } from '../../helpers/sandbox.ts'
import { ended, type Line, linesAt, readOperation, runQuery } from '../../helpers/sandbox_bulk.ts'

const CATALOGUE = `{ products { edges { node {
    id title
    variants { edges { node { id sku } } }
    media { edges { node { id } } }
} } } }`
const filled = { shops: [{ domain: NORTHWIND, catalogue: { products: 60, seed: 3 } }] }

const isRoot = (line: Line) => line.__parentId === undefined
const parentsFirst = (lines: Line[]) => {
    const seen = new Set<unknown>()
    return lines.every((line) => {
        seen.add(line.id)
        return isRoot(line) || seen.has(line.__parentId)
    })
}

test('a bulk query gives every object a line, children by __parentId, counted and measured', async (t) => {
    const talk = await sandboxFor(t, filled)
    const operation = await ended(talk, await runQuery(talk, CATALOGUE))
    assert.equal(operation.status, 'COMPLETED')
    const lines = await linesAt(operation.url)
    const shop = talk.sandbox.shops.get(NORTHWIND)
    assert.equal(lines.filter(isRoot).length, shop?.products.size)
    assert.equal(lines.filter(({ id }) => id?.includes('/ProductVariant/')).length, shop?.variants.size)
    assert.equal(operation.objectCount, String(lines.length))
    assert.equal(operation.rootObjectCount, String(shop?.products.size))
    const text = await (await fetch(String(operation.url))).text()
    assert.equal(operation.fileSize, String(Buffer.byteLength(text)))
    assert.match(text, /"gid:\\\/\\\/shopify\\\/Product\\\//, 'every slash is escaped')
    assert.ok(
        lines.every((line) => !('variants' in line)),
        'the field that held the children is gone',
    )
})

test('children are scattered away from their parents, but never before them', async (t) => {
    const talk = await sandboxFor(t, filled)
    const lines = await linesAt((await ended(talk, await runQuery(talk, CATALOGUE))).url)
    const followsParent = lines.filter((line, place) => !isRoot(line) && line.__parentId === lines[place - 1]?.id)
    assert.ok(followsParent.length < lines.filter((line) => !isRoot(line)).length / 4)
    assert.ok(parentsFirst(lines))
})

test('grouped, each child follows its parent', async (t) => {
    const talk = await sandboxFor(t, filled)
    const lines = await linesAt((await ended(talk, await runQuery(talk, CATALOGUE, true))).url)
    let parent: unknown
    for (const line of lines) {
        if (isRoot(line)) parent = line.id
        else assert.equal(line.__parentId, parent)
    }
})

test('a connection inside a single object is pulled out under the nearest node', async (t) => {
    const talk = await sandboxFor(t, filled)
    const query =
        '{ productVariants { edges { node { id inventoryItem { id inventoryLevels { edges { node { id } } } } } } } }'
    const lines = await linesAt((await ended(talk, await runQuery(talk, query))).url)
    const child = lines.find((line) => !isRoot(line))
    assert.match(String(child?.__parentId), /ProductVariant/)
    assert.deepEqual(Object.keys(at(lines.find(isRoot), 'inventoryItem') as object), ['id'])
})

test('filters hold in bulk as in pages, first does not', async (t) => {
    const talk = await sandboxFor(t, filled)
    const id = [...(talk.sandbox.shops.get(NORTHWIND)?.products.keys() ?? [])][7]
    const query = `{ products(first: 1, query: "id:>=${id}") { edges { node { id } } } }`
    const operation = await ended(talk, await runQuery(talk, query))
    assert.equal(operation.objectCount, '53')
})

test('an empty result has no url and is a success', async (t) => {
    const talk = await sandboxFor(t)
    const operation = await ended(talk, await runQuery(talk, CATALOGUE))
    assert.deepEqual(
        [operation.status, operation.url, operation.objectCount, operation.fileSize],
        ['COMPLETED', null, '0', '0'],
    )
})

test('what bulk queries cannot hold is refused in the validator’s words', async (t) => {
    const talk = await sandboxFor(t)
    const refusal = async (query: string) => (await runQuery(talk, query)).userErrors.map(({ message }) => message)
    assert.match((await refusal('{ products { nodes { id } } }'))[0] ?? '', /Invalid connection fields: 'products'\.$/)
    assert.deepEqual(await refusal('{ shop { id } }'), ['Bulk queries must contain at least one connection.'])
    assert.deepEqual(
        await refusal('{ orders { edges { node { id refunds { id refundLineItems { edges { node { id } } } } } } } }'),
        [
            'Queries that contain a connection field within a list field are not currently supported.',
            "Connection fields in a bulk query must return types that implement 'Node'. Invalid connection fields: 'refundLineItems'.",
        ],
    )
    assert.deepEqual(await refusal(`#${'a'.repeat(65_535)}`), [
        'Query is too large (65536 bytes; maximum is 65535 bytes)',
    ])
    assert.deepEqual(await refusal('{ products { edges { node { id'), [
        'Invalid bulk query: syntax error, unexpected end of file',
    ])
})

test('five run at once, the sixth is refused with the ids of the five; before 2026-01 one', async (t) => {
    const talk = await sandboxFor(t, filled)
    await talk.control('bulk.set', { hold: true })
    const started = await Promise.all(Array.from({ length: 5 }, () => runQuery(talk, CATALOGUE)))
    const sixth = await runQuery(talk, CATALOGUE)
    assert.equal(sixth.userErrors[0]?.code, 'OPERATION_IN_PROGRESS')
    for (const { bulkOperation } of started) assert.ok(sixth.userErrors[0]?.message.includes(String(bulkOperation?.id)))
    assert.deepEqual((await talk.control('bulk.release')).body, { released: 5 })
    for (const one of started) assert.equal((await ended(talk, one)).status, 'COMPLETED')
    await talk.control('bulk.set', { hold: true })
    await runQuery(talk, CATALOGUE, false)
    assert.equal(
        (await runQuery(talk, CATALOGUE, false, { version: '2025-10' })).userErrors[0]?.code,
        'OPERATION_IN_PROGRESS',
    )
})

test('with ticks an operation shows as running for so many reads', async (t) => {
    const talk = await sandboxFor(t, filled)
    await talk.control('bulk.set', { shop: NORTHWIND, ticks: 2 })
    const { bulkOperation } = await runQuery(talk, CATALOGUE)
    const id = String(bulkOperation?.id)
    const statuses = [await readOperation(talk, id), await readOperation(talk, id)].map(({ status }) => status)
    assert.ok(statuses.every((status) => status === 'CREATED' || status === 'RUNNING'))
    assert.equal((await ended(talk, { bulkOperation, userErrors: [] })).status, 'COMPLETED')
})

test('a running operation is canceled in two steps, a finished one not at all', async (t) => {
    const talk = await sandboxFor(t, filled)
    await talk.control('bulk.set', { hold: true })
    const { bulkOperation } = await runQuery(talk, CATALOGUE)
    const cancel = async (id: unknown) =>
        at(
            (
                await talk.ask(
                    'mutation C($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }',
                    { id },
                )
            ).body,
            'data',
            'bulkOperationCancel',
        )
    assert.deepEqual(await cancel(bulkOperation?.id), { bulkOperation: { status: 'CANCELING' }, userErrors: [] })
    assert.equal((await readOperation(talk, String(bulkOperation?.id))).status, 'CANCELING')
    assert.equal((await ended(talk, { bulkOperation, userErrors: [] })).status, 'CANCELED')
    assert.deepEqual(at(await cancel(bulkOperation?.id), 'userErrors'), [
        { message: 'A bulk operation cannot be canceled when it is canceled' },
    ])
    assert.deepEqual(at(await cancel('gid://shopify/BulkOperation/1'), 'userErrors'), [
        { message: 'Bulk operation does not exist' },
    ])
})

test('a missing scope shows only when the operation has run', async (t) => {
    const tokens = [{ token: 'poor', scopes: ['read_products'] }]
    const talk = await sandboxFor(t, { shops: [{ domain: NORTHWIND, tokens, catalogue: { products: 3, seed: 1 } }] })
    const query = '{ inventoryItems { edges { node { id inventoryLevels { edges { node { id } } } } } } }'
    const run = 'mutation R($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } } }'
    const { body } = await talk.ask(run, { query }, { token: 'poor' })
    const id = at(body, 'data', 'bulkOperationRunQuery', 'bulkOperation', 'id')
    const read = 'query R($id: ID!) { bulkOperation(id: $id) { status errorCode } }'
    const over = async (): Promise<unknown> => {
        const told = at((await talk.ask(read, { id }, { token: 'poor' })).body, 'data', 'bulkOperation')
        return at(told, 'status') === 'FAILED' ? told : over()
    }
    assert.deepEqual(await over(), { status: 'FAILED', errorCode: 'ACCESS_DENIED' })
})

test('a result can be fetched for seven days, then the operation is expired', async (t) => {
    const talk = await sandboxFor(t, filled)
    const operation = await ended(talk, await runQuery(talk, CATALOGUE))
    await talk.control('clock.advance', { seconds: 7 * 86_400 + 60 })
    assert.equal((await fetch(String(operation.url))).status, 400)
    const expired = await readOperation(talk, operation.id)
    assert.deepEqual([expired.status, expired.url], ['EXPIRED', null])
})
