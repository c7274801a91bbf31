import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { serveAuthorize } from './authorize_route.ts'
import { controlState, runVerb } from './control/index.ts'
import { serveResult } from './downloads.ts'
import { serveGraphQL } from './graphql_route.ts'
import { serveToken } from './oauth_route.ts'
import type { Parts } from './parts.ts'
import { bodyOf, json, type Reply, send } from './server_reply.ts'
import type { Shop } from './shop/state.ts'
import { takeForm, takePut } from './uploads.ts'

type Route = {
    method: string
    path: RegExp
    serve(parts: Parts, match: string[], request: IncomingMessage, response: ServerResponse): Promise<Reply | null>
}

/** Every address of the sandbox. Shops lie under /shops/<domain>; files and the control address beside them. */
const routes: readonly Route[] = [
    {
        method: 'POST',
        path: /^\/shops\/([^/]+)\/admin\/api\/([^/]+)\/graphql\.json$/,
        serve: (parts, [domain = '', version = ''], request) =>
            withShop(parts, domain, (shop) => serveGraphQL(parts, shop, version, request)),
    },
    {
        method: 'POST',
        path: /^\/shops\/([^/]+)\/admin\/oauth\/access_token$/,
        serve: (parts, [domain = ''], request) => withShop(parts, domain, (shop) => serveToken(parts, shop, request)),
    },
    {
        method: 'GET',
        path: /^\/shops\/([^/]+)\/admin\/oauth\/authorize$/,
        serve: (parts, [domain = ''], request) =>
            withShop(parts, domain, async (shop) => serveAuthorize(shop, request, parts.clock)),
    },
    {
        method: 'GET',
        path: /^\/bulk-results\/([0-9a-f]+)$/,
        serve: (parts, [signature = ''], request, response) => serveResult(parts, signature, request, response),
    },
    { method: 'POST', path: /^\/staged-uploads\/$/, serve: (parts, _match, request) => takeForm(parts, request) },
    {
        method: 'PUT',
        path: /^\/staged-uploads\/(.+)$/,
        serve: (parts, [key = ''], request) => takePut(parts, key, request),
    },
    { method: 'POST', path: /^\/control$/, serve: serveControl },
    {
        method: 'GET',
        path: /^\/control\/state$/,
        serve: async (parts, _match, request) =>
            json(200, controlState(parts, new URL(request.url ?? '', 'http://sandbox').searchParams.get('shop'))),
    },
]

/** An HTTP server for the parts of a sandbox; not listening yet. `partsOf` is asked at each request. */
export function createSandboxServer(partsOf: () => Parts): Server {
    return createServer((request, response) => {
        const { host } = request.headers
        serve(partsOf(), request, response).catch((error: unknown) => {
            // the client went away in the middle: nobody is left to be told
            if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return
            // Said to whoever runs the sandbox and to the client: a mistake here must not look like Shopify's.
            console.error(`sandbox: ${request.method} ${host}${request.url} failed:`, error)
            if (!response.headersSent) send(response, json(500, { errors: `sandbox: ${String(error)}` }), {})
            else response.destroy()
        })
    })
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    for (const route of routes) {
        const match = route.method === request.method ? route.path.exec(path) : null
        if (!match) continue
        await parts.faults.carryOutLate(parts.clock.now())
        const reply = await route.serve(parts, match.slice(1), request, response)
        if (reply && !response.destroyed) send(response, reply, {})
        return
    }
    send(response, json(404, { errors: 'Not Found' }), {})
}

async function withShop(parts: Parts, domain: string, serveShop: (shop: Shop) => Promise<Reply | null>) {
    const shop = parts.shops.get(decodeURIComponent(domain))
    return shop ? serveShop(shop) : json(404, { errors: 'Not Found' })
}

async function serveControl(parts: Parts, _match: string[], request: IncomingMessage): Promise<Reply> {
    const body: unknown = JSON.parse((await bodyOf(request, 50 * 1024 * 1024)).toString('utf8'))
    if (typeof body !== 'object' || body === null || !('verb' in body) || typeof body.verb !== 'string') {
        return json(400, {
            error: 'control: expected JSON with a verb, such as {"verb": "clock.advance", "seconds": 60}',
        })
    }
    try {
        return json(200, (await runVerb(parts, body.verb, { ...body })) ?? {})
    } catch (error) {
        return json(400, { error: error instanceof Error ? error.message : String(error) })
    }
}
