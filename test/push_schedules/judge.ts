import assert from 'node:assert/strict'
import { listedOf } from '../helpers/listed.ts'
import { agreed, forgotten } from '../kills/judge.ts'
import type { Stage } from '../stock_stories/world.ts'
import type { Schedule } from './schedule.ts'

/**
 * Eleven minutes later, after two more runs: every order has the one twin it has to have, all that became of either is at
 * the other once, stock is exact in every store, and nothing is left in a state that nobody looks at again.
 */
export async function judge(stage: Stage, { last, steps }: Schedule, told: readonly string[]): Promise<void> {
    const { oracle, sandbox, world, host } = stage
    await sandbox.control('clock.advance', { seconds: 660 })
    await ended(stage, last)
    await sandbox.control('clock.advance', { seconds: 70 })
    await oracle.before()
    oracle.caughtUp()
    await ended(stage, 'hourly')
    const { differences } = await oracle.after()
    for (const { id } of world.connections) differences.push(...oracle.compareLists(id, await listedOf(host.db, id)))
    // a draft whose answer was lost and that no list shows waits for a person: nothing proves that it is not there
    const mayBeLost = steps.some((step) => losesDraft(step)) || told.includes('killed')
    const lost = mayBeLost ? await unresolved(stage) : new Set<number>()
    differences.push(...(await oracle.orders({ lost })))
    agreed({ differences })
    const left = [...(await forgotten(stage)), ...(await unfinished(stage, mayBeLost))].filter(
        // that money waits for a person is as it should be (D19)
        (it) => !it.startsWith('notice: mirror_money_proposed'),
    )
    assert.deepEqual(left, [])
}

const losesDraft = ({ trouble, seam, killed }: Schedule['steps'][number]) =>
    trouble?.name === 'draftOrderCreate' || (killed && seam?.request.name === 'draftOrderCreate')

async function unresolved({ host }: Stage): Promise<Set<number>> {
    const statement = `select destination_order_id as id from order_pushes where state = 'unresolved'`
    const { rows } = await host.db.send<{ id: string }>(statement)
    return new Set(rows.map(({ id }) => Number(id)))
}

/** Intents that nobody would ever look at again: those that wait for a person, or were refused, are on lists. */
async function unfinished({ host }: Stage, mayBeLost: boolean): Promise<string[]> {
    const { rows } = await host.db.send<{ row: string }>(
        `select concat_ws(' ', 'push', destination_order_id, state, reason, detail) as row from order_pushes
         where state in ('planned', 'sent', 'unknown') or (state = 'refused' and reason <> 'CANCELLED_BEFORE_PUSH')
            or (state = 'unresolved' and not $1)`,
        [mayBeLost],
    )
    const { rows: mirrors } = await host.db.send<{ row: string }>(
        (await host.db.send<{ t: string | null }>("select to_regclass('mirror_intents') as t")).rows[0]!.t === null
            ? 'select 1 as row where false'
            : `select concat_ws(' ', 'mirror', kind, towards, origin_id, state, reason, detail) as row from mirror_intents
         where state in ('planned', 'sent', 'unknown', 'refused')`,
    )
    return [...rows, ...mirrors].map(({ row }) => row)
}

async function ended({ run }: Stage, job: string): Promise<void> {
    const { state, error } = await run(job)
    assert.equal(state, 'done', `the last ${job} ended ${state}: ${error}`)
}
