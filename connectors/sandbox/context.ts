import type { GraphQLResolveInfo } from 'graphql'
import type { Shop } from './shop/state.ts'

/** The shops' own time: the machine's, plus what the control address moved it on. */
export type Clock = {
    /** milliseconds since the epoch */
    now(): number
    /** `2026-11-22T03:25:45Z`, the form of Shopify's DateTime */
    iso(): string
    advance(seconds: number): void
    /** stands still until `go`; what happens meanwhile happens at one moment */
    stop(): void
    go(): void
    /** how far the clock runs ahead of the machine's, in milliseconds; kept with the state */
    offset(): number
}

/** An access token of one shop. `expiresAt` is in milliseconds of the shop clock; null never ends. */
export type Token = { token: string; scopes: ReadonlySet<string> | 'all'; expiresAt: number | null }

/** What every resolver is given beside its source and arguments. */
export type Context = {
    shop: Shop
    clock: Clock
    token: Token
    /** the version that serves the request, after falling forward */
    apiVersion: string
    /** true inside a bulk query: connections give everything, `first` is ignored */
    bulk: boolean
    /** origin of the running sandbox and this shop, for URLs: `http://127.0.0.1:4000/shops/northwind.example` */
    origin: string
    /** the key of the field's `@idempotent` directive, null without one */
    idempotencyKeyOf(info: GraphQLResolveInfo): string | null
}

// `never` lets each resolver name the source and argument types it expects; the schema has checked the arguments.
export type Resolver = (source: never, args: never, context: Context, info: GraphQLResolveInfo) => unknown
export type Resolvers = Record<string, Record<string, Resolver>>
