import type { Clock } from './context.ts'

export type Throttle = { maximumAvailable: number; restoreRate: number }

/** The bucket of a Standard plan, as recorded. */
export const standardThrottle: Throttle = { maximumAvailable: 2000, restoreRate: 100 }

export type ThrottleStatus = { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }

/** A leaky bucket of query cost, refilled by the shops' clock. */
export class Bucket {
    private available: number
    private readAt: number
    private readonly clock: Clock
    private throttle: Throttle

    constructor(clock: Clock, throttle: Throttle) {
        this.clock = clock
        this.throttle = throttle
        this.available = throttle.maximumAvailable
        this.readAt = clock.now()
    }

    /** Takes `cost` if it is there; false means throttled, nothing taken. */
    take(cost: number): boolean {
        this.refill()
        if (cost > this.available) return false
        this.available -= cost
        return true
    }

    /** Gives back what was asked for and not used. */
    giveBack(cost: number): void {
        this.available = Math.min(this.throttle.maximumAvailable, this.available + Math.max(cost, 0))
    }

    set(throttle: Throttle): void {
        this.throttle = throttle
        this.available = throttle.maximumAvailable
    }

    status(): ThrottleStatus {
        this.refill()
        return {
            maximumAvailable: this.throttle.maximumAvailable,
            currentlyAvailable: Math.floor(this.available),
            restoreRate: this.throttle.restoreRate,
        }
    }

    private refill(): void {
        const now = this.clock.now()
        const restored = ((now - this.readAt) / 1000) * this.throttle.restoreRate
        this.available = Math.min(this.throttle.maximumAvailable, this.available + restored)
        this.readAt = now
    }
}
