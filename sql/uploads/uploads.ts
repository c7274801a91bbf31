import { createHash } from 'node:crypto'
import { type Bytes, copyIn } from '../copy.ts'
import { transaction } from '../database.ts'
import { execute, query, queryFirst, queryOne } from '../query.ts'
import type { Queryable, Session } from '../session.ts'

export type UploadState = 'stored' | 'unreadable' | 'checked' | 'applied'

/** Rows by outcome (`ok`, `warning`, `error`, `unchanged`), by what they would do, and all (`rows`). */
export type UploadCounts = { readonly [name: string]: number }

export type UploadRow = {
    account_id: number
    upload_id: string
    connection_id: number
    kind: string
    file_name: string
    bytes: number
    sha256: string
    state: UploadState
    message: string | null
    columns: string[]
    counts: UploadCounts
    digest: string | null
    who: string
    created_at: string
    checked_at: string | null
    applied_at: string | null
    applied_by: string | null
    forgotten_at: string | null
}

export type UploadKey = { account_id: number; upload_id: string }

/** What is known of an upload before its bytes come. */
export type NewUpload = { account_id: number; connection_id: number; kind: string; file_name: string; who: string }

/** Of so many days files and rows are kept; after that only what came of them is known. */
export const KEPT_DAYS = 90

const PIECE = 256 * 1024

/**
 * Keeps a file as it comes, no faster than the database takes it. Where it breaks off nothing of it stays.
 * @throws what the source throws.
 */
export async function putUpload(q: Queryable, upload: NewUpload, bytes: AsyncIterable<Buffer>): Promise<UploadRow> {
    const { account_id } = upload
    const { upload_id } = await queryOne<{ upload_id: string }>(q, 'uploads/open', upload)
    const key = { account_id, upload_id }
    try {
        const hash = createHash('sha256')
        let [piece, size] = [0, 0]
        for await (const part of inPieces(bytes)) {
            hash.update(part)
            await execute(q, 'uploads/put_piece', { ...key, piece, bytes: part })
            piece += 1
            size += part.length
        }
        await execute(q, 'uploads/stored', { ...key, bytes: size, sha256: hash.digest() })
    } catch (error) {
        await execute(q, 'uploads/discard', key)
        throw error
    }
    return uploadById(q, key)
}

async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let held: Buffer[] = []
    let size = 0
    for await (const part of bytes) {
        held.push(part)
        size += part.length
        if (size < PIECE) continue
        yield Buffer.concat(held, size)
        held = []
        size = 0
    }
    if (size > 0) yield Buffer.concat(held, size)
}

/** The file of an upload, whole: it is small (connectors/spreadsheet/read_limits.ts). */
export async function fileOf(q: Queryable, { account_id, upload_id }: UploadKey): Promise<Buffer> {
    const pieces = await query<{ bytes: Buffer }>(q, 'uploads/pieces', { account_id, upload_id })
    return Buffer.concat(pieces.map(({ bytes }) => bytes))
}

/** One upload. Throws a sentence where the account has no such one. */
export async function uploadById(q: Queryable, { account_id, upload_id }: UploadKey): Promise<UploadRow> {
    const found = await findUpload(q, { account_id, upload_id, connection_id: null })
    if (found) return found
    throw new Error(`Expected an upload of account ${account_id}, got ${upload_id}.`)
}

/** One upload, of one connection where it is named, or null. */
export async function findUpload(
    q: Queryable,
    { account_id, upload_id, connection_id }: UploadKey & { connection_id: number | null },
): Promise<UploadRow | null> {
    const asked = { account_id, upload_id, connection_id, before: null, limit: 1 }
    return queryFirst<UploadRow>(q, 'uploads/uploads_of', asked)
}

/** Uploads of a connection, the newest first. */
export async function uploadsOf(
    q: Queryable,
    { account_id, connection_id }: { account_id: number; connection_id: number },
    { before = null, limit }: { before?: string | null; limit: number },
): Promise<UploadRow[]> {
    return query<UploadRow>(q, 'uploads/uploads_of', { account_id, connection_id, upload_id: null, before, limit })
}

/** The run that was last asked for an upload, or null. */
export async function lastRunOf(
    q: Queryable,
    { account_id, upload_id }: UploadKey,
): Promise<{ run_id: string; job: string; state: string; error: string | null } | null> {
    return queryFirst(q, 'uploads/last_run', { account_id, upload_id })
}

export type StagedRow = {
    row_no: number
    cells: string[]
    result: 'ok' | 'warning' | 'error' | 'unchanged' | null
    action: string | null
    message: string | null
    rank: number
}

export type RowsAsked = {
    result?: string | null
    /** As they came, not errors first. */
    asCame?: boolean
    after?: { rank: number; row_no: number } | null
    limit: number
}

/** Some rows of an upload with their outcome. */
export async function rowsOf(
    q: Queryable,
    { account_id, upload_id }: UploadKey,
    asked: RowsAsked,
): Promise<StagedRow[]> {
    const { result = null, asCame = false, after, limit } = asked
    return query<StagedRow>(q, 'uploads/rows_of', {
        ...{ account_id, upload_id, result, limit },
        as_came: asCame,
        after_rank: after?.rank ?? -1,
        after_row: after?.row_no ?? 0,
    })
}

/** Takes away files and rows that are past their time. */
export async function forgetOldUploads(q: Queryable, account_id: number): Promise<void> {
    await execute(q, 'uploads/forget_old', { account_id, days: KEPT_DAYS })
}

/** Writes the rows of an upload anew, from csv of account, upload, row, cells and fault. */
export async function stageRows(tx: Session, key: UploadKey, rows: Bytes): Promise<number> {
    const { account_id, upload_id } = key
    await execute(tx, 'uploads/clear_rows', { account_id, upload_id })
    return copyIn(
        tx,
        { table: 'upload_rows', columns: ['account_id', 'upload_id', 'row_no', 'cells', 'fault'], format: 'csv' },
        rows,
    )
}

/** Says of an upload that it cannot be read, and why; whatever was staged of it goes. */
export async function setUnreadable(tx: Queryable, key: UploadKey, message: string): Promise<void> {
    const { account_id, upload_id } = key
    await transaction(tx, async (inner) => {
        await execute(inner, 'uploads/clear_rows', { account_id, upload_id })
        await execute(inner, 'uploads/unreadable', { account_id, upload_id, message })
    })
}
