import { type Asked, askToJoin } from '../../sql/joins/ask.ts'
import { decideJoin, endJoinKey, makeJoinKey, renewCode } from '../../sql/joins/decide.ts'
import { seenJoins, seenKeys } from '../../sql/pages/joins.ts'
import { locationsOf } from '../../sql/stores/save.ts'
import { type StoreRow, storeById, storesOf } from '../../sql/stores/stores.ts'
import { askForRun } from '../ask.ts'
import { timeIn } from '../format.ts'
import { Refusal } from '../refusal.ts'
import type { Answer, PageRoute } from '../route.ts'
import type { Visit } from '../visit.ts'

const DOMAIN = /^[a-z0-9][a-z0-9.-]{1,250}$/
/** How long a key may be good for, in days. */
const DAYS = [1, 7, 30] as const

/** How stores come together: a source's code and keys, a destination's way to use them, and who waits for whom. */
export const joinPage: PageRoute = {
    method: 'get',
    path: '/join',
    who: 'people',
    async answer(visit) {
        const { desk, place } = visit
        const { store } = place
        const joins = (await seenJoins(desk.db, place)).map(async (join) => {
            const isOpen = join.state === 'waiting'
            const locations = isOpen ? await openLocations(visit, join.source_store_id) : []
            const ends = { isSource: join.side !== 'destination', isDestination: join.side !== 'source' }
            return { ...join, ...ends, isOpen, locations }
        })
        const all = await Promise.all(joins)
        const stores = store ? [] : await placesOf(visit)
        const data = {
            isSource: store?.role === 'source',
            isDestination: store?.role === 'destination',
            code: store?.join_code ?? null,
            keys_made: store?.role === 'source' ? await seenKeys(desk.db, place) : [],
            locations: store ? await openLocations(visit, store.store_id) : [],
            days: DAYS.map((days) => ({ days, isChosen: days === 7 })),
            joins: all.filter(({ state }) => state === 'waiting' || state === 'approved'),
            past: all.filter(({ state }) => state !== 'waiting' && state !== 'approved'),
            stores,
            isAlone: store === null && stores.length === 0,
        }
        return { view: 'join/page', data }
    },
}

/** A destination enters a code, and waits for the source; or a key, by which the source has agreed. */
export const joinHere: PageRoute = {
    method: 'post',
    path: '/join',
    who: 'destination',
    async answer(visit): Promise<Answer> {
        const { desk, place, viewer, field } = visit
        const destination = place.store!
        if (destination.state !== 'ready') return back(visit, letInFirst(destination), true)
        const location = await chosenLocation(visit, destination.store_id)
        if (location.fault) return back(visit, location.fault, true)
        const asked = await askToJoin(desk.db, {
            ...{ account_id: place.account_id, who: viewer.who, destination, typed: field('code') },
            location_id: location.id,
        })
        if (asked.came === 'too_often') {
            throw new Refusal(
                429,
                'Too many tries',
                'Wait a quarter of an hour, and ask the source for its code again.',
            )
        }
        if (asked.came === 'approved') await askForRun(visit, 'connect_stores', { join: asked.join_id })
        return back(visit, sayOf(asked, place.zone), !['waiting', 'approved'].includes(asked.came))
    },
}

export const renewCodeHere: PageRoute = {
    method: 'post',
    path: '/join/code',
    who: 'source',
    async answer(visit) {
        const { desk, place, viewer } = visit
        await renewCode(desk.db, { account_id: place.account_id, who: viewer.who }, place.store!.store_id)
        return back(visit, 'This is the new code. The old one is dead.')
    },
}

/** Makes a key. It is shown here and never again. */
export const makeKeyHere: PageRoute = {
    method: 'post',
    path: '/join/keys',
    who: 'source',
    async answer(visit): Promise<Answer> {
        const { desk, place, viewer, field } = visit
        const { store_id } = place.store!
        const domain = field('domain').toLowerCase() || null
        if (domain !== null && !DOMAIN.test(domain)) {
            return back(visit, `Expected a store's address such as corner-shop.myshopify.com, or nothing.`, true)
        }
        const days = DAYS.find((one) => String(one) === field('days')) ?? 7
        const location = await chosenLocation(visit, store_id)
        if (location.fault) return back(visit, location.fault, true)
        const whose = { account_id: place.account_id, who: viewer.who }
        const key = await makeJoinKey(desk.db, whose, { store_id, domain, location_id: location.id, days })
        return { view: 'join/key', data: { key, domain, days } }
    },
}

export const endKeyHere: PageRoute = {
    method: 'post',
    path: '/join/keys/:key/end',
    who: 'source',
    async answer(visit) {
        const { desk, place, viewer, the } = visit
        const ended = await endJoinKey(desk.db, { account_id: place.account_id, who: viewer.who }, the('key'))
        return ended ? back(visit, 'The key is taken back.') : back(visit, 'The key is used or dead already.', true)
    },
}

export const approveJoin: PageRoute = {
    method: 'post',
    path: '/join/wishes/:join/approve',
    who: 'source',
    async answer(visit) {
        const { desk, place, viewer, the } = visit
        const join = the('join')
        const source = await storeById(desk.db, place.account_id, join.source_store_id)
        if (source.state !== 'ready') return back(visit, letInFirst(source), true)
        const location = await chosenLocation(visit, join.source_store_id)
        if (location.fault) return back(visit, location.fault, true)
        const whose = { account_id: place.account_id, who: viewer.who }
        if (!(await decideJoin(desk.db, whose, join, 'approved', location.id))) return overAlready(visit)
        const run = await askForRun(visit, 'connect_stores', { join: join.join_id })
        const say = `You agreed to feed ${join.destination}. Run ${run} connects the two; its first change set waits for a person.`
        return back(visit, say)
    },
}

export const refuseJoin = ending('refuse', 'source', 'refused', 'You refused it.')
export const takeBackJoin = ending('take-back', 'destination', 'taken_back', 'You took it back.')

function ending(verb: string, who: 'source' | 'destination', state: 'refused' | 'taken_back', say: string): PageRoute {
    return {
        method: 'post',
        path: `/join/wishes/:join/${verb}`,
        who,
        async answer(visit) {
            const { desk, place, viewer, the } = visit
            const whose = { account_id: place.account_id, who: viewer.who }
            return (await decideJoin(desk.db, whose, the('join'), state)) ? back(visit, say) : overAlready(visit)
        },
    }
}

/** Asks for another try of what was agreed and could not be carried out. */
export const tryJoinAgain: PageRoute = {
    method: 'post',
    path: '/join/wishes/:join/again',
    who: 'people',
    async answer(visit) {
        const { join_id, state } = visit.the('join')
        if (state !== 'approved') return overAlready(visit)
        const run = await askForRun(visit, 'connect_stores', { join: join_id })
        return back(visit, `Run ${run} tries again.`)
    },
}

function sayOf(asked: Exclude<Asked, { came: 'too_often' }>, zone: string): string {
    switch (asked.came) {
        case 'unknown':
            return 'No source of this account has this code or key, or it is used up. Ask the source for a new one.'
        case 'stands':
            return `${asked.source} and this store ${STANDS[asked.state]}`
        case 'open':
            return asked.state === 'waiting'
                ? `You asked ${asked.source} already: it has yet to decide.`
                : `${asked.source} has agreed already: the two are being connected.`
        case 'too_soon':
            return `${asked.source} was asked before. Ask again after ${timeIn(zone, asked.until)}, or with a key from it.`
        case 'waiting':
            return `You asked ${asked.source}. It decides; nothing is read or written until then.`
        case 'approved':
            return `${asked.source} has agreed by its key: the two are being connected. The first change set waits for you.`
    }
}

const STANDS = {
    requested: 'are being connected already.',
    connected: 'are connected already.',
    blocked: 'have a connection that the source has blocked: only the source can unblock it.',
    disconnected: 'have a connection that was disconnected: reconnect it on its page.',
} as const

function letInFirst({ domain, state_reason }: StoreRow): string {
    return `${domain} does not let us in now: ${state_reason ?? 'it is stopped.'} See what it lets us do, at the foot of its pages.`
}

/** Locations of a store that are open, where there are several to choose from. */
async function openLocations({ desk, place }: Visit, store_id: number) {
    const store = await storeById(desk.db, place.account_id, store_id)
    const active = (await locationsOf(desk.db, store)).filter((location) => location.active)
    return active.length > 1 ? active : []
}

/** The location that a form chose for a store; the only one where it has one, null where none is known yet. */
async function chosenLocation({ desk, place, field }: Visit, store_id: number) {
    const store = await storeById(desk.db, place.account_id, store_id)
    const active = (await locationsOf(desk.db, store)).filter((location) => location.active)
    const [only] = active
    if (active.length <= 1) return { id: only?.location_id ?? null, fault: null }
    const chosen = active.find(({ location_id }) => location_id === field('location'))
    return chosen
        ? { id: chosen.location_id, fault: null }
        : { id: null, fault: `${store.domain} has several locations: choose the one whose stock counts.` }
}

async function placesOf({ desk, place }: Visit) {
    const stores = await storesOf(desk.db, place.account_id)
    return stores.map(({ domain, role }: StoreRow) => ({
        domain,
        role,
        path: `/stores/${encodeURIComponent(domain)}/join`,
    }))
}

function overAlready(visit: Visit): Answer {
    return back(visit, 'It was decided already: see below how it stands.', true)
}

function back({ place }: Visit, say: string, isFault = false): Answer {
    return { to: `${place.path}/join`, say, isFault }
}
