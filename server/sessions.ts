import { createHmac, randomBytes } from 'node:crypto'
import connectPgSimple from 'connect-pg-simple'
import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { SiteDesk } from './desk.ts'
import type { Viewer } from './visit.ts'

/** Signed in for so long after the last request. */
const IDLE_MS = 12 * 3_600_000
/** However busy a session is, it ends; who is at it proves again who they are. */
const LONGEST_MS = 30 * 24 * 3_600_000
/** A stranger's session, which holds the token of a sign-in form and nothing else. */
const STRANGER_MS = 3_600_000

/** A person signs in at Shopify, or a store's owner lets our work in there; `since` in ms since 1970. */
export type UnderWay = {
    state: string
    wants: 'person' | 'store'
    account_id: number
    store_id: number
    since: number
}

declare module 'express-session' {
    interface SessionData {
        viewer: Viewer
        /** When they came in, in ms since 1970. */
        since: number
        /** What each form of this session carries. */
        csrf: string
        /** A sentence that the next page shows, once. */
        said: { text: string; isFault: boolean }
        /** Who is under way at Shopify, the last at the end. */
        atShopify: UnderWay[]
    }
}

/** Sessions are rows of `sessions`; the cookie carries a signed number and nothing else. */
export function sessions({ db, key, publicUrl, log }: SiteDesk): RequestHandler & { close(): Promise<void> } {
    const Store = connectPgSimple(session)
    const pool = { query: (text: string, values?: unknown[]) => db.send(text, values) }
    const store = new Store({
        pool: pool as never,
        tableName: 'sessions',
        errorLog: (...told: unknown[]) => log.error({ told: told.map(String) }, 'the session store failed'),
    })
    const isHttps = publicUrl?.startsWith('https:') ?? false
    const handler = session({
        store,
        name: isHttps ? '__Host-crossdock' : 'crossdock',
        secret: createHmac('sha256', key).update('crossdock sessions').digest('hex'),
        resave: false,
        saveUninitialized: false,
        rolling: true,
        cookie: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/', maxAge: STRANGER_MS },
    })
    return Object.assign(handler, { close: async () => store.close() })
}

/** Begins a session of its own for whoever just signed in; what was there before, also of another store, is gone. */
export async function begin(request: Request, viewer: Viewer): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        request.session.regenerate((error: unknown) => (error ? reject(error) : resolve()))
    })
    request.session.viewer = viewer
    request.session.since = Date.now()
    request.session.cookie.maxAge = IDLE_MS
    tokenOf(request)
}

/** Who is signed in, as the session says: nobody any more, 30 days after they came in. */
export function viewerOf({ session: { viewer, since = 0 } }: Request): Viewer | null {
    return viewer && Date.now() - since < LONGEST_MS ? viewer : null
}

/** Ends the session, in the database too. */
export async function end(request: Request): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        request.session.destroy((error: unknown) => (error ? reject(error) : resolve()))
    })
}

/**
 * Keeps what the session of somebody who came in, or who is on the way, holds. To be awaited before a browser is sent on:
 * it follows as soon as it has the head of an answer, which express-session lets go before it keeps anything.
 */
export async function keep({ session }: Request): Promise<void> {
    if (!session?.viewer && !session?.atShopify) return
    await new Promise<void>((resolve, reject) => {
        session.save((error: unknown) => (error ? reject(error) : resolve()))
    })
}

/** The token that this session's forms carry. */
export function tokenOf(request: Request): string {
    request.session.csrf ??= randomBytes(32).toString('base64url')
    return request.session.csrf
}

/** Leaves a sentence for the next page. */
export function say(request: Request, text: string, isFault = false): void {
    if (request.session) request.session.said = { text, isFault }
}

/** Takes the sentence that was left, if any. */
export function takeSaid(request: Request): { text: string; isFault: boolean } | null {
    const said = request.session?.said ?? null
    if (said) delete request.session.said
    return said
}
