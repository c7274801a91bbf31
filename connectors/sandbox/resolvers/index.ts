import type { Resolvers } from '../context.ts'
import { resolvers as app } from './app.ts'
import { resolvers as bulkOperations } from './bulk_operations.ts'
import { resolvers as collections } from './collections/collection.ts'
import { resolvers as collectionMembership } from './collections/membership.ts'
import { resolvers as collectionMutations } from './collections/mutations.ts'
import { resolvers as collectionSources } from './collections/sources.ts'
import { resolvers as inventoryActivation } from './inventory/activation.ts'
import { resolvers as inventoryAdjustQuantities } from './inventory/adjust_quantities.ts'
import { resolvers as inventoryAdjustment } from './inventory/adjustment.ts'
import { resolvers as inventoryItemUpdate } from './inventory/item_update.ts'
import { resolvers as inventoryItems } from './inventory/items.ts'
import { resolvers as inventoryLevels } from './inventory/levels.ts'
import { resolvers as inventorySetQuantities } from './inventory/set_quantities.ts'
import { resolvers as jobs } from './jobs.ts'
import { resolvers as locationEdit } from './locations/location_edit.ts'
import { resolvers as locations } from './locations/locations.ts'
import { resolvers as files } from './media/files.ts'
import { resolvers as media } from './media/media.ts'
import { resolvers as productMedia } from './media/product_media.ts'
import { resolvers as variantMedia } from './media/variant_media.ts'
import { resolvers as metafieldDefinitions } from './metafields/definitions.ts'
import { resolvers as metafields } from './metafields/metafield.ts'
import { resolvers as metafieldMutations } from './metafields/mutations.ts'
import { resolvers as nodes } from './nodes.ts'
import { orderResolvers } from './orders/index.ts'
import { resolvers as productOperations } from './products/operation.ts'
import { resolvers as productOptionUpdate } from './products/option_update.ts'
import { resolvers as productOptionsCreate } from './products/options_create.ts'
import { resolvers as productPrices } from './products/prices.ts'
import { resolvers as products } from './products/product.ts'
import { resolvers as productCreate } from './products/product_create.ts'
import { resolvers as productDelete } from './products/product_delete.ts'
import { resolvers as productSet } from './products/product_set.ts'
import { resolvers as productUpdate } from './products/product_update.ts'
import { resolvers as productQueries } from './products/queries.ts'
import { resolvers as tags } from './products/tags.ts'
import { resolvers as publications } from './publishing/publications.ts'
import { resolvers as publishable } from './publishing/publishable.ts'
import { resolvers as stagedUploads } from './staged_uploads.ts'
import { resolvers as variantsBulkCreate } from './variants/bulk_create.ts'
import { resolvers as variantsBulkDelete } from './variants/bulk_delete.ts'
import { resolvers as variantsBulkUpdate } from './variants/bulk_update.ts'
import { resolvers as variants } from './variants/variant.ts'

const parts: Resolvers[] = [
    app,
    bulkOperations,
    collectionMembership,
    collectionMutations,
    collectionSources,
    collections,
    files,
    inventoryActivation,
    inventoryAdjustQuantities,
    inventoryAdjustment,
    inventoryItemUpdate,
    inventoryItems,
    inventoryLevels,
    inventorySetQuantities,
    jobs,
    locationEdit,
    locations,
    media,
    metafieldDefinitions,
    metafieldMutations,
    metafields,
    nodes,
    ...orderResolvers,
    productCreate,
    productDelete,
    productMedia,
    productOperations,
    productPrices,
    productOptionsCreate,
    productOptionUpdate,
    productQueries,
    productSet,
    productUpdate,
    products,
    publications,
    publishable,
    stagedUploads,
    tags,
    variantMedia,
    variants,
    variantsBulkCreate,
    variantsBulkDelete,
    variantsBulkUpdate,
]

/** All that the sandbox answers, by type and field: the table of contents of this folder. */
export const resolvers: Resolvers = {}
for (const part of parts) {
    for (const [type, fields] of Object.entries(part)) resolvers[type] = { ...resolvers[type], ...fields }
}
