import { settling } from '../../connectors/entities/index.ts'
import { decide } from '../../sql/changes/decide.ts'
import { seenConnections } from '../../sql/pages/connections.ts'
import { type SeenProduct, seenProduct } from '../../sql/pages/products.ts'
import { type Chosen, seenCollections, type WaitingLine, waitingLines } from '../../sql/pages/push_products.ts'
import { QueryError } from '../../sql/query_error.ts'
import type { JsonObject } from '../../sql/runs/runs.ts'
import { askForRun } from '../ask.ts'
import { chosenIds } from '../list.ts'
import { nothingThere } from '../refusal.ts'
import type { Answer, PageRoute } from '../route.ts'
import { shown } from '../values.ts'
import type { Visit } from '../visit.ts'
import { lineName } from './sets.ts'

/** Products of one page of the list, and lines that a person can look through before they approve them. */
const MOST_PRODUCTS = 50
const MOST_LINES = 100

/** What is to be pushed, before it is: which products, and what of them waits for a person. */
export const pushProductsPage: PageRoute = {
    method: 'get',
    path: '/connections/:connection/push',
    who: 'people',
    async answer(visit) {
        const { desk, the, mayAs } = visit
        const connection = the('connection')
        const { chosen, products, title } = await meant(visit, visit.request.query)
        const lines = title === null ? [] : await waitingLines(desk.db, connection, chosen, MOST_LINES)
        const total = Number(lines[0]?.total ?? 0)
        const data = {
            ...{ connection, wanted: title, products, total },
            collection: chosen.collection,
            isAll: title !== null && chosen.products === null && chosen.collection === null,
            isReady: connection.state === 'connected' && connection.ending === null,
            collections: await seenCollections(desk.db, connection),
            others: await othersOf(visit),
            sets: [...new Set(lines.map(({ change_set_id }) => change_set_id))],
            lines: lines.map(shownLine),
            mayApprove: mayAs('destination', connection) && total > 0 && total <= MOST_LINES,
            decides: connection.destination,
            isTooMany: total > MOST_LINES,
        }
        return { view: 'products/push', data }
    },
}

function shownLine(line: WaitingLine) {
    const { entity, action, field } = line
    return { ...line, name: lineName(entity, action, field), before: shown(line.before), after: shown(line.after) }
}

/**
 * Asks for the run that pushes products (spec row 136). Lines that wait are approved first where the person who may has
 * seen them on the page before and says so; whatever else a first sync or a brake holds goes on waiting.
 */
export const pushProductsHere: PageRoute = {
    method: 'post',
    path: '/connections/:connection/push',
    who: 'people',
    async answer(visit) {
        const { place, the, mayAs } = visit
        const connection = the('connection')
        const path = `${place.path}/connections/${connection.connection_id}`
        const { chosen, title } = await meant(visit, (visit.request.body ?? {}) as Fields)
        if (title === null) return back(`${path}/push`, 'No product was chosen: nothing was done.')
        if (connection.state !== 'connected' || connection.ending) {
            return back(path, 'Nothing is pushed before the stores are connected.')
        }
        const approves = visit.field('approve') === 'yes'
        if (approves && !mayAs('destination', connection)) {
            return back(path, `Only ${connection.destination} approves what waits there: nothing was done.`)
        }
        const fault = approves ? await approve(visit, chosen) : null
        if (fault) return back(path, fault)
        const also = (await othersOf(visit)).filter(({ id }) => chosenIds(visit, 'also').includes(id))
        const runs: (string | null)[] = []
        for (const id of [String(connection.connection_id), ...also.map((other) => other.id)]) {
            runs.push(await askForRun(visit, 'push_products', argumentsFor(Number(id), chosen)))
        }
        if (runs.includes(null)) return back(path, 'It could not be asked for: try again.')
        return { to: `${place.path}/runs${runs.length === 1 ? `/${runs[0]}` : ''}` }
    },
}

/** The other destinations of the same source, to which its people may push at the same time. */
async function othersOf({ desk, place, the, mayAs }: Visit): Promise<{ id: string; destination: string }[]> {
    const own = the('connection')
    if (!mayAs('source', own)) return []
    const all = await seenConnections(desk.db, place)
    return all
        .filter(
            ({ connection_id, source_store_id, state, ending }) =>
                connection_id !== own.connection_id &&
                source_store_id === own.source_store_id &&
                state === 'connected' &&
                ending === null,
        )
        .map(({ connection_id, destination }) => ({ id: String(connection_id), destination }))
}

const back = (to: string, say: string): Answer => ({ to, say, isFault: true })

function argumentsFor(connection: number, { products, collection }: Chosen): JsonObject {
    return { connection, ...(products && { products }), ...(collection && { collection }) }
}

/** Approves those of the lines the form shows that wait still; null, or why not. */
async function approve(visit: Visit, chosen: Chosen): Promise<string | null> {
    const { desk, place, viewer, the } = visit
    const seen = new Set(chosenIds(visit, 'line'))
    const waiting = await waitingLines(desk.db, the('connection'), chosen, MOST_LINES)
    const agreed = waiting.filter(({ change_id }) => seen.has(change_id))
    try {
        for (const [set, lines] of Map.groupBy(agreed, ({ change_set_id }) => change_set_id)) {
            const filter = { lines: lines.map(({ change_id }) => change_id) }
            const whose = { account_id: place.account_id, who: viewer.who, set, filter }
            await decide(desk.db, settling, { ...whose, decision: 'approve' })
        }
        return null
    } catch (error) {
        // a sentence of ours says why not; what the database says is for the log
        if (error instanceof QueryError) throw error
        return (error as Error).message
    }
}

type Fields = { readonly [name: string]: unknown }
type Meant = { chosen: Chosen; products: SeenProduct[]; title: string | null }

const NOTHING: Meant = { chosen: { products: null, collection: null }, products: [], title: null }

/** Which products a request means: those it names, if all are in sight (rule 91), a collection's, or all. */
async function meant(visit: Visit, fields: Fields): Promise<Meant> {
    const { desk, the } = visit
    const connection = the('connection')
    const ids = [...new Set(idsIn(fields.product))].slice(0, MOST_PRODUCTS)
    if (ids.length > 0) {
        const products: SeenProduct[] = []
        for (const id of ids) {
            const product = await seenProduct(desk.db, connection, id)
            if (!product) throw nothingThere('product')
            products.push(product)
        }
        const [first] = products
        const title = products.length === 1 ? (first!.title ?? first!.product_id) : `${products.length} products`
        return { chosen: { products: ids, collection: null }, products, title }
    }
    const [wanted] = idsIn(fields.collection)
    if (wanted !== undefined) {
        const found = (await seenCollections(desk.db, connection)).find(({ collection_id }) => collection_id === wanted)
        if (!found) throw nothingThere('collection')
        return { ...NOTHING, chosen: { products: null, collection: wanted }, title: `the collection ${found.title}` }
    }
    return fields.all === 'yes' ? { ...NOTHING, title: 'all products' } : NOTHING
}

function idsIn(value: unknown): string[] {
    const came = ([] as unknown[]).concat(value ?? [])
    return came.filter((id): id is string => typeof id === 'string' && /^\d{1,18}$/.test(id))
}
