import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, NORTHWIND, sandboxFor, type Talk } from '../../helpers/sandbox.ts'
import { ended, linesAt, runMutation, runQuery, upload } from '../../helpers/sandbox_bulk.ts'

const READ = '{ shop { id } }'
const CATALOGUE = '{ products { edges { node { id title } } } }'
const filled = { shops: [{ domain: NORTHWIND, catalogue: { products: 20, seed: 3 } }] }

const TAG = `mutation Note($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { message } } }`
const noteOn = (talk: Talk, value: string) => {
    const [product] = [...(talk.sandbox.shops.get(NORTHWIND)?.products.values() ?? [])]
    assert.ok(product)
    const ownerId = `gid://shopify/Product/${product.id}`
    const metafields = [{ ownerId, namespace: 'custom', key: 'note', type: 'single_line_text_field', value }]
    return { product, metafields, noted: () => product.metafields.some((one) => one.value === value) }
}

test('a fault strikes once, then all is well', async (t) => {
    const { ask, control } = await sandboxFor(t)
    await control('fail.next', { kind: 'bad_gateway' })
    const broken = await ask(READ)
    assert.equal(broken.status, 502)
    assert.match(broken.text, /<html>/)
    assert.equal((await ask(READ)).status, 200)
})

test('a fault can be aimed: by shop, by field, by a piece of the document, and at the second of its kind', async (t) => {
    const { ask, control } = await sandboxFor(t, { shops: [{ domain: NORTHWIND }, { domain: 'outlet.example' }] })
    await control('fail.next', { kind: 'bad_gateway', shop: 'outlet.example' })
    await control('fail.next', { kind: 'http_status', status: 503, name: 'bulkOperations' })
    await control('fail.next', { kind: 'expired_token', contains: 'ianaTimezone', skip: 1 })
    assert.equal((await ask(READ)).status, 200)
    assert.equal((await ask('{ bulkOperations(first: 1) { nodes { id } } }')).status, 503)
    assert.equal((await ask('{ shop { ianaTimezone } }')).status, 200)
    assert.equal((await ask('{ shop { ianaTimezone } }')).status, 401)
    assert.equal((await ask(READ, {}, { shop: 'outlet.example' })).status, 502)
})

test('429 says how long to wait in seconds with a decimal', async (t) => {
    const { ask, control } = await sandboxFor(t)
    await control('fail.next', { kind: 'http_429' })
    const told = await ask(READ)
    assert.equal(told.status, 429)
    assert.equal(told.headers.get('retry-after'), '2.0')
})

test('THROTTLED and ACCESS_DENIED come at status 200', async (t) => {
    const { ask, control } = await sandboxFor(t)
    await control('fail.next', { kind: 'throttled' })
    await control('fail.next', { kind: 'access_denied' })
    const codes = [await ask(READ), await ask(READ)].map(({ status, body }) => [
        status,
        at(body, 'errors', 0, 'extensions', 'code'),
    ])
    assert.deepEqual(codes, [
        [200, 'THROTTLED'],
        [200, 'ACCESS_DENIED'],
    ])
})

test('a time-out after the write leaves the write done, one before it does not', async (t) => {
    const talk = await sandboxFor(t, filled)
    const lost = noteOn(talk, 'lost answer')
    await talk.control('fail.next', { kind: 'timeout_after', name: 'metafieldsSet' })
    await assert.rejects(talk.ask(TAG, { metafields: lost.metafields }))
    assert.ok(lost.noted())
    const never = noteOn(talk, 'never sent')
    await talk.control('fail.next', { kind: 'timeout_before', name: 'metafieldsSet' })
    await assert.rejects(talk.ask(TAG, { metafields: never.metafields }))
    assert.equal(never.noted(), false)
    assert.deepEqual(
        ((await talk.control('calls')).body.calls as { name: string }[]).map(({ name }) => name),
        ['metafieldsSet'],
    )
})

test('a held request goes on when it is released', async (t) => {
    const { ask, control } = await sandboxFor(t)
    await control('fail.next', { kind: 'hold' })
    const waiting = ask(READ)
    while (at((await control('fail.status')).body, 'held') !== 1) await new Promise((again) => setImmediate(again))
    await control('fail.release')
    assert.equal((await waiting).status, 200)
})

test('a held request that is dropped gets no answer, and is not carried out unless it was held after that', async (t) => {
    const talk = await sandboxFor(t, filled)
    for (const [kind, done] of [['hold', false] as const, ['hold_after', true] as const]) {
        const note = noteOn(talk, kind)
        await talk.control('fail.next', { kind, name: 'metafieldsSet' })
        const waiting = assert.rejects(talk.ask(TAG, { metafields: note.metafields }))
        while (at((await talk.control('fail.status')).body, 'held') !== 1)
            await new Promise((next) => setImmediate(next))
        await talk.control('fail.release', { drop: true })
        await waiting
        assert.equal(note.noted(), done)
    }
})

test('a late request gets no answer and is carried out when the shops’ clock has moved on', async (t) => {
    const talk = await sandboxFor(t, filled)
    const late = noteOn(talk, 'late')
    await talk.control('fail.next', { kind: 'late', name: 'metafieldsSet', seconds: 90 })
    await assert.rejects(talk.ask(TAG, { metafields: late.metafields }))
    await talk.control('clock.advance', { seconds: 60 })
    assert.equal((await talk.ask(READ)).status, 200)
    assert.equal(late.noted(), false)
    assert.equal(at((await talk.control('fail.status')).body, 'late'), 1)
    await talk.control('fail.clear')
    await talk.control('clock.advance', { seconds: 31 })
    await talk.ask(READ)
    assert.ok(late.noted())
})

test('a late request is carried out when held ones are released, unless it shall wait', async (t) => {
    const talk = await sandboxFor(t, filled)
    const late = noteOn(talk, 'late')
    await talk.control('fail.next', { kind: 'late', name: 'metafieldsSet' })
    await assert.rejects(talk.ask(TAG, { metafields: late.metafields }))
    await talk.control('fail.release', { late: false })
    assert.equal(late.noted(), false)
    await talk.control('fail.release')
    assert.ok(late.noted())
})

test('downloads break off, end early in mid line, or end early as if complete', async (t) => {
    const talk = await sandboxFor(t, filled)
    const operation = await ended(talk, await runQuery(talk, CATALOGUE))
    const fetchText = async () => (await fetch(String(operation.url))).text()
    const whole = await fetchText()
    await talk.control('fail.next', { kind: 'cut_download' })
    await assert.rejects(fetchText())
    await talk.control('fail.next', { kind: 'short_download' })
    const short = await fetchText()
    assert.ok(whole.startsWith(short) && short.length < whole.length && !short.endsWith('\n'))
    await talk.control('fail.next', { kind: 'truncated_but_complete' })
    const truncated = await fetchText()
    assert.ok(whole.startsWith(truncated) && truncated.length < whole.length && truncated.endsWith('\n'))
    await talk.control('fail.next', { kind: 'slow_download', seconds: 0.1 })
    assert.equal(await fetchText(), whole)
})

test('a bulk query can fail with partial data, or be canceled by the platform', async (t) => {
    const talk = await sandboxFor(t, filled)
    await talk.control('fail.next', { kind: 'bulk_failed_partial' })
    const failed = await ended(talk, await runQuery(talk, CATALOGUE))
    assert.deepEqual([failed.status, failed.errorCode, failed.url], ['FAILED', 'INTERNAL_SERVER_ERROR', null])
    assert.equal((await linesAt(failed.partialDataUrl)).length, 10)
    await talk.control('fail.next', { kind: 'bulk_canceled' })
    assert.equal((await ended(talk, await runQuery(talk, CATALOGUE))).status, 'CANCELED')
})

test('a bulk query may meet an object a second time, with its children, as it is by then', async (t) => {
    const talk = await sandboxFor(t, filled)
    await talk.control('fail.next', { kind: 'bulk_repeated' })
    const query = '{ products { edges { node { id variants { edges { node { id } } } } } } }'
    const operation = await ended(talk, await runQuery(talk, query))
    const lines = await linesAt(operation.url)
    assert.equal(Number(operation.objectCount), lines.length)
    const ids = lines.map(({ id }) => String(id))
    const first = `gid://shopify/Product/${[...(talk.sandbox.shops.get(NORTHWIND)?.products.keys() ?? [])][0]}`
    const twice = [...new Set(ids.filter((id, place) => ids.indexOf(id) < place))]
    const own = lines.filter(({ id, __parentId }) => id === first || __parentId === first).map(({ id }) => id)
    assert.deepEqual(twice.toSorted(), [...new Set(own)].map(String).toSorted())
})

test('a bulk mutation that fails half way has executed what its partial data names', async (t) => {
    const talk = await sandboxFor(t, filled)
    const products = [...(talk.sandbox.shops.get(NORTHWIND)?.products.values() ?? [])]
    const content = products
        .map(({ id }) => ({ ownerId: `gid://shopify/Product/${id}`, namespace: 'custom', key: 'note', value: 'ran' }))
        .map((metafield) => JSON.stringify({ metafields: [{ ...metafield, type: 'single_line_text_field' }] }))
        .join('\n')
    await talk.control('fail.next', { kind: 'bulk_failed_partial', name: 'metafieldsSet' })
    const operation = await ended(talk, await runMutation(talk, TAG, (await upload(talk, content)).key))
    assert.equal(operation.status, 'FAILED')
    const ran = (await linesAt(operation.partialDataUrl)).map(({ __lineNumber }) => Number(__lineNumber))
    assert.equal(ran.length, 10)
    products.forEach((product, number) => {
        const noted = product.metafields.some(({ value }) => value === 'ran')
        assert.equal(noted, ran.includes(number))
    })
})

test('a fault of a kind that does not exist is refused with the kinds there are', async (t) => {
    const { control } = await sandboxFor(t)
    const { status, body } = await control('fail.next', { kind: 'explode' })
    assert.equal(status, 400)
    assert.match(String(body.error), /bad_gateway/)
})

test('ordered faults are forgotten when cleared', async (t) => {
    const { ask, control } = await sandboxFor(t)
    await control('fail.next', { kind: 'bad_gateway', times: 5 })
    await control('fail.clear')
    assert.equal((await ask(READ)).status, 200)
})
