import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { pathOf } from './bulk/result_file.ts'
import { downloadFaults, type Fault } from './faults.ts'
import type { Parts } from './parts.ts'
import { type Reply, storageError } from './server_reply.ts'
import type { BulkOperation, Shop } from './shop/state.ts'

const TYPE = { 'content-type': 'application/jsonl' }
const SLOW_PIECES = 20

/** Serves a bulk result by the signature in its URL, without a token, until it expires. Null: it is streamed already. */
export async function serveResult(
    parts: Parts,
    signature: string,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<Reply | null> {
    const found = resultOf(parts, signature)
    if (!found) return storageError(404, 'NoSuchKey', 'The specified key does not exist.')
    const expires = Number(new URL(request.url ?? '', 'http://sandbox').searchParams.get('Expires'))
    if (expires * 1000 < parts.clock.now()) {
        return storageError(400, 'ExpiredToken', 'The provided token has expired. Request signature expired.')
    }
    const path = pathOf(parts.resultsFolder, signature)
    const { shop, row } = found
    const fault = parts.faults.strike(downloadFaults, { shop: shop.domain, names: [row.type], text: row.query })
    if (fault) return brokenDownload(fault, path, response)
    response.writeHead(200, { ...TYPE, 'content-length': String((await stat(path)).size) })
    await pipeline(createReadStream(path), response)
    return null
}

function resultOf(parts: Parts, signature: string): { shop: Shop; row: BulkOperation } | null {
    for (const shop of parts.shops.values()) {
        for (const row of shop.bulkOperations.values()) {
            if (row.url?.includes(signature) || row.partialDataUrl?.includes(signature)) return { shop, row }
        }
    }
    return null
}

async function brokenDownload(fault: Fault, path: string, response: ServerResponse): Promise<Reply | null> {
    const whole = await readFile(path)
    const middle = Math.floor(whole.length / 2)
    switch (fault.kind) {
        case 'cut_download':
            // promised whole, broken off in mid line
            response.writeHead(200, { ...TYPE, 'content-length': String(whole.length) })
            response.write(whole.subarray(0, middle), () => response.destroy())
            return null
        case 'short_download':
            // ends as if it were all, in mid line
            return { status: 200, headers: TYPE, body: whole.subarray(0, middle) }
        case 'truncated_but_complete': {
            // ends as if it were all, at the end of a line
            const end = whole.lastIndexOf(10, middle) + 1
            return { status: 200, headers: TYPE, body: whole.subarray(0, end) }
        }
        default:
            await slowly(whole, fault.seconds ?? 2, response)
            return null
    }
}

async function slowly(whole: Buffer, seconds: number, response: ServerResponse): Promise<void> {
    response.writeHead(200, { ...TYPE, 'content-length': String(whole.length) })
    const piece = Math.max(1, Math.ceil(whole.length / SLOW_PIECES))
    for (let from = 0; from < whole.length && !response.destroyed; from += piece) {
        response.write(whole.subarray(from, from + piece))
        await pause((seconds * 1000) / SLOW_PIECES)
    }
    response.end()
}
