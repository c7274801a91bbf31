import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { namedDocument } from '../../../connectors/shopify/bulk_document.ts'
import { type BulkResult, runBulkMutation, startBulkMutation } from '../../../connectors/shopify/bulk_mutation.ts'
import { type ShopifyError, UserErrorsError } from '../../../connectors/shopify/errors.ts'
import { stageVariables } from '../../../connectors/shopify/staged_upload.ts'
import { variablesFiles } from '../../../connectors/shopify/variables_file.ts'
import { type Asked, clientAt, data, type Reply, startStandIn } from '../../helpers/stand_in.ts'

const TAG = 'mutation Tag($id: ID!) { tagsAdd(id: $id, tags: ["a"]) { userErrors { message } } }'
const KEY = 'tmp/1/bulk/uuid/call_1.jsonl'
const PARAMETERS = [
    { name: 'Content-Type', value: 'text/jsonl' },
    { name: 'success_action_status', value: '201' },
    { name: 'key', value: KEY },
    { name: 'policy', value: 'p' },
]

/** A store that takes one upload after another and answers each bulk mutation with the given result file. */
async function northwind(t: TestContext, { upload, start, result }: Record<string, (asked: Asked) => Reply> = {}) {
    const standIn = await startStandIn((asked) => {
        if (asked.path.endsWith('/upload')) return upload?.(asked) ?? { status: 201, body: '<PostResponse/>' }
        if (asked.path.endsWith('/result')) return result!(asked)
        if (asked.operation === 'StagedUpload')
            return data({ stagedUploadsCreate: { stagedTargets: [target()], userErrors: [] } })
        if (asked.operation === 'BulkRunMutation') return start?.(asked) ?? started()
        if (asked.operation === 'BulkOperation') return done(result!(asked))
        return data({ bulkOperations: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } })
    })
    t.after(() => standIn.close())
    const target = () => ({ url: `${standIn.origin}/upload`, parameters: PARAMETERS })
    const done = ({ body }: Reply) => {
        const counts = { objectCount: '99', rootObjectCount: '99', fileSize: String((body as string).length) }
        const operation = {
            id: 'gid://shopify/BulkOperation/5',
            type: 'MUTATION',
            status: 'COMPLETED',
            errorCode: null,
        }
        return data({ bulkOperation: { ...operation, ...counts, url: `${standIn.origin}/result` } })
    }
    return { client: clientAt(standIn), asked: standIn.asked }
}

function started(): Reply {
    const bulkOperation = { id: 'gid://shopify/BulkOperation/5', createdAt: '2026-11-22T03:00:00Z' }
    return data({ bulkOperationRunMutation: { bulkOperation, userErrors: [] } })
}

async function resultsOf(results: AsyncIterable<BulkResult<unknown>>): Promise<BulkResult<unknown>[]> {
    return (await Array.fromAsync(results)).sort((a, b) => a.lineNumber - b.lineNumber)
}

async function stage(client: Parameters<typeof stageVariables>[0]): Promise<string> {
    for await (const file of variablesFiles([{ id: 1 }])) return await stageVariables(client, file, 'call_1')
    throw new Error('no file')
}

test('the file is uploaded last in the form, with its length and without the token; its key is the path', async (t) => {
    const { client, asked } = await northwind(t)
    assert.equal(await stage(client), KEY)
    assert.deepEqual(asked[0]?.variables, {
        input: [
            {
                resource: 'BULK_MUTATION_VARIABLES',
                filename: 'call_1.jsonl',
                mimeType: 'text/jsonl',
                httpMethod: 'POST',
            },
        ],
    })
    const [, { headers, body } = assert.fail('nothing uploaded')] = asked
    assert.equal(headers['x-shopify-access-token'], undefined)
    assert.equal(headers['content-length'], String(body.length))
    const fields = [...body.toString().matchAll(/; name="([^"]+)"/g)].map((match) => match[1])
    assert.deepEqual(fields, ['Content-Type', 'success_action_status', 'key', 'policy', 'file'])
    assert.match(body.toString(), /filename="call_1\.jsonl"[^{]*\{"id":1\}\n/)
})

test('a broken upload is made anew, a refused one is not', async (t) => {
    const replies: Reply[] = [{ lost: true }, { status: 503 }]
    const { client } = await northwind(t, { upload: () => replies.shift() ?? { status: 201 } })
    assert.equal(await stage(client), KEY)
    const { client: other, asked } = await northwind(t, {
        upload: () => ({ status: 403, body: '<Error>EntityTooLarge</Error>' }),
    })
    await assert.rejects(stage(other), /EntityTooLarge/)
    assert.equal(asked.length, 2)
})

test('rule 78: an input larger than an upload may be is split, and its lines keep their numbers', async () => {
    const lines = Array.from({ length: 25 }, (_, n) => ({ n: n + 10 }))
    const seen: { firstLine: number; lines: number; bytes: number }[] = []
    let last = ''
    let all = ''
    for await (const { path, ...facts } of variablesFiles(lines, 100)) {
        assert.equal(readFileSync(path).length, facts.bytes)
        all += readFileSync(path, 'utf8')
        seen.push(facts)
        last = path
    }
    assert.deepEqual(seen, [
        { firstLine: 0, lines: 11, bytes: 99 },
        { firstLine: 11, lines: 11, bytes: 99 },
        { firstLine: 22, lines: 3, bytes: 27 },
    ])
    assert.equal(all, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    assert.equal(existsSync(last), false)
})

test('rule 78: a single line larger than an upload may be is refused', async () => {
    await assert.rejects(Array.fromAsync(variablesFiles([{ a: 1 }, { a: 'x'.repeat(200) }], 100)), /line 1 has 209/)
})

test('an input without lines makes no file and no call', async (t) => {
    const { client, asked } = await northwind(t)
    assert.deepEqual(await Array.fromAsync(runBulkMutation(client, { name: 'call_1', document: TAG, lines: [] })), [])
    assert.equal(asked.length, 0)
})

test('rule 79: every answer is joined to its line; a refused line and one without an answer are told apart', async (t) => {
    const body = [
        { data: { tagsAdd: { userErrors: [{ message: 'Product does not exist' }] } }, __lineNumber: 2 },
        { data: { tagsAdd: { userErrors: [] } }, __lineNumber: 0 },
        { errors: [{ message: 'bad id', extensions: { code: 'INVALID_VARIABLE' } }], __lineNumber: 3 },
    ]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join('')
    const { client, asked } = await northwind(t, { result: () => ({ body }) })
    const lines = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }]
    const results = await resultsOf(runBulkMutation(client, { name: 'call_1', document: TAG, lines }))
    assert.deepEqual(JSON.parse(JSON.stringify(results)), [
        { lineNumber: 0, data: { tagsAdd: { userErrors: [] } } },
        { lineNumber: 1 },
        { lineNumber: 2, data: { tagsAdd: { userErrors: [{ message: 'Product does not exist' }] } } },
        { lineNumber: 3, errors: [{ message: 'bad id', code: 'INVALID_VARIABLE', path: [] }] },
    ])
    const run = asked.find((each) => each.operation === 'BulkRunMutation')
    assert.equal(run?.variables.stagedUploadPath, KEY)
    assert.match(String(run?.variables.mutation), /^mutation call_1_0\(\$id: ID!\)/)
})

test('a lost start that is not found is not sent again by itself, and may be done', async (t) => {
    const { client, asked } = await northwind(t, { start: () => ({ lost: true }) })
    const document = namedDocument(TAG, 'call_1')
    const started = startBulkMutation(client, { name: 'call_1', document, stagedUploadPath: KEY })
    const error = (await started.catch((error) => error)) as ShopifyError
    assert.equal(error.mayBeDone, true)
    assert.deepEqual(
        asked.map((each) => each.operation),
        ['BulkRunMutation', 'BulkOperations'],
    )
})

test('a mutation that Shopify refuses to run is an error with its words', async (t) => {
    const userErrors = [{ field: null, message: 'The input file is empty.', code: 'INVALID_STAGED_UPLOAD_FILE' }]
    const { client } = await northwind(t, {
        start: () => data({ bulkOperationRunMutation: { bulkOperation: null, userErrors } }),
    })
    const started = startBulkMutation(client, {
        name: 'call_1',
        document: namedDocument(TAG, 'call_1'),
        stagedUploadPath: KEY,
    })
    await assert.rejects(
        started,
        (error) => error instanceof UserErrorsError && /input file is empty/.test(error.message),
    )
})
