import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { startSandbox } from '../../../connectors/sandbox/sandbox.ts'
import { bulkDocument, namedDocument } from '../../../connectors/shopify/bulk_document.ts'
import { runBulkMutation, startBulkMutation } from '../../../connectors/shopify/bulk_mutation.ts'
import { cancelBulk, findBulkOperation, waitForBulk } from '../../../connectors/shopify/bulk_operation.ts'
import { startBulkQuery } from '../../../connectors/shopify/bulk_query.ts'
import { type ClientOptions, createClient } from '../../../connectors/shopify/client.ts'
import { countOf } from '../../../connectors/shopify/counts.ts'
import { bulkLines } from '../../../connectors/shopify/download.ts'
import {
    AccessLostError,
    BulkFailedError,
    DownloadIncompleteError,
    ShopifyError,
} from '../../../connectors/shopify/errors.ts'
import { ensureOriginDefinition } from '../../../connectors/shopify/origin_definition.ts'
import { stageVariables } from '../../../connectors/shopify/staged_upload.ts'
import { readStore } from '../../../connectors/shopify/store_info.ts'
import { variablesFiles } from '../../../connectors/shopify/variables_file.ts'

const DOMAIN = 'northwind.example'
const PRODUCTS = `query Products($filter: String) {
    products(query: $filter) { edges { node { id title variants { edges { node { id sku } } } } } }
}`
const RENAME = `mutation Rename($id: ID!, $title: String!) {
    productSet(identifier: { id: $id }, input: { title: $title }) { product { id title } userErrors { message } }
}`

const sandbox = await startSandbox({
    shops: [
        {
            domain: DOMAIN,
            currency: 'GBP',
            zone: 'Europe/London',
            tokens: [{ token: 'token-north' }],
            clientId: 'app-1',
            clientSecret: 'secret-1',
            catalogue: { products: 30, seed: 7 },
        },
    ],
})
after(() => sandbox.close())
beforeEach(async () => {
    await sandbox.control('fail.clear', {})
    await sandbox.control('bulk.set', { ticks: 0, hold: false })
})

function northwind(options: Partial<ClientOptions> = {}) {
    return createClient({
        domain: DOMAIN,
        origin: sandbox.originOf(DOMAIN),
        apiVersion: '2026-07',
        credentials: { kind: 'static', token: 'token-north' },
        limits: { firstWaitMs: 5, firstPollMs: 2 },
        ...options,
    })
}

function fail(kind: string, wish: object = {}): Promise<unknown> {
    return sandbox.control('fail.next', { shop: DOMAIN, kind, ...wish })
}

type Line = { id: string; __parentId?: string }

async function linesOf(client: ReturnType<typeof northwind>, name: string, filter?: string): Promise<Line[]> {
    const { id } = await startBulkQuery(client, bulkDocument(PRODUCTS, name, { filter }))
    const lines: Line[] = []
    for await (const line of bulkLines(client, await waitForBulk(client, id))) lines.push(JSON.parse(line.toString()))
    return lines
}

async function startsOf(name: string): Promise<number> {
    const { calls } = (await sandbox.control('calls', { shop: DOMAIN })) as { calls: object[] }
    return calls.filter((call) => JSON.stringify(call).includes(name)).length
}

test('a store is read, and our mark is defined there once', async () => {
    const store = await readStore(northwind())
    assert.equal(store.currency, 'GBP')
    assert.equal(store.zone, 'Europe/London')
    assert.ok(store.scopes.includes('write_products'))
    assert.match(store.onlineStorePublicationId ?? '', /^\d+$/)
    assert.equal(store.locations.length, 1)
    await ensureOriginDefinition(northwind())
    await ensureOriginDefinition(northwind())
})

test('a bulk query gives every product and every variant with its parent, as many as the store counts', async () => {
    const client = northwind()
    const lines = await linesOf(client, 'all_products')
    const roots = new Set(lines.filter((line) => !line.__parentId).map((line) => line.id))
    const variants = lines.filter((line) => line.__parentId)
    assert.deepEqual(await countOf(client, 'products'), { count: roots.size, exact: true })
    assert.deepEqual(await countOf(client, 'product_variants'), { count: variants.length, exact: true })
    assert.ok(variants.every((variant) => roots.has(variant.__parentId!)))
})

test('a bulk query that finds nothing has no rows', async () => {
    assert.deepEqual(await linesOf(northwind(), 'nothing', 'tag:nothing_has_this'), [])
})

test('reads go on through refusals of rate, bad gateways and lost answers', async () => {
    for (const kind of ['http_429', 'throttled', 'bad_gateway', 'timeout_before', 'timeout_after', 'internal_error']) {
        await fail(kind, { seconds: 0.01 })
    }
    assert.ok((await countOf(northwind(), 'products'))!.count > 0)
    const { waiting } = (await sandbox.control('fail.status', {})) as { waiting: unknown[] }
    assert.deepEqual(waiting, [])
})

for (const kind of ['timeout_after', 'timeout_before', 'bad_gateway']) {
    test(`a bulk query whose start met ${kind} is begun once`, async () => {
        await fail(kind, { name: 'bulkOperationRunQuery' })
        const lines = await linesOf(northwind(), `lost_${kind}`)
        assert.ok(lines.length > 0)
        assert.equal(await startsOf(`lost_${kind}`), 1)
    })
}

test('a bulk mutation whose start was carried out but not answered is found and not begun twice', async () => {
    const client = northwind()
    const [product] = await linesOf(client, 'ids_for_lost_start')
    await fail('timeout_after', { name: 'bulkOperationRunMutation' })
    const document = namedDocument(RENAME, 'rename_lost')
    for await (const file of variablesFiles([{ id: product!.id, title: 'Found' }])) {
        const stagedUploadPath = await stageVariables(client, file, 'rename_lost')
        const { id } = await startBulkMutation(client, { name: 'rename_lost', document, stagedUploadPath })
        assert.equal((await waitForBulk(client, id)).type, 'MUTATION')
    }
    assert.equal(await findBulkOperation(client, 'rename_los'), null)
    assert.ok(await findBulkOperation(client, 'rename_lost'))
})

test('a write carried out but not answered may be done; one that never arrived may be too', async () => {
    const client = northwind()
    const [product] = await linesOf(client, 'ids_for_lost_write')
    for (const kind of ['timeout_after', 'timeout_before', 'bad_gateway']) {
        await fail(kind, { name: 'productSet' })
        const error = await client.mutate(RENAME, { id: product!.id, title: kind }).catch((error: unknown) => error)
        assert.ok(error instanceof ShopifyError && error.mayBeDone, kind)
    }
})

test('rule 79: a bulk mutation answers each line, in whatever order, also the one that was refused', async () => {
    const client = northwind()
    const products = (await linesOf(client, 'ids_for_tags')).filter((line) => !line.__parentId)
    const renamed = products.map(({ id }, n) => ({ id, title: `Product ${n}` }))
    const lines = [...renamed, { id: 'gid://shopify/Product/1', title: 'Stranger' }, { id: 7 }]
    type Renamed = { productSet: { product: { id: string; title: string } | null } }
    const run = { name: 'rename_all', document: RENAME, lines }
    const results = await Array.fromAsync(runBulkMutation<Renamed>(client, run))
    assert.equal(results.length, lines.length)
    for (const { lineNumber, data } of results) {
        const product = data?.productSet?.product ?? null
        assert.deepEqual(product, renamed[lineNumber] ?? null, `line ${lineNumber}`)
    }
})

test('rule 79: lines that a bulk mutation gave no answer for come as unknown', async () => {
    const client = northwind()
    const lines = (await linesOf(client, 'ids_for_unknown'))
        .filter((line) => !line.__parentId)
        .map(({ id }) => ({ id, title: 'Unknown' }))
    await fail('bulk_lost_lines')
    const results = await Array.fromAsync(runBulkMutation(client, { name: 'rename_unknown', document: RENAME, lines }))
    assert.deepEqual(
        results.map((result) => result.lineNumber).sort((a, b) => a - b),
        lines.map((_, n) => n),
    )
    assert.ok(results.some((result) => result.data === undefined && result.errors === undefined))
})

for (const kind of ['cut_download', 'short_download', 'truncated_but_complete']) {
    test(`a result met by ${kind} is refused`, async () => {
        await fail(kind)
        await assert.rejects(linesOf(northwind(), `broken_${kind}`), DownloadIncompleteError)
    })
}

for (const kind of ['bulk_failed', 'bulk_failed_partial', 'bulk_canceled']) {
    test(`rule 72: an operation met by ${kind} is an error`, async () => {
        await fail(kind)
        await assert.rejects(linesOf(northwind(), `ended_${kind}`), BulkFailedError)
    })
}

test('rule 75: a sixth bulk query waits for a slot, and a cancelled one makes room', async () => {
    const client = northwind()
    await sandbox.control('bulk.set', { hold: true })
    const starting = [1, 2, 3, 4, 5].map((n) => startBulkQuery(client, bulkDocument(PRODUCTS, `slot_${n}`)))
    const [first] = await Promise.all(starting)
    const sixth = startBulkQuery(client, bulkDocument(PRODUCTS, 'slot_6'))
    await cancelBulk(client, first!.id)
    const { id } = await sixth
    await sandbox.control('bulk.release', {})
    assert.equal((await waitForBulk(client, id)).status, 'COMPLETED')
})

test('rule 74: a result of more than seven days ago must be asked for anew', async () => {
    const client = northwind()
    const { id } = await startBulkQuery(client, bulkDocument(PRODUCTS, 'expiring'))
    const completed = await waitForBulk(client, id)
    await sandbox.control('clock.advance', { seconds: 8 * 86_400 })
    await assert.rejects(Array.fromAsync(bulkLines(client, completed)), BulkFailedError)
    await assert.rejects(waitForBulk(client, id), /EXPIRED/)
})

test('client id and secret give a token, which is renewed when it has expired', async () => {
    const renewed: unknown[] = []
    const credentials = { kind: 'client', clientId: 'app-1', clientSecret: 'secret-1' } as const
    const client = northwind({ credentials, onRenewed: (kept) => void renewed.push(kept) })
    await countOf(client, 'products')
    await sandbox.control('token.expire', { shop: DOMAIN })
    await countOf(client, 'products')
    assert.equal(renewed.length, 2)
})

test('rule 90: a token the store does not know says that access is lost', async () => {
    const client = northwind({ credentials: { kind: 'static', token: 'token-stranger' } })
    const error = await readStore(client).catch((error: unknown) => error)
    assert.ok(error instanceof AccessLostError)
    assert.doesNotMatch(error.message, /token-stranger/)
})

test('forty reads at once stay within a small bucket without a refusal', async () => {
    await sandbox.control('throttle.set', { shop: DOMAIN, maximumAvailable: 20, restoreRate: 2000 })
    const said: string[] = []
    const note = (_: unknown, message: string) => void said.push(message)
    const client = northwind({ log: { info: note, warn: note } })
    await Promise.all(Array.from({ length: 40 }, () => countOf(client, 'products')))
    assert.deepEqual(said, [])
})
