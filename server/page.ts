import type { Request, Response } from 'express'
import { assetPath } from './assets.ts'
import type { SiteDesk } from './desk.ts'
import { sendFile } from './download.ts'
import { PLACE, TOKEN } from './forgery.ts'
import type { Answer } from './route.ts'
import { keep, say, takeSaid, tokenOf } from './sessions.ts'
import { openViews } from './views.ts'
import type { Visit } from './visit.ts'

const views = openViews()

const assets = {
    pico: assetPath('pico.css'),
    site_css: assetPath('site.css'),
    htmx: assetPath('htmx.js'),
    site_js: assetPath('site.js'),
    icon: assetPath('icon.svg'),
}

type Asked = { request: Request; response: Response; visit: Visit | null }

/** Sends what a route answers: a page within the layout, the way on, or a file. */
export async function sendPage(desk: SiteDesk, { request, response, visit }: Asked, answer: Answer): Promise<void> {
    if ('file' in answer) return sendFile(response, answer.file, `${visit?.place.account_id} ${visit?.place.key}`)
    if ('to' in answer) {
        if (answer.say) say(request, answer.say, answer.isFault)
        await keep(request)
        return void response.redirect(303, answer.to)
    }
    const { view, data, status = 200, hasForm = visit !== null } = answer
    const html = views.render(view, { ...frameOf(request, visit, hasForm), ...data })
    desk.log.debug({ view }, 'page')
    response.status(status).type('html').send(html)
}

/** What the layout needs of every page. */
function frameOf(request: Request, visit: Visit | null, hasForm: boolean) {
    const hasSession = Boolean(request.session)
    return {
        assets,
        viewer: visit?.viewer ?? null,
        place: visit?.place ?? null,
        zone: visit?.place.zone ?? 'UTC',
        nav: visit ? navOf(visit) : [],
        said: hasSession && !request.get('hx-request') ? takeSaid(request) : null,
        keys: {
            token_name: TOKEN,
            token: hasForm && hasSession ? tokenOf(request) : null,
            place_name: PLACE,
            place: visit?.place.key ?? '',
        },
    }
}

const PAGES = [
    ['', 'Overview'],
    ['/connections', 'Connections'],
    ['/products', 'Products'],
    ['/changes', 'Changes'],
    ['/orders', 'Orders'],
    ['/reports', 'Reports'],
    ['/uploads', 'Uploads'],
    ['/runs', 'Runs'],
] as const
/** What everybody finds at the end. */
const LAST = ['/activity', 'Activity'] as const

/** The way to every part of a place, with the one that is open marked. */
function navOf({ place, viewer, request }: Visit) {
    const stores = viewer.kind === 'operator' ? [['/stores', 'Stores'] as const] : []
    // a source has nothing to upload: what a file changes is its destination's to decide
    const theirs = PAGES.filter(([path]) => path !== '/uploads' || place.store?.role !== 'source')
    const pages = [...theirs, ...stores, LAST]
    const rest = request.path.slice(place.path.length)
    const part = partOf(rest)
    return pages.map(([path, text]) => ({ to: `${place.path}${path}`, text, isOpen: path === part }))
}

/** Products, orders, reports and uploads lie below their connection, and are parts of their own all the same; joining belongs to connections. */
function partOf(rest: string): string {
    const below = /^\/connections\/\d+(\/(?:products|orders|reports|uploads))/.exec(rest)
    if (below) return below[1]!
    const part = /^\/[^/]*/.exec(rest)?.[0] ?? ''
    return part === '/join' ? '/connections' : part
}
