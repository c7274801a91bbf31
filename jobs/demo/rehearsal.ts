import { lastEntries } from '../../sql/reports/outcome.ts'
import type { Difference } from '../../test/oracle/oracle.ts'
import { connectAll, theJudge } from './begin.ts'
import { type Day, day } from './day.ts'
import { type Night, night } from './night.ts'
import { type Orders, shipAndProve } from './orders.ts'
import { type Connection, note, type Stage, timed } from './stage.ts'
import { cut, several, type Voice, WIDTH } from './voice.ts'

/** What a start of the demo did, and what the oracle found; null where it could not be asked. */
export type Rehearsed = { round: number; nightly: Night; hourly: Day; orders: Orders; differences: Difference[] | null }

const DIFFERENCES_TOLD = 20

/** One start of the demo, top to bottom. What earlier starts did stands. */
export async function rehearse(stage: Stage): Promise<Rehearsed> {
    const found = await lastEntries(stage.host.db, { account_id: stage.account_id })
    // What lies in the shops was counted before today: a figure that moved a moment ago may have been sold.
    if (stage.progress.rounds === 0) await stage.shops.control('clock.advance', { seconds: 3600 })
    const connections = await timed(stage, 'connect', () => connectAll(stage))
    const judge = await theJudge(stage, connections, found)
    try {
        return await perform({ ...stage, connections, judge })
    } finally {
        await judge?.dismiss()
    }
}

async function perform(stage: Connection): Promise<Rehearsed> {
    // Counted when it begins: after a kill the same things must not happen to the same products again.
    const round = stage.progress.rounds + 1
    await note(stage, { busy: true })
    const nightly = await night(stage)
    await note(stage, { rounds: round })
    const hourly = await day(stage, round)
    const orders = await shipAndProve(stage)
    const differences = await timed(stage, 'oracle', async () => (await stage.judge?.verdict()) ?? null)
    await note(stage, { busy: false })
    tellVerdict(stage.voice, differences)
    return { round, nightly, hourly, orders, differences }
}

function tellVerdict(voice: Voice, differences: Difference[] | null): void {
    if (differences === null) return
    voice.step('The oracle works out from the rules what must be in the stores')
    if (differences.length === 0) {
        voice.say(`  ${voice.good('and finds them so: no difference.')}`)
        return
    }
    voice.say(`  ${voice.bad(`and finds ${several(differences.length, 'difference')}:`)}`)
    for (const { shop, item, field, expected, actual } of differences.slice(0, DIFFERENCES_TOLD)) {
        const [wanted, found] = [expected, actual].map((value) => cut(JSON.stringify(value) ?? 'nothing', WIDTH))
        voice.say(`  ${shop}: ${item} ${field}`)
        voice.say(`      expected ${wanted}`)
        voice.say(`      found    ${found}`)
    }
    if (differences.length > DIFFERENCES_TOLD) voice.say('  … (-- --exit --json prints all of them)')
}
