import { seenSets } from '../../sql/pages/changes.ts'
import { activityOf, countedOrders, seenConnections } from '../../sql/pages/connections.ts'
import { seenNotices } from '../../sql/pages/overview.ts'
import { deedOf } from '../deeds.ts'
import { figuresFor } from '../figures.ts'
import { late } from '../late.ts'
import type { PageRoute } from '../route.ts'
import { reportsFor } from './reports.ts'

const LAST_EVENTS = 20
const LAST_SETS = 5

export const connectionsPage: PageRoute = {
    method: 'get',
    path: '/connections',
    who: 'people',
    async answer({ desk, place }) {
        const connections = await seenConnections(desk.db, place)
        const rows = connections.map(async (row) => ({ ...row, figures: await figuresFor(desk.db, row) }))
        return { view: 'connections/list', data: { connections: await Promise.all(rows) } }
    },
}

export const connectionPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection',
    who: 'people',
    async answer({ desk, place, the }) {
        const connection = the('connection')
        const ids = [connection.connection_id]
        const notices = await seenNotices(desk.db, { ...place, stores: [], whole: false }, ids)
        const sets = await seenSets(desk.db, place.account_id, { connections: ids, limit: LAST_SETS })
        const events = await activityOf(desk.db, place.account_id, ids, { limit: LAST_EVENTS })
        const data = {
            connection,
            figures: await figuresFor(desk.db, connection),
            orders: await late(desk.db, `orders ${place.key} ${place.account_id}/${connection.connection_id}`, () =>
                countedOrders(desk.db, connection),
            ),
            notices,
            sets,
            reports: reportsFor(connection),
            activity: events.map((event) => ({ ...event, deed: deedOf(event) })),
        }
        return { view: 'connections/one', data }
    },
}
