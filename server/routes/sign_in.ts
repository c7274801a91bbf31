import { signIn } from '../../sql/site/users.ts'
import type { Answer, DoorRoute } from '../route.ts'
import { begin, end } from '../sessions.ts'
import type { OpenVisit, Viewer } from '../visit.ts'
import { homeOf } from './home.ts'

export const signInPage: DoorRoute = {
    method: 'get',
    path: '/sign-in',
    atMost: 300,
    async answer(visit) {
        const home = visit.viewer && (await homeOf(visit.desk, visit.viewer))
        return home ? { to: home } : form(visit, 200, null)
    },
}

export const signInHere: DoorRoute = {
    method: 'post',
    path: '/sign-in',
    atMost: 20,
    async answer(visit) {
        const { desk, field, request } = visit
        const name = field('name')
        const user = await signIn(desk.db, { name, password: field('password'), account: field('account') || null })
        if (!user) {
            desk.log.warn({ name, ip: request.ip }, 'a sign-in was refused')
            const fault =
                'No operator has this name with this password. Where there are several accounts, name yours too.'
            return form(visit, 422, fault)
        }
        const viewer: Viewer = { kind: 'operator', ...user, who: user.name }
        await begin(request, viewer)
        return { to: ownPath(field('next')) ?? (await homeOf(desk, viewer)) ?? '/' }
    },
}

export const signOut: DoorRoute = {
    method: 'post',
    path: '/sign-out',
    atMost: 300,
    async answer({ request }) {
        await end(request)
        return { to: '/sign-in' }
    },
}

function form({ field, query }: OpenVisit, status: number, fault: string | null): Answer {
    const next = ownPath(field('next') || query('next')) ?? ''
    const data = { fault, name: field('name'), account: field('account'), next, shop: query('shop') }
    return { view: 'doors/sign_in', status, data, hasForm: true }
}

/** A path of ours to go on to; anything that could lead elsewhere is none. */
function ownPath(next: string): string | null {
    return /^\/(?:account|stores)(?:[/?][\w\-./?=&%]*)?$/.test(next) && !next.includes('//') ? next : null
}
