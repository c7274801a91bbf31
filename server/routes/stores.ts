import { makeEntryLink, signOutStore } from '../../sql/site/entry_links.ts'
import { storesOf } from '../../sql/stores/stores.ts'
import { originOf } from '../addresses.ts'
import type { Answer, PageRoute } from '../route.ts'

export const storesPage: PageRoute = {
    method: 'get',
    path: '/stores',
    who: 'operator',
    async answer({ desk, place }) {
        const stores = await storesOf(desk.db, place.account_id)
        const rows = stores.map(({ domain, name, role, state, state_reason, currency, zone, join_code, shop_id }) => ({
            ...{ domain, name, role, state, state_reason, currency, zone, join_code },
            isRead: shop_id !== null,
            path: `/stores/${encodeURIComponent(domain)}`,
        }))
        return { view: 'stores/list', data: { stores: rows, link: null } }
    },
}

/** Makes a link that lets somebody of a store in once. It is shown here and never again. */
export const makeLink: PageRoute = {
    method: 'post',
    path: '/stores/:member/link',
    who: 'operator',
    async answer({ desk, request, place, viewer, the }): Promise<Answer> {
        const { store_id, domain } = the('member')
        const path = await makeEntryLink(desk.db, { account_id: place.account_id, store_id, who: viewer.who })
        const link = `${originOf(request, desk.publicUrl)}${path}`
        return { view: 'stores/link', data: { domain, link } }
    },
}

/** Signs the people of a store out everywhere: when one of them leaves, or a link went astray. */
export const signOutPeople: PageRoute = {
    method: 'post',
    path: '/stores/:member/sign-out',
    who: 'operator',
    async answer({ desk, place, viewer, the }): Promise<Answer> {
        const { store_id, domain } = the('member')
        await signOutStore(desk.db, { account_id: place.account_id, store_id, who: viewer.who })
        return { to: '/account/stores', say: `${domain}: everybody is signed out, and no link lets anybody in.` }
    },
}
