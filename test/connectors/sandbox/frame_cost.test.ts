import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor } from '../../helpers/sandbox.ts'

const HUNDRED = '{ bulkOperations(first: 100) { nodes { id } } }'

test('an answer tells what was asked for, what it cost and what is left', async (t) => {
    const { ask } = await sandboxFor(t)
    const { body } = await ask('{ bulkOperations(first: 250) { nodes { id } pageInfo { hasNextPage } } }')
    const cost = body.extensions?.cost
    assert.equal(cost?.requestedQueryCost, 13)
    assert.ok((cost?.actualQueryCost ?? 99) <= 3, 'an empty page gives nearly all of it back')
    assert.equal(cost?.throttleStatus.maximumAvailable, 2000)
    assert.equal(cost?.throttleStatus.restoreRate, 100)
})

test('an empty bucket answers THROTTLED at status 200, without data, and fills with the clock', async (t) => {
    const { ask, control } = await sandboxFor(t)
    await control('throttle.set', { maximumAvailable: 12, restoreRate: 1 })
    const first = await ask(HUNDRED)
    assert.equal(first.body.errors, undefined)
    await control('throttle.set', { maximumAvailable: 10, restoreRate: 1 })
    const throttled = await ask(HUNDRED)
    assert.equal(throttled.status, 200)
    assert.equal(at(throttled.body, 'errors', 0, 'extensions', 'code'), 'THROTTLED')
    assert.equal('data' in throttled.body, false)
    assert.equal(throttled.body.extensions?.cost.requestedQueryCost, 11)
    assert.equal(throttled.body.extensions?.cost.actualQueryCost, null)
    await control('throttle.set', { maximumAvailable: 12, restoreRate: 0 })
    const write = 'mutation { bulkOperationCancel(id: "gid://shopify/BulkOperation/1") { userErrors { message } } }'
    assert.equal((await ask(write)).body.errors, undefined)
    assert.equal(at((await ask(write)).body, 'errors', 0, 'extensions', 'code'), 'THROTTLED')
    await control('throttle.set', { maximumAvailable: 12, restoreRate: 1 })
    await ask(write)
    await control('clock.advance', { seconds: 20 })
    assert.equal((await ask(write)).body.errors, undefined)
})

test('shops do not share a bucket', async (t) => {
    const { ask, control } = await sandboxFor(t, { shops: [{ domain: NORTHWIND }, { domain: 'outlet.example' }] })
    await control('throttle.set', { shop: NORTHWIND, maximumAvailable: 1, restoreRate: 0 })
    assert.equal(at((await ask(HUNDRED)).body, 'errors', 0, 'extensions', 'code'), 'THROTTLED')
    assert.equal((await ask(HUNDRED, {}, { shop: 'outlet.example' })).body.errors, undefined)
})

test('a query of more than 1000 points is never run', async (t) => {
    const { ask } = await sandboxFor(t)
    const product =
        'variants(first: 250) { nodes { id inventoryItem { id inventoryLevels(first: 250) { nodes { id location { id } } } } } }'
    const { body } = await ask(`{ products(first: 250) { nodes { id ${product} } } }`)
    assert.equal(at(body, 'errors', 0, 'extensions', 'code'), 'MAX_COST_EXCEEDED')
})

test('the throttle can be given at the start', async (t) => {
    const { ask } = await sandboxFor(t, { throttle: { maximumAvailable: 20_000, restoreRate: 1000 } })
    const { body } = await ask('{ shop { id } }')
    assert.equal(body.extensions?.cost.throttleStatus.maximumAvailable, 20_000)
})
