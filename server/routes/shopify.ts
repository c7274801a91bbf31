import { type App, appOf, isSignedBy, redeemCode } from '../../connectors/shopify/oauth.ts'
import { audit } from '../../sql/runs/audit.ts'
import { storesOfDomain } from '../../sql/site/stores_of_domain.ts'
import { unseal } from '../../sql/stores/seal.ts'
import { type StoreRow, storeById } from '../../sql/stores/stores.ts'
import type { SiteDesk } from '../desk.ts'
import { CALLBACK, cameBack, leaveFor } from '../leave.ts'
import { Refusal } from '../refusal.ts'
import type { DoorRoute } from '../route.ts'
import { begin } from '../sessions.ts'
import { takeAccess } from '../take_access.ts'
import type { OpenVisit } from '../visit.ts'

/** Only such names are stores; what a person types is lower-cased first. */
const DOMAIN = /^[a-z0-9][a-z0-9.-]{1,250}$/

/** Begins a sign-in by Shopify: from our own page, or from a store's admin, which signs what it asks. */
export const shopifyBegin: DoorRoute = {
    method: 'get',
    path: '/shopify',
    atMost: 60,
    async answer({ desk, request, query }) {
        const store = await storeFor(desk, query('shop').toLowerCase())
        const app = appFor(desk, store)
        const asked = new URL(request.originalUrl, 'http://site').searchParams
        if (asked.has('hmac') && !isSignedBy(app, asked)) throw notShopify()
        return leaveFor({ desk, request }, { store, app, wants: 'person', scopes: store.scopes })
    },
}

/** Shopify sends whoever signed in there back, with a code that we redeem for who they are. */
export const shopifyEnd: DoorRoute = {
    method: 'get',
    path: CALLBACK,
    atMost: 60,
    async answer(visit) {
        const { desk, request, query } = visit
        const begun = cameBack(visit)
        if (!begun) throw notBegunHere()
        const store = await storeById(desk.db, begun.account_id, begun.store_id)
        const app = appFor(desk, store)
        const told = new URL(request.originalUrl, 'http://site').searchParams
        if (query('shop') !== store.domain || !isSignedBy(app, told)) throw notShopify()
        if (begun.wants === 'store') return takeAccess(visit, store, app)
        const person = await whoIs(visit, store, app)
        const { account_id, store_id, domain } = store
        // whoever is still under way in another tab comes in after this, and ends this session then
        const { atShopify } = request.session
        await begin(request, { kind: 'people', account_id, store_id, who: person })
        request.session.atShopify = atShopify!
        await audit(desk.db, { account_id, who: person, what: 'store.entered', store_id, detail: { by: 'shopify' } })
        return { to: `/stores/${encodeURIComponent(domain)}` }
    },
}

async function whoIs({ desk, query }: OpenVisit, { origin, domain }: StoreRow, app: App): Promise<string> {
    const person = await redeemCode({ origin, app, code: query('code') }).catch((error: unknown) => {
        desk.log.warn({ err: error, store: domain }, 'a sign-in by Shopify failed')
        return null
    })
    if (person) return person.name
    const message = `${domain} did not confirm who you are. Begin the sign-in again.`
    throw new Refusal(502, 'Shopify did not confirm it', message, { to: '/sign-in', text: 'To the sign-in' })
}

async function storeFor({ db }: SiteDesk, domain: string): Promise<StoreRow> {
    const found = DOMAIN.test(domain) ? await storesOfDomain(db, domain) : []
    const [only] = found
    if (only && found.length === 1) return storeById(db, only.account_id, only.store_id)
    throw noWay(domain)
}

/** The app of a store's own owner: its id and secret stand with the store's credentials. */
function appFor({ key }: SiteDesk, { credentials, domain }: StoreRow): App {
    const app = appOf(unseal(key, credentials, domain))
    if (app) return app
    throw noWay(domain)
}

/** Said alike of stores that are unknown and of those without an app: who asks learns nothing of who works with us. */
function noWay(domain: string): Refusal {
    const message =
        `There is no way in by Shopify for ${domain || 'this store'}. Check its myshopify.com address, or ask the operator ` +
        `for a one-time link.`
    return new Refusal(404, 'No way in by Shopify', message, { to: '/sign-in', text: 'To the sign-in' })
}

function notShopify(): Refusal {
    const message = 'This was not signed by the app of that store, so nobody was let in. Begin the sign-in again.'
    return new Refusal(403, 'Not from Shopify', message, { to: '/sign-in', text: 'To the sign-in' })
}

function notBegunHere(): Refusal {
    const message = 'This sign-in was not begun in this browser, or was finished already. Begin it again.'
    return new Refusal(403, 'Not begun here', message, { to: '/sign-in', text: 'To the sign-in' })
}
