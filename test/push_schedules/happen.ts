import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import type { Stage } from '../stock_stories/world.ts'
import { type Act, sell } from './acts_here.ts'
import { happenings } from './seams.ts'
import { lookAround } from './shops.ts'

/** Where a story stands: `touched` are the orders of which one side knows something that the other does not. */
export type Telling = { stage: Stage; random: Random; touched: Map<number, string>; told: string[] }

/** Somebody does something somewhere; what nothing lets them do is a sale. */
export async function happen(telling: Telling, act?: Act): Promise<void> {
    const { stage, random, touched, told } = telling
    const street = await lookAround(stage, random, touched)
    const wanted = act ?? random.one(happenings)
    told.push((await wanted(street)) ?? (await sell(street)) ?? 'nothing')
}

/** The first of some acts that anything lets; a sale if none. */
export async function happenFirst({ stage, random, touched, told }: Telling, acts: readonly Act[]): Promise<void> {
    for (const act of [...acts, sell]) {
        const said = await act(await lookAround(stage, random, touched))
        if (said === null) continue
        told.push(said)
        return
    }
}
