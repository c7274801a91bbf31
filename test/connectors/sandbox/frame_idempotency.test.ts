import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'

const SET = `mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
    inventorySetQuantities(input: $input) @idempotent(key: $key) {
        inventoryAdjustmentGroup { id changes { name delta } }
        userErrors { field message code }
    }
}`
const shops = [{ domain: NORTHWIND, catalogue: { products: 5, seed: 1, oddities: false } }]

/** One stocked place of the shop with what is available there. */
function somePlace({ sandbox }: Talk) {
    const shop = sandbox.shops.get(NORTHWIND)
    const level = [...(shop?.levels.values() ?? [])][0]
    assert.ok(level)
    const entry = {
        inventoryItemId: `gid://shopify/InventoryItem/${level.inventoryItemId}`,
        locationId: `gid://shopify/Location/${level.locationId}`,
    }
    return { level, entry, available: level.quantities.available ?? 0 }
}

const inputOf = (entry: object, quantity: number, changeFromQuantity: number | null) => ({
    name: 'available',
    reason: 'correction',
    quantities: [{ ...entry, quantity, changeFromQuantity }],
})

test('an inventory mutation without the directive is a top-level error from 2026-04 on, and optional before', async (t) => {
    const talk = await sandboxFor(t, { shops })
    const { entry, available } = somePlace(talk)
    const bare =
        'mutation Set($input: InventorySetQuantitiesInput!) {\n  inventorySetQuantities(input: $input) { userErrors { message } }\n}'
    const input = inputOf(entry, available + 1, available)
    const { body } = await talk.ask(bare, { input })
    assert.deepEqual(body.errors, [
        {
            message: 'The @idempotent directive is required for this mutation but was not provided.',
            locations: [{ line: 2, column: 3 }],
            path: ['inventorySetQuantities'],
            extensions: { code: 'BAD_REQUEST' },
        },
    ])
    assert.deepEqual(body.data, { inventorySetQuantities: null })
    assert.equal((await talk.ask(bare, { input }, { version: '2026-01' })).body.errors, undefined)
})

test('the same key with the same input is answered again and written once', async (t) => {
    const talk = await sandboxFor(t, { shops })
    const { entry, available, level } = somePlace(talk)
    const variables = { input: inputOf(entry, available + 5, null), key: 'first' }
    const first = await talk.ask(SET, variables)
    level.quantities.available = available
    const again = await talk.ask(SET, variables)
    assert.deepEqual(again.body.data, first.body.data)
    assert.equal(level.quantities.available, available, 'not written a second time')
    const calls = (await talk.control('calls')).body.calls as { outcome: string; idempotencyKey: string }[]
    assert.deepEqual(
        calls.map(({ outcome, idempotencyKey }) => [outcome, idempotencyKey]),
        [
            ['done', 'first'],
            ['answered_again', 'first'],
        ],
    )
})

test('the same key with other input is refused, also after a refusal', async (t) => {
    const talk = await sandboxFor(t, { shops })
    const { entry, available } = somePlace(talk)
    const stale = await talk.ask(SET, { input: inputOf(entry, 3, available + 100), key: 'k' })
    assert.equal(
        at(stale.body, 'data', 'inventorySetQuantities', 'userErrors', 0, 'code'),
        'CHANGE_FROM_QUANTITY_STALE',
    )
    const other = await talk.ask(SET, { input: inputOf(entry, 3, available), key: 'k' })
    assert.deepEqual(at(other.body, 'data', 'inventorySetQuantities', 'userErrors'), [
        {
            field: null,
            message: 'The same idempotency key cannot be used with different operation parameters.',
            code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
        },
    ])
})

test('a refused call may be sent again under its key', async (t) => {
    const talk = await sandboxFor(t, { shops })
    const { entry, available, level } = somePlace(talk)
    const variables = { input: inputOf(entry, 3, available + 1), key: 'k' }
    await talk.ask(SET, variables)
    level.quantities.available = available + 1
    const { body } = await talk.ask(SET, variables)
    assert.deepEqual(at(body, 'data', 'inventorySetQuantities', 'userErrors'), [])
    assert.equal(level.quantities.available, 3)
})

test('a key is forgotten after 24 hours, and the call is executed again', async (t) => {
    const talk = await sandboxFor(t, { shops })
    const { entry, available, level } = somePlace(talk)
    const variables = { input: inputOf(entry, available + 5, null), key: 'k' }
    await talk.ask(SET, variables)
    level.quantities.available = available
    await talk.control('clock.advance', { seconds: 24 * 3600 + 1 })
    await talk.ask(SET, variables)
    assert.equal(level.quantities.available, available + 5)
})

test('changeFromQuantity must be there, if only as null', async (t) => {
    const talk = await sandboxFor(t, { shops })
    const { entry, available, level } = somePlace(talk)
    const quantities = [{ ...entry, quantity: available + 1 }]
    const { body } = await talk.ask(SET, { input: { name: 'available', reason: 'correction', quantities }, key: 'k' })
    assert.equal(
        at(body, 'errors', 0, 'message'),
        'InventoryQuantityInput must include the following argument: changeFromQuantity.',
    )
    assert.deepEqual(at(body, 'errors', 0, 'extensions'), { code: 'INVALID_FIELD_ARGUMENTS' })
    assert.equal(level.quantities.available ?? 0, available)
    const withNull = await talk.ask(SET, { input: inputOf(entry, available + 1, null), key: 'l' })
    assert.deepEqual(at(withNull.body, 'data', 'inventorySetQuantities', 'userErrors'), [])
})

test('a blank key is none', async (t) => {
    const talk = await sandboxFor(t, { shops })
    const { body } = await talk.ask(SET, { input: inputOf(somePlace(talk).entry, 1, null), key: ' ' })
    assert.equal(at(body, 'errors', 0, 'extensions', 'code'), 'BAD_REQUEST')
})
