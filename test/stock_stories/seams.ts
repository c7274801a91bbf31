import { NORTHWIND } from '../helpers/cast.ts'

/** Where in a run something happens: before a request is carried out, or when it is, before its answer. */
export type Seam = {
    name: string
    kind: 'hold' | 'hold_after'
    /** at the source, or at one of the destinations */
    at: 'source' | 'destination'
    request: { name: string; contains?: string }
    /** what has to happen at the destination before, or a run hardly ever comes here */
    lead?: 'sale' | 'refund' | 'unstocked' | 'count'
    /** a request that stands before, while what it writes over is sold: it comes too late */
    late?: string
}

const seam = (name: string, at: Seam['at'], request: Seam['request'], kind: Seam['kind'] = 'hold'): Seam => ({
    ...{ name, at, request, kind },
})
const after = (lead: Seam['lead'], it: Seam): Seam => ({ ...it, lead })
const bulk = (contains: string) => ({ name: 'bulkOperationRunQuery', contains })

export const seams: readonly Seam[] = [
    seam('before the levels of a destination', 'destination', bulk('inventoryLevels')),
    seam('after the levels of a destination', 'destination', bulk('inventoryLevels'), 'hold_after'),
    seam('before the orders of a destination', 'destination', bulk('displayFinancialStatus')),
    seam('after the orders of a destination', 'destination', bulk('displayFinancialStatus'), 'hold_after'),
    seam('before the fulfilment orders', 'destination', bulk('fulfillmentOrders')),
    after('refund', seam('before the lines of refunds', 'destination', { name: 'Refunds' })),
    after('sale', seam('before an adjustment', 'source', { name: 'inventoryAdjustQuantities' })),
    after('sale', seam('after an adjustment', 'source', { name: 'inventoryAdjustQuantities' }, 'hold_after')),
    seam('before the levels of the source', 'source', bulk('inventoryLevels')),
    seam('after the levels of the source', 'source', bulk('inventoryLevels'), 'hold_after'),
    seam('before levels by id', 'source', { name: 'LevelsNow' }),
    {
        ...after('count', seam('before levels by id of a destination', 'destination', { name: 'LevelsNow' })),
        late: 'inventorySetQuantities',
    },
    after('unstocked', seam('before an activation', 'destination', { name: 'inventoryActivate' })),
    after('unstocked', seam('after an activation', 'destination', { name: 'inventoryActivate' }, 'hold_after')),
    after('count', seam('before a write', 'destination', { name: 'inventorySetQuantities' })),
    after('count', seam('after a write', 'destination', { name: 'inventorySetQuantities' }, 'hold_after')),
]

/** The faults that hold such a request of a store, and the one before it. */
export function holdsAt({ kind, at, request, late }: Seam, destination: string) {
    const shop = at === 'source' ? NORTHWIND : destination
    return [...(late ? [{ kind: 'hold', name: late, shop }] : []), { kind, ...request, shop }]
}

/** What else may go wrong in a run: lost answers, requests that come to nothing, readings that break off. */
export const troubles = [
    { kind: 'timeout_after', name: 'inventorySetQuantities' },
    { kind: 'timeout_before', name: 'inventorySetQuantities' },
    { kind: 'timeout_after', name: 'inventoryAdjustQuantities' },
    { kind: 'timeout_before', name: 'inventoryAdjustQuantities' },
    { kind: 'timeout_after', name: 'bulkOperationRunQuery' },
    { kind: 'bad_gateway', name: 'inventoryAdjustQuantities' },
    { kind: 'bulk_failed', contains: 'displayFinancialStatus' },
    { kind: 'bulk_failed_partial', contains: 'displayFinancialStatus' },
    { kind: 'bulk_lost_lines', contains: 'displayFinancialStatus' },
    { kind: 'bulk_failed', contains: 'inventoryLevels' },
    { kind: 'bulk_failed_partial', contains: 'inventoryLevels' },
    { kind: 'cut_download' },
] as const
