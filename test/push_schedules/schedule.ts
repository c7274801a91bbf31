import { type Random, randomOf } from '../../connectors/sandbox/shop/catalogue/random.ts'
import type { SettingsDocument } from '../oracle/settings.ts'
import { plots } from './plots.ts'
import { isReading, type Seam, seams, type Trouble, troubles } from './seams.ts'

/** One run of a story, and what happens around and within it. */
export type Step = {
    job: 'hourly' | 'nightly'
    /** seconds that the shops' clock moves on before it */
    later: number
    /** so much happens before it, and at its seam */
    before: number
    within: number
    /** where it has reason to come; null: anywhere */
    seam: Seam | null
    /** something happens to the request of the seam; else the run stands there while other things happen */
    trouble: Trouble | null
    /** the process that works at the run is killed at the seam; another takes it over */
    killed: boolean
    /** a second worker takes another run at the same time */
    beside: boolean
}

export type Schedule = {
    seed: number
    plot: number
    /** how the shops are, beside their plot */
    shops: {
        lagMs: number
        uniqueOrderMetafields: 'enforced' | 'ignored'
        draftMetafields: 'left' | 'carried'
        cancelMs: number
    }
    steps: Step[]
    last: 'hourly' | 'nightly'
}

/** Short enough to lie within a lag and within a look-up, and beyond both. */
const pauses = [2, 20, 45, 70, 240, 660]

const quiet = (later: number, before: number): Step => ({
    ...{ job: 'hourly', later, before, within: 0, seam: null, killed: false, beside: false, trouble: null },
})

/** The seed alone says what comes when; each seam's turn comes with every so many seeds. */
export function scheduleOf(seed: number): Schedule {
    const random = randomOf(seed, 41)
    const plot = seed % plots.length
    const own = seamsOf(plot)
    // of each plot one seed after the other, each plot beginning elsewhere: forty seeds come to every seam
    const first = Math.floor(seed / plots.length) * 2 + plot * 9 + own.length - 1
    const met = [own[first % own.length]!, own[(first + 1) % own.length]!]
    const troubled = own[(first + 7) % own.length]!
    return {
        ...{ seed, plot },
        shops: {
            lagMs: random.one([0, 0, 60_000, 300_000]),
            uniqueOrderMetafields: random.one(['enforced', 'ignored'] as const),
            draftMetafields: random.one(['left', 'carried'] as const),
            cancelMs: random.one([0, 0, 30_000]),
        },
        steps: [quiet(660, 4), quiet(660, 3), ...met.map((seam) => stepOf(random, seam)), troubleOf(random, troubled)],
        last: random.one(['hourly', 'hourly', 'nightly'] as const),
    }
}

/** Drafts only where orders are pushed so. */
function seamsOf(plot: number): Seam[] {
    const drafts = plots[plot]!.connections.some(
        ({ settings }) => ((settings as SettingsDocument).push as { as?: string } | undefined)?.as === 'draft',
    )
    return seams.filter((seam) => drafts || !seam.drafts)
}

function stepOf(random: Random, seam: Seam): Step {
    const chance = random.next()
    return {
        job: random.one(['hourly', 'hourly', 'hourly', 'nightly'] as const),
        later: random.one(pauses),
        before: 1 + random.below(2),
        within: 1 + random.below(2),
        seam,
        killed: chance < 0.3,
        beside: chance >= 0.3 && chance < 0.45,
        trouble: null,
    }
}

const troubleOf = (random: Random, seam: Seam): Step => ({
    ...{ ...stepOf(random, seam), within: 0, killed: false, beside: false },
    trouble: isReading(seam) ? random.one(troubles.readings) : random.one(troubles.requests),
})

/** `seed 12, plot …: hourly before an order is created, killed …`, for whoever has to look at one. */
export function described({ seed, plot, shops, steps }: Schedule): string {
    const each = steps
        .filter(({ seam }) => seam !== null)
        .map(({ job, seam, killed, beside, trouble }) =>
            [
                ...(trouble ? [job, ...Object.values(trouble), seam!.request.name] : [job, seam!.name]),
                ...(killed ? ['killed'] : []),
                ...(beside ? ['two workers'] : []),
            ].join(' '),
        )
    const odd = `lag ${shops.lagMs / 60_000} min, marks ${shops.uniqueOrderMetafields}`
    return `seed ${seed}, ${plots[plot]!.name}, ${odd}: ${each.join('; ')}`
}
