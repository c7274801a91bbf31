import type { GraphQLResolveInfo } from 'graphql'
import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { Cause } from '../../shop/happenings.ts'
import { type InventoryItem, type Level, type Location, nextId } from '../../shop/state.ts'
import { levelAt, moveStock, type QuantityName, quantityOf, stockItemAt } from '../../shop/stock.ts'
import { type UserError, userError } from '../user_error.ts'

/** A planned change of one state of one level by some units. */
export type StockMove = {
    item: InventoryItem
    location: Location
    level: Level
    name: QuantityName
    delta: number
    ledgerDocumentUri?: string | null
    /** as given: null or absent compares nothing */
    changeFromQuantity?: number | null
}

export const reasons = [
    'correction',
    'cycle_count_available',
    'damaged',
    'movement_canceled',
    'movement_created',
    'movement_received',
    'movement_updated',
    'other',
    'promotion',
    'quality_control',
    'received',
    'reservation_created',
    'reservation_deleted',
    'reservation_updated',
    'restock',
    'safety_stock',
    'shrinkage',
]

type Head = { reason: string; referenceDocumentUri?: string | null }

/** What is wrong with the reason or the reference of an inventory mutation. */
export function headErrors({ reason, referenceDocumentUri }: Head): UserError[] {
    const errors: UserError[] = []
    if (!reasons.includes(reason)) {
        const message = `The specified reason is invalid. Valid values are: ${reasons.join(', ')}.`
        errors.push(userError(['input', 'reason'], message, 'INVALID_REASON'))
    }
    if (referenceDocumentUri != null && !URL.canParse(referenceDocumentUri)) {
        const message = 'The specified reference document is invalid.'
        errors.push(userError(['input', 'referenceDocumentUri'], message, 'INVALID_REFERENCE_DOCUMENT'))
    }
    return errors
}

export type Place = { item: InventoryItem; location: Location }

/** The item and location of one entry, or what is wrong with them; `path` leads to the entry. */
export function placeOf(
    { shop }: Context,
    entry: { inventoryItemId: string; locationId: string },
    path: string[],
    locationPath = path,
): { place: Place | null; errors: UserError[] } {
    const item = shop.inventoryItems.get(numberOf(entry.inventoryItemId, 'InventoryItem'))
    const location = shop.locations.get(numberOf(entry.locationId, 'Location'))
    const errors: UserError[] = []
    if (!item) {
        const message = 'The specified inventory item could not be found.'
        errors.push(userError([...path, 'inventoryItemId'], message, 'INVALID_INVENTORY_ITEM'))
    }
    if (!location?.active) {
        const message = 'The specified location could not be found.'
        errors.push(userError([...locationPath, 'locationId'], message, 'INVALID_LOCATION'))
    }
    if (item && isParentBundle(shop, item)) errors.push(notMutable([...path, 'inventoryItemId']))
    return { place: item && location?.active ? { item, location } : null, errors }
}

function isParentBundle(shop: Context['shop'], item: InventoryItem): boolean {
    return item.variantIds.some((id) => shop.variants.get(id)?.requiresComponents)
}

function notMutable(field: string[]): UserError {
    const message =
        'The specified inventory item is not allowed to be adjusted via API. Example: if the inventory item is a parent bundle.'
    return userError(field, message, 'NON_MUTABLE_INVENTORY_ITEM')
}

/**
 * The level at a place. Up to 2026-07 an item that is not stocked there is an error; from 2026-10 on it is stocked
 * by writing to it (platform: inventory).
 */
export function levelFor(context: Context, { item, location }: Place): Level | null {
    const level = levelAt(context.shop, item, location.id)
    if (level?.active) return level
    const stocked = context.apiVersion >= '2026-10'
    return stocked ? stockItemAt(context.shop, item, location.id, context.clock.now()) : null
}

/** The value an entry compares with, absent where it was left out. */
export function comparedWith(entry: { changeFromQuantity?: number | null }) {
    return 'changeFromQuantity' in entry ? { changeFromQuantity: entry.changeFromQuantity ?? null } : {}
}

/** Why a mutation moves stock, as whoever watches the shop is told. */
export function reasonOf(cause: 'set' | 'adjust', context: Context, info: GraphQLResolveInfo): Cause {
    return { cause, mutation: info.fieldName, idempotencyKey: context.idempotencyKeyOf(info) }
}

/** Carries out the moves and gives the adjustment group that tells of them; null if nothing moved. */
export function adjust(context: Context, moves: readonly StockMove[], head: Head, why: Cause) {
    const { shop, clock } = context
    const real = moves.filter(({ delta }) => delta !== 0)
    if (real.length === 0) return null
    const before = new Map(real.map(({ level }) => [level, quantityOf(level, 'on_hand')]))
    for (const move of real) {
        moveStock(shop, move.level, move.name, move.delta, clock.now(), { ...why, ...comparedWith(move) })
    }
    const mirrored = [...before].filter(([level, old]) => quantityOf(level, 'on_hand') !== old)
    const changes = [
        ...real.map((move) => ({ ...move, name: move.name === 'on_hand' ? 'available' : move.name })),
        ...mirrored.map(([level, old]) => ({
            item: shop.inventoryItems.get(level.inventoryItemId),
            location: shop.locations.get(level.locationId),
            name: 'on_hand',
            delta: quantityOf(level, 'on_hand') - old,
            ledgerDocumentUri: null,
        })),
    ]
    return {
        __typename: 'InventoryAdjustmentGroup',
        id: gid('InventoryAdjustmentGroup', nextId(shop)),
        createdAt: isoTime(clock.now()),
        reason: head.reason,
        referenceDocumentUri: head.referenceDocumentUri ?? null,
        changes,
    }
}

type ChangeFilter = { inventoryItemIds?: string[]; locationIds?: string[]; quantityNames?: string[] }
type Change = { name: string; item: InventoryItem; location: Location; ledgerDocumentUri?: string | null }

export const resolvers: Resolvers = {
    InventoryAdjustmentGroup: {
        app: () => null,
        staffMember: () => null,
        changes: ({ changes }: { changes: Change[] }, filter: ChangeFilter) =>
            changes.filter(
                ({ name, item, location }) =>
                    (filter.quantityNames?.includes(name) ?? true) &&
                    (filter.inventoryItemIds?.includes(gid('InventoryItem', item.id)) ?? true) &&
                    (filter.locationIds?.includes(gid('Location', location.id)) ?? true),
            ),
    },
    InventoryChange: {
        ledgerDocumentUri: (change: Change) => change.ledgerDocumentUri ?? null,
        // Shopify answered null in every recording
        quantityAfterChange: () => null,
    },
}
