import { ALL_ORDERS, missingScopes } from '../../connectors/shopify/scopes.ts'
import { readScopes } from '../../connectors/shopify/store_info.ts'
import { execute } from '../../sql/query.ts'
import { endNotice, notify } from '../../sql/runs/notices.ts'
import type { StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'
import type { Plan } from './plan.ts'

/** Code of the notice that a store shows us the orders of 60 days only. */
export const ORDERS_WINDOW = 'orders_window'

/** An operation, and the scopes without which it cannot be read. */
type Needing = Pick<Plan, 'operation' | 'scopes'>

/**
 * The store with the scopes it grants now, as far as these plans depend on them: one that lacks some may have been given
 * them since, and is asked. Tells of the window in which orders are shown, and ends that notice once it is gone.
 */
export async function withScopes(context: RunContext, store: StoreRow, plans: readonly Needing[]): Promise<StoreRow> {
    const needed = new Set(plans.flatMap(({ scopes }) => scopes))
    if (needed.size === 0) return store
    const lacking = missingScopes(store.scopes, [...needed, ALL_ORDERS])
    const asked = lacking.length > 0 ? await askedAnew(context, store) : store
    const windowed = missingScopes(asked.scopes, [ALL_ORDERS]).length > 0
    await context.inTransaction((tx) =>
        windowed ? notify(tx, store, ORDERS_WINDOW, windowText(store)) : endNotice(tx, store, ORDERS_WINDOW),
    )
    return asked
}

function windowText({ domain }: StoreRow): string {
    return (
        `${domain}: only orders of the last 60 days can be read there. Older ones that are refunded, cancelled or ` +
        `returned now are not seen, and an item that was ever ordered cannot be told from one that never was. Request ` +
        `the scope ${ALL_ORDERS} for the app from Shopify, and grant it in the store's admin.`
    )
}

/** A store that does not answer is found out by the readings themselves. */
async function askedAnew(context: RunContext, store: StoreRow): Promise<StoreRow> {
    try {
        const scopes = await readScopes(context.clientOf(store))
        const { account_id, store_id } = store
        await context.inTransaction((tx) => execute(tx, 'stores/set_scopes', { account_id, store_id, scopes }))
        return { ...store, scopes }
    } catch (error) {
        context.signal.throwIfAborted()
        context.log.warn({ store: store.domain, err: error }, 'could not ask which scopes are granted')
        return store
    }
}

/** @throws with the scopes by name where some are missing: in a bulk query that would show only after the wait. */
export function refuseMissingScopes({ domain, scopes }: StoreRow, { operation, scopes: needed }: Needing): void {
    const missing = missingScopes(scopes, needed)
    if (missing.length === 0) return
    throw new Error(
        `${domain}: expected the scopes that reading ${operation.name} needs, missing ${missing.join(', ')}. Grant ` +
            `them to the app in the store's admin (apps, configuration); the next run finds them. Until ` +
            `then no stock is written by its connections, as what was sold there is not known.`,
    )
}
