import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import {
    AccessLostError,
    GraphqlError,
    HttpStatusError,
    MaxInputSizeError,
    NetworkError,
    ShopifyError,
    ThrottledError,
} from '../../../connectors/shopify/errors.ts'
import { type Asked, clientAt, data, type Reply, startStandIn, TOKEN, throttled } from '../../helpers/stand_in.ts'

const READ = 'query ReadShop { shop { id } }'
const WRITE = 'mutation TagProduct($id: ID!) { tagsAdd(id: $id, tags: ["a"]) { userErrors { message } } }'

async function northwind(t: TestContext, reply: (asked: Asked, n: number) => Reply) {
    const standIn = await startStandIn(reply)
    t.after(() => standIn.close())
    return standIn
}

/** The error a request ends in; fails if it does not end in one of that class. */
async function errorOf<E extends ShopifyError>(
    request: Promise<unknown>,
    type: new (...facts: never[]) => E,
): Promise<E> {
    const error = await request.then(
        () => assert.fail('expected an error'),
        (error) => error,
    )
    assert.ok(error instanceof type, String(error))
    return error
}

test('a request goes to the origin with its path, its version and its token', async (t) => {
    const standIn = await northwind(t, () => data({ shop: { id: '1' } }))
    assert.deepEqual(await clientAt(standIn).query(READ, { a: null }), { shop: { id: '1' } })
    const [asked] = standIn.asked
    assert.equal(asked?.method, 'POST')
    assert.equal(asked?.path, '/shops/northwind.example/admin/api/2026-07/graphql.json')
    assert.equal(asked?.headers['x-shopify-access-token'], TOKEN)
    assert.deepEqual(asked?.variables, { a: null })
})

test('Retry-After is taken as seconds', async (t) => {
    const standIn = await northwind(t, (_, n) =>
        n === 1 ? { status: 429, headers: { 'retry-after': '2.0' } } : data({}),
    )
    const client = clientAt(standIn)
    await client.mutate(WRITE).catch(() => undefined)
    assert.deepEqual(client.slept, [2000])
    assert.equal(standIn.asked.length, 2)
})

test('a throttled write waits until its points are restored, and is sent again', async (t) => {
    const standIn = await northwind(t, (_, n) =>
        n === 1 ? throttled({ available: 20, requested: 70 }) : data({ tagsAdd: {} }),
    )
    const client = clientAt(standIn)
    assert.deepEqual(await client.mutate(WRITE), { tagsAdd: {} })
    assert.deepEqual(client.slept, [500])
})

test('being throttled for ever ends in an error after the set number of tries', async (t) => {
    const standIn = await northwind(t, () => ({ status: 429 }))
    const client = clientAt(standIn, { limits: { throttledAttempts: 3 } })
    await errorOf(client.query(READ), ThrottledError)
    assert.equal(standIn.asked.length, 3)
})

test('a read is asked again after a lost answer, a bad gateway and an error inside Shopify', async (t) => {
    const internal = { errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }
    const replies: Reply[] = [{ lost: true }, { status: 502, body: '<html>Bad Gateway</html>' }, { body: internal }]
    const standIn = await northwind(t, (_, n) => replies[n - 1] ?? data({ shop: { id: '1' } }))
    assert.deepEqual(await clientAt(standIn).query(READ), { shop: { id: '1' } })
    assert.equal(standIn.asked.length, 4)
})

test('a read that never succeeds ends in its last error after the set number of tries', async (t) => {
    const standIn = await northwind(t, () => ({ status: 503, headers: { 'x-request-id': 'r-1' }, body: 'down' }))
    const client = clientAt(standIn, { limits: { attempts: 3, firstWaitMs: 100 } })
    const error = await errorOf(client.query(READ), HttpStatusError)
    assert.equal(standIn.asked.length, 3)
    assert.equal(client.slept.length, 2)
    assert.match(error.message, /northwind\.example, ReadShop: expected HTTP 200, came 503 down.*request r-1/)
    assert.equal(error.mayBeDone, false)
})

test('of a page that a gateway sends in place of an answer its words are told', async (t) => {
    const page =
        '<html>\n<head><style>p { color: red }</style><title>502</title></head><body><p>Bad Gateway</p></body></html>'
    const standIn = await northwind(t, () => ({ status: 502, body: page }))
    const client = clientAt(standIn, { limits: { attempts: 1 } })
    assert.match((await errorOf(client.query(READ), HttpStatusError)).message, /came 502 502 Bad Gateway[^<>]*$/)
})

const LOST: [string, Reply][] = [
    ['no answer at all', { lost: true }],
    ['a bad gateway', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['an answer cut in the middle', { body: { data: { tagsAdd: { userErrors: [] } } }, cutAt: 12 }],
    ['an HTML page with status 200', { body: '<html>log in</html>' }],
    [
        'an error inside Shopify',
        { body: { errors: [{ message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } },
    ],
]
for (const [what, reply] of LOST) {
    test(`a write answered by ${what} is sent once and may be done`, async (t) => {
        const standIn = await northwind(t, () => reply)
        assert.equal((await errorOf(clientAt(standIn).mutate(WRITE), ShopifyError)).mayBeDone, true)
        assert.equal(standIn.asked.length, 1)
    })
}

test('a write that hangs past the time-out may be done', async (t) => {
    const silent = createServer().listen(0, '127.0.0.1')
    t.after(() => silent.close())
    await new Promise((resolve) => silent.once('listening', resolve))
    const { port } = silent.address() as { port: number }
    const standIn = { origin: `http://127.0.0.1:${port}`, asked: [], close: async () => undefined }
    const error = await errorOf(clientAt(standIn, { limits: { timeoutMs: 50 } }).mutate(WRITE), NetworkError)
    assert.equal(error.mayBeDone, true)
})

test('a write to a store that cannot be reached is tried again and surely not done', async (t) => {
    const standIn = await northwind(t, () => data({}))
    await standIn.close()
    const client = clientAt(standIn, { limits: { attempts: 3 } })
    const error = await errorOf(client.mutate(WRITE), NetworkError)
    assert.equal(client.slept.length, 2)
    assert.equal(error.sent, false)
    assert.equal(error.mayBeDone, false)
    assert.match(error.message, /ECONNREFUSED/)
})

for (const status of [401, 402, 403, 404, 423]) {
    test(`rule 90: status ${status} says that access to the store is lost, and is not asked again`, async (t) => {
        const body = { errors: '[API] Invalid API key or access token' }
        const standIn = await northwind(t, () => ({ status, body }))
        const error = await errorOf(clientAt(standIn).query(READ), AccessLostError)
        assert.equal(error.status, status)
        assert.equal(standIn.asked.length, 1)
    })
}

test('data beside errors is thrown with the data attached, and a write may be done in part', async (t) => {
    const errors = [{ message: 'Access denied', path: ['b'], extensions: { code: 'ACCESS_DENIED' } }]
    const standIn = await northwind(t, () => ({ body: { data: { a: { id: '1' }, b: null }, errors } }))
    const error = await errorOf(clientAt(standIn).mutate(WRITE), GraphqlError)
    assert.deepEqual(error.data, { a: { id: '1' }, b: null })
    assert.deepEqual(error.problems, [{ message: 'Access denied', path: ['b'], code: 'ACCESS_DENIED' }])
    assert.equal(error.mayBeDone, true)
})

test('a write refused before it began is surely not done', async (t) => {
    const errors = [{ message: 'Required', path: ['tagsAdd'], extensions: { code: 'INVALID_FIELD_ARGUMENTS' } }]
    const standIn = await northwind(t, () => ({ body: { data: { tagsAdd: null }, errors } }))
    assert.equal((await errorOf(clientAt(standIn).mutate(WRITE), GraphqlError)).mayBeDone, false)
})

test('rule 78: an input array that is too large is an error of its own, for the caller to split', async (t) => {
    const message = 'The input array size of 251 is greater than the maximum allowed of 250.'
    const errors = [{ message, extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } }]
    const standIn = await northwind(t, () => ({ body: { errors } }))
    assert.match((await errorOf(clientAt(standIn).mutate(WRITE), MaxInputSizeError)).message, /251/)
})

test('errors given as a plain string are read', async (t) => {
    const standIn = await northwind(t, () => ({ body: { errors: 'Not available' } }))
    assert.deepEqual((await errorOf(clientAt(standIn).query(READ), GraphqlError)).problems[0]?.message, 'Not available')
})

test('a redirect is not followed, since it would carry the token elsewhere', async (t) => {
    const standIn = await northwind(t, () => ({ status: 301, headers: { location: 'http://127.0.0.1:9/' } }))
    await errorOf(clientAt(standIn).query(READ), HttpStatusError)
    assert.equal(standIn.asked.length, 1)
})

test('a write cannot be sent as a read, nor a read as a write', async (t) => {
    const standIn = await northwind(t, () => data({}))
    await assert.rejects(clientAt(standIn).query(WRITE), /Expected a query, came the mutation TagProduct/)
    await assert.rejects(clientAt(standIn).mutate(READ), /Expected a mutation, came the query ReadShop/)
    assert.equal(standIn.asked.length, 0)
})

test('another API version and deprecated fields are told once each', async (t) => {
    const headers = { 'x-shopify-api-version': '2026-10', 'x-shopify-api-deprecated-reason': 'Publication.name' }
    const standIn = await northwind(t, () => ({ ...data({ shop: {} }), headers }))
    const warned: string[] = []
    const log = { info: () => undefined, warn: (_: unknown, message: string) => void warned.push(message) }
    const client = clientAt(standIn, { log })
    await client.query(READ)
    await client.query(READ)
    assert.equal(warned.length, 2)
    assert.match(warned[0]!, /another API version/)
    assert.match(warned[1]!, /deprecated/)
})

test("an answer tells the store's own time and Shopify's request id", async (t) => {
    const headers = { date: 'Sun, 22 Nov 2026 03:00:00 GMT', 'x-request-id': 'r-9' }
    const standIn = await northwind(t, () => ({ ...data({ shop: {} }), headers }))
    const answer = await clientAt(standIn).send(READ)
    assert.deepEqual(answer, { data: { shop: {} }, at: new Date('2026-11-22T03:00:00Z'), requestId: 'r-9' })
})

test('told to stop, the client sends nothing more', async (t) => {
    const stop = new AbortController()
    const standIn = await northwind(t, () => {
        stop.abort(new Error('the run was stopped'))
        return { status: 429 }
    })
    const client = clientAt(standIn, { signal: stop.signal })
    await assert.rejects(client.query(READ), /the run was stopped/)
    assert.equal(standIn.asked.length, 1)
})

test('no error, log line or client shows a token', async (t) => {
    const echo = (asked: Asked): Reply => ({
        status: 403,
        body: { errors: `bad token ${asked.headers['x-shopify-access-token']}` },
    })
    const standIn = await northwind(t, echo)
    const said: unknown[] = []
    const log = { info: (...said_: unknown[]) => said.push(said_), warn: (...said_: unknown[]) => said.push(said_) }
    const client = clientAt(standIn, { log })
    said.push(client, await client.query(READ).catch((error) => error))
    const other = await northwind(t, () => ({ body: { errors: `${TOKEN} may not` } }))
    said.push(await errorOf(clientAt(other).query(READ), GraphqlError).then((error) => error.message))
    const malformed = () => clientAt(standIn, { credentials: { kind: 'static', token: `${TOKEN}\n` } }).query(READ)
    said.push(await Promise.try(malformed).catch((error) => error))
    const shown = inspect(said, { depth: 12 })
    assert.match(shown, /bad token \[token\]/)
    assert.match(shown, /\[token\] may not/)
    assert.match(shown, /Give the token again/)
    assert.doesNotMatch(shown, /0123456789abcdef/)
})
