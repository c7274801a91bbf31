import type { Scenario } from '../stage.ts'
import { bulkOperations } from './bulk_operations.ts'
import { catalogs } from './catalogs.ts'
import { collections } from './collections.ts'
import { inventoryLevels } from './inventory_levels.ts'
import { media } from './media.ts'
import { orders } from './orders.ts'
import { products202501 } from './products_2025_01.ts'
import { products202604 } from './products_2026_04.ts'
import { schemaErrors } from './schema_errors.ts'

/** Every recording that is replayed, and how. */
export const scenarios: readonly Scenario[] = [
    ...bulkOperations,
    ...media,
    ...products202604,
    ...products202501,
    ...inventoryLevels,
    ...orders,
    ...collections,
    ...catalogs,
    ...schemaErrors,
]
