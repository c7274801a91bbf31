import type { Request, RequestHandler } from 'express'
import { Refusal } from './refusal.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The address under which this request reached us: PUBLIC_URL, or else this machine's own. */
export function originOf(request: Request, publicUrl: string | null): string {
    return publicUrl ? new URL(publicUrl).origin : `http://${request.headers.host}`
}

/**
 * Serves only those who ask for us by our own name. A page of somebody else's could otherwise let its name point to this
 * machine and read, in its visitor's browser, what we show them.
 */
export function onlyOurNames(publicUrl: string | null): RequestHandler {
    const ours = publicUrl ? new URL(publicUrl).host : null
    return (request, _response, next) => {
        const { host = '' } = request.headers
        const name = host.replace(/:\d+$/, '')
        if (host === ours || LOOPBACK.has(name)) return next()
        const message =
            `This site answers as ${ours ?? 'localhost'}, not as ${name || 'nobody'}. ` +
            `If it is to be reached by that name, start it with PUBLIC_URL.`
        next(new Refusal(421, 'Wrong address', message))
    }
}

/** PostgreSQL's texts hold no NUL, and no name or word of ours does: whoever sends one is answered here. */
export const withoutNul: RequestHandler = (request, _response, next) => {
    const isFine = !/%00/i.test(request.originalUrl)
    next(
        isFine
            ? undefined
            : new Refusal(400, 'Not understood', 'The address holds a character that no address of ours has.'),
    )
}
