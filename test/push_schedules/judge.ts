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
    // as long as the longest lag: what the run before set going has come about, and shows
    await sandbox.control('clock.advance', { seconds: 660 })
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
    const left = (await forgotten(stage)).filter(
        // that something waits for a person is as it should be (D19)
        (row) => !row.startsWith('notice: mirrors_wait ') && !row.startsWith('notice: mirror_money_proposed'),
    )
    const { settings } = world.connections[0]!
    left.push(...(await unfinished(stage, mayBeLost)), ...(await waiting(stage, (settings.mappings ?? []).length > 0)))
    assert.deepEqual(left, [])
}

const losesDraft = ({ trouble, seam, killed }: Schedule['steps'][number]) =>
    (trouble !== null || killed) && seam?.request.name === 'draftOrderCreate'

async function unresolved({ host }: Stage): Promise<Set<number>> {
    const statement = `select destination_order_id as id from order_pushes where state = 'unresolved'`
    const { rows } = await host.db.send<{ id: string }>(statement)
    return new Set(rows.map(({ id }) => Number(id)))
}

/** Intents that nobody would ever look at again; a planned push is looked at by each run. */
async function unfinished({ host }: Stage, mayBeLost: boolean): Promise<string[]> {
    const { rows } = await host.db.send<{ row: string }>(
        `select concat_ws(' ', 'push', destination_order_id, state, reason, detail) as row from order_pushes
         where state in ('sent', 'unknown') or (state = 'refused' and reason <> 'CANCELLED_BEFORE_PUSH')
            or (state = 'unresolved' and not $1)
         union all
         select concat_ws(' ', 'mirror', kind, towards, origin_id, state, reason, detail) from mirror_intents
         where state in ('planned', 'sent', 'unknown')`,
        [mayBeLost],
    )
    return rows.map(({ row }) => row)
}

/**
 * What waits for a person has a reason to: money always does (D19), less than a pack (rule 63), and what one store took off,
 * or cancelled, while the other shipped it, before anybody could know (rules 24, 67): the parcel of it waits as well.
 */
async function waiting({ host }: Stage, hasPacks: boolean): Promise<string[]> {
    const known = ['MONEY', ...(hasPacks ? ['PART_OF_PACK'] : [])]
    const { rows } = await host.db.send<{ row: string }>(
        `select concat_ws(' ', 'waits', i.kind, 'towards', i.towards, i.state, i.reason, i.detail, i.payload) as row
         from mirror_intents as i
         join order_pushes as p using (account_id, order_push_id)
         where i.state in ('held', 'refused', 'waiting', 'proposed') and not coalesce(i.reason = any ($1), false)
            and not (i.kind in ('cancel', 'edit') and i.reason = 'ALREADY_SHIPPED' and exists (
                select from staging.fulfillments as f
                where f.account_id = i.account_id and f.status = 'SUCCESS' and f.order_id = case i.towards
                    when 'source' then p.source_order_id else p.destination_order_id end
            ))
            and not (i.kind = 'fulfillment' and i.towards = 'destination' and i.state = 'refused' and exists (
                select from mirror_intents as e
                where e.account_id = i.account_id and e.order_push_id = i.order_push_id
                    and (e.kind, e.towards, e.state, e.reason) = ('edit', 'source', 'held', 'ALREADY_SHIPPED')
            ))`,
        [known],
    )
    return rows.map(({ row }) => row)
}

async function ended({ run }: Stage, job: string): Promise<void> {
    const { state, error } = await run(job)
    assert.equal(state, 'done', `the last ${job} ended ${state}: ${error}`)
}
