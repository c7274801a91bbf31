import { z } from 'zod'
import type { Json } from '../../connectors/entities/index.ts'
import type { RunRow } from '../../sql/runs/runs.ts'
import { calendar } from '../calendar.ts'
import type { Arguments } from '../context.ts'
import { type Command, command, type Desk, type Option, type Outcome } from './command.ts'
import { domain, number } from './given.ts'
import { heldOf, heldText } from './held_text.ts'

const CONNECTION: Option = ['--connection <id>', 'only this connection']
const STORE: Option = ['--store <domain>', 'only this store, or the connections it is part of']
const DRY_RUN: Option = ['--dry-run', 'say what would be written, and write nothing to a store']
const given = z.object({
    connection: number.optional(),
    store: domain.optional(),
    dryRun: z.literal(true).optional(),
})

export const runNightly = run('nightly', [CONNECTION, STORE, DRY_RUN])
export const runHourly = run('hourly', [CONNECTION, STORE, DRY_RUN])
export const runExtract = run('extract', [STORE])
export const runCompare = run('compare', [CONNECTION, STORE])
export const runLoad = run('load', [CONNECTION, STORE, DRY_RUN])

function run(job: string, options: Option[]): Command {
    return command({
        name: `run ${job}`,
        does: calendar.find(({ name }) => name === job)?.does ?? '',
        about: 'It is worked at here and now; while another run of the account is at work, it waits.',
        example: `crossdock run ${job}${options.includes(CONNECTION) ? ' --connection 2' : ' --store corner.example'}`,
        options,
        given,
        run: ({ connection, store, dryRun }, desk) =>
            runJob(desk, job, {
                ...(connection !== undefined && { connection }),
                ...(store !== undefined && { store }),
                ...(dryRun && { dry_run: true }),
            }),
    })
}

/** Works at a job in this process, with its progress on stderr. */
export async function runJob(desk: Desk, job: string, args: Arguments): Promise<Outcome> {
    const { account_id } = await desk.account()
    const host = await desk.host()
    const [{ runHere }, { watchProgress }] = await Promise.all([import('../run_here.ts'), import('../watch.ts')])
    const { watch, end } = watchProgress()
    const { signal, say } = desk
    const row = await runHere(host, { account_id, job, arguments: args }, { signal, say, watch }).finally(end)
    return outcomeOf(row, row.state === 'held' ? heldText(await heldOf(await desk.db(), account_id)) : [])
}

/** What a run's row says of its end. */
function outcomeOf({ run_id, job, state, result, error }: RunRow, waiting: string[]): Outcome {
    const counts = result as Json
    const held = state === 'held'
    const ends = { held: 'is held: something waits for a person (changes list, snapshots list)', done: 'is done' }
    const end = state === 'held' || state === 'done' ? ends[state] : `has ${state}`
    return {
        json: { run: run_id, job, state, counts, ...(error !== null && { error }) },
        text: [`Run ${run_id}, ${job}, ${end}.`, ...(counts ? [JSON.stringify(counts, null, 4)] : []), ...waiting],
        held,
        ...(!held && state !== 'done' && { failed: error ?? `The run has ${state}.` }),
    }
}
