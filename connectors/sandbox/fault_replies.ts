import { randomUUID } from 'node:crypto'
import type { ThrottleStatus } from './bucket.ts'
import type { Fault } from './faults.ts'
import { json, type Reply } from './server_reply.ts'
import { WRONG_TOKEN } from './tokens.ts'

const HTML = `<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>
<body><h1>502 Bad Gateway</h1><p>The server returned an invalid or incomplete response.</p></body></html>`

/** The answer of a fault that answers at all; `names` are the document's operation and root fields. */
export function faultReply(fault: Fault, status: ThrottleStatus, names: readonly string[]): Reply {
    switch (fault.kind) {
        case 'http_429':
            return json(
                429,
                {
                    errors: 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.',
                },
                // in seconds, with a decimal: not milliseconds
                { 'retry-after': (fault.seconds ?? 2).toFixed(1) },
            )
        case 'throttled':
            return json(200, throttledBody(10, { ...status, currentlyAvailable: 0 }))
        case 'expired_token':
            return json(401, { errors: WRONG_TOKEN })
        case 'access_denied':
            return json(200, deniedBody(names))
        case 'internal_error':
            return json(200, internalBody())
        case 'http_status':
            return { status: fault.status ?? 503, headers: { 'content-type': 'text/html' }, body: HTML }
        default:
            return { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' }, body: HTML }
    }
}

/** THROTTLED: HTTP 200, no data, the cost that was asked for. */
export function throttledBody(requestedQueryCost: number, throttleStatus: ThrottleStatus) {
    return {
        errors: [
            {
                message: 'Throttled',
                extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
            },
        ],
        extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus } },
    }
}

function deniedBody(names: readonly string[]) {
    const name = names.at(-1) ?? 'requested'
    return {
        errors: [
            {
                message: `Access denied for ${name} field.`,
                locations: [{ line: 1, column: 1 }],
                extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes' },
                path: [name],
            },
        ],
        data: { [name]: null },
    }
}

function internalBody() {
    const requestId = randomUUID()
    return {
        errors: [
            {
                message: `Internal error. Looks like something went wrong on our end.\nRequest ID: ${requestId} (include this in support requests).`,
                extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
            },
        ],
        data: null,
    }
}
