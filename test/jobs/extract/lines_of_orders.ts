const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`

/** Lines of a result as Shopify writes them, of orders whose numbers tell what belongs together. */
export function orderLine(order: number, with_: object = {}) {
    return {
        id: gid('Order', order),
        name: `#${order}`,
        createdAt: '2026-07-01T08:00:00Z',
        updatedAt: '2026-07-01T08:00:00Z',
        cancelledAt: null,
        test: false,
        displayFinancialStatus: 'PAID',
        displayFulfillmentStatus: 'UNFULFILLED',
        currencyCode: 'GBP',
        totalPriceSet: { shopMoney: { amount: '20.0' } },
        refunds: [],
        ...with_,
    }
}

export function itemLine(line: number, order: number, with_: object = {}) {
    return {
        id: gid('LineItem', line),
        quantity: 2,
        currentQuantity: 2,
        sku: `TEE-${line}`,
        title: 'Tee',
        variant: { id: gid('ProductVariant', line + 1000) },
        __parentId: gid('Order', order),
        ...with_,
    }
}

export function assignedLine(assigned: number, order: number, with_: object = {}) {
    return {
        id: gid('FulfillmentOrder', assigned),
        orderId: gid('Order', order),
        status: 'OPEN',
        updatedAt: '2026-07-01T08:00:00Z',
        assignedLocation: { location: { id: gid('Location', 5) } },
        ...with_,
    }
}

export function assignedItemLine(part: number, assigned: number, line: number, with_: object = {}) {
    return {
        id: gid('FulfillmentOrderLineItem', part),
        totalQuantity: 2,
        remainingQuantity: 2,
        lineItem: { id: gid('LineItem', line) },
        __parentId: gid('FulfillmentOrder', assigned),
        ...with_,
    }
}

export function parcelLine(parcel: number, assigned: number, order: number, with_: object = {}) {
    return {
        id: gid('Fulfillment', parcel),
        status: 'SUCCESS',
        createdAt: '2026-07-01T09:00:00Z',
        order: { id: gid('Order', order) },
        trackingInfo: [{ company: 'Royal Mail', number: 'R\0M', url: null }],
        __parentId: gid('FulfillmentOrder', assigned),
        ...with_,
    }
}

export function parcelItemLine(part: number, parcel: number, line: number, with_: object = {}) {
    return {
        id: gid('FulfillmentLineItem', part),
        quantity: 1,
        lineItem: { id: gid('LineItem', line) },
        __parentId: gid('Fulfillment', parcel),
        ...with_,
    }
}
