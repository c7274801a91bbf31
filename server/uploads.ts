import { lastRunOf, rowsOf, type StagedRow, type UploadRow } from '../sql/uploads/uploads.ts'
import { kindNamed, type UploadKind } from '../uploads/index.ts'
import { addressWith, choice, cut, ROWS } from './list.ts'
import type { Visit } from './visit.ts'

const RESULTS = ['error', 'warning', 'ok', 'unchanged'] as const
/** Characters of a cell that stand beside what its row would do. */
const MOST_SHOWN = 100

const NAMES: Readonly<Record<(typeof RESULTS)[number], string>> = {
    error: 'wrong',
    warning: 'with a warning',
    ok: 'as you meant',
    unchanged: 'unchanged',
}

/** What the page of an upload shows: how it stands, what it would do in numbers, and a page of its rows, errors first. */
export async function shownUpload(visit: Visit, list: string) {
    const { desk, the } = visit
    const [upload, connection] = [the('upload'), the('connection')]
    const kind = kindNamed(upload.kind)
    const path = `${list}/${upload.upload_id}`
    const run = await lastRunOf(desk.db, upload)
    const isWorking = run !== null && ['queued', 'running'].includes(run.state)
    const hasRows = upload.state === 'checked' || upload.state === 'applied'
    const result = choice(visit, 'result', RESULTS)
    const rows =
        hasRows && !upload.forgotten_at ? await pageOfRows(visit, upload, result, path) : { rows: [], next: null }
    const errors = upload.counts.error ?? 0
    const acts = actsOf(kind, upload)
    return {
        ...{ upload, connection, path, list, run, isWorking, hasRows, errors, acts, kind, next: rows.next },
        rows: rows.rows.map((row) => shownRow(row, upload, kind)),
        groups: groupsOf(upload, path, result),
        total: upload.counts.rows ?? 0,
        isFiltered: result !== null,
        isMoved: run?.job === 'apply_upload',
        hasFailed: run?.state === 'failed' && upload.state !== 'applied',
        changes: acts.length > 0,
        canApply: upload.state === 'checked' && errors === 0 && acts.length > 0 && !upload.forgotten_at && !isWorking,
        canLookAgain: ['stored', 'checked'].includes(upload.state) && !upload.forgotten_at && !isWorking,
    }
}

async function pageOfRows(visit: Visit, upload: UploadRow, result: string | null, path: string) {
    const [, rank, row_no] = /^(\d)\.(\d{1,9})$/.exec(visit.query('after')) ?? []
    const after = rank === undefined ? null : { rank: Number(rank), row_no: Number(row_no) }
    const found = await rowsOf(visit.desk.db, upload, { result, after, limit: ROWS + 1 })
    return cut(found, ROWS, (last) => addressWith(path, { result, after: `${last.rank}.${last.row_no}` }))
}

/** What it would do, as sentences: 3 pairs are linked. */
function actsOf({ actions }: UploadKind, { counts }: UploadRow) {
    return Object.entries(actions)
        .map(([action, [one, several]]) => ({ rows: counts[action] ?? 0, one, several }))
        .filter(({ rows }) => rows > 0)
}

function groupsOf({ counts }: UploadRow, path: string, chosen: string | null) {
    return RESULTS.filter((name) => (counts[name] ?? 0) > 0).map((name) => ({
        rows: counts[name]!,
        name: NAMES[name],
        to: addressWith(path, { result: name }),
        isChosen: name === chosen,
    }))
}

function shownRow(row: StagedRow, { columns }: UploadRow, { tell }: UploadKind) {
    const cells = columns.flatMap((column, place) => {
        const name = column.toLowerCase()
        const text = row.cells[place] ?? ''
        return tell.includes(name) && text.trim() !== '' ? [{ name, text: text.slice(0, MOST_SHOWN) }] : []
    })
    return { ...row, cells }
}
