import { at, NORTHWIND, type Talk } from './sandbox.ts'

export type PlainLine = {
    id: number
    sku: string
    quantity: number
    currentQuantity: number
    unfulfilledQuantity: number
    fulfilledQuantity: number
    locationId: number | null
}
export type PlainOrder = {
    id: number
    name: string
    test: boolean
    financialStatus: string | null
    fulfillmentStatus: string
    total: string
    metafields: { key: string; value: string }[]
    cancelledAt: string | null
    lines: PlainLine[]
    fulfillmentOrders: { id: number; locationId: number; status: string; lines: { remainingQuantity: number }[] }[]
    refunded: string
    fulfillments: { id: number; mails: number; tracking: { number: string }[] }[]
    refunds: { lines: { quantity: number; restockType: string; restocked: boolean }[] }[]
    returns: { status: string }[]
}
type PlainShop = {
    orders: PlainOrder[]
    locations: { id: number; name: string }[]
    products: {
        variants: { sku: string; levels: Record<'locationId' | 'available' | 'committed' | 'onHand', number>[] }[]
    }[]
}

export const TWO_PLACES = [{ domain: NORTHWIND, locations: [{ name: 'Attic' }, { name: 'Barn' }] }]

/** A merchant's action in northwind; throws if it is refused. */
export async function act({ control }: Talk, verb: string, body: object = {}): Promise<Record<string, unknown>> {
    const answer = await control(verb, { shop: NORTHWIND, ...body })
    if (answer.status !== 200) throw new Error(`${verb}: ${JSON.stringify(answer.body)}`)
    return answer.body
}

export async function plainState({ sandbox }: Talk, shop = NORTHWIND): Promise<PlainShop> {
    return (await (await fetch(`${sandbox.url}/control/state?shop=${shop}`)).json()) as PlainShop
}

export async function plainOrder(talk: Talk, id: unknown): Promise<PlainOrder> {
    const found = (await plainState(talk)).orders.find((order) => order.id === id)
    if (!found) throw new Error(`there is no order ${String(id)}`)
    return found
}

/** `available/committed/on hand` of a SKU at each location where it is stocked, by name. */
export async function shelves(talk: Talk, sku = 'MUG'): Promise<Record<string, string>> {
    const { products, locations } = await plainState(talk)
    const levels = products.flatMap(({ variants }) => variants).find((variant) => variant.sku === sku)?.levels ?? []
    return Object.fromEntries(
        levels.map(({ locationId, available, committed, onHand }) => [
            locations.find(({ id }) => id === locationId)?.name,
            `${available}/${committed}/${onHand}`,
        ]),
    )
}

/** The mug: ten at the attic, five in the barn. */
export async function stockMugs(talk: Talk) {
    await act(talk, 'product.create', { title: 'Mug', variants: [{ sku: 'MUG', price: '10', tracked: true }] })
    await act(talk, 'level.set', { sku: 'MUG', location: 'Attic', available: 10 })
    await act(talk, 'level.set', { sku: 'MUG', location: 'Barn', available: 5 })
}

export const gidOf = (type: string, id: unknown) => `gid://shopify/${type}/${String(id)}`

/** Sells mugs; gives the order's number, its line's and the order's GID. */
export async function sellMugs(talk: Talk, quantity: number, more: object = {}) {
    const { id, lineIds, name } = await act(talk, 'order.sell', { lines: [{ sku: 'MUG', quantity }], ...more })
    return { id: id as number, lineId: (lineIds as number[])[0]!, gid: gidOf('Order', id), name: name as string }
}

/** The data under the root field of a query's answer. */
export async function asked(talk: Talk, query: string, variables: object = {}, token?: string) {
    const { body } = await talk.ask(query, variables, token === undefined ? {} : { token })
    if (body.errors) throw new Error(JSON.stringify(body.errors))
    return (name: string, ...path: (string | number)[]) => at(body, 'data', name, ...path)
}
