/** What the watcher reads: everything that happened in all shops, in one order (`n`). Times are milliseconds. */
export type StockEntry = {
    kind: 'stock'
    n: number
    at: number
    shop: string
    inventoryItemId: number
    locationId: number
    delta: number
    after: number
    /** `set` and `activate` are written figures, `adjust` an adjustment, `hand` people's; the others are an order's */
    cause: string
    orderId: number | null
    /** of a set or adjustment, as it was given; undefined where the call named none */
    changeFromQuantity?: number | null | undefined
}

export type OrderEntry = {
    kind: 'order'
    n: number
    at: number
    shop: string
    orderId: number
    /** created, paid, cancelled … */
    what: string
    /** as the admin shows it after the event */
    status: string | null
}

/** That somebody asked a shop for its figures or its orders: of everything (`bulk`), or of a few things by id. */
export type ReadingEntry = {
    kind: 'reading'
    n: number
    at: number
    shop: string
    of: 'levels' | 'orders'
    how: 'bulk' | 'by id'
}

export type Entry = StockEntry | OrderEntry | ReadingEntry

/** What the journal does not tell of an order. */
export type OrderFacts = { id: number; test: boolean; createdAt: number }

export const isStock = (entry: Entry): entry is StockEntry => entry.kind === 'stock'
export const isOrder = (entry: Entry): entry is OrderEntry => entry.kind === 'order'
export const isReading = (entry: Entry): entry is ReadingEntry => entry.kind === 'reading'
