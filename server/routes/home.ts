import { userById } from '../../sql/site/users.ts'
import { storesOf } from '../../sql/stores/stores.ts'
import type { SiteDesk } from '../desk.ts'
import type { DoorRoute } from '../route.ts'
import type { Viewer } from '../visit.ts'

/** Leads everybody to where they begin. */
export const home: DoorRoute = {
    method: 'get',
    path: '/',
    atMost: 600,
    async answer({ desk, viewer }) {
        return { to: (viewer && (await homeOf(desk, viewer))) ?? '/sign-in' }
    },
}

/** Where somebody who is signed in begins: an operator at the account, the people of a store there. Null: they are gone. */
export async function homeOf({ db }: SiteDesk, viewer: Viewer): Promise<string | null> {
    if (viewer.kind === 'operator') return (await userById(db, viewer.account_id, viewer.user_id)) && '/account'
    const stores = await storesOf(db, viewer.account_id)
    const own = stores.find(({ store_id }) => store_id === viewer.store_id)
    return own ? `/stores/${encodeURIComponent(own.domain)}` : null
}
