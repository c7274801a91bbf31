import { operations } from './bulk_operations.ts'
import type { Place } from './place.ts'
import { bulkStarts, calls, queryStarts, uploads } from './requests.ts'
import { transactions } from './transactions.ts'

/** Everywhere a run is killed; first before and after the sending of everything that is sent. */
export const places: readonly Place[] = [
    ...calls,
    ...bulkStarts,
    ...queryStarts,
    ...uploads,
    ...operations,
    ...transactions,
]
