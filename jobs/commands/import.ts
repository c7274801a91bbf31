import { createReadStream, createWriteStream } from 'node:fs'
import { basename, extname } from 'node:path'
import { z } from 'zod'
import { readLimits } from '../../connectors/spreadsheet/read_limits.ts'
import { type ConnectionRow, connectionsOf } from '../../sql/stores/stores.ts'
import { putUpload, rowsOf, type UploadRow, uploadById } from '../../sql/uploads/uploads.ts'
import { type FileFormat, fileFormats, resultSheet, writeSheet, writeTemplate } from '../../uploads/files.ts'
import { type UploadKind, uploadKinds } from '../../uploads/index.ts'
import type { Arguments } from '../context.ts'
import { isConfirmed, nothingDone, YES } from './ask.ts'
import { type Command, command, type Desk, type Option, type Outcome, WrongUse } from './command.ts'
import { number } from './given.ts'
import { table } from './table.ts'

/** Rows that are shown before the question; all of them stand in the result file. */
const SHOWN = 20
const CONNECTION: Option = ['--connection <id>', 'the connection meant; needed only where there are several']

/** A command for each kind of upload. */
export const importCommands: readonly Command[] = uploadKinds.map((kind) =>
    command({
        name: `import ${kind.name}`,
        does: `Applies a file: ${kind.does.charAt(0).toLowerCase()}${kind.does.slice(1)}`,
        about:
            'It is looked at first: what each row would do is shown, and asked about. Where a row is wrong nothing is ' +
            `applied. Columns: ${kind.columns.map(({ name }) => name).join(', ')}.`,
        example: `crossdock import ${kind.name} map.csv --connection 2 --result result.csv`,
        arguments: [['<file>', 'a .csv or .xlsx']],
        options: [CONNECTION, ['--result <path>', 'where the file goes with what became of each row'], YES],
        given: z.object({
            ...{ file: z.string(), connection: number.optional(), result: z.string().optional() },
            yes: z.literal(true).optional(),
        }),
        run: ({ file, connection, result, yes }, desk) => importFile(desk, kind, { file, connection, result, yes }),
    }),
)

/** A command for each kind of upload: its rows as they stand. */
export const exportCommands: readonly Command[] = uploadKinds.map((kind) =>
    command({
        name: `export ${kind.name}`,
        does: `Writes the rows of ${kind.name} as they stand, to be edited and imported again.`,
        example: `crossdock export ${kind.name} map.xlsx --connection 2`,
        arguments: [['<file>', 'the .csv or .xlsx to write']],
        options: [CONNECTION],
        given: z.object({ file: z.string(), connection: number.optional() }),
        async run({ file, connection }, desk) {
            const { account_id, connection_id } = await connectionFor(desk, connection)
            const whose = { account_id, connection_id }
            await writeTemplate(await desk.db(), kind, whose, formatOf(file), createWriteStream(file))
            return { json: { file, connection: connection_id }, text: `Wrote ${file}.` }
        },
    }),
)

type Given = { file: string; connection?: number; result?: string; yes?: true }

async function importFile(desk: Desk, kind: UploadKind, { file, connection, result, yes }: Given): Promise<Outcome> {
    if (result !== undefined) formatOf(result)
    const { account_id, connection_id } = await connectionFor(desk, connection)
    const db = await desk.db()
    const put = { account_id, connection_id, kind: kind.name, file_name: basename(file), who: desk.who }
    const { upload_id } = await putUpload(db, put, bytesOf(file))
    const run = (job: string, more: Arguments = {}) =>
        runUpload(desk, { account_id, job, arguments: { connection: connection_id, upload: upload_id, ...more } })
    const upload = await run('preview_upload')
    if (upload.state === 'unreadable') return refused(upload, upload.message ?? 'It cannot be read.')
    if (upload.counts.error) {
        await writeResult(desk, upload, result)
        return refused(upload, await faults(desk, upload))
    }
    const isAny = Object.keys(kind.actions).some((action) => upload.counts[action])
    if (isAny && !(await isConfirmed(desk, await shown(desk, kind, upload), yes === true))) return nothingDone
    const after = isAny ? await run('apply_upload', { who: desk.who, digest: upload.digest }) : upload
    await writeResult(desk, after, result)
    if (isAny && after.state !== 'applied') return refused(after, after.message ?? 'It was not applied.')
    const text = isAny
        ? ['Applied. The next comparison looks at everything.']
        : ['Nothing would change: all is so already.']
    return { json: { ...jsonOf(after) }, text }
}

async function runUpload(
    desk: Desk,
    asked: { account_id: number; job: string; arguments: Arguments },
): Promise<UploadRow> {
    const { runHere } = await import('../run_here.ts')
    const { signal } = desk
    const ended = await runHere(await desk.host(), asked, { signal, say: (line) => desk.say(line) })
    if (ended.state === 'failed') throw new Error(`Run ${ended.run_id} of ${asked.job} failed: ${ended.error}`)
    return uploadById(await desk.db(), { account_id: asked.account_id, upload_id: String(asked.arguments.upload) })
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
    let size = 0
    try {
        for await (const piece of createReadStream(file)) {
            size += (piece as Buffer).length
            if (size > readLimits.bytes)
                throw new WrongUse(`${file}: expected at most ${readLimits.bytes} bytes. Split it.`)
            yield piece as Buffer
        }
    } catch (cause) {
        if (cause instanceof WrongUse) throw cause
        throw new WrongUse(`Expected a file, but ${file} cannot be read: ${(cause as Error).message}.`, { cause })
    }
}

/** What it would do, in numbers and, of some rows, in words. */
async function shown(desk: Desk, kind: UploadKind, upload: UploadRow): Promise<string[]> {
    const acts = Object.entries(kind.actions).flatMap(([action, [one, several]]) => {
        const rows = upload.counts[action]
        return rows ? [`${rows} ${rows === 1 ? one : several}`] : []
    })
    const warned = await rowsOf(await desk.db(), upload, { result: 'warning', limit: SHOWN })
    const fine = await rowsOf(await desk.db(), upload, { result: 'ok', limit: SHOWN })
    const rows = [...warned, ...fine].slice(0, SHOWN)
    return [
        ...table(
            ['row', 'outcome', 'what it would do'],
            rows.map((row) => [row.row_no, row.result, row.message]),
            '',
        ),
        ...(upload.message ? [upload.message] : []),
        `${upload.counts.rows} rows: ${[...acts, `${upload.counts.unchanged ?? 0} unchanged`].join(', ')}.`,
    ]
}

async function faults(desk: Desk, upload: UploadRow): Promise<string> {
    const rows = await rowsOf(await desk.db(), upload, { result: 'error', limit: SHOWN })
    const lines = rows.map(({ row_no, message }) => `  row ${row_no}: ${message}`)
    return [`${upload.counts.error} of ${upload.counts.rows} rows are wrong, so nothing was applied.`, ...lines].join(
        '\n',
    )
}

function refused(upload: UploadRow, failed: string): Outcome {
    return { json: jsonOf(upload), text: [], failed }
}

function jsonOf({ upload_id, connection_id, state, counts, message }: UploadRow) {
    return { upload: upload_id, connection: connection_id, state, counts: { ...counts }, message }
}

async function writeResult(desk: Desk, upload: UploadRow, path: string | undefined): Promise<void> {
    if (path === undefined) return
    await writeSheet(resultSheet(await desk.db(), upload), formatOf(path), createWriteStream(path))
    desk.say(`Wrote ${path}.`)
}

function formatOf(path: string): FileFormat {
    const ending = extname(path).slice(1).toLowerCase()
    const known = fileFormats.find((format) => format === ending)
    if (known) return known
    throw new WrongUse(`Expected a path that ends in ${fileFormats.map((it) => `.${it}`).join(' or ')}, got ${path}.`)
}

async function connectionFor(desk: Desk, wanted: number | undefined): Promise<ConnectionRow> {
    const { account_id } = await desk.account()
    const all = await connectionsOf(await desk.db(), account_id)
    const [only, ...more] = wanted === undefined ? all : all.filter(({ connection_id }) => connection_id === wanted)
    if (only && more.length === 0) return only
    const ids = all.map(({ connection_id }) => connection_id).join(', ')
    if (all.length === 0) throw new WrongUse('There is no connection yet: see crossdock connect --help.')
    throw new WrongUse(`--connection: expected one of ${ids}, got ${wanted ?? 'none'}. See crossdock connections.`)
}
