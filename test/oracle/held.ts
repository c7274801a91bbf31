import type { ShopOrder } from './state.ts'

/** Units that an order took from a place of its own shop: sold ones are negative, restocked ones given back. */
export type Move = { inventoryItemId: number; locationId: number; units: number }

/** What an order holds of its shop's stock: all it was made of, less what came back on sale (rules 22, 23, 35). */
export function heldBy(order: ShopOrder): Move[] {
    return order.lines.flatMap((line) => [...soldOf(order, line), ...backOf(order, line)])
}

type Line = ShopOrder['lines'][number]

/** Where each line is assigned; units that are in no fulfilment order any more were where the others are. */
function soldOf(order: ShopOrder, line: Line): Move[] {
    const parts = order.fulfillmentOrders.flatMap((row) =>
        row.lines
            .filter(({ lineId }) => lineId === line.id)
            .map(({ totalQuantity }) => ({ locationId: row.locationId, quantity: totalQuantity })),
    )
    const left = line.quantity - parts.reduce((sum, it) => sum + it.quantity, 0)
    return parts.map(({ locationId, quantity }, index) =>
        moveOf(line, locationId, -(index === 0 ? quantity + left : quantity)),
    )
}

/** Refunded units that are on sale again, and units that an edit took off. */
function backOf(order: ShopOrder, line: Line): Move[] {
    const place = order.fulfillmentOrders.find(({ lines }) => lines.some(({ lineId }) => lineId === line.id))
    const refunded = order.refunds.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === line.id)
    const edited = line.quantity - line.currentQuantity - refunded.reduce((sum, it) => sum + it.quantity, 0)
    const back = refunded.filter(({ restocked }) => restocked)
    return [...back, { locationId: null, quantity: edited }]
        .map(({ locationId, quantity }) => moveOf(line, locationId ?? place?.locationId ?? 0, quantity))
        .filter(({ units }) => units !== 0)
}

/**
 * What its shop has shipped of an order before a moment, as it lessens what is still to be taken from elsewhere. What was
 * returned of it is given back already.
 */
export function shippedBy(order: ShopOrder, before: number): Move[] {
    const parcels = order.fulfillments.filter(
        ({ status, createdAt = 0 }) => status === 'SUCCESS' && new Date(createdAt).getTime() < before,
    )
    const returned = new Map<number, number>()
    for (const { lineId, quantity, restocked, restockType } of order.refunds.flatMap(({ lines }) => lines))
        if (restocked && restockType === 'RETURN') returned.set(lineId, (returned.get(lineId) ?? 0) + quantity)
    return parcels.flatMap(({ locationId, lines }) =>
        lines.map(({ lineId, quantity }) => {
            const back = Math.min(quantity, returned.get(lineId) ?? 0)
            returned.set(lineId, (returned.get(lineId) ?? 0) - back)
            return moveOf(order.lines.find(({ id }) => id === lineId)!, locationId, quantity - back)
        }),
    )
}

const moveOf = ({ inventoryItemId }: Line, locationId: number, units: number): Move => ({
    ...{ inventoryItemId: inventoryItemId ?? 0, locationId, units },
})
