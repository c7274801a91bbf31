import { placeActivity } from '../../sql/pages/activity.ts'
import { seenConnections } from '../../sql/pages/connections.ts'
import { deedOf } from '../deeds.ts'
import { addressWith, choice, choices, cut, ROWS } from '../list.ts'
import type { PageRoute } from '../route.ts'

/** Kinds of events by what comes before their dot. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
    decisions: ['lines', 'orders', 'movements', 'mirrors'],
    connections: ['connection', 'join', 'settings'],
    stores: ['store'],
    access: ['link', 'operator', 'account'],
    runs: ['run'],
}
const NAMES = Object.keys(KINDS)

/** Who did what, and when. */
export const activityPage: PageRoute = {
    method: 'get',
    path: '/activity',
    who: 'people',
    async answer(visit) {
        const { desk, place } = visit
        const all = await seenConnections(desk.db, place)
        const chosen = all.find(({ connection_id }) => String(connection_id) === visit.query('connection')) ?? null
        const kind = choice(visit, 'kind', NAMES)
        const before = /^\d{1,18}$/.test(visit.query('before')) ? visit.query('before') : null
        const path = `${place.path}/activity`
        const connection = chosen?.connection_id ?? null
        const kinds = kind ? KINDS[kind]! : null
        const sight = { ...place, whole: place.whole && place.store === null }
        const found = await placeActivity(desk.db, sight, { connection, kinds, before, limit: ROWS + 1 })
        const page = cut(found, ROWS, ({ event_id }) =>
            addressWith(path, { kind, connection: connection === null ? null : String(connection), before: event_id }),
        )
        const data = {
            events: page.rows.map((event) => ({ ...event, deed: deedOf(event) })),
            next: page.next,
            kinds: choices(NAMES, kind),
            connections: all.map((one) => ({ ...one, isChosen: one === chosen })),
            isFiltered: Boolean(chosen || kind),
            path,
        }
        return { view: 'activity', data }
    },
}
