import { audit } from '../../sql/runs/audit.ts'
import { type Entry, findEntryLink, useEntryLink } from '../../sql/site/entry_links.ts'
import { refuseWeak } from '../../sql/site/passwords.ts'
import { setPassword } from '../../sql/site/users.ts'
import { storeById } from '../../sql/stores/stores.ts'
import { Refusal } from '../refusal.ts'
import type { Answer, DoorRoute } from '../route.ts'
import { begin } from '../sessions.ts'
import type { OpenVisit } from '../visit.ts'

/** Only looks: mail programs and chats open links to preview them, and must not use them up. */
export const enterPage: DoorRoute = {
    method: 'get',
    path: '/enter/:key',
    atMost: 60,
    async answer(visit) {
        const entry = await findEntryLink(visit.desk.db, keyOf(visit))
        if (!entry) throw usedUp()
        return form(visit, entry, 200, null)
    },
}

export const enter: DoorRoute = {
    method: 'post',
    path: '/enter/:key',
    atMost: 30,
    async answer(visit) {
        const entry = await findEntryLink(visit.desk.db, keyOf(visit))
        if (!entry) throw usedUp()
        return entry.store_id === null ? setUp(visit, entry) : comeIn(visit, entry.store_id)
    },
}

/** An operator sets a name and a password, and is signed in. */
async function setUp(visit: OpenVisit, entry: Entry): Promise<Answer> {
    const { desk, field, request } = visit
    const [name, password] = [field('name'), field('password')]
    const fault = faultOf(name, password, field('again'))
    if (fault !== null) return form(visit, entry, 422, fault)
    if (!(await useEntryLink(desk.db, keyOf(visit)))) throw usedUp()
    const user = await setPassword(desk.db, { account_id: entry.account_id, name, password })
    await begin(request, { kind: 'operator', ...user, who: user.name })
    return { to: '/account', say: `Welcome, ${user.name}. From now on you sign in by this name and your password.` }
}

function faultOf(name: string, password: string, again: string): string | null {
    if (name === '' || name.length > 80) return 'Expected a name of 1 to 80 characters.'
    if (password !== again) return 'The two passwords differ: enter the same one twice.'
    try {
        refuseWeak(password)
        return null
    } catch (error) {
        return (error as Error).message
    }
}

/** The people of a store come in. */
async function comeIn({ desk, request, ...visit }: OpenVisit, store_id: number): Promise<Answer> {
    const entry = await useEntryLink(desk.db, keyOf({ request }))
    if (!entry) throw usedUp()
    const { account_id } = entry
    const { domain } = await storeById(desk.db, account_id, store_id)
    const who = visit.field('who').slice(0, 80) || `people of ${domain}`
    await begin(request, { kind: 'people', account_id, store_id, who })
    await audit(desk.db, { account_id, who, what: 'store.entered', store_id, detail: { by: 'link' } })
    return { to: `/stores/${encodeURIComponent(domain)}` }
}

async function form({ desk, field }: OpenVisit, entry: Entry, status: number, fault: string | null): Promise<Answer> {
    if (entry.store_id === null) {
        return { view: 'doors/set_up', status, data: { fault, name: field('name') }, hasForm: true }
    }
    const { domain, name, role } = await storeById(desk.db, entry.account_id, entry.store_id)
    return { view: 'doors/enter', status, data: { domain, name, role }, hasForm: true }
}

function keyOf({ request }: Pick<OpenVisit, 'request'>): string {
    return String(request.params.key ?? '')
}

function usedUp(): Refusal {
    const message =
        'This link was used already, is older than two days, or was never one. Ask whoever gave it to you for another.'
    return new Refusal(404, 'This link is used up', message, { to: '/sign-in', text: 'To the sign-in' })
}
