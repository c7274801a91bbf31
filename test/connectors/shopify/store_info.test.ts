import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { countOf } from '../../../connectors/shopify/counts.ts'
import { ensureOriginDefinition } from '../../../connectors/shopify/origin_definition.ts'
import { readStore } from '../../../connectors/shopify/store_info.ts'
import { type Asked, clientAt, data, type Reply, startStandIn } from '../../helpers/stand_in.ts'

async function northwind(t: TestContext, replies: Record<string, (asked: Asked, n: number) => Reply>) {
    const standIn = await startStandIn((asked, n) => replies[asked.operation]?.(asked, n) ?? { status: 500 })
    t.after(() => standIn.close())
    return { client: clientAt(standIn, { limits: { attempts: 1 } }), asked: standIn.asked }
}

function shop(...scopes: string[]): Reply {
    const plan = { publicDisplayName: 'Plus' }
    const shop = { id: 'gid://shopify/Shop/3', name: 'Northwind', myshopifyDomain: 'nw.myshopify.com', plan }
    const accessScopes = scopes.map((handle) => ({ handle }))
    return data({
        shop: { ...shop, currencyCode: 'USD', ianaTimezone: 'America/New_York', contactEmail: 'owner@nw.example' },
        currentAppInstallation: { accessScopes },
    })
}

function location(id: number) {
    const facts = { isActive: true, fulfillsOnlineOrders: true, isFulfillmentService: false }
    return { id: `gid://shopify/Location/${id}`, name: `Shelf ${id}`, ...facts }
}

function page(root: string, nodes: object[], endCursor: string | null = null): Reply {
    return data({ [root]: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } })
}

test('a store is read with its currency, zone, plan, scopes, every page of its locations, and its online store', async (t) => {
    const publications = [
        { id: 'gid://shopify/Publication/8', name: 'Point of Sale' },
        { id: 'gid://shopify/Publication/9', name: 'Online Store' },
    ]
    const { client } = await northwind(t, {
        Shop: () => shop('write_publications', 'read_locations'),
        Publications: () => page('publications', publications),
        Locations: ({ variables }) =>
            variables.after === null ? page('locations', [location(1)], 'c1') : page('locations', [location(2)]),
    })
    const { locations, ...store } = await readStore(client)
    assert.deepEqual(store, {
        shopId: '3',
        name: 'Northwind',
        myshopifyDomain: 'nw.myshopify.com',
        currency: 'USD',
        zone: 'America/New_York',
        contactEmail: 'owner@nw.example',
        plan: 'Plus',
        scopes: ['write_publications', 'read_locations'],
        onlineStorePublicationId: '9',
    })
    assert.deepEqual(
        locations.map(({ id, name }) => [id, name]),
        [
            ['1', 'Shelf 1'],
            ['2', 'Shelf 2'],
        ],
    )
})

test('what a scope does not let us read is not asked for', async (t) => {
    const { client, asked } = await northwind(t, { Shop: () => shop('read_products') })
    const store = await readStore(client)
    assert.equal(store.onlineStorePublicationId, null)
    assert.deepEqual(store.locations, [])
    assert.equal(asked.length, 1)
})

test('rule 73: a count is asked for without its limit, and tells whether it is exact', async (t) => {
    const { client, asked } = await northwind(t, {
        CountProducts: () => data({ count: { count: 12_000, precision: 'EXACT' } }),
        CountProductVariants: () => data({ count: { count: 50_000, precision: 'AT_LEAST' } }),
        CountCollections: () => data({ count: null }),
    })
    assert.deepEqual(await countOf(client, 'products', 'status:active'), { count: 12_000, exact: true })
    assert.deepEqual(await countOf(client, 'product_variants'), { count: 50_000, exact: false })
    assert.equal(await countOf(client, 'collections'), null)
    await assert.rejects(countOf(client, 'product_variants', 'status:active'), /Expected no filter/)
    assert.deepEqual(asked[0]?.variables, { query: 'status:active' })
    for (const { document } of asked) assert.match(document, /limit: null/)
})

const GOOD = { type: { name: 'id' }, capabilities: { uniqueValues: { enabled: true } } }
const TEXT = { type: { name: 'single_line_text_field' }, capabilities: { uniqueValues: { enabled: false } } }

test('the definition of our mark is made where it is missing, and left alone where it is', async (t) => {
    let defined: object | null = null
    const { client, asked } = await northwind(t, {
        OriginDefinition: () => data({ metafieldDefinition: defined }),
        CreateMetafieldDefinition: () => {
            defined = GOOD
            return data({ metafieldDefinitionCreate: { createdDefinition: { id: '1' }, userErrors: [] } })
        },
    })
    await ensureOriginDefinition(client)
    await ensureOriginDefinition(client)
    const created = asked.filter((each) => each.operation === 'CreateMetafieldDefinition')
    assert.equal(created.length, 1)
    const definition = created[0]?.variables.definition as Record<string, unknown>
    assert.equal(definition.type, 'id')
    assert.deepEqual(definition.capabilities, { uniqueValues: { enabled: true } })
})

test('a definition made by another run in between is as good as our own', async (t) => {
    const userErrors = [{ field: ['definition', 'key'], message: 'Key is in use', code: 'TAKEN' }]
    const { client } = await northwind(t, {
        OriginDefinition: (_, n) => data({ metafieldDefinition: n === 1 ? null : GOOD }),
        CreateMetafieldDefinition: () => data({ metafieldDefinitionCreate: { createdDefinition: null, userErrors } }),
    })
    await ensureOriginDefinition(client)
})

test('a definition of our name that cannot hold our mark is an error that says what to do', async (t) => {
    const { client } = await northwind(t, { OriginDefinition: () => data({ metafieldDefinition: TEXT }) })
    await assert.rejects(ensureOriginDefinition(client), /single_line_text_field, not unique\. Delete or correct it/)
})
