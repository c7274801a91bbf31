import { randomBytes } from 'node:crypto'
import { type App, authorizePage } from '../connectors/shopify/oauth.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import { originOf } from './addresses.ts'
import type { Answer } from './route.ts'
import type { OpenVisit } from './visit.ts'

/** Where Shopify sends people back to: exactly one address, which has to be among the app's allowed redirection URLs. */
export const CALLBACK = '/shopify/callback'

type Going = { store: StoreRow; app: App; wants: 'person' | 'store'; scopes: readonly string[] }

/** Leads somebody to their store's page at Shopify, and remembers in their session what for. */
export function leaveFor({ desk, request }: Pick<OpenVisit, 'desk' | 'request'>, going: Going): Answer {
    const { store, app, wants, scopes } = going
    const { account_id, store_id, origin, domain } = store
    const state = randomBytes(24).toString('base64url')
    request.session.shopify = { state, wants, account_id, store_id }
    const redirectUri = `${originOf(request, desk.publicUrl)}${CALLBACK}`
    const to = authorizePage({ origin, app, redirectUri, state, scopes, wants })
    return { view: 'doors/leave', data: { to, domain, wants } }
}
