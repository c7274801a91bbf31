import { type Random, randomOf } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { plots } from './plots.ts'
import { type Seam, seams, troubles } from './seams.ts'

/** One run of a story, and what happens around and within it. */
export type Step = {
    job: 'hourly' | 'nightly'
    /** seconds that the shops' clock moves on before it */
    later: number
    /** so much happens before it, and at its seam */
    before: number
    within: number
    seam: Seam
    /** the process that works at the run is killed at the seam; another takes it over */
    killed: boolean
    /** a second worker takes another run at the same time */
    beside: boolean
    trouble: (typeof troubles)[number] | null
}

export type Schedule = { seed: number; plot: number; lagMs: number; steps: Step[]; last: 'hourly' | 'nightly' }

/** Short enough to lie within a lag, within what settles, and beyond both. */
const pauses = [2, 2, 20, 45, 240, 660, 3600]

/** The seed alone says what comes when; each seam's turn comes with every so many seeds. */
export function scheduleOf(seed: number): Schedule {
    const random = randomOf(seed, 17)
    const steps = Array.from({ length: 2 + random.below(2) }, (_, index) =>
        stepOf(random, seams[(seed + index * 5) % seams.length]!),
    )
    return {
        ...{ seed, plot: seed % plots.length, steps },
        lagMs: random.one([0, 0, 60_000, 300_000, 600_000]),
        last: random.one(['hourly', 'hourly', 'nightly'] as const),
    }
}

function stepOf(random: Random, seam: Seam): Step {
    const chance = random.next()
    return {
        job: random.one(['hourly', 'hourly', 'hourly', 'nightly'] as const),
        later: random.one(pauses),
        before: 1 + random.below(3),
        within: 1 + random.below(2),
        seam,
        killed: chance < 0.1,
        beside: chance >= 0.1 && chance < 0.2,
        trouble: random.next() < 0.25 ? random.one(troubles) : null,
    }
}

/** `seed 12, plot …: hourly with something before a write …`, for whoever has to look at one. */
export function described({ seed, plot, lagMs, steps }: Schedule): string {
    const each = steps.map(({ job, seam, killed, beside, trouble }) =>
        [
            `${job} ${seam.name}`,
            ...(killed ? ['killed'] : []),
            ...(beside ? ['two workers'] : []),
            ...(trouble ? [trouble.kind, Object.values(trouble).at(-1)] : []),
        ].join(' '),
    )
    return `seed ${seed}, ${plots[plot]!.name}, lag ${lagMs / 60_000} min: ${each.join('; ')}`
}
