import { seenSets } from '../../sql/pages/changes.ts'
import type { SeenConnection } from '../../sql/pages/connections.ts'
import { activityOf, countedOrders, seenConnections } from '../../sql/pages/connections.ts'
import { seenJoins } from '../../sql/pages/joins.ts'
import { seenNotices } from '../../sql/pages/overview.ts'
import { deedOf } from '../deeds.ts'
import { figuresFor } from '../figures.ts'
import { late } from '../late.ts'
import type { PageRoute } from '../route.ts'
import type { Visit } from '../visit.ts'
import { reportsFor } from './reports.ts'

const LAST_EVENTS = 20
const LAST_SETS = 5

export const connectionsPage: PageRoute = {
    method: 'get',
    path: '/connections',
    who: 'people',
    async answer(visit) {
        const { desk, place } = visit
        const connections = await seenConnections(desk.db, place)
        const rows = connections.map(async (row) => ({ ...row, figures: await figuresFor(desk.db, row) }))
        const shown = await Promise.all(rows)
        return {
            view: 'connections/list',
            data: { connections: shown, groups: groupsOf(shown), joins: await openJoins(visit) },
        }
    },
}

/** Who waits to be connected, or is being connected now. */
async function openJoins({ desk, place }: Visit) {
    return (await seenJoins(desk.db, place)).filter(({ state }) => state === 'waiting' || state === 'approved')
}

const GROUPS = [
    ['connected', 'Connected'],
    ['blocked', 'Blocked by the source'],
    ['disconnected', 'Disconnected'],
] as const

/** Connections by how they stand; a group without any is not shown. */
function groupsOf<Row extends SeenConnection>(connections: Row[]) {
    const groups = GROUPS.map(([name, title]) => ({
        ...{ name, title },
        connections: connections.filter(({ state }) => state === name),
    }))
    return groups.filter((group) => group.connections.length > 0)
}

export const connectionPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection',
    who: 'people',
    async answer({ desk, place, the, mayAs }) {
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
            ends: endsFor(connection, mayAs),
            reports: reportsFor(connection),
            activity: events.map((event) => ({ ...event, deed: deedOf(event) })),
        }
        return { view: 'connections/one', data }
    },
}

/** Which ends a viewer may bring about, or take back, in the state that the connection is in (D14). */
function endsFor(connection: SeenConnection, mayAs: Visit['mayAs']) {
    const { state, ending, source, destination } = connection
    const [isSource, isDestination] = [mayAs('source', connection), mayAs('destination', connection)]
    const stands = ending === null
    const may = {
        mayBlock: stands && isSource && state === 'connected',
        mayUnblock: stands && isSource && state === 'blocked',
        mayDisconnect: stands && isDestination && (state === 'connected' || state === 'blocked'),
        mayReconnect: stands && isDestination && state === 'disconnected',
    }
    const waitsFor = stands ? otherEnd({ state, isSource, isDestination, source, destination }) : null
    return { ...may, waitsFor, isAny: waitsFor !== null || Object.values(may).some(Boolean) }
}

type Ends = Pick<SeenConnection, 'state' | 'source' | 'destination'> & { isSource: boolean; isDestination: boolean }

function otherEnd({ state, isSource, isDestination, source, destination }: Ends): string | null {
    if (state === 'blocked' && !isSource) return `${source} has blocked it: only ${source} can unblock it.`
    if (state === 'disconnected' && !isDestination) {
        return `${destination} has disconnected: only ${destination} can reconnect it.`
    }
    return null
}
