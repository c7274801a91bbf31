import type { Job } from './context.ts'
import { endConnection } from './ends/end_connection.ts'
import { extract } from './extract.ts'
import { hourly } from './hourly.ts'
import { connectStores } from './joins.ts'
import { nightly } from './nightly.ts'
import { pushProducts } from './push_products.ts'
import { readStoreAnew } from './read_store.ts'
import { acceptDoubtful, compare, load, pushOrders, rollback } from './single_steps.ts'
import { applyUploadHere, previewUpload } from './uploads.ts'

/** The function of every job; calendar.ts says when each runs. */
export const registry: Readonly<Record<string, Job>> = {
    hourly,
    nightly,
    extract,
    compare,
    load,
    push_products: pushProducts,
    push_orders: pushOrders,
    rollback,
    accept_snapshot: acceptDoubtful,
    end_connection: endConnection,
    connect_stores: connectStores,
    read_store: readStoreAnew,
    preview_upload: previewUpload,
    apply_upload: applyUploadHere,
}
