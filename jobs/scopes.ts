import type { StoreRow } from '../sql/stores/stores.ts'

const READ = ['read_products', 'read_inventory', 'read_locations', 'read_publications']

/** What an app must be granted at a store, by the store's role; a write scope includes its read scope. */
export const neededScopes: Record<StoreRow['role'], readonly string[]> = {
    source: READ,
    // Alt texts are written as those of files.
    destination: [...READ, 'write_products', 'write_inventory', 'write_publications', 'write_files'],
}
