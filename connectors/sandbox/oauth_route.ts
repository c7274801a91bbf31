import type { IncomingMessage } from 'node:http'
import { redeemCode } from './authorize_route.ts'
import { faultReply } from './fault_replies.ts'
import { requestFaults } from './faults.ts'
import type { Parts } from './parts.ts'
import { bodyOf, json, type Reply } from './server_reply.ts'
import type { Shop } from './shop/state.ts'
import { grantToken } from './tokens.ts'

/** Serves the client credentials grant and redeems codes of people who signed in; form-encoded or JSON. Faults strike it by the name `access_token`. */
export async function serveToken(parts: Parts, shop: Shop, request: IncomingMessage): Promise<Reply | null> {
    const text = (await bodyOf(request, 64 * 1024)).toString('utf8')
    const fault = parts.faults.strike(requestFaults, { shop: shop.domain, names: ['access_token'], text: '' })
    if (fault?.kind === 'timeout_before' || fault?.kind === 'timeout_after') {
        request.socket.destroy()
        return null
    }
    if (fault) return faultReply(fault, parts.buckets.of(shop.domain, '').status(), ['access_token'])
    const asked = fieldsOf(text, request.headers['content-type'] ?? '')
    if (asked.code !== undefined) return redeemCode(shop, asked, parts.clock)
    if (asked.grant_type !== 'client_credentials') {
        return refused('unsupported_grant_type', `expected client_credentials, got ${asked.grant_type ?? 'nothing'}`)
    }
    if (shop.clientId === null) {
        return refused('shop_not_permitted', 'Client credentials cannot be performed on this shop.')
    }
    if (asked.client_id !== shop.clientId || asked.client_secret !== shop.clientSecret) {
        return refused('application_cannot_be_found', 'The app cannot be found, or its secret is wrong.')
    }
    return json(200, grantToken(shop, parts.clock), { date: new Date(parts.clock.now()).toUTCString() })
}

function refused(error: string, description: string): Reply {
    return json(400, { error, error_description: description })
}

function fieldsOf(text: string, contentType: string): Record<string, string | undefined> {
    if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(text))
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}
}
