import { randomUUID } from 'node:crypto'
import { gid } from '../../../connectors/shopify/gid.ts'
import { unlessClosed } from '../closed_locations.ts'
import type { Kind } from '../kind.ts'
import { availableOf, fromOf, levelsNow } from '../levels.ts'
import { failed, type Outcome } from '../outcome.ts'
import { messageOf } from '../refusals.ts'
import { lookUpLevels } from './level_set.ts'

/**
 * Items not stocked at the linked location yet are activated there with their figure. What the store refuses is a
 * problem, told once, and not tried again in a loop (spec rule 27).
 */
export const levelActivate: Kind = {
    name: 'level_activate',
    root: 'inventoryActivate',
    selects: { entity: 'level', action: 'update', fields: ['available'] },
    byItem: true,
    batch: 5000,
    bulk: { document: 'level_activate' },
    repeatable: true,
    plan: (lines) => ({
        drafts: lines
            .filter((line) => fromOf(line) === null && line.origin !== 'rollback')
            .map((line) => {
                const idempotencyKey = randomUUID()
                const variables = {
                    inventoryItemId: gid('InventoryItem', line.item_id),
                    locationId: gid('Location', line.location_id),
                    available: Number(line.after),
                    idempotencyKey,
                }
                return { lines: [line], variables, idempotencyKey }
            }),
        outcomes: [],
    }),
    async judge([line], { inventoryLevel, userErrors }, place): Promise<Outcome[]> {
        const figure = availableOf(inventoryLevel as Parameters<typeof availableOf>[0])
        if (userErrors.length === 0 && figure === Number(line!.after)) return [{ line: line!, status: 'applied' }]
        // Stocked there meanwhile, or activated anew with the figure it once had: then it is set like any other.
        const now = figure ?? (await levelsNow(place, [line!])).get(line!.change_id) ?? null
        if (now !== null) return [{ line: line!, status: 'approved', message: 'it is stocked there already' }]
        const detail = messageOf(userErrors)
        return unlessClosed([{ ...failed(line!, detail), problem: { code: 'not_stockable', detail } }], place)
    },
    lookUp: lookUpLevels,
}
