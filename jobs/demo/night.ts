import { type SetRow, setsOf } from '../../sql/changes/changes.ts'
import { lastEntries, linesByOutcome, type SampleLine, sampleLines } from '../../sql/reports/outcome.ts'
import { decide } from '../decide.ts'
import { type Connection, judged, timed, work } from './stage.ts'
import { type Summary, summarise } from './summary.ts'
import { tellLines, tellSets } from './tell_changes.ts'
import { tellSummary } from './tell_summary.ts'

export type Night = {
    /** First change sets that waited for a person (D9), with their lines by sort. */
    first_sets: { set: string; connection: number; kind: string; lines: number }[]
    samples: SampleLine[]
    connections: Summary[]
}

/** Lines shown of what waits. */
const SAMPLES = 12

/** The nightly run; what it holds as a connection's first sync is shown, approved and loaded. */
export async function night(stage: Connection): Promise<Night> {
    const { host, account_id, voice, connections } = stage
    const { change_set: after_set } = await lastEntries(host.db, { account_id })
    const shown: Pick<Night, 'first_sets' | 'samples'> = { first_sets: [], samples: [] }
    await judged(stage, async () => {
        voice.step('The nightly job reads every store whole and compares', 'run nightly')
        await timed(stage, 'nightly', () => work(stage, 'nightly'))
        const sets = await firstSets(stage)
        if (sets.length > 0) Object.assign(shown, await approveAndLoad(stage, sets))
    })
    const summaries = await summarise(host.db, account_id, connections, after_set)
    for (const summary of summaries) tellSummary(voice, summary)
    return { ...shown, connections: summaries }
}

async function firstSets({ host, account_id }: Connection): Promise<SetRow[]> {
    const held = await setsOf(host.db, account_id, { state: 'held' })
    return held.filter(({ hold_reason }) => hold_reason === 'first_sync').toReversed()
}

async function approveAndLoad(stage: Connection, sets: SetRow[]) {
    const { host, account_id, who, voice, connections } = stage
    const { db } = host
    voice.step('First change sets wait for a person', 'changes list --state held')
    const after_set = String(BigInt(sets[0]!.change_set_id) - 1n)
    tellSets(voice, sets, await linesByOutcome(db, { account_id, after_set }))
    const samples = await sampleLines(db, { account_id, after_set, limit: SAMPLES })
    voice.step('Some of their lines, before -> after', `changes show ${sets[0]!.change_set_id}`)
    tellLines(voice, samples, connections)
    voice.step('They are approved and loaded', 'changes approve, run load')
    for (const { change_set_id: set } of sets) await decide(db, { account_id, who, set, decision: 'approve' })
    await timed(stage, 'load', () => work(stage, 'load'))
    return {
        first_sets: sets.map(({ change_set_id, connection_id, kind, lines }) => ({
            set: change_set_id,
            connection: connection_id,
            kind,
            lines: lines.held ?? 0,
        })),
        samples,
    }
}
