/**
 * Scopes that are needed but not granted, in the order needed. A write scope includes its read scope.
 * Asked before a job begins: inside a bulk operation a missing scope shows only after the wait.
 */
export function missingScopes(granted: Iterable<string>, needed: Iterable<string>): string[] {
    const held = new Set<string>()
    for (const scope of granted) {
        held.add(scope)
        held.add(scope.replace(/^write_/, 'read_'))
    }
    return [...needed].filter((scope) => !held.has(scope))
}

/** What a store is: a source feeds, a destination is fed. */
type Role = 'source' | 'destination'

const READ = ['read_products', 'read_inventory', 'read_locations', 'read_publications']

/** What an app must be granted at a store, by the store's role; a write scope includes its read scope. */
export const neededScopes: Record<Role, readonly string[]> = {
    source: READ,
    // Alt texts are written as those of files.
    destination: [...READ, 'write_products', 'write_inventory', 'write_publications', 'write_files'],
}

/** What it must be granted besides where orders are read: all connections but those with orders `none` (D4). */
export const orderScopes: readonly string[] = [
    'read_orders',
    'read_returns',
    'read_merchant_managed_fulfillment_orders',
]

/** What a source must be granted besides where its stock is adjusted (D4 `adjust`, `two_way`). */
export const ADJUSTING: readonly string[] = ['write_inventory']

/** What a source must be granted besides where orders are pushed to it (D4 `order_push`), as orders or as drafts. */
export const PUSHING = { order: ['write_orders'], draft: ['write_draft_orders', 'write_orders'] } as const

/** What both stores must be granted besides, so that what becomes of a pushed order is carried over. */
export const MIRRORING: Record<Role, readonly string[]> = {
    source: ['write_orders', 'write_order_edits', 'write_returns'],
    destination: ['write_orders', 'write_merchant_managed_fulfillment_orders', 'write_returns'],
}

/** Without it only orders of the last 60 days are shown, and older ones are silently absent. */
export const ALL_ORDERS = 'read_all_orders'

/** What orders need with the personal data that settings name (rule 71). */
export function scopesOfOrders(details: readonly string[]): readonly string[] {
    return details.includes('customer') ? [...orderScopes, 'read_customers'] : orderScopes
}

/** What a store's app is asked to be granted when its owner lets us in: all that its role may come to need. */
export function scopesToAsk(role: Role): string[] {
    const own = role === 'source' ? [...ADJUSTING, ...PUSHING.order, ...PUSHING.draft] : []
    return [...new Set([...neededScopes[role], ...orderScopes, ...own, ...MIRRORING[role]])]
}
