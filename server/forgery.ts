import { timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import { originOf } from './addresses.ts'
import { Refusal } from './refusal.ts'

/** Name of the field that carries the session's token, and of the one that names the place a form belongs to. */
export const TOKEN = '_token'
export const PLACE = '_place'

/**
 * Refuses a form that another site made its visitor send: by where the browser says it comes from, and by a token that
 * only our own pages carry (the cookie's SameSite is the third lock).
 */
export function refuseForged(request: Request, publicUrl: string | null): void {
    const site = request.get('sec-fetch-site')
    const origin = request.get('origin')
    const isElsewhere = site ? site !== 'same-origin' : origin !== undefined && origin !== originOf(request, publicUrl)
    if (isElsewhere) {
        throw new Refusal(403, 'Not from here', 'This form was sent from another site, so nothing was done.')
    }
    if (!isSame(String(request.body?.[TOKEN] ?? ''), request.session?.csrf ?? '')) {
        const message = 'This page is older than your sign-in, so nothing was done. Open it again and send it anew.'
        throw new Refusal(403, 'Page out of date', message)
    }
}

/** Refuses a form of another place than the one it is sent to. */
export function refuseOtherPlace(request: Request, key: string): void {
    if (String(request.body?.[PLACE] ?? '') === key) return
    const message = `This form belongs to another store than ${key}, so nothing was done. Open the page again.`
    throw new Refusal(403, 'Another store', message)
}

function isSame(came: string, expected: string): boolean {
    const [one, other] = [Buffer.from(came), Buffer.from(expected)]
    return expected !== '' && one.length === other.length && timingSafeEqual(one, other)
}
