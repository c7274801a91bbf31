import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { clientOf, type Found, type Intent, type Mirror, orderOf, type Result } from './intent.ts'
import { readReturns } from './returns_now.ts'
import { send, settle } from './send.ts'

type Step = 'approve' | 'decline' | 'close' | 'cancel' | 'reopen'
type Payload = { step: Step; to: string }
type Data = { [mutation: string]: { return: { id: string } | null; userErrors: UserError[] } | null }

const variablesOf: Record<Step, (id: string) => Record<string, unknown>> = {
    approve: (id) => ({ input: { id } }),
    decline: (id) => ({ input: { id, declineReason: 'OTHER' } }),
    close: (id) => ({ id }),
    cancel: (id) => ({ id }),
    reopen: (id) => ({ id }),
}

/** What became of a return at one store is done to the one that stands for it (rule 69). */
export const returnSteps: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const { at, returns } = await readReturns(clientOf(stage, intent), orderOf(intent))
        const row = returns.find(({ id }) => id === intent.target_id)
        const { step, to } = intent.payload
        if (!row) return settle(stage, intent, { state: 'refused', reason: 'GONE', detail: 'The return is not there.' })
        if (row.status === to) return settle(stage, intent, { state: 'adopted', at: at.toISOString() })
        const variables = variablesOf[step](gid('Return', row.id))
        const call = { document: operation(`mirror/return_${step}`), variables, at }
        return send<Data>(stage, intent, call, (data) => {
            const answer = Object.values(data)[0]
            return answer ? { userErrors: answer.userErrors } : null
        })
    },

    async find(stage, given): Promise<Found> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const { at, returns } = await readReturns(clientOf(stage, intent), orderOf(intent))
        const row = returns.find(({ id }) => id === intent.target_id)
        if (row?.status === intent.payload.to) return { state: 'there', target_id: row.id, at: at.toISOString() }
        return { state: 'absent', at: at.toISOString() }
    },
}
