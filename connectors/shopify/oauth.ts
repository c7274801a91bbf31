import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Credentials } from './credentials.ts'

/** An app of a store's owner, by which the store's people prove who they are. */
export type App = { clientId: string; clientSecret: string }

/** Whoever signed in at Shopify. */
export type Person = { id: string; name: string; email: string | null }

const TIMEOUT_MS = 15_000

/** The app in a store's credentials (JSON, as they are kept); null where the store is reached by a static token. */
export function appOf(credentials: string): App | null {
    const { clientId, clientSecret } = JSON.parse(credentials) as Partial<App>
    return clientId && clientSecret ? { clientId, clientSecret } : null
}

/**
 * The store's page on which its owner agrees: `person` to tell us who they are (a token of the person; its scopes are those that
 * the store has granted already, so that nothing is asked for or lost by signing in), `store` to let our work in.
 */
export function authorizePage(asked: {
    origin: string
    app: App
    redirectUri: string
    state: string
    scopes: readonly string[]
    wants: 'person' | 'store'
}): string {
    const page = new URL(`${asked.origin}/admin/oauth/authorize`)
    page.searchParams.set('client_id', asked.app.clientId)
    page.searchParams.set('scope', asked.scopes.join(','))
    page.searchParams.set('redirect_uri', asked.redirectUri)
    page.searchParams.set('state', asked.state)
    if (asked.wants === 'person') page.searchParams.set('grant_options[]', 'per-user')
    return page.href
}

/** Whether Shopify signed these parameters with the app's secret: all of them but the signature, sorted by name. */
export function isSignedBy(app: App, parameters: URLSearchParams): boolean {
    const came = Buffer.from(parameters.get('hmac') ?? '', 'hex')
    const signed = [...parameters].filter(([name]) => name !== 'hmac' && name !== 'signature')
    const names = signed.map(([name]) => name)
    // A name that comes twice could be read by us as another value than the one that was signed.
    if (new Set(names).size < names.length) return false
    const text = signed
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => `${name}=${value}`)
        .join('&')
    const expected = createHmac('sha256', app.clientSecret).update(text).digest()
    return came.length === expected.length && timingSafeEqual(came, expected)
}

type Asked = { origin: string; app: App; code: string }

/**
 * Redeems the code that Shopify sent a person back with. The token that comes with it is the person's own and is thrown
 * away: work goes on by the store's.
 * @throws where the code is none, was used, or belongs to nobody.
 */
export async function redeemCode(asked: Asked): Promise<Person> {
    return personIn(await redeem(asked))
}

/**
 * Redeems the code that a store's owner was sent back with for the store's own way in, and what it may do.
 * @throws where the code is none or was used, or a token of a person came.
 */
export async function redeemAccess(asked: Asked): Promise<{ credentials: Credentials; scopes: string[] }> {
    const answer = await redeem(asked)
    const { access_token: token, scope = '', refresh_token: refreshToken, expires_in, associated_user } = answer
    if (!token || associated_user) throw new Error('Expected a token of the store, got one of a person, or none.')
    const expiry = expires_in === undefined ? {} : { expiresAt: Date.now() + expires_in * 1000 }
    const scopes = scope.split(',').filter(Boolean)
    return refreshToken
        ? { credentials: { kind: 'refreshable', ...asked.app, token, refreshToken, ...expiry }, scopes }
        : { credentials: { kind: 'client', ...asked.app, token, ...expiry }, scopes }
}

async function redeem({ origin, app, code }: Asked): Promise<Answer> {
    const response = await fetch(`${origin}/admin/oauth/access_token`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ client_id: app.clientId, client_secret: app.clientSecret, code }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    if (response.status !== 200) {
        throw new Error(`Expected a token for the code, got status ${response.status}: begin the sign-in again.`)
    }
    return JSON.parse(text) as Answer
}

type Answer = {
    access_token?: string
    scope?: string
    expires_in?: number
    refresh_token?: string
    associated_user?: { id?: number | string; first_name?: string; last_name?: string; email?: string }
}

function personIn({ associated_user: user }: Answer): Person {
    if (user?.id === undefined) {
        throw new Error('Expected the answer to name a person (associated_user), got none: the grant was not per-user.')
    }
    const name = [user.first_name, user.last_name].filter(Boolean).join(' ')
    return { id: String(user.id), name: name || user.email || `user ${user.id}`, email: user.email ?? null }
}
