import { API_VERSION } from '../../connectors/shopify/api_version.ts'
import { forgetStore, inviteStore } from '../../sql/stores/let_in.ts'
import { seal } from '../../sql/stores/seal.ts'
import type { Answer, PageRoute } from '../route.ts'
import type { Visit } from '../visit.ts'

const SHOPIFY = /^[a-z0-9][a-z0-9-]{0,100}\.myshopify\.com$/
const ANY = /^[a-z0-9][a-z0-9.-]{1,250}$/
const ROLES = ['source', 'destination'] as const
/** A sandbox lies on this machine, and is reached only while the site is for this machine alone. */
const LOCAL = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?(?:\/[\w./-]*)?$/

export const newStorePage: PageRoute = {
    method: 'get',
    path: '/stores/new',
    who: 'operator',
    answer: async (visit) => form(visit, 200, null),
}

/** Adds a store with the app of its owner; its people, or the operator, then let our work in by Shopify. */
export const addStoreHere: PageRoute = {
    method: 'post',
    path: '/stores',
    who: 'operator',
    async answer(visit): Promise<Answer> {
        const { desk, place, viewer, field } = visit
        const came = readForm(visit)
        if ('fault' in came) return form(visit, 422, came.fault)
        const { domain, role, origin, ...app } = came
        const credentials = seal(desk.key, JSON.stringify({ kind: 'client', ...app }), domain)
        const whose = { account_id: place.account_id, who: viewer.who }
        const store = { domain, role, origin, api_version: API_VERSION, credentials }
        if (!(await inviteStore(desk.db, whose, store))) {
            return form(visit, 422, `${field('domain')} is a store of this account already: see Stores.`)
        }
        const say = `${domain} is added as a ${role}. Its owner has to let us in once.`
        return { to: `/stores/${encodeURIComponent(domain)}/access`, say }
    },
}

/** Takes a store away that was misspelt, or whose owner never let us in. */
export const forgetHere: PageRoute = {
    method: 'post',
    path: '/stores/:member/forget',
    who: 'operator',
    async answer({ desk, place, viewer, the }): Promise<Answer> {
        const member = the('member')
        const gone = await forgetStore(desk.db, { account_id: place.account_id, who: viewer.who }, member)
        return gone
            ? { to: '/account/stores', say: `${member.domain} is forgotten.` }
            : { to: '/account/stores', say: `${member.domain} has let us in before, so it stays.`, isFault: true }
    },
}

type Came =
    | { fault: string }
    | { domain: string; role: (typeof ROLES)[number]; origin: string; clientId: string; clientSecret: string }

function readForm({ desk, field }: Visit): Came {
    const [domain, origin] = [field('domain').toLowerCase(), field('origin')]
    const role = ROLES.find((one) => one === field('role'))
    const [clientId, clientSecret] = [field('client_id'), field('client_secret')]
    if (!role) return { fault: 'Choose whether it is a source or a destination.' }
    if (origin !== '' && (desk.publicUrl !== null || !LOCAL.test(origin))) {
        return {
            fault: 'Expected the address of a sandbox on this machine, such as http://127.0.0.1:4000/shops/…, or nothing.',
        }
    }
    if (!(origin === '' ? SHOPIFY : ANY).test(domain)) {
        return {
            fault: `Expected the store's permanent address, such as northwind.myshopify.com, got ${domain || 'nothing'}.`,
        }
    }
    if (!/^[\x21-\x7e]{1,200}$/.test(clientId) || !/^[\x21-\x7e]{1,200}$/.test(clientSecret)) {
        return { fault: 'Expected client id and secret of the app, without spaces: its settings at Shopify show both.' }
    }
    return {
        domain,
        role,
        origin: origin === '' ? `https://${domain}` : origin.replace(/\/+$/, ''),
        clientId,
        clientSecret,
    }
}

/** What was entered stands there again, but for the secret. */
function form({ desk, field }: Visit, status: number, fault: string | null): Answer {
    const roles = ROLES.map((role) => ({ role, isChosen: role === field('role') }))
    const entered = { domain: field('domain'), clientId: field('client_id'), origin: field('origin') }
    return { view: 'stores/new', status, data: { fault, roles, ...entered, isLocal: desk.publicUrl === null } }
}
