import { parseGid } from '../../connectors/shopify/gid.ts'
import { execute, queryOne } from '../../sql/query.ts'
import type { RunContext } from '../context.ts'
import { type TwinNode, twinLines } from './twin.ts'

/** What is written down of an intent, each in a transaction of its own that makes sure the run is still ours. */
export function recorderOf(context: RunContext) {
    const write = (
        file: string,
        pushId: string,
        facts: Record<string, string | null>,
        lines?: ReturnType<typeof twinLines>,
    ) =>
        context.inTransaction((tx) =>
            execute(tx, file, {
                ...{ account_id: context.accountId, order_push_id: pushId, ...facts },
                ...(lines && { lines }),
            }),
        )
    return {
        /** False: somebody else has sent it meanwhile. */
        async sent(pushId: string, at: Date): Promise<boolean> {
            const keys = { account_id: context.accountId, order_push_id: pushId, run_id: context.runId }
            const { pushes } = await context.inTransaction((tx) =>
                queryOne<{ pushes: number }>(tx, 'orders/push_sent', { ...keys, at: at.toISOString() }),
            )
            return pushes === 1
        },
        /** Its twin is there; `at` is the source's own time of the answer that showed it, or of its completion. */
        answered(pushId: string, twin: TwinNode, at: string) {
            const facts = { source_order_id: parseGid('Order', twin.id), name: twin.name, at }
            return write('orders/push_answered', pushId, facts, twinLines(twin))
        },
        drafted(pushId: string, draft: { id: string; name: string }) {
            const facts = { source_draft_id: parseGid('DraftOrder', draft.id), name: draft.name }
            return write('orders/push_drafted', pushId, facts)
        },
        /** `lookedUpAt`: when a look-up after its sending found nothing. */
        unknown(pushId: string, detail: string | null, lookedUpAt: Date | null) {
            return write('orders/push_unknown', pushId, { detail, looked_up_at: lookedUpAt?.toISOString() ?? null })
        },
        /** Surely not there: to be sent again, refused with a reason code of spec §3.1, or for a person to look at. */
        notThere(
            pushId: string,
            state: 'planned' | 'refused' | 'unresolved',
            reason: string | null,
            detail: string | null,
        ) {
            return write('orders/push_not_there', pushId, { state, reason, detail })
        },
    }
}

export type Recorder = ReturnType<typeof recorderOf>
