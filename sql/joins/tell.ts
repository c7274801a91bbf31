import { query } from '../query.ts'
import { type AuditEvent, audit } from '../runs/audit.ts'
import { endNotice, notify } from '../runs/notices.ts'
import type { Queryable } from '../session.ts'

/** Code of the notice that somebody asks a source and waits for its answer. */
export const JOIN_WAITS = 'join_waits'

/** Keeps the notice of a source in step with who asks it now. */
export async function tellSource(
    q: Queryable,
    account_id: number,
    { store_id, domain }: { store_id: number; domain: string },
): Promise<void> {
    const subject = { account_id, store_id }
    const waiting = await query<{ domain: string }>(q, 'joins/waiting_at', { account_id, source_store_id: store_id })
    if (waiting.length === 0) return endNotice(q, subject, JOIN_WAITS)
    const names = waiting.map((row) => row.domain).join(', ')
    const text = `${names} ${waiting.length === 1 ? 'asks' : 'ask'} to be fed by ${domain}. Approve or refuse it under Connections.`
    await notify(q, subject, JOIN_WAITS, text)
}

/** Writes an event of a wish for both its ends; who sees both is told once. */
export async function tellBoth(
    q: Queryable,
    event: AuditEvent,
    { source, destination }: { source: number; destination: number },
): Promise<void> {
    await audit(q, { ...event, store_id: destination })
    await audit(q, { ...event, store_id: source, detail: { ...event.detail, echo: true } })
}
