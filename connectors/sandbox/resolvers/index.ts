import type { Resolvers } from '../context.ts'
import { resolvers as app } from './app.ts'
import { resolvers as bulkOperations } from './bulk_operations.ts'
import { resolvers as inventoryActivation } from './inventory/activation.ts'
import { resolvers as inventoryAdjustQuantities } from './inventory/adjust_quantities.ts'
import { resolvers as inventoryAdjustment } from './inventory/adjustment.ts'
import { resolvers as inventoryItemUpdate } from './inventory/item_update.ts'
import { resolvers as inventoryItems } from './inventory/items.ts'
import { resolvers as inventoryLevels } from './inventory/levels.ts'
import { resolvers as inventorySetQuantities } from './inventory/set_quantities.ts'
import { resolvers as metafieldDefinitions } from './metafields/definitions.ts'
import { resolvers as metafields } from './metafields/metafield.ts'
import { resolvers as metafieldMutations } from './metafields/mutations.ts'
import { resolvers as nodes } from './nodes.ts'
import { resolvers as productOperations } from './products/operation.ts'
import { resolvers as products } from './products/product.ts'
import { resolvers as productQueries } from './products/queries.ts'
import { resolvers as stagedUploads } from './staged_uploads.ts'
import { resolvers as variants } from './variants/variant.ts'

const parts: Resolvers[] = [
    app,
    bulkOperations,
    inventoryActivation,
    inventoryAdjustQuantities,
    inventoryAdjustment,
    inventoryItemUpdate,
    inventoryItems,
    inventoryLevels,
    inventorySetQuantities,
    metafieldDefinitions,
    metafieldMutations,
    metafields,
    nodes,
    productOperations,
    productQueries,
    products,
    stagedUploads,
    variants,
]

/** All that the sandbox answers, by type and field: the table of contents of this folder. */
export const resolvers: Resolvers = {}
for (const part of parts) {
    for (const [type, fields] of Object.entries(part)) resolvers[type] = { ...resolvers[type], ...fields }
}
