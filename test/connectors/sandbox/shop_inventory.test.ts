import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import { dataOf, inColours, locationsOf, madeProduct, setQuantities, stockOf } from '../../helpers/sandbox_goods.ts'

const SHOPS = [{ domain: NORTHWIND, locations: [{ name: 'Attic' }, { name: 'Barn' }] }]

/** Two items stocked at Attic, none of either there yet. */
async function twoItems(talk: Talk) {
    const product = await madeProduct(talk, inColours('Bowl', 'Red', 'Blue'))
    const [attic, barn] = await locationsOf(talk)
    const [red, blue] = product.variants.nodes.map(({ inventoryItem }) => inventoryItem.id)
    const count = (inventoryItemId: string, quantity: number, changeFromQuantity: number | null, at = attic!) => ({
        inventoryItemId,
        locationId: at.id,
        quantity,
        changeFromQuantity,
    })
    return { red: red!, blue: blue!, attic: attic!, barn: barn!, count }
}

test('a quantity that moved since it was read is refused, and nothing of the call is written', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, blue, count } = await twoItems(talk)
    const first = await setQuantities(talk, [count(red, 5, 0), count(blue, 2, 0)])
    assert.deepEqual(
        first.inventoryAdjustmentGroup?.changes.map(({ name, delta }) => `${name} ${delta}`),
        ['available 5', 'available 2', 'on_hand 5', 'on_hand 2'],
    )
    await talk.control('level.sell', { shop: NORTHWIND, sku: 'Bowl-Red', location: 'Attic', quantity: 1 })
    const { userErrors, inventoryAdjustmentGroup } = await setQuantities(talk, [count(blue, 9, 2), count(red, 9, 5)])
    assert.equal(inventoryAdjustmentGroup, null)
    assert.deepEqual(userErrors, [
        {
            field: ['input', 'quantities', '1', 'changeFromQuantity'],
            message: 'The changeFromQuantity value does not match persisted value.',
            code: 'CHANGE_FROM_QUANTITY_STALE',
        },
    ])
    assert.deepEqual([await stockOf(talk, red), await stockOf(talk, blue)], [{ Attic: 4 }, { Attic: 2 }])
    await setQuantities(talk, [count(red, 9, null)])
    assert.deepEqual(await stockOf(talk, red), { Attic: 9 })
})

test('on hand is what is available and what is set aside; it is compared and set by its own name', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, count } = await twoItems(talk)
    await setQuantities(talk, [count(red, 5, 0)])
    await talk.control('level.sell', { shop: NORTHWIND, sku: 'Bowl-Red', location: 'Attic', quantity: 2 })
    const stale = await setQuantities(talk, [count(red, 8, 3)], 'on_hand')
    assert.equal(stale.userErrors[0]!.code, 'CHANGE_FROM_QUANTITY_STALE')
    await setQuantities(talk, [count(red, 8, 5)], 'on_hand')
    assert.deepEqual(await stockOf(talk, red), { Attic: 6 })
})

test('a parent bundle refuses its quantity, and all that was sent with it', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, blue, count } = await twoItems(talk)
    await talk.control('variant.edit', { shop: NORTHWIND, sku: 'Bowl-Blue', set: { requiresComponents: true } })
    const { userErrors } = await setQuantities(talk, [count(red, 5, 0), count(blue, 5, 0)])
    assert.deepEqual(
        userErrors.map(({ field, code }) => [field?.[2], code]),
        [['1', 'NON_MUTABLE_INVENTORY_ITEM']],
    )
    assert.deepEqual(await stockOf(talk, red), { Attic: 0 })
})

test('quantities out of bounds, given twice, of unknown items or names are refused as recorded', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, count } = await twoItems(talk)
    const codes = async (quantities: Parameters<typeof setQuantities>[1], name?: string) =>
        (await setQuantities(talk, quantities, name)).userErrors.map(
            ({ field, code }) => `${field?.slice(1).join('.')} ${code}`,
        )
    assert.deepEqual(await codes([count(red, 1_000_000_001, 0)]), ['quantities.0.quantity INVALID_QUANTITY_TOO_HIGH'])
    assert.deepEqual(await codes([count(red, -1_000_000_001, 0)]), ['quantities.0.quantity INVALID_QUANTITY_TOO_LOW'])
    assert.deepEqual(await codes([count(red, -5, 0)], 'on_hand'), ['quantities.0.quantity INVALID_QUANTITY_NEGATIVE'])
    assert.deepEqual(await codes([count(red, -5, 0)]), [])
    assert.deepEqual(await codes([count(red, 5, 0)], 'damaged'), ['name INVALID_NAME'])
    assert.deepEqual(await codes([count(red, 1, 0), count(red, 2, 0)]), [
        'quantities.0.locationId NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
        'quantities.1.locationId NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
    ])
    assert.deepEqual(
        await codes([{ ...count('gid://shopify/InventoryItem/42', 1, 0), locationId: 'gid://shopify/Location/5' }]),
        ['quantities.0.inventoryItemId INVALID_INVENTORY_ITEM', 'quantities.0.locationId INVALID_LOCATION'],
    )
})

const ACTIVATE = `mutation Activate($item: ID!, $location: ID!, $available: Int, $key: String!) {
    inventoryActivate(inventoryItemId: $item, locationId: $location, available: $available) @idempotent(key: $key) {
        inventoryLevel { id isActive }
        userErrors { field message }
    }
}`
const DEACTIVATE = `mutation Deactivate($level: ID!) {
    inventoryDeactivate(inventoryLevelId: $level) { userErrors { field message } }
}`
type Activated = { inventoryActivate: { inventoryLevel: { id: string } | null; userErrors: { message: string }[] } }
type Deactivated = { inventoryDeactivate: { userErrors: { message: string }[] } }

test('an item that is not stocked at a location refuses its quantity until it is activated there', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, barn, attic, count } = await twoItems(talk)
    const refused = await setQuantities(talk, [count(red, 3, null, barn)])
    assert.equal(refused.userErrors[0]!.code, 'ITEM_NOT_STOCKED_AT_LOCATION')
    await dataOf(talk, ACTIVATE, { item: red, location: barn.id, available: 3, key: 'activate-barn' })
    assert.deepEqual(await stockOf(talk, red), { Attic: 0, Barn: 3 })
    const again = await dataOf<Activated>(talk, ACTIVATE, {
        item: red,
        location: attic.id,
        available: 7,
        key: 'activate-attic',
    })
    assert.deepEqual(
        again.inventoryActivate.userErrors.map(({ message }) => message),
        ['Not allowed to set available quantity when the item is already active at the location.'],
    )
})

test('a level that is deactivated and activated again has the quantity it had', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, barn } = await twoItems(talk)
    const activated = await dataOf<Activated>(talk, ACTIVATE, {
        item: red,
        location: barn.id,
        available: 3,
        key: 'first',
    })
    const level = activated.inventoryActivate.inventoryLevel!.id
    assert.match(level, /^gid:\/\/shopify\/InventoryLevel\/\d+\?inventory_item_id=\d+$/)
    await dataOf<Deactivated>(talk, DEACTIVATE, { level })
    assert.deepEqual(await stockOf(talk, red), { Attic: 0 })
    await dataOf(talk, ACTIVATE, { item: red, location: barn.id, available: 7, key: 'second' })
    assert.deepEqual(await stockOf(talk, red), { Attic: 0, Barn: 3 })
})

test('a deactivated location takes no quantity, the others go on', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, barn, count } = await twoItems(talk)
    await dataOf(talk, ACTIVATE, { item: red, location: barn.id, key: 'barn-too' })
    await talk.control('location.deactivate', { shop: NORTHWIND, location: 'Barn' })
    assert.equal((await setQuantities(talk, [count(red, 3, null, barn)])).userErrors[0]!.code, 'INVALID_LOCATION')
    assert.deepEqual((await setQuantities(talk, [count(red, 3, null)])).userErrors, [])
})

test('an adjustment of nothing answers with no group and no error', async (t) => {
    const talk = await sandboxFor(t, { shops: SHOPS })
    const { red, attic } = await twoItems(talk)
    const answer = await dataOf(
        talk,
        `mutation Adjust($input: InventoryAdjustQuantitiesInput!) {
            inventoryAdjustQuantities(input: $input) @idempotent(key: "adjust-nothing") {
                inventoryAdjustmentGroup { id } userErrors { message }
            }
        }`,
        {
            input: {
                name: 'available',
                reason: 'correction',
                changes: [{ inventoryItemId: red, locationId: attic.id, delta: 0, changeFromQuantity: null }],
            },
        },
    )
    assert.deepEqual(answer, { inventoryAdjustQuantities: { inventoryAdjustmentGroup: null, userErrors: [] } })
})
