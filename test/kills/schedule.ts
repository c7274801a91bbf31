import { randomOf } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { places } from './places/index.ts'
import type { Place } from './places/place.ts'
import { calls, uploads } from './places/requests.ts'

/** What is cut: the process itself, its connections to the database, the one to the shop, or that until the run gives up. */
export type Death = 'process' | 'connection' | 'network' | 'outage'

export type Kill = { place: Place; nth: number; death: Death }

export type Schedule = {
    /** Of the story told. */
    seed: number
    /** The first ends the run, each further one the run that took it over. */
    kills: Kill[]
    job: 'nightly' | 'hourly'
    /** Which run comes first after the last kill; `same`: the killed one is taken over. */
    next: 'same' | 'hourly' | 'load'
}

/** One kill in a story of its own; the seed alone says where, how, and what comes after. */
export function scheduleOf(seed: number): Schedule {
    const random = randomOf(seed, 89)
    const place = places[(seed - 1) % places.length]!
    const job = random.one(['nightly', 'nightly', 'hourly'] as const)
    const next = random.one(['same', 'same', 'hourly', 'load'] as const)
    return { seed, kills: [killAt(place, random.below(place.moments) + 1, deathBy(place, random.next()))], job, next }
}

const killAt = (place: Place, nth: number, death: Death): Kill => ({ place, nth, death })

const requests: ReadonlySet<Place> = new Set([...calls, ...uploads])

/** Mostly the process. Only where a request is on its way can the network be cut. */
function deathBy(place: Place, chance: number): Death {
    if (chance < 0.7) return 'process'
    if (chance < 0.8 || !requests.has(place)) return 'connection'
    return chance < 0.95 ? 'network' : 'outage'
}

/** Fewer than the five times after which a run is not begun again by itself. */
const MOST_KILLS = 4

/**
 * Places, several in one story: a run is killed there, and so are those that take it over. Each kill is at the first
 * such moment, so that what comes later is still to be done; the last one may cut only a connection, after which the run
 * itself goes on.
 */
export function chained(places: readonly Place[]): Schedule[] {
    const stories = Array.from({ length: Math.ceil(places.length / MOST_KILLS) }, (_, index) =>
        places.slice(index * MOST_KILLS, (index + 1) * MOST_KILLS),
    )
    return stories.map((chain, index) => ({
        seed: index + 1,
        kills: chain.map((place) => killAt(place, 1, place === chain.at(-1) ? lastDeath(place, index) : 'process')),
        job: index % 3 === 1 ? 'hourly' : 'nightly',
        next: (['same', 'hourly', 'same', 'load'] as const)[index % 4]!,
    }))
}

function lastDeath(place: Place, index: number): Death {
    if (index % 3 === 0) return 'process'
    return index % 3 === 1 && requests.has(place) ? 'network' : 'connection'
}

/** `seed 12: killed (process) before the 2nd tags_add …`, for whoever has to look at one. */
export function described({ seed, kills, job, next }: Schedule): string {
    const each = kills.map(({ place, nth, death }) => `${death} ${place.seam} ${place.name} #${nth}`)
    return `seed ${seed}, ${job}: ${each.join(', then ')}; next ${next}`
}
