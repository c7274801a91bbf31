import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type App, authorizePage } from '../connectors/shopify/oauth.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import { originOf } from './addresses.ts'
import type { Answer } from './route.ts'
import type { UnderWay } from './sessions.ts'
import type { OpenVisit } from './visit.ts'

/** Where Shopify sends people back to: exactly one address, which has to be among the app's allowed redirection URLs. */
export const CALLBACK = '/shopify/callback'

/** So many may be under way in one browser: a sign-in in each of its tabs. */
const MOST_UNDER_WAY = 8
const LONGEST_MS = 3_600_000

type Going = { store: StoreRow; app: App; wants: 'person' | 'store'; scopes: readonly string[] }

/** Leads somebody to their store's page at Shopify, and remembers in their session what for. */
export function leaveFor(
    { desk, request }: Pick<OpenVisit, 'desk' | 'request'>,
    { store, app, wants, scopes }: Going,
): Answer {
    const { account_id, store_id, origin, domain } = store
    const state = randomBytes(24).toString('base64url')
    const going = { state, wants, account_id, store_id, since: Date.now() }
    request.session.atShopify = [...(request.session.atShopify ?? []), going].slice(-MOST_UNDER_WAY)
    const redirectUri = `${originOf(request, desk.publicUrl)}${CALLBACK}`
    const to = authorizePage({ origin, app, redirectUri, state, scopes, wants })
    return { view: 'doors/leave', data: { to, domain, wants } }
}

/** What somebody who comes back left for, by the state that they bring: once, and within an hour. What else is under way stays so. */
export function cameBack({ request, query }: Pick<OpenVisit, 'request' | 'query'>): UnderWay | null {
    const underWay = request.session.atShopify ?? []
    const came = underWay.find(({ state }) => isSame(query('state'), state))
    if (!came || Date.now() - came.since >= LONGEST_MS) return null
    request.session.atShopify = underWay.filter((one) => one !== came)
    return came
}

function isSame(came: string, expected: string): boolean {
    const [one, other] = [Buffer.from(came), Buffer.from(expected)]
    return one.length === other.length && timingSafeEqual(one, other)
}
