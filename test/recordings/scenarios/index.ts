import type { Scenario } from '../stage.ts'
import { bulkOperations } from './bulk_operations.ts'
import { media } from './media.ts'

/** Every recording that is replayed, and how. */
export const scenarios: readonly Scenario[] = [...bulkOperations, ...media]
