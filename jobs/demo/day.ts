import { lastEntries, type SampleLine, sampleLines } from '../../sql/reports/outcome.ts'
import { type Happening, happen } from './happenings.ts'
import { type Connection, judged, timed, work } from './stage.ts'
import { type Summary, summarise } from './summary.ts'
import { tellLines } from './tell_changes.ts'
import { tellSummary } from './tell_summary.ts'
import { short } from './voice.ts'

export type Day = { happened: Happening[]; samples: SampleLine[]; connections: Summary[] }

/** Lines shown of what was written. */
const SAMPLES = 12

/** Things happen at the stores, and the hourly run carries them on. */
export async function day(stage: Connection, round: number): Promise<Day> {
    const { host, account_id, shops, voice, connections } = stage
    const { change_set: after_set } = await lastEntries(host.db, { account_id })
    voice.step('Things happen at the stores')
    const happened = await timed(stage, 'happenings', () => happen(shops, round))
    for (const { shop, what } of happened) voice.say(`  ${short(shop).padEnd(13)}${what}`)
    voice.step('The hourly job reads what moved, compares and loads', 'run hourly')
    await judged(stage, () => timed(stage, 'hourly', () => work(stage, 'hourly')))
    await shops.control('fail.clear', {})
    const samples = await sampleLines(host.db, { account_id, after_set, limit: SAMPLES })
    tellLines(voice, samples, connections)
    const summaries = await summarise(host.db, account_id, connections, after_set)
    for (const summary of summaries) tellSummary(voice, summary)
    return { happened, samples, connections: summaries }
}
