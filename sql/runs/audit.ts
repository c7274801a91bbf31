import { execute } from '../query.ts'
import type { Queryable } from '../session.ts'

/** Something a person or a job did: `who` is a name, or the job; `what` a verb in the past, as in `run.dropped`. */
export type AuditEvent = {
    account_id: number
    who: string
    what: string
    connection_id?: number
    store_id?: number
    run_id?: string
    detail?: { [key: string]: unknown }
}

/** Writes an event into audit_events. */
export async function audit(q: Queryable, event: AuditEvent): Promise<void> {
    await execute(q, 'runs/audit', {
        account_id: event.account_id,
        who: event.who,
        what: event.what,
        connection_id: event.connection_id ?? null,
        store_id: event.store_id ?? null,
        run_id: event.run_id ?? null,
        detail: event.detail ?? {},
    })
}
