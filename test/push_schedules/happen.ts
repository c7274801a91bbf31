import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import type { Stage } from '../stock_stories/world.ts'
import { type Act, sell, sellForDraft, sellWell } from './acts_here.ts'
import { ship } from './acts_there.ts'
import { happenings, type Seam } from './seams.ts'
import { lookAround, type Place } from './shops.ts'

/** Where a story stands: `touched` are the orders of which one side knows something that the other does not. */
export type Telling = { stage: Stage; random: Random; touched: Map<number, string>; told: string[] }

/** Somebody does something somewhere; what nothing lets them do is a sale. */
export async function happen(telling: Telling, act?: Act): Promise<void> {
    const { stage, random, touched, told } = telling
    const street = await lookAround(stage, random, touched)
    const wanted = act ?? random.one(happenings)
    told.push((await wanted(street)) ?? (await sell(street)) ?? 'nothing')
}

/**
 * What gives a run a reason to come to a seam. Where nothing lets it happen yet, more is sold, shipped and carried over by
 * runs of their own, a few times.
 */
export async function lead(telling: Telling, { after: acts, drafts }: Seam): Promise<Place> {
    const { stage, random, touched, told } = telling
    const more = drafts ? sellForDraft : sellWell
    for (const further of [null, more, ship, null, more, ship, null]) {
        for (const act of acts) {
            const place: Place = { destination: null, source: null }
            const said = await act(await lookAround(stage, random, touched, place))
            if (said === null) continue
            told.push(said)
            if (act === acts[0]) return place
            break
        }
        if (further) told.push((await further(await lookAround(stage, random, touched))) ?? 'nothing')
        await stage.sandbox.control('clock.advance', { seconds: 660 })
        const { state } = await stage.run('hourly')
        told.push(`hourly ended ${state}`)
        if (state === 'done') touched.clear()
    }
    return { destination: null, source: null }
}
