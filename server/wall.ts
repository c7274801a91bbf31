import type { Request } from 'express'
import { reports } from '../reports/index.ts'
import { setById } from '../sql/pages/changes.ts'
import { seenConnection } from '../sql/pages/connections.ts'
import { seenJoin, seenKey } from '../sql/pages/joins.ts'
import { seenOrder } from '../sql/pages/orders.ts'
import { seenProduct } from '../sql/pages/products.ts'
import { seenRun } from '../sql/pages/runs.ts'
import type { Queryable } from '../sql/session.ts'
import { userById } from '../sql/site/users.ts'
import { accountsOf } from '../sql/stores/accounts.ts'
import { type StoreRow, storeByDomain, storesOf } from '../sql/stores/stores.ts'
import { findUpload } from '../sql/uploads/uploads.ts'
import type { SiteDesk } from './desk.ts'
import { refuseForged, refuseOtherPlace } from './forgery.ts'
import { nothingThere, Refusal } from './refusal.ts'
import type { PageRoute } from './route.ts'
import type { OpenVisit, Place, Subjects, Viewer, Visit } from './visit.ts'

/**
 * The wall (rule 91): the one place that decides who sees and does what. Every page and every act of a place passes
 * through `admit`; what a path names is looked up here, among what the viewer's stores may see, and nowhere else.
 */

/** Lets a request through to a page of a place, or throws what it is told instead. */
export async function admit(open: OpenVisit, route: PageRoute): Promise<Visit> {
    const { desk, request } = open
    const viewer = await stillThere(desk, open.viewer)
    if (!viewer) throw new Refusal(401, 'Sign in', 'Sign in to see this page.', signInFor(request))
    const place = await placeOf(desk, viewer, request.params.place as string | undefined)
    if (route.method === 'post') {
        refuseForged(request, desk.publicUrl)
        refuseOtherPlace(request, place.key)
    }
    const visit = visitOf({ ...open, viewer }, place)
    if (route.who === 'operator' && viewer.kind !== 'operator') throw nothingThere('page')
    await findSubjects(visit, visit.found)
    if (route.who === 'source' || route.who === 'destination') refuseOtherEnd(visit, route.who)
    return visit
}

/** Paths under which a page is served: an account's, which only operators have, and every store's. */
export const PLACES = ['/account', '/stores/:place'] as const

type Finder<Name extends keyof Subjects> = (visit: Admitted, text: string) => Promise<Subjects[Name] | null>

/** How what a path names is found, by the parameter's name, in the order in which they depend on each other. */
export const finders: { readonly [Name in keyof Subjects]: Finder<Name> } = {
    connection: async ({ desk, place }, text) => (isId(text, 9) ? seenConnection(desk.db, place, Number(text)) : null),
    set: async ({ desk, place, found }, text) => {
        const set = isId(text) ? await setById(desk.db, place.account_id, text) : null
        const connection = set && (await seenConnection(desk.db, place, set.connection_id))
        if (!set || !connection) return null
        found.connection = connection
        return set
    },
    run: async ({ desk, place }, text) => (isId(text) ? seenRun(desk.db, place, text) : null),
    order: async ({ desk, the }, text) => (isId(text) ? seenOrder(desk.db, the('connection'), text) : null),
    product: async ({ desk, the }, text) => (isId(text) ? seenProduct(desk.db, the('connection'), text) : null),
    report: async ({ the }, text) => {
        const { side } = the('connection')
        const report = reports.find(({ name }) => name === text)
        return report && (side === null || report.seenBy.includes(side)) ? report : null
    },
    // of the connection in the path, whose destination alone its pages are for
    upload: async ({ desk, place, the }, text) => {
        const { connection_id } = the('connection')
        return isId(text) ? findUpload(desk.db, { account_id: place.account_id, upload_id: text, connection_id }) : null
    },
    member: async ({ desk, place }, text) => {
        const store = await storeByDomain(desk.db, place.account_id, text)
        return store && place.stores.includes(store.store_id) ? store : null
    },
    join: async ({ desk, place }, text) => (isId(text, 9) ? seenJoin(desk.db, place, Number(text)) : null),
    key: async ({ desk, place }, text) => (isId(text, 9) ? seenKey(desk.db, place, Number(text)) : null),
}

const WHAT: { readonly [Name in keyof Subjects]: string } = {
    connection: 'connection',
    set: 'change set',
    run: 'run',
    order: 'order',
    product: 'product',
    report: 'report',
    member: 'store',
    join: 'wish to join',
    key: 'key',
    upload: 'upload',
}

type Found = Partial<Subjects>
type Admitted = Visit & { found: Found }

function visitOf(open: OpenVisit & { viewer: Viewer }, place: Place): Admitted {
    const found: Found = {}
    return {
        ...open,
        place,
        found,
        the(name) {
            const subject = found[name]
            if (!subject) throw new Error(`Expected the path of this page to name a ${name} (:${name}).`)
            return subject as never
        },
        mayAs: (end, { side }) => open.viewer.kind === 'operator' || side === end,
    }
}

async function findSubjects(visit: Admitted, found: Found): Promise<void> {
    for (const name of Object.keys(finders) as (keyof Subjects)[]) {
        const text = visit.request.params[name]
        if (typeof text !== 'string') continue
        const subject = await finders[name](visit, text)
        if (!subject) throw nothingThere(WHAT[name], { to: visit.place.path, text: 'To the start page' })
        Object.assign(found, { [name]: subject })
    }
}

/** By the connection, or the wish for one, that the path names; where it names neither, by the place's own store. */
function refuseOtherEnd(visit: Admitted, end: 'source' | 'destination'): void {
    const { place, found } = visit
    const about = found.connection ?? found.join
    if (about ? visit.mayAs(end, about) : place.store?.role === end) return
    const message = about
        ? `Only ${about[end]}, the ${end} of this connection, may do this, so nothing was done.`
        : `Only a ${end} may do this, ${place.store ? `and ${place.key} is none` : 'from its own page'}, so nothing was done.`
    throw new Refusal(403, 'Not yours to decide', message)
}

/** Whoever was signed in and is no operator, or of no store, any more is a stranger. */
async function stillThere({ db }: SiteDesk, viewer: Viewer | null): Promise<Viewer | null> {
    if (viewer === null) return null
    if (viewer.kind === 'operator') return (await userById(db, viewer.account_id, viewer.user_id)) ? viewer : null
    return (await ownStore(db, viewer)) ? viewer : null
}

async function ownStore(q: Queryable, { account_id, store_id }: Extract<Viewer, { kind: 'people' }>) {
    return (await storesOf(q, account_id)).find((store) => store.store_id === store_id) ?? null
}

async function placeOf({ db }: SiteDesk, viewer: Viewer, domain: string | undefined): Promise<Place> {
    const { account_id } = viewer
    const accounts = await accountsOf(db, String(account_id))
    const name = accounts.find((account) => account.account_id === account_id)?.name ?? ''
    if (viewer.kind === 'people') {
        const own = await ownStore(db, viewer)
        if (!own) throw nothingThere('store')
        if (domain !== own.domain) throw elsewhere(own)
        return placeAt(name, own, false)
    }
    if (domain === undefined) {
        const stores = await storesOf(db, account_id)
        const zone = stores[0]?.zone ?? 'UTC'
        const ids = stores.map(({ store_id }) => store_id)
        return {
            account_id,
            account: name,
            path: '/account',
            key: 'account',
            store: null,
            stores: ids,
            whole: true,
            zone,
        }
    }
    const store = await storeByDomain(db, account_id, domain)
    if (!store) throw nothingThere('store', { to: '/account', text: 'To all stores' })
    return placeAt(name, store, true)
}

function placeAt(account: string, store: StoreRow, whole: boolean): Place {
    const { account_id, store_id, domain, zone } = store
    const path = `/stores/${encodeURIComponent(domain)}`
    return { account_id, account, path, key: domain, store, stores: [store_id], whole, zone: zone ?? 'UTC' }
}

/** Said alike whether there is such a store or not. */
function elsewhere({ domain }: StoreRow): Refusal {
    const message =
        `You are signed in for ${domain}, and this page belongs to another store, so nothing was shown or done. ` +
        `To work for that store, sign out and come in by it.`
    return new Refusal(404, 'Another store', message, {
        to: `/stores/${encodeURIComponent(domain)}`,
        text: `To ${domain}`,
    })
}

function signInFor(request: Request): Refusal['way'] {
    const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.originalUrl)}` : ''
    return { to: `/sign-in${next}`, text: 'Sign in' }
}

function isId(text: string, digits = 18): boolean {
    return /^\d+$/.test(text) && text.length <= digits
}
