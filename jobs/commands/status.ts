import { z } from 'zod'
import type { Database } from '../../sql/database.ts'
import { noticesOf } from '../../sql/runs/notices.ts'
import { type RunRow, runsOf } from '../../sql/runs/runs.ts'
import { accountsOf } from '../../sql/stores/accounts.ts'
import { connectionsOf, storesOf } from '../../sql/stores/stores.ts'
import { stillOf } from '../way_back.ts'
import { command, type Outcome } from './command.ts'
import { heldOf, heldText } from './held_text.ts'
import { table, when } from './table.ts'

const LAST_RUNS = 10

export const status = command({
    name: 'status',
    does: 'Says how things stand: stores, connections, what waits for a person, the last runs.',
    example: 'crossdock status',
    given: z.object({}),
    async run(_given, desk) {
        const db = await desk.db()
        if ((await accountsOf(db)).length === 0) return nothingYet
        return standingOf(db, await desk.account())
    },
})

const nothingYet: Outcome = {
    json: { account: null, stores: [], connections: [], held: [], notices: [], runs: [] },
    text: 'There is no account yet. Begin with crossdock store add --help.',
}

async function standingOf(db: Database, account: { account_id: number; name: string }): Promise<Outcome> {
    const { account_id, name } = account
    const stores = await storesOf(db, account_id)
    const connections = await connectionsOf(db, account_id)
    const held = await heldOf(db, account_id)
    const notices = await noticesOf(db, account_id)
    const runs = await runsOf(db, account_id, LAST_RUNS)
    return {
        json: {
            account: account_id,
            name,
            stores: stores.map(({ domain, role, state, state_reason }) => ({ domain, role, state, state_reason })),
            connections: connections.map(({ connection_id, state, first_sync_over_at, compared_at }) => ({
                connection: connection_id,
                state,
                first_sync_over_at,
                compared_at,
            })),
            held: held.map(({ change_set_id, connection_id, kind, hold_reason, lines }) => ({
                change_set: change_set_id,
                connection: connection_id,
                kind,
                hold_reason,
                lines,
            })),
            notices,
            runs: runs.map((run) => ({
                ...run,
                result: run.result as Outcome['json'] | null,
            })) as unknown as Outcome['json'][],
        },
        text: [
            `Account ${account_id}, ${name}: ${stores.length} stores, ${connections.length} connections.`,
            ...stores
                .filter(({ state }) => state === 'stopped')
                .map(({ domain, state_reason }) => `${domain} is stopped: ${state_reason}`),
            ...connections.flatMap((connection) => stillOf(connection) ?? []),
            ...heldText(held),
            ...notices.map(({ text }) => text),
            ...table(
                ['run', 'job', 'state', 'asked', 'ended', 'how far, or why'],
                runs.map(runLine),
                'Nothing has run yet.',
            ),
        ],
    }
}

function runLine({ run_id, job, state, requested_at, ended_at, progress, error }: RunRow) {
    const steps = Object.entries(progress).map(
        ([step, { done, total }]) => `${step} ${done}${total ? `/${total}` : ''}`,
    )
    return [run_id, job, state, when(requested_at), when(ended_at), error ?? (ended_at ? '' : (steps.at(-1) ?? ''))]
}
