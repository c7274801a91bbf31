import { reasons } from '../../reports/reasons.ts'
import { seenConnections } from '../../sql/pages/connections.ts'
import { orderWithLines, sayOfOrders, seenOrders } from '../../sql/pages/orders.ts'
import { askForRun } from '../ask.ts'
import { addressWith, choice, choices, chosenIds, cut, ROWS, search } from '../list.ts'
import type { Answer, PageRoute } from '../route.ts'

const STATES = ['not_pushed', 'pushed', 'cancelled'] as const
const DECISIONS = { push: 'push', hold: 'hold', release: null } as const

/** Orders are looked at through a connection: the first one, unless another is chosen there. */
export const ordersHere: PageRoute = {
    method: 'get',
    path: '/orders',
    who: 'people',
    async answer({ desk, place }) {
        const [first] = await seenConnections(desk.db, place)
        if (first) return { to: `${place.path}/connections/${first.connection_id}/orders` }
        return { view: 'no_connection', data: { title: 'Orders', what: 'Orders of destinations' } }
    },
}

export const ordersPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection/orders',
    who: 'people',
    async answer(visit) {
        const { desk, place, the, mayAs } = visit
        const connection = the('connection')
        const path = `${place.path}/connections/${connection.connection_id}/orders`
        const [wanted, push_state] = [search(visit), choice(visit, 'state', STATES)]
        const found = await seenOrders(desk.db, connection, {
            ...{ push_state, search: wanted, before: visit.query('before') || null, limit: ROWS + 1 },
        })
        const page = cut(found, ROWS, ({ created_at, order_id }) =>
            addressWith(path, { search: wanted, state: push_state, before: `${created_at}_${order_id}` }),
        )
        const data = {
            ...{ connection, path, search: wanted ?? '', next: page.next, isFiltered: Boolean(wanted || push_state) },
            connections: await seenConnections(desk.db, place),
            states: choices(STATES, push_state),
            orders: page.rows.map((order) => ({ ...order, why: whyNot(order.reason) })),
            canDecide: mayAs('destination', connection),
        }
        return { view: 'orders/list', data }
    },
}

export const orderPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection/orders/:order',
    who: 'people',
    async answer({ desk, place, the, mayAs }) {
        const connection = the('connection')
        const { order, lines } = await orderWithLines(desk.db, connection, the('order').order_id)
        const data = {
            connection,
            path: `${place.path}/connections/${connection.connection_id}/orders`,
            order: { ...order, why: whyNot(order.reason) },
            lines: lines.map((line) => ({ ...line, why: whyNot(line.reason) })),
            canDecide: mayAs('destination', connection),
            isWholeOrder: connection.side !== 'source',
        }
        return { view: 'orders/one', data }
    },
}

/** What a person says of orders: push them now, hold them, or take back what was said. */
export const sayOfOrdersHere: PageRoute = {
    method: 'post',
    path: '/connections/:connection/orders/decisions',
    who: 'destination',
    async answer(visit): Promise<Answer> {
        const { desk, place, viewer, the } = visit
        const connection = the('connection')
        const list = `${place.path}/connections/${connection.connection_id}/orders`
        const orders = chosenIds(visit, 'order')
        const verb = (Object.keys(DECISIONS) as (keyof typeof DECISIONS)[]).find(
            (one) => one === visit.field('decision'),
        )
        if (!verb || orders.length === 0)
            return { to: list, say: 'Choose orders first: nothing was done.', isFault: true }
        const decision = DECISIONS[verb]
        const number = await sayOfOrders(desk.db, connection, { who: viewer.who, orders, decision })
        const run =
            verb === 'push' ? await askForRun(visit, 'push_orders', { connection: connection.connection_id }) : null
        const said = { push: 'to be pushed', hold: 'held', release: 'released' }[verb]
        const only = orders.length === 1 && visit.field('from') === 'one' ? `/${orders[0]}` : ''
        const say = `${number} ${number === 1 ? 'order' : 'orders'}: ${said}.${run ? ` Run ${run} pushes what no gate refuses.` : ''}`
        return { to: `${list}${only}`, say }
    },
}

function whyNot(code: string | null) {
    if (code === null) return null
    const known = reasons[code]
    return { code, text: known?.text ?? code, fix: known?.fix ?? '' }
}
