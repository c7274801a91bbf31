import type { Writable } from 'node:stream'
import { readLimits } from '../../connectors/spreadsheet/read_limits.ts'
import { seenConnections } from '../../sql/pages/connections.ts'
import type { JsonObject } from '../../sql/runs/runs.ts'
import { KEPT_DAYS, putUpload, uploadsOf } from '../../sql/uploads/uploads.ts'
import { fileFormats, resultSheet, writeSheet, writeTemplate } from '../../uploads/files.ts'
import { findKind, kindNamed, uploadKinds } from '../../uploads/index.ts'
import { askForRun } from '../ask.ts'
import { incomingFile } from '../file_form.ts'
import { addressWith, cut, ROWS } from '../list.ts'
import { nothingThere } from '../refusal.ts'
import type { Answer, PageRoute } from '../route.ts'
import { shownUpload } from '../uploads.ts'
import type { Visit } from '../visit.ts'

const BELOW = '/connections/:connection/uploads'
const MB = 1024 * 1024

/** Uploads belong to a connection: the first one whose destination the viewer may act for, unless another is chosen there. */
export const uploadsHere: PageRoute = {
    method: 'get',
    path: '/uploads',
    who: 'people',
    async answer({ desk, place, mayAs }) {
        const connections = await seenConnections(desk.db, place)
        const first = connections.find((connection) => mayAs('destination', connection))
        if (first) return { to: `${place.path}/connections/${first.connection_id}/uploads` }
        if (connections.length > 0) return { view: 'uploads/of_destination', data: {} }
        return { view: 'no_connection', data: { title: 'Uploads', what: 'Files' } }
    },
}

/** What may be uploaded, and what was. */
export const uploadsPage: PageRoute = {
    method: 'get',
    path: BELOW,
    who: 'destination',
    async answer(visit) {
        const { desk, place, the, mayAs } = visit
        const connection = the('connection')
        const path = pathOf(visit)
        const before = /^\d{1,18}$/.test(visit.query('before')) ? visit.query('before') : null
        const found = await uploadsOf(desk.db, connection, { before, limit: ROWS + 1 })
        const page = cut(found, ROWS, ({ upload_id }) => addressWith(path, { before: upload_id }))
        const all = await seenConnections(desk.db, place)
        const data = {
            ...{ connection, path, next: page.next },
            connections: all.filter((one) => mayAs('destination', one)),
            kinds: uploadKinds.map((kind, index) => ({ ...kind, isFirst: index === 0 })),
            uploads: page.rows.map((upload) => ({ ...upload, title: findKind(upload.kind)?.title ?? upload.kind })),
            mostMegabytes: readLimits.bytes / MB,
            mostRows: readLimits.rows - 1,
            keptDays: KEPT_DAYS,
        }
        return { view: 'uploads/list', data }
    },
}

/** Takes a file, keeps it as it came, and asks for it to be looked at. */
export const uploadFile: PageRoute = {
    method: 'post',
    path: BELOW,
    who: 'destination',
    mostBytes: readLimits.bytes,
    async answer(visit) {
        const { desk, place, viewer, the, request } = visit
        const { connection_id } = the('connection')
        const kind = findKind(visit.field('kind'))
        if (!kind) return back(visit, 'Choose what the file is about: nothing was kept.')
        const file = incomingFile(request)
        if (!file?.name) return back(visit, 'Choose a file first: nothing was kept.')
        const upload = await putUpload(
            desk.db,
            { account_id: place.account_id, connection_id, kind: kind.name, file_name: file.name, who: viewer.who },
            file.bytes(),
        )
        await askFor(visit, 'preview_upload', upload.upload_id)
        return { to: `${pathOf(visit)}/${upload.upload_id}` }
    },
}

/** One upload: what it would do, or did. While a worker is at it, the page asks for it again every two seconds. */
export const uploadPage: PageRoute = {
    method: 'get',
    path: `${BELOW}/:upload`,
    who: 'destination',
    async answer(visit) {
        const data = await shownUpload(visit, pathOf(visit))
        return { view: visit.request.get('hx-request') ? 'uploads/part' : 'uploads/one', data }
    },
}

/** Has an upload looked at again, after something else was changed. */
export const checkUploadAgain: PageRoute = {
    method: 'post',
    path: `${BELOW}/:upload/preview`,
    who: 'destination',
    async answer(visit) {
        const { upload_id, state, forgotten_at } = visit.the('upload')
        const to = `${pathOf(visit)}/${upload_id}`
        if (state === 'applied' || forgotten_at) return { to, say: 'It cannot be looked at again.', isFault: true }
        await askFor(visit, 'preview_upload', upload_id)
        return { to }
    },
}

/** Asks for an upload to be applied, as it was shown. */
export const applyUpload: PageRoute = {
    method: 'post',
    path: `${BELOW}/:upload/apply`,
    who: 'destination',
    async answer(visit) {
        const { upload_id, state, counts, digest, forgotten_at } = visit.the('upload')
        const to = `${pathOf(visit)}/${upload_id}`
        const no = (say: string): Answer => ({ to, say: `${say}: nothing was applied.`, isFault: true })
        if (state !== 'checked' || forgotten_at) return no('Only an upload that was looked at can be applied')
        if ((counts.error ?? 0) > 0) return no('Some of its rows are wrong')
        if (visit.field('digest') !== digest)
            return no('It was looked at anew since you saw it. Look at what it would do now')
        await askFor(visit, 'apply_upload', upload_id, { who: visit.viewer.who, digest })
        return { to }
    },
}

/** The file that came, with what became of each row. */
export const resultFiles: readonly PageRoute[] = fileFormats.map((format) => ({
    method: 'get',
    path: `${BELOW}/:upload/result.${format}`,
    who: 'destination',
    async answer({ desk, the }) {
        const upload = the('upload')
        if (upload.forgotten_at) throw nothingThere('file any more')
        const name = `${upload.file_name.replace(/\.\w{1,5}$/, '')}-result`
        return { file: { name, format, write: (to) => writeSheet(resultSheet(desk.db, upload), format, to) } }
    },
}))

/** The rows as they stand, to be edited and uploaded. */
export const templateFiles: readonly PageRoute[] = fileFormats.map((format) => ({
    method: 'get',
    path: `${BELOW}/template.${format}`,
    who: 'destination',
    async answer({ desk, the, query }) {
        const connection = the('connection')
        const kind = kindNamed(findKind(query('kind'))?.name ?? uploadKinds[0]!.name)
        const { account_id, connection_id } = connection
        const name = `${kind.name}-${connection_id}`
        const write = (to: Writable) => writeTemplate(desk.db, kind, { account_id, connection_id }, format, to)
        return { file: { name, format, write } }
    },
}))

type Job = 'preview_upload' | 'apply_upload'

async function askFor(visit: Visit, job: Job, upload: string, more: JsonObject = {}): Promise<void> {
    const { connection_id } = visit.the('connection')
    await askForRun(visit, job, { connection: connection_id, upload, ...more })
}

function pathOf({ place, the }: Visit): string {
    return `${place.path}/connections/${the('connection').connection_id}/uploads`
}

function back(visit: Visit, say: string): Answer {
    return { to: pathOf(visit), say, isFault: true }
}
