import { namedDocument } from '../../connectors/shopify/bulk_document.ts'
import { type BulkResult, bulkResults, startBulkMutation } from '../../connectors/shopify/bulk_mutation.ts'
import { findBulkOperation, waitForBulk } from '../../connectors/shopify/bulk_operation.ts'
import {
    BulkFailedError,
    DownloadIncompleteError,
    GraphqlError,
    ShopifyError,
    UserErrorsError,
} from '../../connectors/shopify/errors.ts'
import { stageVariables } from '../../connectors/shopify/staged_upload.ts'
import { variablesFiles } from '../../connectors/shopify/variables_file.ts'
import { settleLines, settleRest } from './bulk_lines.ts'
import { documentOf } from './documents.ts'
import type { Draft, Kind, Payload, When } from './kind.ts'
import type { Line } from './line.ts'
import { bulkVariables, markSent, markStarted, markUnknown, openBulkCall, planBulkLines } from './outbox.ts'
import { failed } from './outcome.ts'
import type { Place } from './place.ts'

/** Half of what an upload may have, as the last batch comes on top (spec rule 78). */
const MOST_BYTES = 50 * 1024 * 1024
const LINES_AT_A_TIME = 100
const STARTS = 3
const DOWNLOADS = 3

/** The name by which a bulk operation whose start was not answered is found again. */
export const operationName = (callId: string) => `crossdock_call_${callId}`

/** Sends calls as the lines of bulk mutations, one after another. Returns the lines that are to be planned anew. */
export async function sendInBulk(place: Place, kind: Kind, drafts: AsyncIterable<Draft[]>): Promise<Line[]> {
    const again: Line[] = []
    let open: { callId: string; lines: number; bytes: number } | null = null
    for await (const batch of drafts) {
        open ??= { callId: await openBulkCall(place, kind), lines: 0, bytes: 0 }
        const own = batch.map((draft) => ({
            ...draft,
            variables: kind.bulk!.variables?.(draft.variables) ?? draft.variables,
        }))
        await planBulkLines(place, open.callId, open.lines, own)
        open.lines += own.length
        open.bytes += own.reduce((sum, draft) => sum + Buffer.byteLength(JSON.stringify(draft.variables)), 0)
        if (open.bytes < MOST_BYTES) continue
        again.push(...(await runBulkCall(place, kind, open.callId)))
        open = null
    }
    if (open) again.push(...(await runBulkCall(place, kind, open.callId)))
    return again
}

/** Uploads a planned bulk call, starts it, waits for it and settles its lines. */
async function runBulkCall(place: Place, kind: Kind, callId: string): Promise<Line[]> {
    const now: When = { later: false, sentAt: new Date() }
    try {
        const { operationId, lines } = await start(place, kind, callId)
        return await collect(place, kind, { callId, operationId, lines }, now)
    } catch (error) {
        if (!(error instanceof ShopifyError)) throw error
        if (error.mayBeDone) {
            await markUnknown(place, callId, error.message)
            throw error
        }
        const refused = error instanceof UserErrorsError || error instanceof GraphqlError
        const again = await settleRest(place, kind, callId, (lines) =>
            lines.map((line) =>
                refused ? failed(line, error.message) : { line, status: 'approved', message: error.message },
            ),
        )
        if (!refused) throw error
        return again
    }
}

async function start(place: Place, kind: Kind, callId: string): Promise<{ operationId: string; lines: number }> {
    for await (const file of variablesFiles(bulkVariables(place, callId))) {
        const name = operationName(callId)
        const stagedUploadPath = await stageVariables(place.client, file, name)
        await markSent(place, callId, stagedUploadPath)
        const document = namedDocument(documentOf(kind.bulk!.document), name)
        const operationId = await startOrFind(place, { name, document, stagedUploadPath })
        await markStarted(place, callId, operationId)
        return { operationId, lines: file.lines }
    }
    throw new Error(`Expected call ${callId} to have lines, but it has none.`)
}

/** A start without an answer is looked up twice before it is made again, under the same name. */
async function startOrFind(place: Place, call: { name: string; document: string; stagedUploadPath: string }) {
    const { client } = place
    const since = new Date()
    for (let attempt = 1; ; attempt++) {
        try {
            return (await startBulkMutation(client, call)).id
        } catch (error) {
            if (!(error instanceof ShopifyError && error.mayBeDone)) throw error
            await client.clock.sleep(client.limits.firstWaitMs * 2, client.signal)
            const found = await findBulkOperation(client, call.name, since)
            if (found) return found.id
            if (attempt >= STARTS) throw error
        }
    }
}

/** Waits for a started bulk call and settles its lines by their answers; lines without one are looked up. */
export async function collect(
    place: Place,
    kind: Kind,
    { callId, operationId, lines }: { callId: string; operationId: string; lines: number },
    when: When,
): Promise<Line[]> {
    const again: Line[] = []
    try {
        const onProgress = (state: { objectCount: string }) =>
            place.context.progress(kind.name, Number(state.objectCount), lines)
        const completed = await waitForBulk(place.client, operationId, { onProgress })
        for (let attempt = 1; ; attempt++) {
            try {
                const results = bulkResults<Data>(place.client, completed, { firstLine: 0, lines })
                for await (const batch of inBatches(results)) {
                    again.push(...(await settleLines(place, kind, callId, batch, when)))
                }
                break
            } catch (error) {
                if (!(error instanceof DownloadIncompleteError) || attempt >= DOWNLOADS) throw error
            }
        }
    } catch (error) {
        if (!(error instanceof BulkFailedError || error instanceof DownloadIncompleteError)) throw error
        place.context.log.warn({ call: callId, operation: operationId }, error.message)
    }
    again.push(...(await settleRest(place, kind, callId, (own) => kind.lookUp(own, place, when))))
    return again
}

export type Data = { [root: string]: Payload | null }

async function* inBatches(results: AsyncIterable<BulkResult<Data>>): AsyncGenerator<BulkResult<Data>[]> {
    let batch: BulkResult<Data>[] = []
    for await (const result of results) {
        batch.push(result)
        if (batch.length < LINES_AT_A_TIME) continue
        yield batch
        batch = []
    }
    if (batch.length > 0) yield batch
}
