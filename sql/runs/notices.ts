import { execute, query } from '../query.ts'
import type { Queryable } from '../session.ts'

/** What a notice is about: an account, and of it a store or a connection. */
export type Subject = { account_id: number; store_id?: number; connection_id?: number }

/** An open row of `notices`. */
export type NoticeRow = {
    notice_id: string
    store_id: number | null
    connection_id: number | null
    code: string
    text: string
    first_seen: string
    last_seen: string
}

/** Tells people something they have to know now; said again it stays one notice, with the newer text. */
export async function notify(q: Queryable, subject: Subject, code: string, text: string): Promise<void> {
    await execute(q, 'runs/notice', { ...whole(subject), code, text })
}

/** Ends a notice whose cause is gone; one that was never said is no fault. */
export async function endNotice(q: Queryable, subject: Subject, code: string): Promise<void> {
    await execute(q, 'runs/end_notice', { ...whole(subject), code })
}

/** The open notices of an account, the oldest first. */
export async function noticesOf(q: Queryable, accountId: number): Promise<NoticeRow[]> {
    return query<NoticeRow>(q, 'runs/notices_of', { account_id: accountId })
}

function whole({ account_id, store_id = 0, connection_id = 0 }: Subject) {
    return { account_id, store_id: store_id || null, connection_id: connection_id || null }
}
