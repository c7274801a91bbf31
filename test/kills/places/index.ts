import { operations } from './bulk_operations.ts'
import type { Place } from './place.ts'
import { bulkStarts, calls, queryStarts, uploads } from './requests.ts'
import { transactions } from './transactions.ts'

/** Everywhere a run is killed. */
export const places: readonly Place[] = [
    ...queryStarts,
    ...operations,
    ...transactions,
    ...calls,
    ...uploads,
    ...bulkStarts,
]
