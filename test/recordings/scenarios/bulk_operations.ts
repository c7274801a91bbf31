import assert from 'node:assert/strict'
import { masked } from '../likeness.ts'
import { exchangeAt, isObject, type Json } from '../recording.ts'
import type { Scenario, Stage, Target } from '../stage.ts'

const every = (stage: Stage) => stage.playAll(stage.paths())

/** Uploads what the recording uploaded, to the target of the answer before, and compares what storage said. */
async function upload(stage: Stage, path: string, content: string): Promise<void> {
    const target = stage.lastTarget()
    const form = new FormData()
    for (const { name, value } of target.parameters) form.append(name, value)
    form.append('file', new Blob([content], { type: 'text/jsonl' }))
    const isForm = target.parameters.some(({ name }) => name === 'key')
    const response = await fetch(target.url, isForm ? { method: 'POST', body: form } : { method: 'PUT', body: content })
    const recorded = stage.part(path)
    assert.ok(isObject(recorded))
    assert.equal(response.status, recorded.status)
    // the host of the stored file and a signature are URLs; the ETag is the content's own
    const body = await response.text()
    assert.equal(masked(body), masked(String(recorded.body)))
    if (content !== UNKNOWN) assert.equal(etagIn(body), etagIn(String(recorded.body)))
    stage.replayed += 1
}

// Not in the recording; only its ETag would show it.
const UNKNOWN = '{"product":{"title":"Byte limit"}}\n'
const etagIn = (xml: string) => /<ETag>"(\w+)"/.exec(xml)?.[1]

/** Where the last staged upload lies: its key as a form field or in the address of a PUT. */
function keyOf({ parameters, url }: Target): string {
    const field = parameters.find(({ name }) => name === 'key')?.value
    return field ?? new URL(url).pathname.replace(/^\/staged-uploads\//, '')
}

/** Plays a start of a bulk mutation with the path that stands for the recorded one. */
function run(stage: Stage, path: string, key: string): Promise<void> {
    return stage.play(path, { variables: { ...exchangeAt(stage.recording, path).variables, path: key } })
}

async function clientIdentifier(stage: Stage): Promise<void> {
    await pastOperation(stage, 'gid://shopify/BulkOperation/7760702669106', 'MUTATION')
    await stage.playAll(stage.paths(/^cleanupBefore/))
    for (const name of ['tooShort', 'tooLong']) {
        await stage.play(`setup.${name}.stagedUpload`)
        await upload(stage, `setup.${name}.upload`, String(stage.part(`setup.${name}.uploadContent`)))
        const key = keyOf(stage.lastTarget())
        await run(stage, `setup.${name}.run`, key)
        await run(stage, `validations.${name}`, key)
    }
    await stage.play('observations.runQueryWithClientIdentifier')
}

/** An operation that was there before the recording began, of which only id and type were seen. */
function pastOperation(stage: Stage, id: string, type: string): Promise<void> {
    const time = String(stage.part('capturedAt'))
    return plant(stage, [{ id, type, createdAt: time, completedAt: time }])
}

/** Puts operations of the past, oldest first, into the shop, as long ago as they were when it was recorded. */
async function plant(stage: Stage, rows: readonly Json[]): Promise<void> {
    const later = Date.now() - Date.parse(String(stage.part('capturedAt')))
    const moved = (time: Json | undefined) =>
        typeof time === 'string' ? new Date(Date.parse(time) + later).toISOString() : null
    const operations = rows.filter(isObject).map(({ id: _id, createdAt, completedAt, ...rest }) => ({
        ...rest,
        createdAt: moved(createdAt),
        completedAt: moved(completedAt),
    }))
    const made = (await stage.control('bulk.past', { operations })) as { ids: number[] }
    rows.filter(isObject).forEach(({ id }, n) => {
        stage.likeness.know(String(id), `gid://shopify/BulkOperation/${made.ids[n]}`)
    })
}

function listAt(stage: Stage, path: string): Json[] {
    const rows = stage.part(path)
    assert.ok(Array.isArray(rows))
    return rows
}

/** Each root: run, cancel, cancel again, and see it canceled; the operation is held so that it is still there to stop. */
async function schemaRoots(stage: Stage): Promise<void> {
    await pastOperation(stage, 'gid://shopify/BulkOperation/7768705990962', 'QUERY')
    await stage.control('bulk.set', { hold: true })
    await every(stage)
}

async function sortKeys(stage: Stage): Promise<void> {
    await plant(stage, listAt(stage, 'cases.createdAtAsc.response.data.bulkOperations.nodes'))
    await every(stage)
}

/** The list before and after a start, then the catalogue the recorder read page by page. */
async function baseOverlay(stage: Stage): Promise<void> {
    await plant(stage, listAt(stage, 'preRunWindow.response.data.bulkOperations.nodes').toReversed())
    await stage.control('bulk.set', { hold: true })
    await stage.playAll(['preRunWindow', 'run', 'postRunWindow'])
    const pages = [0, 1, 2, 3, 4, 5].map((n) => `upstreamCalls[${n}]`)
    await stage.playAll(pages)
}

async function emptyFile(stage: Stage): Promise<void> {
    await stage.play('setup.stagedUpload')
    await upload(stage, 'setup.upload', '')
    await run(stage, 'validation.run', keyOf(stage.lastTarget()))
}

async function byteLimit(stage: Stage): Promise<void> {
    await stage.play('setup.stagedUploadTarget')
    await upload(stage, 'setup.stagedUpload', UNKNOWN)
    const key = keyOf(stage.lastTarget())
    await stage.play('cases.query')
    await run(stage, 'cases.mutation', key)
}

const FOLDER = '2026-04/bulk-operations'

export const bulkOperations: readonly Scenario[] = [
    { file: `${FOLDER}/bulk-operation-name-independent-run-roots.json`, play: every },
    { file: `${FOLDER}/bulk-operation-run-mutation-client-identifier-validation.json`, play: clientIdentifier },
    { file: `${FOLDER}/bulk-operation-run-mutation-empty-file.json`, play: emptyFile },
    { file: `${FOLDER}/bulk-operation-run-mutation-validators.json`, play: every },
    { file: `${FOLDER}/bulk-operation-run-query-schema-roots.json`, play: schemaRoots },
    { file: `${FOLDER}/bulk-operation-run-query-user-error-codes.json`, play: every },
    { file: `${FOLDER}/bulk-operation-run-query-validators.json`, play: every },
    { file: `${FOLDER}/bulk-operation-storage-byte-limit.json`, play: byteLimit },
    {
        file: `${FOLDER}/bulk-operations-live-hybrid-base-overlay.json`,
        shop: { catalogue: { products: 1458, seed: 1 } },
        play: baseOverlay,
    },
    { file: `${FOLDER}/bulk-operations-sort-key.json`, play: sortKeys },
]
