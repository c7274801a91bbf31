import { Bucket, standardThrottle, type Throttle } from './bucket.ts'
import type { Clock } from './context.ts'

/** The cost buckets of all tokens: one per shop and token, as Shopify's are per shop and app. */
export class Buckets {
    private readonly buckets = new Map<string, Map<string, Bucket>>()
    private readonly ofShop = new Map<string, Throttle>()
    private readonly clock: Clock
    private throttle: Throttle

    constructor(clock: Clock, throttle: Throttle = standardThrottle) {
        this.clock = clock
        this.throttle = throttle
    }

    of(domain: string, token: string): Bucket {
        const tokens = this.buckets.get(domain) ?? new Map<string, Bucket>()
        this.buckets.set(domain, tokens)
        const known = tokens.get(token)
        if (known) return known
        const bucket = new Bucket(this.clock, this.ofShop.get(domain) ?? this.throttle)
        tokens.set(token, bucket)
        return bucket
    }

    /** Sets and fills the buckets of one shop, or of all present and future ones. */
    set(throttle: Throttle, domain?: string): void {
        if (domain === undefined) this.throttle = throttle
        else this.ofShop.set(domain, throttle)
        for (const [shop, tokens] of this.buckets) {
            if (domain !== undefined && shop !== domain) continue
            for (const bucket of tokens.values()) bucket.set(throttle)
        }
    }
}
