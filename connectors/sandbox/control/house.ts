import { expireToken } from '../tokens.ts'
import { numberIn, shopNamed, textIn, type Verb } from './body.ts'

/** Moves the shops' clock on by `seconds`; answers with the new time. */
const advance: Verb = ({ clock }, body) => {
    clock.advance(numberIn(body, 'seconds') ?? 0)
    return { now: clock.iso() }
}

/** Lets the shops' clock stand still, or go on; answers with the time. */
const standing = (how: 'stop' | 'go'): Verb => {
    return ({ clock }) => {
        clock[how]()
        return { now: clock.iso() }
    }
}

/** Every mutation executed, of one shop or all, numbered above `since`. */
const calls: Verb = (parts, body) => ({ calls: parts.calls.since(numberIn(body, 'since'), textIn(body, 'shop')) })

/** All that happened, numbered above `since`: `{since?, shop?, kinds?: ['stock', 'order', 'bulk', 'query', 'mutation']}`. */
const journal: Verb = (parts, body) => {
    const kinds = Array.isArray(body.kinds) ? body.kinds.map(String) : undefined
    return { entries: parts.journal.since(numberIn(body, 'since'), textIn(body, 'shop'), kinds) }
}

/** Sets and fills the cost buckets: `{shop?, maximumAvailable, restoreRate}`. */
const setThrottle: Verb = ({ buckets }, body) => {
    const throttle = {
        maximumAvailable: numberIn(body, 'maximumAvailable') ?? 2000,
        restoreRate: numberIn(body, 'restoreRate') ?? 100,
    }
    buckets.set(throttle, textIn(body, 'shop'))
    return throttle
}

/** How long a shop's search index lags, in milliseconds. */
const setLag: Verb = (parts, body) => {
    const shop = shopNamed(parts, body.shop)
    shop.settings.indexLagMs = numberIn(body, 'ms') ?? 0
    return { ms: shop.settings.indexLagMs }
}

/** Changes a shop's settings: `{shop, set: {mediaMs: 0, texts: 'alters_every_text' …}}`. */
const setShop: Verb = (parts, body) => {
    const shop = shopNamed(parts, body.shop)
    const { set } = body
    if (typeof set !== 'object' || set === null) throw new Error('shop.set: expected set to be an object of settings')
    const unknown = Object.keys(set).filter((name) => !(name in shop.settings))
    if (unknown.length > 0) {
        const known = Object.keys(shop.settings).join(', ')
        throw new Error(`shop.set: expected settings among ${known}, got ${unknown.join(', ')}`)
    }
    Object.assign(shop.settings, set)
    return shop.settings
}

/** Ends a token of a shop, or without `token` all that can expire. */
const expire: Verb = (parts, body) => ({
    expired: expireToken(shopNamed(parts, body.shop), textIn(body, 'token'), parts.clock),
})

const save: Verb = async (parts) => {
    await parts.save()
    return { saved: true }
}

export const houseVerbs: Readonly<Record<string, Verb>> = {
    'clock.advance': advance,
    'clock.stop': standing('stop'),
    'clock.go': standing('go'),
    calls,
    journal,
    'throttle.set': setThrottle,
    'lag.set': setLag,
    'shop.set': setShop,
    'token.expire': expire,
    'state.save': save,
}
