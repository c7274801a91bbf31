import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { Refusal } from './refusal.ts'

/** Everything comes from ourselves; pico draws its icons as data. Forms may lead on to a store's sign-in, over https. */
export function securityHeaders(publicUrl: string | null): RequestHandler {
    const isHttps = publicUrl?.startsWith('https:') ?? false
    return helmet({
        contentSecurityPolicy: {
            useDefaults: false,
            directives: {
                'default-src': ["'none'"],
                'script-src': ["'self'"],
                'style-src': ["'self'"],
                'img-src': ["'self'", 'data:'],
                'connect-src': ["'self'"],
                'form-action': ["'self'"],
                'base-uri': ["'none'"],
                'frame-ancestors': ["'none'"],
                ...(isHttps && { 'upgrade-insecure-requests': [] }),
            },
        },
        strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
        xFrameOptions: { action: 'deny' },
        referrerPolicy: { policy: 'same-origin' },
    })
}

/** Pages show what is so now, to one person: nothing on the way keeps them. */
export const keptByNobody: RequestHandler = (_request, response, next) => {
    response.set('cache-control', 'no-store')
    next()
}

const QUARTER_MS = 15 * 60_000

/** Refuses an address that tries too often. Counted by process: what guards a password for good is its cost (scrypt). */
export function atMost(limit: number): RequestHandler {
    return rateLimit({
        limit,
        windowMs: QUARTER_MS,
        standardHeaders: 'draft-8',
        legacyHeaders: false,
        handler: (_request, _response, next) =>
            next(new Refusal(429, 'Too many tries', 'Wait a quarter of an hour, then try again.')),
    })
}
