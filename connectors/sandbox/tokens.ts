import { randomBytes } from 'node:crypto'
import type { Clock, Token } from './context.ts'
import type { Shop, TokenRow } from './shop/state.ts'

export const WRONG_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)'

/** What a client credentials token lives, in seconds: a day less one. */
export const CLIENT_TOKEN_SECONDS = 86_399

/** Every scope a token of the sandbox has when none are named: those of what it plays. */
export const allScopes: readonly string[] = [
    'read_products',
    'write_products',
    'read_inventory',
    'write_inventory',
    'read_locations',
    'write_locations',
    'read_publications',
    'write_publications',
    'read_files',
    'write_files',
    'read_translations',
    'write_translations',
    'read_locales',
    'read_orders',
    'write_orders',
    'read_all_orders',
    'write_order_edits',
    'read_draft_orders',
    'write_draft_orders',
    'read_customers',
    'read_merchant_managed_fulfillment_orders',
    'write_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'write_third_party_fulfillment_orders',
    'read_returns',
    'write_returns',
    'read_metaobjects',
    'read_content',
    'write_content',
]

const read = new WeakMap<TokenRow, Token>()

/** The token of a request's X-Shopify-Access-Token header; null if the shop does not know it or it has expired. */
export function findToken(shop: Shop, given: string | undefined, clock: Clock): Token | null {
    const row = shop.tokens.find(({ token }) => token === given)
    if (!row || (row.expiresAt !== null && row.expiresAt <= clock.now())) return null
    const known = read.get(row)
    if (known) return known
    const { token, scopes, expiresAt } = row
    const made: Token = { token, scopes: scopes === 'all' ? 'all' : new Set(scopes), expiresAt }
    read.set(row, made)
    return made
}

/** The scopes of a token by name; a write scope is listed with its read scope, as Shopify lists them. */
export function scopesOf(token: Token): readonly string[] {
    return token.scopes === 'all' ? allScopes : [...token.scopes]
}

/** Gives out a token by the client credentials grant: every scope of the app, 86,399 seconds. */
export function grantToken(shop: Shop, clock: Clock): { access_token: string; scope: string; expires_in: number } {
    const token = `shpca_${randomBytes(16).toString('hex')}`
    shop.tokens = shop.tokens.filter(({ expiresAt }) => expiresAt === null || expiresAt > clock.now())
    shop.tokens.push({ token, scopes: 'all', expiresAt: clock.now() + CLIENT_TOKEN_SECONDS * 1000 })
    return { access_token: token, scope: allScopes.join(','), expires_in: CLIENT_TOKEN_SECONDS }
}

/** Gives out a token that does not end, of what the owner agreed to. */
export function grantOffline(shop: Shop, scopes: string[]): { access_token: string; scope: string } {
    const token = `shpat_${randomBytes(16).toString('hex')}`
    shop.tokens.push({ token, scopes, expiresAt: null })
    return { access_token: token, scope: scopes.join(',') }
}

/** Ends a token now; without one, every token of the shop that can expire. */
export function expireToken(shop: Shop, token: string | undefined, clock: Clock): number {
    const rows = shop.tokens.filter((row) => (token === undefined ? row.expiresAt !== null : row.token === token))
    for (const row of rows) {
        row.expiresAt = clock.now()
        read.delete(row)
    }
    return rows.length
}
