import { execute, parametersOf, query, queryOne } from '../sql/query.ts'
import { audit } from '../sql/runs/audit.ts'
import type { Session } from '../sql/session.ts'
import type { UploadCounts, UploadRow } from '../sql/uploads/uploads.ts'
import { readHeader } from './header.ts'
import { kindNamed } from './index.ts'
import type { UploadParameters } from './kind.ts'

/** What came of an upload: `applied`; `checked`, with a sentence where it could not be applied. */
export type Judged = { state: 'checked' | 'applied'; counts: UploadCounts; message: string | null }

/**
 * Works out what every row of an upload would do now, and keeps it for people to look at. Nothing else is changed.
 */
export async function checkUpload(tx: Session, upload: UploadRow): Promise<Judged> {
    const { digest } = await judgeRows(tx, upload)
    return keep(tx, upload, digest, unknownColumns(upload))
}

/** Who applies an upload, and the digest of what they were shown. */
export type Approval = { who: string; digest: string }

/**
 * Applies an upload, all of it or nothing: it is worked out again in this transaction, and applied if no row is wrong and all
 * is still as it was shown. Otherwise what it would do now is kept, to be looked at.
 */
export async function applyUpload(tx: Session, upload: UploadRow, { who, digest: shown }: Approval): Promise<Judged> {
    const { account_id, upload_id, connection_id } = upload
    const { digest, parameters } = await judgeRows(tx, upload)
    if (digest !== shown || digest !== upload.digest) return keep(tx, upload, digest, MOVED)
    const { counts } = upload
    if ((counts.error ?? 0) > 0) return keep(tx, upload, digest, WRONG)
    for (const statement of kindNamed(upload.kind).apply) await run(tx, statement, parameters)
    await execute(tx, 'uploads/applied', { account_id, upload_id, who })
    const detail = { upload: upload_id, file: upload.file_name, ...counts }
    await audit(tx, { account_id, who, what: `upload.${upload.kind}`, connection_id, detail })
    return { state: 'applied', counts, message: null }
}

const MOVED =
    'What it would do has moved since you saw it: links, SKUs or settings changed meanwhile. Nothing was applied. ' +
    'Look at it again and apply it then.'
const WRONG = 'Some rows are wrong, so nothing was applied. Mend them in the file and upload it again.'

async function judgeRows(tx: Session, upload: UploadRow): Promise<{ digest: string; parameters: UploadParameters }> {
    const parameters = await parametersFor(tx, upload)
    for (const statement of kindNamed(upload.kind).judge) await run(tx, statement, parameters)
    await query(tx, 'uploads/analyze_judged')
    const { digest } = await queryOne<{ digest: string }>(tx, 'uploads/digest')
    return { digest, parameters }
}

async function keep(tx: Session, upload: UploadRow, digest: string, message: string | null): Promise<Judged> {
    const { account_id, upload_id } = upload
    const key = { account_id, upload_id }
    await execute(tx, 'uploads/keep_outcome', key)
    const { counts } = await queryOne<{ counts: UploadCounts }>(tx, 'uploads/checked', { ...key, digest, message })
    return { state: 'checked', counts, message }
}

type Place = {
    source_store_id: number
    destination_store_id: number
    source_domain: string
    destination_domain: string
    match_by: string
    existing_items: string
    hide_tags: string[]
}

async function parametersFor(tx: Session, upload: UploadRow): Promise<UploadParameters> {
    const { account_id, upload_id, connection_id, columns } = upload
    const { source_store_id, destination_store_id, ...place } = await placeOf(tx, upload)
    const { places } = readHeader(kindNamed(upload.kind), columns)
    return {
        ...{ account_id, upload_id, connection_id, places },
        ...{ source: source_store_id, destination: destination_store_id, ...place },
    }
}

/** The connection of an upload, kept from being given other settings until the transaction ends. */
function placeOf(tx: Session, { account_id, connection_id }: UploadRow): Promise<Place> {
    return queryOne<Place & { connection_id: number }>(tx, 'uploads/lock_connection', { account_id, connection_id })
}

function unknownColumns({ kind, columns }: UploadRow): string | null {
    const { unknown } = readHeader(kindNamed(kind), columns)
    if (unknown.length === 0) return null
    const shown = unknown.filter((name) => name !== '').join(', ') || 'one without a name'
    return `Columns that mean nothing here are kept and given back: ${shown}.`
}

async function run(tx: Session, statement: string, parameters: UploadParameters): Promise<void> {
    const names = await parametersOf(statement)
    await query(tx, statement, Object.fromEntries(names.map((name) => [name, parameters[name]!])))
}
