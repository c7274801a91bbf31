import { type SeenConnection, seenConnections, standstillOf } from '../../sql/pages/connections.ts'
import {
    type ProductsWanted,
    productInFull,
    productsOfGate,
    type SeenProduct,
    seenProducts,
} from '../../sql/pages/products.ts'
import { words } from '../format.ts'
import { late } from '../late.ts'
import { addressWith, choice, choices, cut, ROWS, search } from '../list.ts'
import type { PageRoute } from '../route.ts'
import { shown } from '../values.ts'
import type { OpenVisit, Visit } from '../visit.ts'
import { isGate, notYet, whyOf } from '../why.ts'

/** What products may be listed by: how far they are linked, whether they have a problem, or (`state` is its code) a gate. */
const STATES = ['linked', 'partly', 'not_linked', 'problem'] as const

/** Products are looked at through a connection: the first one, unless another is chosen there; by what is asked for here. */
export const productsHere: PageRoute = {
    method: 'get',
    path: '/products',
    who: 'people',
    async answer(visit) {
        const { desk, place } = visit
        const [first] = await seenConnections(desk.db, place)
        const asked = { search: search(visit), state: stateIn(visit) }
        if (first) return { to: addressWith(`${place.path}/connections/${first.connection_id}/products`, asked) }
        return { view: 'no_connection', data: { title: 'Products', what: 'Products of the source' } }
    },
}

export const productsPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection/products',
    who: 'people',
    async answer(visit) {
        const { desk, place, the } = visit
        const connection = the('connection')
        const path = `${place.path}/connections/${connection.connection_id}/products`
        const [wanted, state] = [search(visit), stateIn(visit)]
        const after = afterOf(visit.query('after'))
        const found = await seenProducts(desk.db, connection, {
            ...{ search: wanted, ...(await listedBy(visit, state)), after, limit: ROWS + 1 },
        })
        const page = cut(found, ROWS, ({ place, product_id }) =>
            addressWith(path, { search: wanted, state, after: `${product_id} ${place}` }),
        )
        const data = {
            ...{ connection, path, search: wanted ?? '', isFiltered: Boolean(wanted || state) },
            connections: await seenConnections(desk.db, place),
            states: statesWith(state),
            products: page.rows.map((row) => withState(row, connection)),
            next: page.next,
        }
        const isPart = visit.request.get('hx-request')
        return { view: isPart ? 'products/rows' : 'products/list', data }
    },
}

export const productPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection/products/:product',
    who: 'people',
    async answer({ desk, the, mayAs }) {
        const [connection, product] = [the('connection'), the('product')]
        const full = await productInFull(desk.db, connection, product.product_id)
        const data = {
            connection,
            product: withState(product, connection),
            mayOfferAgain: product.code === 'rejected' && mayAs('destination', connection),
            variants: full.variants.map((row) => ({ ...row, why: row.code ? whyOf(row.code) : null })),
            problems: full.problems.map((row) => ({ ...row, why: whyOf(row.code) })),
            deviations: full.deviations.map((row) => ({
                ...row,
                desired: shown(row.desired),
                actual: shown(row.actual),
            })),
            showsSourceStock: connection.side !== 'destination',
        }
        return { view: 'products/one', data }
    },
}

/** What the list is asked to be filtered by; null: nothing, or nothing that is known. */
function stateIn(visit: OpenVisit): string | null {
    const gate = visit.query('state')
    return choice(visit, 'state', STATES) ?? (isGate(gate) ? gate : null)
}

/** A gate is no choice of the filter before it is chosen on the dashboard: there are many. */
function statesWith(state: string | null) {
    const states = choices(STATES, state).map((one) => ({ ...one, text: words(one.word) }))
    if (state === null || !isGate(state)) return states
    return [...states, { word: state, isChosen: true, text: whyOf(state)?.text }]
}

/** Figures by gate are a moment old, and so are the lists that they lead to. */
async function listedBy({ desk, place, the }: Visit, state: string | null): Promise<Partial<ProductsWanted>> {
    const connection = the('connection')
    if (state === null || state === standstillOf(connection)) return {}
    if (state === 'linked' || state === 'not_linked' || state === 'problem') return { state }
    const key = `products ${place.account_id} ${place.key} ${connection.connection_id} ${state}`
    return { chosen: await late(desk.db, key, () => productsOfGate(desk.db, connection, state)) }
}

/** Where a product stands, and the first gate that says no; `waits` where its changes wait besides. */
function withState(product: SeenProduct, connection: SeenConnection) {
    const standstill = standstillOf(connection)
    const state = standstill ? 'not_synced' : stateOf(product)
    const why = whyOf(standstill ?? product.code) ?? (state === 'synced' ? null : notYet)
    const waits = product.waiting && why !== whyOf(product.waiting) ? whyOf(product.waiting) : null
    return { ...product, state, why, waits, detail: standstill ? null : product.detail }
}

function stateOf({ variants, linked, waiting }: SeenProduct) {
    if (linked === 0) return 'not_synced'
    if (linked < variants) return 'partly'
    return waiting ? 'waiting' : 'synced'
}

function afterOf(text: string): { id: string; title: string } | null {
    const [, id, title] = /^(\d{1,18}) ?(.*)$/s.exec(text) ?? []
    return id === undefined ? null : { id, title: title ?? '' }
}
