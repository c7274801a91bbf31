import { randomUUID } from 'node:crypto'
import type { GraphQLSchema } from 'graphql'
import type { Context, Token } from './context.ts'
import { idempotencyKeyOf } from './mutation_guard.ts'
import type { Parts } from './parts.ts'
import { settleCancellations } from './shop/orders/cancellations.ts'
import type { Shop } from './shop/state.ts'

/** What the frame adds to the context for its own resolvers; the domain's resolvers have no use for it. */
export type FrameContext = Context & {
    parts: Parts
    /** the schema that serves the request */
    schema: GraphQLSchema
    requestId: string
    /** set by the bulk runner: the root connection's items are taken from its resolver once, then shown in windows */
    bulkRoot?: { items?: readonly unknown[]; window: readonly unknown[] }
    /** answers to be given again, by response key: filled by the guard, put into the data afterwards */
    replayed: Map<string, unknown>
    /** keys to remember once the answer is complete, by response key */
    remembered: Map<string, { key: string; fingerprint: string }>
}

/** The frame's own view of a context; every context is made by `makeContext`. */
export function frameOf(context: Context): FrameContext {
    return context as FrameContext
}

/** A context for one request, one window of a bulk query or one line of a bulk mutation. */
export function makeContext(
    parts: Parts,
    shop: Shop,
    request: { token: Token; apiVersion: string; schema: GraphQLSchema; bulk?: boolean },
): FrameContext {
    settleCancellations(shop, parts.clock.now())
    return {
        shop,
        clock: parts.clock,
        token: request.token,
        apiVersion: request.apiVersion,
        bulk: request.bulk ?? false,
        origin: originOf(parts.serverUrl(), shop.domain),
        idempotencyKeyOf,
        parts,
        schema: request.schema,
        requestId: randomUUID(),
        replayed: new Map(),
        remembered: new Map(),
    }
}

/** Where a shop is reached: `http://127.0.0.1:4000/shops/northwind.example`. */
export function originOf(serverUrl: string, domain: string): string {
    return `${serverUrl}/shops/${domain}`
}
