import express, { type Express, type Request, type RequestHandler } from 'express'
import { onlyOurNames, withoutNul } from './addresses.ts'
import type { SiteDesk } from './desk.ts'
import { nothingHere, tellErrors } from './errors.ts'
import { fieldsBeforeFile } from './file_form.ts'
import { refuseForged } from './forgery.ts'
import { measure } from './metrics.ts'
import { sendPage } from './page.ts'
import type { DoorRoute, PageRoute } from './route.ts'
import { bareRoutes, doorRoutes, pageRoutes } from './routes/index.ts'
import { atMost, keptByNobody, securityHeaders } from './safety.ts'
import { sessions, viewerOf } from './sessions.ts'
import type { OpenVisit } from './visit.ts'
import { admit, PLACES } from './wall.ts'

export type Site = { app: Express; close(): Promise<void> }

/** Selections of a page's lines are a few kilobytes. */
const LARGEST_FORM = '256kb'

/** The whole site, in the order in which a request passes. */
export function createApp(desk: SiteDesk): Site {
    const app = express()
    app.disable('x-powered-by')
    app.set('trust proxy', desk.publicUrl ? 1 : false)
    app.set('case sensitive routing', true)
    app.set('query parser', 'simple')
    app.use(measure)
    app.use(securityHeaders(desk.publicUrl))
    for (const { method, path, serve } of bareRoutes) {
        app[method](path, async (request, response) => serve(desk, request, response))
    }
    app.use(onlyOurNames(desk.publicUrl))
    app.use(withoutNul)
    app.use(keptByNobody)
    const signedIn = sessions(desk)
    app.use(signedIn)
    app.use(express.urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 2000 }))
    for (const route of doorRoutes) app[route.method](route.path, atMost(route.atMost), door(desk, route))
    for (const route of pageRoutes) {
        const before = route.mostBytes === undefined ? [] : [fieldsBeforeFile(route.mostBytes)]
        for (const place of PLACES) app[route.method](`${place}${route.path}`, ...before, page(desk, route))
    }
    app.use(nothingHere)
    app.use(tellErrors(desk))
    return { app, close: () => signedIn.close() }
}

function door(desk: SiteDesk, route: DoorRoute): RequestHandler {
    return async (request, response) => {
        if (route.method === 'post') refuseForged(request, desk.publicUrl)
        await sendPage(desk, { request, response, visit: null }, await route.answer(openVisit(desk, request)))
    }
}

function page(desk: SiteDesk, route: PageRoute): RequestHandler {
    return async (request, response) => {
        const visit = await admit(openVisit(desk, request), route)
        await sendPage(desk, { request, response, visit }, await route.answer(visit))
    }
}

function openVisit(desk: SiteDesk, request: Request): OpenVisit {
    return {
        desk,
        request,
        viewer: viewerOf(request),
        field: (name) => oneOf((request.body as Record<string, unknown> | undefined)?.[name]),
        query: (name) => oneOf(request.query[name]),
    }
}

/** A field that came twice counts by its first. */
function oneOf(value: unknown): string {
    const [first] = Array.isArray(value) ? value : [value]
    return typeof first === 'string' ? first.replaceAll('\0', '').trim() : ''
}
