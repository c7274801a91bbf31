import { type App, redeemAccess } from '../connectors/shopify/oauth.ts'
import { missingScopes, neededScopes } from '../connectors/shopify/scopes.ts'
import { requestRun } from '../sql/runs/requests.ts'
import { letIn } from '../sql/stores/let_in.ts'
import { seal } from '../sql/stores/seal.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import { Refusal } from './refusal.ts'
import type { Answer } from './route.ts'
import type { OpenVisit, Viewer } from './visit.ts'

/** A store's owner has let our work in: keeps the token, sealed, and asks for a run that reads who the store is. */
export async function takeAccess(visit: OpenVisit, store: StoreRow, app: App): Promise<Answer> {
    const { desk, viewer, query } = visit
    const { account_id, domain, role, origin } = store
    const to = `/stores/${encodeURIComponent(domain)}/access`
    if (!viewer || !mayLetIn(viewer, store)) throw notTheirs(domain)
    const granted = await redeemAccess({ origin, app, code: query('code') }).catch((error: unknown) => {
        desk.log.warn({ err: error, store: domain }, 'a grant by Shopify failed')
        return null
    })
    if (!granted) return { to, say: `${domain} gave us no token: nothing was changed. Begin again.`, isFault: true }
    const missing = missingScopes(granted.scopes, neededScopes[role])
    const lacking =
        missing.length === 0
            ? null
            : `Its app was not granted what a ${role} needs: ${missing.join(', ')}. Add them to the app, then let us in again.`
    const credentials = seal(desk.key, JSON.stringify(granted.credentials), domain)
    const whose = { account_id, who: viewer.who }
    await letIn(desk.db, whose, store, { credentials, scopes: granted.scopes, lacking })
    if (lacking !== null) return { to, say: `${domain} let us in, but not far enough. ${lacking}`, isFault: true }
    const args = { store: domain }
    const run = await requestRun(desk.db, { ...whose, job: 'read_store', arguments: args, reason: 'person' })
    return { to, say: `${domain} let us in. Run ${run?.run_id} asks it who it is.` }
}

function mayLetIn(viewer: Viewer, { account_id, store_id }: StoreRow): boolean {
    return viewer.account_id === account_id && (viewer.kind === 'operator' || viewer.store_id === store_id)
}

function notTheirs(domain: string): Refusal {
    const message = `You are not signed in for ${domain} any more, so nothing was changed. Sign in and begin again.`
    return new Refusal(403, 'Not signed in', message, { to: '/sign-in', text: 'To the sign-in' })
}
