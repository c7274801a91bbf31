import { AccessLostError, HttpStatusError, NetworkError } from './errors.ts'
import { retryAfterMs } from './judge.ts'

/** How a store lets us in. `expiresAt` in milliseconds since 1970; without it a token is used until it is refused. */
export type Credentials =
    | { kind: 'static'; token: string }
    | { kind: 'client'; clientId: string; clientSecret: string; token?: string; expiresAt?: number }
    | {
          kind: 'refreshable'
          token: string
          refreshToken: string
          clientId: string
          clientSecret: string
          expiresAt?: number
      }

export type TokenSource = {
    /** The token to use now, renewed if it is about to expire. Throws AccessLostError when renewal is refused. */
    current(): Promise<string>
    /** After a 401 with `refused`: a newer token, or null if this kind has none. */
    renew(refused: string): Promise<string | null>
}

/** A token with less than this left is renewed before use, so that no request dies of age on its way. */
const RENEW_BEFORE_MS = 5 * 60_000

type Options = {
    domain: string
    origin: string
    credentials: Credentials
    timeoutMs: number
    /** Awaited before a renewed token is used: a refresh token is rotated by its use, and must not be lost in a crash. */
    onRenewed?: (credentials: Credentials) => Promise<void> | void
    sleep(ms: number): Promise<void>
}

/** Keeps a store's token fresh. Callers in parallel share one renewal. */
export function createTokenSource(options: Options): TokenSource {
    let credentials = checked(options.credentials, options.domain)
    let renewal: Promise<string> | undefined

    async function renewNow(): Promise<string> {
        if (credentials.kind === 'static') return credentials.token
        const granted = await askForToken(options, credentials)
        credentials = checked({ ...credentials, ...granted }, options.domain)
        await options.onRenewed?.(credentials)
        return granted.token
    }

    function renewOnce(): Promise<string> {
        renewal ??= renewNow().finally(() => {
            renewal = undefined
        })
        return renewal
    }

    return {
        async current() {
            if (credentials.kind === 'static') return credentials.token
            const { token, expiresAt = Number.POSITIVE_INFINITY } = credentials
            return token !== undefined && expiresAt - Date.now() > RENEW_BEFORE_MS ? token : renewOnce()
        },
        async renew(refused) {
            if (credentials.kind === 'static') return null
            const { token } = credentials
            return token !== undefined && token !== refused && !renewal ? token : renewOnce()
        },
    }
}

type Renewable = Exclude<Credentials, { kind: 'static' }>
type Grant = { token: string; expiresAt?: number; refreshToken?: string }

/** Sent again after a lost answer: Shopify keeps a used refresh token until its successor is used. */
async function askForToken(options: Options, credentials: Renewable): Promise<Grant> {
    for (let attempt = 1; ; attempt++) {
        try {
            return await askOnce(options, credentials)
        } catch (error) {
            if (error instanceof AccessLostError || attempt === 4) throw error
            await options.sleep(500 * 2 ** attempt)
        }
    }
}

async function askOnce({ domain, origin, timeoutMs, sleep }: Options, credentials: Renewable): Promise<Grant> {
    const facts = { store: domain, operation: 'token', expected: 'a new access token' }
    let response: Response
    let text: string
    try {
        response = await fetch(`${origin}/admin/oauth/access_token`, {
            method: 'POST',
            headers: { accept: 'application/json' },
            body: grantForm(credentials),
            redirect: 'manual',
            signal: AbortSignal.timeout(timeoutMs),
        })
        text = await response.text()
    } catch (cause) {
        const todo = 'Look at the network, then try again.'
        throw new NetworkError({ ...facts, came: String(cause), todo, cause, sent: true })
    }
    const { status } = response
    if (status === 200) return readGrant(text, facts)
    if (status === 429) await sleep(retryAfterMs(response.headers.get('retry-after')))
    if (status === 429 || status >= 500) {
        throw new HttpStatusError({ ...facts, status, came: `status ${status}`, todo: 'Try again later.' })
    }
    const todo = 'Look at client id and secret, and whether the app is installed in this store.'
    throw new AccessLostError({ ...facts, status, came: oauthError(text), todo })
}

function grantForm(credentials: Renewable): URLSearchParams {
    const { clientId: client_id, clientSecret: client_secret } = credentials
    return credentials.kind === 'client'
        ? new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret })
        : new URLSearchParams({
              grant_type: 'refresh_token',
              client_id,
              client_secret,
              refresh_token: credentials.refreshToken,
          })
}

function readGrant(text: string, facts: { store: string; operation: string; expected: string }): Grant {
    const grant = parsed(text) as { access_token?: string; expires_in?: number; refresh_token?: string }
    if (typeof grant.access_token !== 'string') {
        throw new AccessLostError({ ...facts, came: 'an answer without access_token', todo: 'Install the app anew.' })
    }
    return {
        token: grant.access_token,
        ...(grant.expires_in !== undefined && { expiresAt: Date.now() + grant.expires_in * 1000 }),
        ...(grant.refresh_token !== undefined && { refreshToken: grant.refresh_token }),
    }
}

/** Only the two fields of an OAuth refusal: the rest of a body may echo what was sent. */
function oauthError(text: string): string {
    const { error, error_description } = parsed(text) as { error?: unknown; error_description?: unknown }
    return (
        [error, error_description].filter((part) => typeof part === 'string').join(': ') || 'a refusal without a reason'
    )
}

function parsed(text: string): object {
    try {
        const value: unknown = JSON.parse(text)
        return typeof value === 'object' && value !== null ? value : {}
    } catch {
        return {}
    }
}

/** A token that cannot stand in a header would be named whole in fetch's own complaint: refused here, unnamed. */
function checked(credentials: Credentials, domain: string): Credentials {
    const { token } = credentials
    if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
        const facts = { store: domain, operation: 'token', expected: 'a token of visible characters', came: 'another' }
        throw new AccessLostError({ ...facts, todo: 'Give the token again, without spaces or line ends.' })
    }
    return credentials
}
