import { audit } from '../sql/runs/audit.ts'
import { endNotice, notify } from '../sql/runs/notices.ts'
import { STORE_STOPPED } from '../sql/stores/let_in.ts'
import { storeByDomain } from '../sql/stores/stores.ts'
import { refreshStore } from './connect.ts'
import type { Job } from './context.ts'
import { passOver } from './flow.ts'

/** Code of the notice that a store let us in, but could not be asked who it is. */
const STORE_UNREAD = 'store_unread'

/** The job `read_store`: asks a store that let us in by page who it is, and whether its app may do there what it has to. */
export const readStoreAnew: Job = async (context, args) => {
    const { accountId: account_id } = context
    const store = await storeByDomain(context.db, account_id, String(args.store))
    if (!store) throw new Error(`Expected a store of this account, got ${args.store}: see crossdock store list.`)
    const subject = { account_id, store_id: store.store_id }
    try {
        const { name, currency, zone } = await refreshStore(context, store)
        await context.inTransaction(async (tx) => {
            for (const code of [STORE_STOPPED, STORE_UNREAD]) await endNotice(tx, subject, code)
            await audit(tx, { ...subject, who: 'read_store', what: 'store.read', run_id: context.runId })
        })
        return { state: 'done', counts: { store: store.domain, name, currency, zone } }
    } catch (error) {
        await passOver(context, { connections: [], stores: [store], siblings: [], others: [] }, error)
        const text = `${store.domain} could not be asked who it is yet. ${(error as Error).message}`
        await context.inTransaction((tx) => notify(tx, subject, STORE_UNREAD, text))
        throw error
    }
}
