import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Clock } from './context.ts'
import { json, type Reply } from './server_reply.ts'
import type { Shop } from './shop/state.ts'
import { allScopes, grantOffline } from './tokens.ts'

/** A code is redeemed at once, and once. */
const CODE_MS = 60_000

type Code = { redirectUri: string; perUser: boolean; scopes: string[]; expiresAt: number }

/** Codes that are on their way; a sandbox that is started anew knows none. */
const codes = new WeakMap<Shop, Map<string, Code>>()

/**
 * The page on which a person agrees to let an app in. Here everybody does at once: the owner is sent back with a code, all
 * of it signed with the app's secret.
 */
export function serveAuthorize(shop: Shop, request: IncomingMessage, clock: Clock): Reply {
    const asked = new URL(request.url ?? '', 'http://sandbox').searchParams
    const redirectUri = asked.get('redirect_uri') ?? ''
    if (shop.clientId === null || shop.clientSecret === null || asked.get('client_id') !== shop.clientId) {
        return refused('Oauth error invalid_request: Could not find Shopify API application with api_key')
    }
    if (!isAllowed(shop, redirectUri)) {
        return refused('Oauth error invalid_request: The redirect_uri is not whitelisted')
    }
    const code = randomBytes(16).toString('hex')
    const known = codes.get(shop) ?? new Map<string, Code>()
    const perUser = asked.getAll('grant_options[]').includes('per-user')
    const wanted = new Set((asked.get('scope') ?? '').split(','))
    const scopes = allScopes.filter((scope) => wanted.has(scope))
    codes.set(shop, known.set(code, { redirectUri, perUser, scopes, expiresAt: clock.now() + CODE_MS }))
    const back = new URL(redirectUri)
    const told = { code, host: Buffer.from(`${shop.domain}/admin`).toString('base64'), shop: shop.domain }
    for (const [name, value] of Object.entries(told)) back.searchParams.set(name, value)
    back.searchParams.set('state', asked.get('state') ?? '')
    back.searchParams.set('timestamp', String(Math.floor(clock.now() / 1000)))
    back.searchParams.set('hmac', signatureOf(back.searchParams, shop.clientSecret))
    return { status: 302, headers: { location: back.href }, body: '' }
}

/** Gives a token for a code: the app's own, for what was asked; of a per-user grant with the person, the shop's owner. */
export function redeemCode(shop: Shop, asked: Record<string, string | undefined>, clock: Clock): Reply {
    const code = codes.get(shop)?.get(asked.code ?? '')
    codes.get(shop)?.delete(asked.code ?? '')
    const isApp = asked.client_id === shop.clientId && asked.client_secret === shop.clientSecret
    if (!code || code.expiresAt <= clock.now() || shop.clientId === null || !isApp) {
        const description = 'The authorization code was not found or was already used'
        return json(400, { error: 'invalid_request', error_description: description })
    }
    if (!code.perUser) return json(200, grantOffline(shop, code.scopes))
    const scope = allScopes.join(',')
    const grant = { access_token: `shpca_${randomBytes(16).toString('hex')}`, scope }
    const user = { id: shop.id, first_name: 'Olive', last_name: 'Owner', email: shop.email, account_owner: true }
    return json(200, {
        ...grant,
        expires_in: 86_399,
        associated_user_scope: scope,
        associated_user: { ...user, locale: 'en', collaborator: false, email_verified: true },
    })
}

function isAllowed(shop: Shop, redirectUri: string): boolean {
    if (shop.redirectUrls) return shop.redirectUrls.includes(redirectUri)
    return /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?\//.test(redirectUri)
}

/** HMAC over all parameters but itself, sorted by name, as Shopify documents it. */
function signatureOf(parameters: URLSearchParams, secret: string): string {
    const text = [...parameters]
        .filter(([name]) => name !== 'hmac')
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('&')
    return createHmac('sha256', secret).update(text).digest('hex')
}

function refused(text: string): Reply {
    return { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<p>${text}</p>` }
}
