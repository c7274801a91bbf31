import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import type { ActionBody } from '../../../connectors/sandbox/shop/actions/index.ts'
import type { plainShop } from '../../../connectors/sandbox/shop/plain.ts'
import { addStore } from '../../../jobs/connect.ts'
import type { RunContext } from '../../../jobs/context.ts'
import type { Kind } from '../../../jobs/extract/operation.ts'
import { extractStore } from '../../../jobs/extract.ts'
import { sandboxFor } from '../../helpers/sandbox.ts'
import { houseFor } from './extracting.ts'

const DOMAIN = 'corner-shop.example'
const TOKEN = `token-${DOMAIN}`

export type Selling = Awaited<ReturnType<typeof cornerShop>>

type Options = {
    /** Of its connection; orders are pushed unless it says otherwise. */
    settings?: object
    acceptedDaysAgo?: number
    scopes?: string[]
}

/** The corner shop with some products, destination of one connection that was accepted yesterday. */
export async function cornerShop(t: TestContext, options: Options = {}) {
    const { settings = {}, acceptedDaysAgo = 1, scopes } = options
    const catalogue = { products: 6, seed: 7, oddities: false }
    const tokens = [{ token: TOKEN, ...(scopes && { scopes }) }]
    const talk = await sandboxFor(t, { shops: [{ domain: DOMAIN, catalogue, tokens }] })
    const house = await houseFor(t)
    const { db, account_id } = house
    const added = {
        domain: DOMAIN,
        role: 'destination' as const,
        origin: talk.sandbox.originOf(DOMAIN),
        token: TOKEN,
    }
    const hands = { db, key: randomBytes(32), log: pino({ level: 'silent' }) }
    const store = await addStore(hands, { account_id, who: 'test' }, added)
    await db.send(
        `with s as (
            insert into stores (account_id, domain, role, origin, api_version, credentials)
            values ($1, 'northwind.example', 'source', 'http://127.0.0.1:1', '2026-07', 'x')
            returning store_id
        )
        insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state, accepted_at)
        select $1, store_id, $2, 'k', $3, 'connected', now() - $4 * interval '1 day' from s`,
        [account_id, store.store_id, JSON.stringify({ orders: 'order_push', ...settings }), acceptedDaysAgo],
    )
    /** The shop as it is, by the sandbox's own account. */
    const shop = async () => {
        const response = await fetch(`${talk.sandbox.url}/control/state?shop=${DOMAIN}`)
        return (await response.json()) as ReturnType<typeof plainShop>
    }
    const act = async (verb: string, body: ActionBody) => {
        const { status, body: told } = await talk.control(verb, { shop: DOMAIN, ...body })
        if (status !== 200) throw new Error(`${verb}: ${JSON.stringify(told)}`)
        return told as { id: number; lineIds: number[] }
    }
    const sku = (await shop()).products
        .flatMap(({ variants }) => variants)
        .find(({ levels }) => (levels[0]?.available ?? 0) > 3)!.sku!
    const read = (kind: Kind, context: RunContext = house.context) =>
        extractStore(context, store, { kind, only: ['orders', 'fulfillment_orders'] })
    const rows = async (text: string) => (await db.send<Record<string, unknown>>(text)).rows
    return { ...house, ...talk, store, shop, act, sku, read, rows }
}

/** A customer buys some of the shop's one article, in as many lines as asked. */
export async function sale({ act, sku }: Selling, quantities: readonly number[] = [2], more: ActionBody = {}) {
    return act('order.sell', { lines: quantities.map((quantity) => ({ sku, quantity })), ...more })
}

/** A context whose client refuses documents of a name, as if the process had died before them. */
export function dyingBefore(context: RunContext, name: string): RunContext {
    const clientOf: RunContext['clientOf'] = (store) => {
        const client = context.clientOf(store)
        return {
            ...client,
            query: <T>(document: string, variables?: Record<string, unknown>) =>
                document.includes(`query ${name}(`)
                    ? Promise.reject(new Error(`died before ${name}`))
                    : client.query<T>(document, variables),
        }
    }
    return { ...context, clientOf }
}

/** What the shop's token is granted from now on. */
export function grant({ sandbox, store }: Selling, scopes: readonly string[]): void {
    const { tokens } = sandbox.shops.get(store.domain)!
    tokens[0] = { ...tokens[0]!, scopes: [...scopes] }
}
