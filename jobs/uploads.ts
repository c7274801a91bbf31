import { Unreadable } from '../connectors/spreadsheet/unreadable.ts'
import { withConnection } from '../sql/database.ts'
import { execute } from '../sql/query.ts'
import type { Session } from '../sql/session.ts'
import { fileOf, forgetOldUploads, setUnreadable, type UploadRow, uploadById } from '../sql/uploads/uploads.ts'
import { kindNamed } from '../uploads/index.ts'
import { applyUpload, checkUpload, type Judged } from '../uploads/judge.ts'
import { stageUpload } from '../uploads/stage.ts'
import type { Arguments, Job, JobResult, RunContext } from './context.ts'

/**
 * The job `preview_upload`: reads a file that was uploaded, and works out what each row would do. A file that cannot be
 * read is no failure of the run: the upload says why.
 */
export const previewUpload: Job = async (context, args) => {
    await forgetOldUploads(context.db, context.accountId)
    return onConnection(context, async (connection) => {
        const told = await attempt(() => context.inTransaction((tx) => stageAndCheck(context, tx, args), connection))
        if (!(told instanceof Unreadable)) return told
        const { message } = told
        await context.inTransaction(async (tx) => setUnreadable(tx, keyOf(context, args), message), connection)
        return { state: 'done', counts: { upload: String(args.upload), state: 'unreadable', message } }
    })
}

/** The job `apply_upload`: applies an upload that was looked at, in one transaction or not at all. */
export const applyUploadHere: Job = async (context, args) =>
    onConnection(context, (connection) =>
        context.inTransaction(async (tx) => {
            const upload = await locked(context, tx, args)
            if (upload.state !== 'checked') return came(upload, { ...upload, state: 'applied', message: upload.state })
            return came(upload, await applyUpload(tx, upload, approvalOf(args)))
        }, connection),
    )

async function stageAndCheck(context: RunContext, tx: Session, args: Arguments): Promise<JobResult> {
    const upload = await locked(context, tx, args)
    if (upload.state === 'applied') return came(upload, { ...upload, state: 'applied' })
    const bytes = await fileOf(tx, upload)
    const kind = kindNamed(upload.kind)
    const { account_id, upload_id } = upload
    await stageUpload(tx, { account_id, upload_id, kind }, bytes, (rows) => context.progress('read', rows))
    return came(upload, await checkUpload(tx, await uploadById(tx, upload)))
}

/** The upload, for this transaction alone. */
async function locked(context: RunContext, tx: Session, args: Arguments): Promise<UploadRow> {
    const key = keyOf(context, args)
    await execute(tx, 'uploads/lock', key)
    return uploadById(tx, key)
}

function keyOf({ accountId }: RunContext, { upload }: Arguments) {
    return { account_id: accountId, upload_id: String(upload) }
}

function approvalOf({ who, digest }: Arguments) {
    return { who: String(who), digest: String(digest) }
}

function came({ upload_id }: UploadRow, { state, counts, message }: Judged): JobResult {
    return { state: 'done', counts: { upload: upload_id, state, ...counts, message } }
}

function onConnection<T>({ db }: RunContext, act: (connection: Session) => Promise<T>): Promise<T> {
    return withConnection(db, act)
}

async function attempt<T>(act: () => Promise<T>): Promise<T | Unreadable> {
    try {
        return await act()
    } catch (error) {
        if (error instanceof Unreadable) return error
        throw error
    }
}
