/** Counts are exact up to here; beyond, Shopify says one more than the limit and AT_LEAST. */
const DEFAULT_LIMIT = 10_000

export type Count = { count: number; precision: 'EXACT' | 'AT_LEAST' }

export function exactly(count: number): Count {
    return { count, precision: 'EXACT' }
}

/** A count up to a limit; null is no limit. */
export function counted(count: number, limit: number | null | undefined = DEFAULT_LIMIT): Count {
    return limit != null && count > limit ? { count: limit, precision: 'AT_LEAST' } : exactly(count)
}
