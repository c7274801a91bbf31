import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { cancelBulk, findBulkOperation, waitForBulk } from '../../../connectors/shopify/bulk_operation.ts'
import { startBulkQuery } from '../../../connectors/shopify/bulk_query.ts'
import { BulkFailedError, NetworkError, UserErrorsError } from '../../../connectors/shopify/errors.ts'
import { type Asked, clientAt, data, type Reply, startStandIn } from '../../helpers/stand_in.ts'

const QUERY = 'query run_7_products { products { edges { node { id } } } }'
const AT = '2026-11-22T03:00:00Z'
const FIVE = [1, 2, 3, 4, 5].map((id) => `gid://shopify/BulkOperation/${id}`)

async function northwind(t: TestContext, reply: (asked: Asked, n: number) => Reply) {
    const standIn = await startStandIn(reply)
    t.after(() => standIn.close())
    return { client: clientAt(standIn), asked: standIn.asked }
}

function started(id: number): Reply {
    const bulkOperation = { id: `gid://shopify/BulkOperation/${id}`, createdAt: AT }
    return data({ bulkOperationRunQuery: { bulkOperation, userErrors: [] } })
}

function refused(message: string, code: string): Reply {
    return data({ bulkOperationRunQuery: { bulkOperation: null, userErrors: [{ field: ['query'], message, code }] } })
}

function state(status: string, facts: object = {}): Reply {
    const counts = { objectCount: '0', rootObjectCount: '0', fileSize: null, url: null }
    const bulkOperation = { id: FIVE[0], type: 'QUERY', status, errorCode: null, createdAt: AT, completedAt: null }
    return data({ bulkOperation: { ...bulkOperation, ...counts, ...facts } })
}

function list(...queries: string[]): Reply {
    const nodes = queries.map((query, n) => ({
        id: FIVE[n],
        type: 'QUERY',
        status: 'RUNNING',
        createdAt: new Date(),
        query,
    }))
    return data({ bulkOperations: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } })
}

test("a start gives the operation's number and the store's own time of asking", async (t) => {
    const { client, asked } = await northwind(t, () => started(7))
    assert.deepEqual(await startBulkQuery(client, QUERY), { id: '7', createdAt: AT })
    assert.deepEqual(asked[0]?.variables, { query: QUERY })
})

test("a query that Shopify refuses is an error with Shopify's own words", async (t) => {
    const { client } = await northwind(t, () =>
        refused('Bulk queries must contain at least one connection.', 'INVALID'),
    )
    await assert.rejects(startBulkQuery(client, QUERY), (error) => {
        assert.ok(error instanceof UserErrorsError)
        assert.match(
            error.message,
            /run_7_products.*Bulk queries must contain at least one connection\. \[INVALID\] at query/,
        )
        return true
    })
})

test('rule 75: a sixth query waits until one of the five has ended, then is sent again', async (t) => {
    let runs = 0
    let polls = 0
    const busy = `A bulk query operation for this app and shop is already in progress: ${FIVE.join(', ')}`
    const { client } = await northwind(t, ({ operation, variables }) => {
        if (operation === 'BulkRunQuery') return ++runs === 1 ? refused(busy, 'OPERATION_IN_PROGRESS') : started(6)
        polls += 1
        return state(variables.id === FIVE[2] && polls > 10 ? 'COMPLETED' : 'RUNNING')
    })
    assert.equal((await startBulkQuery(client, QUERY)).id, '6')
    assert.equal(polls, 15)
    assert.equal(runs, 2)
})

test('a start whose answer was lost is found again by the name in its document', async (t) => {
    const { client, asked } = await northwind(t, ({ operation }) =>
        operation === 'BulkRunQuery' ? { lost: true } : list('query run_7_products_2 { a }', QUERY),
    )
    assert.equal((await startBulkQuery(client, QUERY)).id, '2')
    assert.deepEqual(
        asked.map((each) => each.operation),
        ['BulkRunQuery', 'BulkOperations'],
    )
})

test('a start that was lost before it came to anything is sent once more', async (t) => {
    const { client } = await northwind(t, ({ operation }, n) => {
        if (operation === 'BulkOperations') return list('query run_8_products { a }')
        return n === 1 ? { lost: true } : started(9)
    })
    assert.equal((await startBulkQuery(client, QUERY)).id, '9')
})

test('a start lost twice ends in an error', async (t) => {
    const { client } = await northwind(t, ({ operation }) => (operation === 'BulkOperations' ? list() : { lost: true }))
    await assert.rejects(startBulkQuery(client, QUERY), NetworkError)
})

test('looking for an operation pages back only as far as it was asked to', async (t) => {
    const { client, asked } = await northwind(t, ({ variables }) => {
        const createdAt = variables.after === null ? '2026-11-22T03:00:00Z' : '2026-11-20T03:00:00Z'
        const nodes = [{ id: FIVE[0], type: 'QUERY', status: 'COMPLETED', createdAt, query: 'query other { a }' }]
        return data({ bulkOperations: { nodes, pageInfo: { hasNextPage: true, endCursor: 'c' } } })
    })
    assert.equal(await findBulkOperation(client, 'run_7_products', new Date('2026-11-21T03:00:00Z')), null)
    assert.deepEqual(
        asked.map((each) => each.variables.after),
        [null, 'c'],
    )
})

test('waiting looks often at first and then less, tells each state, and ends with the completed operation', async (t) => {
    const url = 'https://storage.googleapis.com/r'
    const { client } = await northwind(t, (_, n) =>
        n < 20 ? state(n === 1 ? 'CREATED' : 'RUNNING') : state('COMPLETED', { url, objectCount: '3', fileSize: '80' }),
    )
    const seen: string[] = []
    const operation = await waitForBulk(client, '1', { onProgress: ({ status }) => seen.push(status) })
    assert.equal(operation.id, '1')
    assert.equal(operation.url, url)
    assert.equal(seen.length, 20)
    const waits = client.slept.filter((wait) => wait > 10)
    assert.equal(waits[0], 30)
    assert.equal(waits.at(-1), 5000)
})

for (const [status, errorCode] of [
    ['FAILED', 'INTERNAL_SERVER_ERROR'],
    ['FAILED', 'ACCESS_DENIED'],
    ['CANCELED', null],
    ['EXPIRED', null],
] as const) {
    test(`rule 72: an operation that ended ${status} ${errorCode ?? ''} is an error, whatever data it left`, async (t) => {
        const { client } = await northwind(t, () => state(status, { errorCode, objectCount: '500' }))
        const error = await waitForBulk(client, '1').catch((error: unknown) => error)
        assert.ok(error instanceof BulkFailedError)
        assert.equal(error.bulkStatus, status)
        assert.equal(error.errorCode, errorCode)
    })
}

test('rule 72: the address of partial data is never asked for', async (t) => {
    const { client, asked } = await northwind(t, () => state('COMPLETED'))
    await waitForBulk(client, '1')
    assert.doesNotMatch(asked[0]!.document.replace(/^#.*$/gm, ''), /partialDataUrl/)
})

test('an operation the store does not know is an error', async (t) => {
    const { client } = await northwind(t, () => data({ bulkOperation: null }))
    await assert.rejects(waitForBulk(client, '1'), /expected COMPLETED, came UNKNOWN/)
})

test('waiting ends when told to stop', async (t) => {
    const stop = new AbortController()
    const { client } = await northwind(t, () => state('RUNNING'))
    const waiting = waitForBulk(client, '1', {
        signal: stop.signal,
        onProgress: () => stop.abort(new Error('stopped')),
    })
    await assert.rejects(waiting, /stopped/)
})

test('cancelling an operation that has ended is no error', async (t) => {
    const message = 'A bulk operation cannot be canceled when it is completed'
    const { client, asked } = await northwind(t, () =>
        data({ bulkOperationCancel: { bulkOperation: null, userErrors: [{ field: null, message }] } }),
    )
    await cancelBulk(client, '1')
    assert.deepEqual(asked[0]?.variables, { id: FIVE[0] })
})
