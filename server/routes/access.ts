import { type App, appOf } from '../../connectors/shopify/oauth.ts'
import {
    ADJUSTING,
    ALL_ORDERS,
    MIRRORING,
    missingScopes,
    neededScopes,
    orderScopes,
    PUSHING,
    scopesToAsk,
} from '../../connectors/shopify/scopes.ts'
import { unseal } from '../../sql/stores/seal.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { SiteDesk } from '../desk.ts'
import { leaveFor } from '../leave.ts'
import type { Answer, PageRoute } from '../route.ts'

/** How a store lets us in, what its app may do there, and what it lacks for what. */
export const accessPage: PageRoute = {
    method: 'get',
    path: '/access',
    who: 'people',
    async answer({ desk, place }): Promise<Answer> {
        const { store } = place
        if (!store) return { to: `${place.path}/stores` }
        const { domain, role, state, state_reason, shop_id } = store
        const data = {
            ...{ domain, role, state, reason: state_reason, isRead: shop_id !== null },
            ...wayIn(desk, store),
            needs: needsOf(store),
        }
        return { view: 'access', data }
    },
}

/** Leads to the store's own page at Shopify, where its owner agrees. */
export const accessHere: PageRoute = {
    method: 'post',
    path: '/access',
    who: 'people',
    async answer({ desk, request, place }): Promise<Answer> {
        const { store } = place
        const app = store && wayIn(desk, store).app
        if (!store || !app) {
            const say =
                'There is no app by which the owner could let us in: give the store a token with crossdock store add.'
            return { to: `${place.path}/${store ? 'access' : 'stores'}`, say, isFault: true }
        }
        const scopes = [...new Set([...store.scopes, ...scopesToAsk(store.role)])]
        return leaveFor({ desk, request }, { store, app, wants: 'store', scopes })
    },
}

/** The app by which the owner may let us in anew; whether what we have of it can be opened at all. */
function wayIn({ key }: SiteDesk, { credentials, domain }: StoreRow): { app: App | null; isSealed: boolean } {
    try {
        return { app: appOf(unseal(key, credentials, domain)), isSealed: false }
    } catch {
        return { app: null, isSealed: true }
    }
}

/** What a store of that role may come to be asked for, each with the scopes that it lacks. */
function needsOf({ role, scopes }: StoreRow) {
    const need = (what: string, wanted: readonly string[], isNeeded = false) => {
        const lacking = missingScopes(scopes, wanted)
        return { what, isNeeded, isThere: lacking.length === 0, lacking: lacking.join(', ') }
    }
    const own =
        role === 'source'
            ? [
                  need('Orders are pushed here', PUSHING.order),
                  need('Orders are pushed here as drafts', PUSHING.draft),
                  need('Stock is told of what was sold elsewhere', ADJUSTING),
              ]
            : []
    return [
        need(
            role === 'source' ? 'Products and stock are read' : 'Products and stock are read and written',
            neededScopes[role],
            true,
        ),
        need('Orders are read', orderScopes),
        need('Orders older than 60 days are read', [ALL_ORDERS]),
        ...own,
        need('Parcels, refunds and returns are carried over', MIRRORING[role]),
    ]
}
