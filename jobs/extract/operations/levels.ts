import { idAt, level, plain } from '../../../connectors/entities/index.ts'
import { incomingOf, type Operation, selectionOf } from '../operation.ts'

/**
 * Locations with their levels: half the lines of asking each inventory item for its own. What moved of late names inactive
 * levels too (https://shopify.dev/changelog/add-includeinactive-argument-to-inventorylevels-and-inventorylevel-fields): an
 * item that is stocked somewhere no more is noticed within the hour.
 */
export const levels: Operation = {
    name: 'levels',
    isOfItsRun: true,
    kinds: ['full', 'incremental'],
    judgedAgainst: 'catalogue',
    tables: [
        {
            name: 'locations',
            lines: 'Location',
            key: ['location_id'],
            columns: [
                { name: 'location_id', read: idAt('id') },
                { name: 'name', read: plain('name') },
                { name: 'active', read: plain('isActive') },
            ],
            merge: 'staging/merge_locations',
            remove: 'staging/remove_locations',
        },
        incomingOf(level, {
            lines: 'Location>InventoryLevel',
            key: ['inventory_item_id', 'location_id'],
            remove: 'staging/remove_levels',
        }),
    ],
    // An inactive location is named, so that writing there can stop (rule 28).
    document({ store, filter }) {
        const [asked, more] =
            filter === null ? ['', ''] : [`(includeInactive: true, query: ${JSON.stringify(filter)})`, 'isActive']
        return `query levels {
            locations(includeInactive: true) { edges { node {
                id name isActive
                inventoryLevels${asked} { edges { node { ${selectionOf(level, store)} ${more} } } }
            } } }
        }`
    },
}
