import { type Clock, realClock } from './clock.ts'

export type ThrottleStatus = { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }

/** `extensions.cost` of an answer, in points. */
export type Cost = { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: ThrottleStatus }

/** A document not sent yet is taken for a plain mutation, until its first answer tells its cost. */
const UNKNOWN_COST = 10

/** The least wait between two looks at the bucket, so that a rounding error cannot make a busy loop. */
const LEAST_WAIT_MS = 10

/**
 * The points one store gives our app, shared by all callers of a process. Size and rate are read from the store's own
 * answers and never configured. Until the first answer only one request is under way, since the bucket is unknown.
 * Another process may draw on the same bucket: each answer corrects our count, and what still overdraws comes back
 * as THROTTLED and is sent again.
 */
export type RateBudget = {
    /** Waits, first come first served, until the document's cost is there; returns the points set aside for it. */
    take(document: string, signal?: AbortSignal): Promise<number>
    /** Gives back what `take` set aside and learns from the answer's cost, if it had one. */
    settle(document: string, points: number, cost?: Cost): void
}

export function createRateBudget(clock: Clock = realClock): RateBudget {
    const costs = new Map<string, number>()
    let bucket: (ThrottleStatus & { at: number }) | undefined
    let pointsInFlight = 0
    let requestsInFlight = 0
    let queue: Promise<unknown> = Promise.resolve()
    let answered = Promise.withResolvers<void>()

    function missing(
        points: number,
        { maximumAvailable, currentlyAvailable, restoreRate, at }: NonNullable<typeof bucket>,
    ) {
        const restored = ((clock.now() - at) / 1000) * restoreRate
        return points - (Math.min(maximumAvailable, currentlyAvailable + restored) - pointsInFlight)
    }

    async function waitFor(document: string, signal?: AbortSignal): Promise<number> {
        for (;;) {
            signal?.throwIfAborted()
            const cost = costs.get(document) ?? UNKNOWN_COST
            if (bucket === undefined) {
                if (requestsInFlight === 0) return cost
                await answered.promise
                continue
            }
            const points = Math.min(cost, bucket.maximumAvailable)
            const short = missing(points, bucket)
            if (short <= 0) return points
            await clock.sleep(Math.max((short / Math.max(bucket.restoreRate, 1)) * 1000, LEAST_WAIT_MS), signal)
        }
    }

    return {
        take(document, signal) {
            const turn = queue.then(async () => {
                const points = await waitFor(document, signal)
                pointsInFlight += points
                requestsInFlight += 1
                return points
            })
            queue = turn.catch(() => undefined)
            return turn
        },
        settle(document, points, cost) {
            pointsInFlight -= points
            requestsInFlight -= 1
            if (cost) {
                costs.set(document, cost.requestedQueryCost)
                bucket = { ...cost.throttleStatus, at: clock.now() }
            }
            answered.resolve()
            answered = Promise.withResolvers()
        },
    }
}

const budgets = new Map<string, RateBudget>()

/** The one budget of a store in this process: two jobs at one store must not each believe the bucket is theirs. */
export function budgetOf(origin: string): RateBudget {
    const budget = budgets.get(origin) ?? createRateBudget()
    budgets.set(origin, budget)
    return budget
}
