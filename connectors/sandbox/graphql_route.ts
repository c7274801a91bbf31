import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { answerRequest, type GraphQLRequest, readRequest } from './answer.ts'
import type { Token } from './context.ts'
import { faultReply } from './fault_replies.ts'
import { type Fault, requestFaults, type Struck } from './faults.ts'
import type { Parts } from './parts.ts'
import { rootNames } from './root_names.ts'
import { servedVersion } from './schema_files.ts'
import { schemaOf } from './schemas.ts'
import { bodyOf, json, type Reply } from './server_reply.ts'
import type { Shop } from './shop/state.ts'
import { findToken, WRONG_TOKEN } from './tokens.ts'

const MOST_BYTES = 50 * 1024 * 1024

/** Serves `POST …/admin/api/<version>/graphql.json`. Null: the socket was destroyed on purpose. */
export async function serveGraphQL(
    parts: Parts,
    shop: Shop,
    asked: string,
    request: IncomingMessage,
): Promise<Reply | null> {
    const apiVersion = servedVersion(asked)
    const headers = {
        'x-shopify-api-version': apiVersion,
        'x-request-id': randomUUID(),
        date: new Date(parts.clock.now()).toUTCString(),
    }
    const token = findToken(shop, header(request, 'x-shopify-access-token'), parts.clock)
    const body = await bodyOf(request, MOST_BYTES)
    if (!token) return json(401, { errors: WRONG_TOKEN }, headers)
    const read = readRequest(body)
    if (read === null) return json(400, { errors: { query: 'Required parameter missing or invalid' } }, headers)
    const reply = await withFaults(parts, { shop, token, apiVersion, read }, request)
    return reply && { ...reply, headers: { ...reply.headers, ...headers } }
}

type Asked = { shop: Shop; token: Token; apiVersion: string; read: GraphQLRequest }

async function withFaults(parts: Parts, asked: Asked, request: IncomingMessage): Promise<Reply | null> {
    const fault = parts.faults.strike(requestFaults, struck(asked))
    if (!fault) return answer(parts, asked)
    if (fault.kind === 'hold') return (await parts.faults.hold()) ? answer(parts, asked) : dropped(request)
    if (fault.kind === 'hold_after') {
        const reply = await answer(parts, asked)
        return (await parts.faults.hold()) ? reply : dropped(request)
    }
    // It is carried out all the same, but only when its sender may have looked already and found nothing.
    if (fault.kind === 'late') {
        parts.faults.postpone(parts.clock.now() + (fault.seconds ?? 30) * 1000, () => answer(parts, asked))
        return dropped(request)
    }
    // The write is done, the answer never comes: the mistake a careless retry makes twice.
    if (fault.kind === 'timeout_after') await answer(parts, asked)
    if (fault.kind === 'timeout_after' || fault.kind === 'timeout_before') return dropped(request)
    return replyTo(fault, parts, asked)
}

function dropped(request: IncomingMessage): null {
    request.socket.destroy()
    return null
}

function replyTo(fault: Fault, parts: Parts, { shop, token, read }: Asked): Reply {
    return faultReply(fault, parts.buckets.of(shop.domain, token.token).status(), rootNames(read.query))
}

async function answer(parts: Parts, { shop, token, apiVersion, read }: Asked): Promise<Reply> {
    const { body, deprecated } = await answerRequest(
        parts,
        shop,
        { token, apiVersion, schema: schemaOf(apiVersion) },
        read,
    )
    return json(200, body, deprecated ? { 'x-shopify-api-deprecated-reason': deprecated } : {})
}

function struck({ shop, read }: Asked): Struck {
    return {
        shop: shop.domain,
        get names() {
            return rootNames(read.query)
        },
        get text() {
            return `${read.query}\n${JSON.stringify(read.variables)}`
        },
    }
}

function header(request: IncomingMessage, name: string): string | undefined {
    const value = request.headers[name]
    return Array.isArray(value) ? value[0] : value
}
