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
    /** the entry by which the shop had looked: what happened before it may be in the answer or not */
    until: number
    at: number
    shop: string
    of: 'levels' | 'orders'
    how: 'bulk' | 'by id'
}

/** Units that a shop shipped of an order: no longer set aside, and gone from its own shelf. */
export type ShippedEntry = {
    kind: 'shipped'
    n: number
    at: number
    shop: string
    inventoryItemId: number
    locationId: number
    orderId: number
    units: number
}

/** A quantity as a call to a shop gave it, whatever became of the call. */
export type GivenEntry = {
    kind: 'given'
    n: number
    at: number
    shop: string
    call: 'set' | 'adjust'
    inventoryItemId: number
    changeFromQuantity?: number | null | undefined
}

export type Entry = StockEntry | OrderEntry | ReadingEntry | ShippedEntry | GivenEntry

/** What the journal does not tell of an order. */
export type OrderFacts = { id: number; test: boolean; createdAt: number }

export const isStock = (entry: Entry): entry is StockEntry => entry.kind === 'stock'
export const isOrder = (entry: Entry): entry is OrderEntry => entry.kind === 'order'
export const isShipped = (entry: Entry): entry is ShippedEntry => entry.kind === 'shipped'
export const isGiven = (entry: Entry): entry is GivenEntry => entry.kind === 'given'
export const isReading = (entry: Entry): entry is ReadingEntry => entry.kind === 'reading'
