import type { BulkOperation } from './bulk_operation.ts'
import type { ShopifyClient } from './client.ts'
import { BulkFailedError, DownloadIncompleteError, type ErrorFacts, ShopifyError } from './errors.ts'
import { checkedFileUrl } from './result_url.ts'

const NEWLINE = 10

/**
 * The lines of a COMPLETED operation's result, in batches as they come off the wire: the fast form. Memory stays flat,
 * as long as no line's buffer is kept: it holds the whole chunk it was cut from. An operation without url has no rows.
 * At the end bytes are checked against fileSize and, for a query, lines against objectCount; only a loop that came to
 * its end without DownloadIncompleteError has seen a whole result. Throws BulkFailedError once the url has expired.
 */
export async function* bulkLineBatches(client: ShopifyClient, operation: BulkOperation): AsyncGenerator<Buffer[]> {
    const where = { store: client.domain, operation: `result of bulk operation ${operation.id}` }
    let lines = 0
    for await (const batch of cutLines(wholeBody(client, operation, where))) {
        lines += batch.length
        yield batch
    }
    // What a bulk mutation counts are objects, not lines; its lines are the caller's to join to those it sent.
    if (operation.type === 'QUERY') refuseUnless(lines, Number(operation.objectCount), 'lines', where)
}

/** As `bulkLineBatches`, line by line. */
export async function* bulkLines(client: ShopifyClient, operation: BulkOperation): AsyncGenerator<Buffer> {
    for await (const batch of bulkLineBatches(client, operation)) yield* batch
}

type Where = Pick<ErrorFacts, 'store' | 'operation'>
const AGAIN = 'Nothing of it may be used; download it again.'

/** The body of the result file, tried again while nothing of it has come. */
async function open(client: ShopifyClient, address: string, where: Where): Promise<AsyncIterable<Uint8Array>> {
    const url = checkedFileUrl(client, address, where.operation)
    const facts = { ...where, expected: 'the result file' }
    for (let attempt = 1; ; attempt++) {
        client.signal?.throwIfAborted()
        const response = await fetch(url, { redirect: 'manual', signal: client.signal }).catch((error: Error) => error)
        if (response instanceof Response && response.status === 200 && response.body) return response.body
        client.signal?.throwIfAborted()
        if (response instanceof Response) {
            await response.body?.cancel()
            if (response.status < 500 && response.status !== 429) throw expired(facts, response.status)
        }
        if (attempt >= client.limits.attempts) {
            const came = response instanceof Response ? `status ${response.status}` : String(response.cause ?? response)
            throw new DownloadIncompleteError({ ...facts, came, todo: AGAIN, cause: response })
        }
        await client.clock.sleep(client.limits.firstWaitMs * 2 ** (attempt - 1), client.signal)
    }
}

/** Signed addresses end after seven days, and are then refused with a status of the 400s. */
function expired(facts: Omit<ErrorFacts, 'came' | 'todo'>, status: number): BulkFailedError {
    const todo = 'Its address has expired: run the operation again.'
    return new BulkFailedError({
        ...facts,
        came: `status ${status}`,
        todo,
        status,
        bulkStatus: 'EXPIRED',
        errorCode: null,
    })
}

/** The bytes of the result. Checked before the last line is cut, so that no cut-off line ever reaches a parser. */
async function* wholeBody(client: ShopifyClient, operation: BulkOperation, where: Where): AsyncGenerator<Buffer> {
    let bytes = 0
    try {
        for await (const chunk of operation.url === null ? [] : await open(client, operation.url, where)) {
            bytes += chunk.byteLength
            yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        }
    } catch (cause) {
        client.signal?.throwIfAborted()
        if (cause instanceof ShopifyError) throw cause
        const came = `a connection that broke after ${bytes} bytes`
        throw new DownloadIncompleteError({ ...where, expected: 'the whole file', came, todo: AGAIN, cause })
    }
    refuseUnless(bytes, Number(operation.fileSize ?? 0), 'bytes', where)
}

function refuseUnless(came: number, expected: number, unit: string, where: Where): void {
    if (came === expected) return
    throw new DownloadIncompleteError({
        ...where,
        expected: `${expected} ${unit}`,
        came: `${came} ${unit}`,
        todo: AGAIN,
    })
}

/** Cuts at line ends; what is left of a chunk waits, uncopied, for the next line end. Empty lines are no lines. */
export async function* cutLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
    let rest: Buffer[] = []
    for await (const chunk of chunks) {
        const batch: Buffer[] = []
        let start = 0
        for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
            const piece = chunk.subarray(start, end)
            const line = rest.length > 0 ? Buffer.concat([...rest, piece]) : piece
            if (rest.length > 0) rest = []
            if (line.length > 0) batch.push(line)
            start = end + 1
        }
        if (start < chunk.length) rest.push(chunk.subarray(start))
        if (batch.length > 0) yield batch
    }
    if (rest.length > 0) yield [Buffer.concat(rest)]
}
