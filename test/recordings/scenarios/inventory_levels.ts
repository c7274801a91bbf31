import assert from 'node:assert/strict'
import { at } from '../../helpers/sandbox.ts'
import { isObject } from '../recording.ts'
import type { Playing, Scenario, Stage } from '../stage.ts'

const PRODUCTS = ['committed', 'incomingReserved', 'onlyLocation', 'reactivate']
const CREATE = `mutation Presume($product: ProductCreateInput!) {
    productCreate(product: $product) { product { id } userErrors { message } }
}`

// Shopify adds a product's total up a while later than its variants' quantities; the sandbox at once.
const ADDED_UP_LATER: Playing = { except: /\.totalInventory: recorded 0/ }
const quantities = (place: string) => ({
    [`${place}.variants.nodes.inventoryItem.inventoryLevels`]: 'first: 50, includeInactive: true',
})

/** Products in the states in which a level may be given up or not; each is made as the recorder saw it. */
async function deactivations(stage: Stage): Promise<void> {
    const ids = [...stage.shop.locations.keys()]
    stage.likeness.know('gid://shopify/Location/106318430514', `gid://shopify/Location/${ids[0]}`)
    stage.likeness.know('gid://shopify/Location/106318463282', `gid://shopify/Location/${ids[1]}`)
    for (const name of PRODUCTS) {
        await create(stage, `setup.${name}.productCreate`)
        await stage.playAll(stage.paths(new RegExp(`^setup\\.${name}\\.(?!productRead)`)))
        await stage.play(`setup.${name}.productRead`, { ...ADDED_UP_LATER, args: quantities('product') })
    }
    await ordersAndTransfers(stage)
    await stage.playAll(stage.paths(/^productReads/), ADDED_UP_LATER)
    for (const path of stage.paths(/^inventory/)) await stage.play(path, documents[path])
}

async function create(stage: Stage, path: string): Promise<void> {
    const seen = stage.part(path)
    assert.ok(isObject(seen))
    const told = await stage.ask(CREATE, { product: { title: seen.title, status: seen.status } })
    const id = at(told.body, 'data', 'productCreate', 'product', 'id')
    stage.likeness.know(String(seen.id), String(id))
    assert.deepEqual(await stage.learn({ product: seen }), [])
}

const ADJUST = `mutation Presume($input: InventoryAdjustQuantitiesInput!, $key: String!) {
    inventoryAdjustQuantities(input: $input) @idempotent(key: $key) { userErrors { message } }
}`

/** What an order of two, a transfer of two and a shipment of one do to the stock; these are not played themselves. */
async function ordersAndTransfers(stage: Stage): Promise<void> {
    const item = (name: string) => {
        const recorded = stage.part(`setup.${name}.productCreate.variants.nodes[0].inventoryItem.id`)
        return String(stage.likeness.translate(String(recorded)))
    }
    const [here, there] = [...stage.shop.locations.keys()].map((id) => `gid://shopify/Location/${id}`)
    await stage.control('level.sell', { inventoryItemId: item('committed').split('/').at(-1), quantity: 2 })
    const moves: [string, string | undefined, number, number][] = [
        ['available', here, -2, 5],
        ['reserved', here, 2, 0],
        ['available', there, -1, 3],
        ['reserved', there, 1, 0],
        ['reserved', there, -1, 1],
        ['incoming', here, 1, 0],
    ]
    for (const [name, locationId, delta, changeFromQuantity] of moves) {
        const ledger = name === 'available' ? {} : { ledgerDocumentUri: 'ledger://presumed' }
        const change = { inventoryItemId: item('incomingReserved'), locationId, delta, changeFromQuantity, ...ledger }
        const input = { name, reason: 'correction', changes: [change] }
        const told = await stage.ask(ADJUST, { input, key: `${name} ${locationId} ${delta}` })
        assert.deepEqual(at(told.body, 'data', 'inventoryAdjustQuantities', 'userErrors'), [], told.text)
    }
}

const documents: Readonly<Record<string, Playing>> = {
    inventoryActivateCodeSelection: {
        document: `mutation InventoryDeactivateValidationActivateCodeSelection($inventoryItemId: ID!, $locationId: ID!, $available: Int, $idempotencyKey: String!) {
  inventoryActivate(inventoryItemId: $inventoryItemId, locationId: $locationId, available: $available)
    @idempotent(key: $idempotencyKey) {
      userErrors { field message code }
  }
}`,
    },
    inventoryDeactivateCodeSelection: {
        document: `mutation InventoryDeactivateValidationDeactivateCodeSelection($inventoryLevelId: ID!, $idempotencyKey: String!) {
  inventoryDeactivate(inventoryLevelId: $inventoryLevelId)
    @idempotent(key: $idempotencyKey) {
      userErrors { field message code }
  }
}`,
    },
}

export const inventoryLevels: readonly Scenario[] = [
    {
        file: '2026-04/products/inventory-deactivate-validation-2026-04.json',
        shop: { locations: [{ name: 'Shop location' }, { name: 'My Custom Location' }] },
        play: deactivations,
    },
]
