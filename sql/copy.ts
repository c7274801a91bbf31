import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import pg from 'pg'
import { from, to } from 'pg-copy-streams'
import { sqlText } from './query.ts'
import type { Session } from './session.ts'

/** Less than this many bytes are gathered before they are sent: many small messages cost more than the rows in them. */
const CHUNK_BYTES = 64 * 1024

/** Where a COPY goes: `schema.table` or `table`, and its columns in the order of the bytes. */
export type CopyTarget = {
    table: string
    columns: readonly string[]
    /** PostgreSQL's text format (default: tabs, `\N` for null), or csv with an empty field for null. */
    format?: 'text' | 'csv'
}

/** Bytes in pieces of any size, which need not end where rows do. */
export type Bytes = AsyncIterable<Buffer | string> | Iterable<Buffer | string>

/**
 * COPY into a table, no faster than the server takes the bytes. On a transaction or pinned connection, which takes no
 * other statement meanwhile. Returns how many rows came in. An error in `source` undoes the COPY and is thrown as it
 * is; what the server refuses is thrown with its line.
 */
export async function copyIn(on: Session, target: CopyTarget, source: Bytes): Promise<number> {
    const columns = target.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
    const table = target.table
        .split('.')
        .map((part) => pg.escapeIdentifier(part))
        .join('.')
    const stream = on.connection.query(
        from(`copy ${table} (${columns}) from stdin (format ${target.format ?? 'text'})`),
    )
    await pipeline(Readable.from(inChunks(source), { objectMode: true, highWaterMark: 2 }), stream)
    return stream.rowCount
}

/**
 * COPY to here: runs sql/<name>.sql, a `copy … to stdout` statement without parameters, and yields the bytes as they
 * come, no faster than they are taken. One who stops early waits for the rest to be read through, unless the
 * connection is closed.
 */
export async function* copyOut(on: Session, name: string): AsyncGenerator<Buffer> {
    const stream = on.connection.query(to(await sqlText(name)))
    try {
        for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk as Buffer
    } finally {
        if (!stream.readableEnded && !stream.destroyed) {
            stream.resume()
            await once(stream, 'end')
        }
    }
}

/**
 * While the system takes every write at once, a copy would run to its end without the event loop coming round: the
 * server's refusal would go unread, timers and other connections would starve. So it comes round after each chunk.
 */
async function* inChunks(source: Bytes): AsyncGenerator<Buffer> {
    let parts: Buffer[] = []
    let bytes = 0
    for await (const part of source) {
        const buffer = typeof part === 'string' ? Buffer.from(part) : part
        parts.push(buffer)
        bytes += buffer.length
        if (bytes < CHUNK_BYTES) continue
        yield parts.length === 1 ? buffer : Buffer.concat(parts, bytes)
        await setImmediate()
        parts = []
        bytes = 0
    }
    if (bytes > 0) yield Buffer.concat(parts, bytes)
}
