import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { SiteDesk } from './desk.ts'
import { sendPage } from './page.ts'
import { nothingThere, Refusal } from './refusal.ts'

/** What no route has. */
export const nothingHere: RequestHandler = (_request, _response, next) => next(nothingThere('page'))

/**
 * Says what went wrong, as a page, or as the part of a page that htmx asked for. What we refuse is told as it was
 * thrown; of anything else the person learns that it failed and by which number it stands in the log.
 */
export function tellErrors(desk: SiteDesk): ErrorRequestHandler {
    return (error: unknown, request, response, _next) => {
        const refusal = refusalOf(error)
        // what we refuse, such as a file too many at once, is no failure: nobody has to look into the log for it
        const number = error === refusal || refusal.status < 500 ? null : Date.now().toString(36)
        if (number !== null) {
            desk.log.error({ err: error, number, method: request.method, path: told(request.path) }, 'a page failed')
        }
        if (response.headersSent) return void response.destroy()
        const isStranger = refusal.status === 401
        if (isStranger && request.get('hx-request')) {
            response.set('hx-redirect', refusal.way?.to ?? '/sign-in')
        } else if (isStranger && request.method === 'GET' && refusal.way) {
            return void response.redirect(303, refusal.way.to)
        }
        const { status, title, message, way } = refusal
        const data = { title, message, way, status, number }
        const view = request.get('hx-request') ? 'error_part' : 'error'
        void sendPage(desk, { request, response, visit: null }, { view, data, status })
    }
}

/** An address as the log may hold it: of a link that lets somebody in, that it was one. */
function told(path: string): string {
    return path.startsWith('/enter/') ? '/enter/…' : path
}

function refusalOf(error: unknown): Refusal {
    if (error instanceof Refusal) return error
    const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown }
    if (type === 'entity.too.large') {
        return new Refusal(413, 'Too much at once', 'This form is larger than we take. Choose fewer lines at a time.')
    }
    if (typeof status === 'number' && status >= 400 && status < 500) {
        return new Refusal(status, 'Not understood', 'The request could not be read. Open the page again.')
    }
    const message =
        'Something on our side failed. Nothing was half done: try again, and tell the operator if it stays so.'
    return new Refusal(500, 'That did not work', message)
}
