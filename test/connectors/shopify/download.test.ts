import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { BulkOperation } from '../../../connectors/shopify/bulk_operation.ts'
import { bulkLineBatches, bulkLines, cutLines } from '../../../connectors/shopify/download.ts'
import { BulkFailedError, DownloadIncompleteError } from '../../../connectors/shopify/errors.ts'
import { clientAt, type Reply, startStandIn } from '../../helpers/stand_in.ts'

const ROWS = [
    { id: 'gid://shopify/Product/1', title: 'Tea – grün' },
    { id: 'gid://shopify/Product/2', title: 'x'.repeat(200_000) },
]
const FILE = Buffer.from(ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''))

function completed(origin: string, facts: Partial<BulkOperation> = {}): BulkOperation {
    return {
        id: '9',
        type: 'QUERY',
        status: 'COMPLETED',
        errorCode: null,
        createdAt: '2026-11-22T03:00:00Z',
        completedAt: '2026-11-22T03:00:01Z',
        objectCount: '2',
        rootObjectCount: '2',
        fileSize: String(FILE.length),
        url: `${origin}/results/9.jsonl?signature=s`,
        ...facts,
    }
}

/** The rows that come of a result served like this. */
async function rowsOf(t: TestContext, reply: (n: number) => Reply, facts: Partial<BulkOperation> = {}) {
    const standIn = await startStandIn((_, n) => reply(n))
    t.after(() => standIn.close())
    const rows: unknown[] = []
    const client = clientAt(standIn)
    for await (const line of bulkLines(client, completed(standIn.origin, facts))) rows.push(JSON.parse(line.toString()))
    return { rows, asked: standIn.asked }
}

test('a result is cut into its lines, and asked for without the token', async (t) => {
    const { rows, asked } = await rowsOf(t, () => ({ body: FILE }))
    assert.deepEqual(rows, ROWS)
    assert.equal(asked[0]?.headers['x-shopify-access-token'], undefined)
})

test('a compressed result is counted as it was before', async (t) => {
    const reply = { body: gzipSync(FILE), headers: { 'content-encoding': 'gzip' } }
    assert.deepEqual((await rowsOf(t, () => reply)).rows, ROWS)
})

test('a completed operation without an address has no rows', async (t) => {
    const none = { url: null, fileSize: null, objectCount: '0' }
    assert.deepEqual((await rowsOf(t, () => assert.fail('asked'), none)).rows, [])
})

test('an operation without an address that announced rows is not taken for empty', async (t) => {
    await assert.rejects(
        rowsOf(t, () => ({}), { url: null, fileSize: null }),
        DownloadIncompleteError,
    )
})

test('a download cut by a broken connection is refused', async (t) => {
    await assert.rejects(
        rowsOf(t, () => ({ body: FILE, cutAt: FILE.length - 20 })),
        /broke after/,
    )
})

test('a download that ends early without a complaint is refused by its size', async (t) => {
    await assert.rejects(
        rowsOf(t, () => ({ body: FILE.subarray(0, -20) })),
        /expected 200\d+ bytes, came 200\d+ bytes/,
    )
})

test('a file of the right size with too few lines is refused by its count', async (t) => {
    await assert.rejects(
        rowsOf(t, () => ({ body: FILE }), { objectCount: '3' }),
        /expected 3 lines, came 2 lines/,
    )
})

test('a file host that is down for a while is asked again', async (t) => {
    const replies: Reply[] = [{ status: 503 }, { lost: true }, { status: 429 }]
    assert.deepEqual((await rowsOf(t, (n) => replies[n - 1] ?? { body: FILE })).rows, ROWS)
})

test('rule 74: an expired address says that the operation must run again', async (t) => {
    const expired = (error: unknown) => error instanceof BulkFailedError && error.bulkStatus === 'EXPIRED'
    await assert.rejects(
        rowsOf(t, () => ({ status: 403, body: '<Error>ExpiredToken</Error>' })),
        expired,
    )
})

for (const url of [
    'http://storage.googleapis.com/a',
    'https://storage.googleapis.com.evil.example/a',
    'http://169.254.169.254/a',
]) {
    test(`a result at ${url} is not followed`, async (t) => {
        await assert.rejects(
            rowsOf(t, () => ({ body: FILE }), { url }),
            /It is not followed/,
        )
    })
}

test('a result is not followed when the address leads on to another one', async (t) => {
    const { rows } = await rowsOf(t, () => ({ body: FILE }))
    assert.equal(rows.length, 2)
    await assert.rejects(
        rowsOf(t, () => ({ status: 302, headers: { location: '/elsewhere' } })),
        BulkFailedError,
    )
})

test('a reader that stops in the middle closes the download', async (t) => {
    const standIn = await startStandIn(() => ({ body: FILE }))
    t.after(() => standIn.close())
    for await (const batch of bulkLineBatches(clientAt(standIn), completed(standIn.origin))) {
        assert.ok(batch.length > 0)
        break
    }
})

test('lines are the same wherever the chunks are cut', async () => {
    const text = '{"a":1}\n{"b":"é"}\n\n{"c":3}'
    for (let size = 1; size <= text.length + 1; size++) {
        const lines: string[] = []
        for await (const batch of cutLines(chunksOf(Buffer.from(text), size))) lines.push(...batch.map(String))
        assert.deepEqual(lines, ['{"a":1}', '{"b":"é"}', '{"c":3}'], `chunks of ${size}`)
    }
})

async function* chunksOf(content: Buffer, size: number): AsyncGenerator<Buffer> {
    for (let start = 0; start < content.length; start += size) yield content.subarray(start, start + size)
}
