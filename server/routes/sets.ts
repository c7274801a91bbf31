import { WAITING } from '../../sql/changes/decide.ts'
import { countedLines, placeOf, type SeenLine, seenLines, seenSets } from '../../sql/pages/changes.ts'
import { seenConnections } from '../../sql/pages/connections.ts'
import { addressWith, choice, choices, cut, ROWS, search } from '../list.ts'
import type { PageRoute } from '../route.ts'
import { shown } from '../values.ts'
import type { Visit } from '../visit.ts'

const STATES = ['held', 'approved', 'loading', 'loaded', 'superseded', 'rejected', 'rolled_back'] as const
const KINDS = ['catalogue', 'price', 'stock', 'life_cycle'] as const
const ENTITIES = ['product', 'variant', 'image', 'level'] as const
const ACTIONS = ['create', 'update', 'delete'] as const
const FIELD = /^[a-z_]{1,60}$/

export const setsPage: PageRoute = {
    method: 'get',
    path: '/changes',
    who: 'people',
    async answer(visit) {
        const { desk, place } = visit
        const all = await seenConnections(desk.db, place)
        const chosen = all.find(({ connection_id }) => String(connection_id) === visit.query('connection'))
        const connections = (chosen ? [chosen] : all).map(({ connection_id }) => connection_id)
        const [state, kind] = [choice(visit, 'state', STATES), choice(visit, 'kind', KINDS)]
        const connection = chosen ? String(chosen.connection_id) : null
        const before = /^\d{1,18}$/.test(visit.query('before')) ? visit.query('before') : null
        const found = await seenSets(desk.db, place.account_id, { connections, kind, state, before, limit: ROWS + 1 })
        const page = cut(found, ROWS, ({ change_set_id }) =>
            addressWith(`${place.path}/changes`, { connection, kind, state, before: change_set_id }),
        )
        const data = {
            sets: page.rows,
            next: page.next,
            connections: all.map((one) => ({ ...one, isChosen: one === chosen })),
            states: choices(STATES, state),
            kinds: choices(KINDS, kind),
            isFiltered: Boolean(chosen || state || kind),
            isConnected: all.length > 0,
        }
        return { view: 'changes/list', data }
    },
}

export const setPage: PageRoute = {
    method: 'get',
    path: '/changes/:set',
    who: 'people',
    async answer(visit) {
        const { desk, place, the, mayAs } = visit
        const [set, connection] = [the('set'), the('connection')]
        const { account_id } = place
        const key = { account_id, change_set_id: set.change_set_id }
        const path = `${place.path}/changes/${set.change_set_id}`
        const filter = filterOf(visit)
        const label = search(visit)
        const after = visit.query('after') || null
        const wanted = { ...filter, label, after, limit: ROWS + 1 }
        const [found, counted] = await Promise.all([
            seenLines(desk.db, { connection, ...key }, wanted),
            countedLines(desk.db, key),
        ])
        const page = cut(found, ROWS, (last) => addressWith(path, { ...filter, search: label, after: placeOf(last) }))
        const isOpen = set.state === 'held' || set.state === 'approved'
        const mayDecide = mayAs('destination', connection)
        const data = {
            ...{ set, connection, path, filter, search: label ?? '', next: page.next },
            isFiltered: Boolean(label || Object.values(filter).some(Boolean)),
            groups: groupsOf(counted, path),
            waiting: sumOf(counted, WAITING),
            // a search is for looking: what it finds is decided line by line
            waitingHere: label ? 0 : sumOf(fitting(counted, filter), WAITING),
            approved: sumOf(counted, ['approved']),
            products: byProduct(page.rows),
            statuses: choices(statusesIn(counted), filter.status),
            canDecide: isOpen && mayDecide,
            canLoad: set.state === 'approved' && mayDecide && connection.state === 'connected',
            canRollBack: set.state === 'loaded' && mayDecide,
            decides: connection.destination,
            hasDeletions: counted.some(({ action }) => action === 'delete'),
        }
        return { view: 'changes/one', data }
    },
}

/** The filter of a page of lines, as the address has it. */
export function filterOf(visit: Pick<Visit, 'query'>) {
    const word = visit.query('field')
    const status = visit.query('status')
    return {
        entity: choice(visit as Visit, 'entity', ENTITIES),
        action: choice(visit as Visit, 'action', ACTIONS),
        field: FIELD.test(word) ? word : null,
        status: FIELD.test(status) ? status : null,
    }
}

type Counted = Awaited<ReturnType<typeof countedLines>>

/** Lines by what they are about, each with the address that shows them alone. */
function groupsOf(counted: Counted, path: string) {
    const groups = Map.groupBy(counted, ({ entity, action, field }) => `${entity} ${action} ${field}`)
    return [...groups.values()].map((rows) => {
        const { entity, action, field } = rows[0]!
        return {
            name: lineName(entity, action, field),
            lines: rows.reduce((sum, { lines }) => sum + lines, 0),
            statuses: rows.map(({ status, lines }) => ({ status, lines })),
            to: addressWith(path, { entity, action, field }),
        }
    })
}

/** What a line is about: `title`, `image alt`, `new product`. */
export function lineName(entity: string, action: string, field: string): string {
    if (action === 'create') return `new ${entity}`
    if (action === 'delete') return `${entity} removed`
    const name = field === 'available' ? 'quantity' : field.replaceAll('_', ' ')
    return entity === 'image' ? `image ${name}` : name
}

function byProduct(lines: SeenLine[]) {
    const rows = lines.map((line) => ({
        ...line,
        name: lineName(line.entity, line.action, line.field),
        before: shown(line.before),
        after: shown(line.after),
    }))
    const groups = Map.groupBy(rows, ({ is_plain, product_id }) => `${is_plain} ${product_id}`)
    return [...groups.values()].map((own) => ({ label: own[0]!.label, brake: own[0]!.brake, lines: own }))
}

/** What of it a filter shows. */
function fitting(counted: Counted, { entity, action, field, status }: ReturnType<typeof filterOf>): Counted {
    return counted.filter(
        (one) =>
            (entity === null || one.entity === entity) &&
            (action === null || one.action === action) &&
            (field === null || one.field === field) &&
            (status === null || one.status === status),
    )
}

function sumOf(counted: Counted, statuses: readonly string[]): number {
    const own = counted.filter(({ status }) => statuses.includes(status))
    return own.reduce((sum, { lines }) => sum + lines, 0)
}

function statusesIn(counted: Counted): string[] {
    return [...new Set(counted.map(({ status }) => status))].toSorted()
}
