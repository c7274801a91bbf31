import type { Context, Resolvers } from '../../context.ts'
import type { Cause } from '../../shop/happenings.ts'
import { type QuantityName, quantityOf } from '../../shop/stock.ts'
import { type UserError, userError } from '../user_error.ts'
import { adjust, comparedWith, headErrors, levelFor, placeOf, reasonOf, type StockMove } from './adjustment.ts'

const HIGHEST = 1_000_000_000

type Entry = { inventoryItemId: string; locationId: string; quantity: number; changeFromQuantity?: number | null }
type Head = { reason: string; referenceDocumentUri?: string | null }
type How = { name: QuantityName; list: string; why: Cause }
type SetQuantities = { input: Head & { name: string; quantities: Entry[] } }
type SetOnHand = { input: Head & { setQuantities: Entry[] } }

export const resolvers: Resolvers = {
    Mutation: {
        inventorySetQuantities: (_: unknown, { input }: SetQuantities, context: Context, info) => {
            if (input.name !== 'available' && input.name !== 'on_hand') {
                const message = "The quantity name must be either 'available' or 'on_hand'."
                return refused([userError(['input', 'name'], message, 'INVALID_NAME')])
            }
            const how = { name: input.name, list: 'quantities', why: reasonOf('set', context, info) } as const
            return setAll(context, input, how, input.quantities)
        },
        inventorySetOnHandQuantities: (_: unknown, { input }: SetOnHand, context: Context, info) => {
            const how = { name: 'on_hand', list: 'setQuantities', why: reasonOf('set', context, info) } as const
            return setAll(context, input, how, input.setQuantities)
        },
    },
}

function refused(userErrors: UserError[]) {
    return { inventoryAdjustmentGroup: null, userErrors }
}

/** Sets every quantity, or none: one entry at fault refuses the whole call. */
function setAll(context: Context, head: Head, { name, list, why }: How, entries: Entry[]) {
    const moves: StockMove[] = []
    const errors = headErrors(head)
    entries.forEach((entry, index) => {
        const path = ['input', list, String(index)]
        const own = [...boundErrors(entry.quantity, name, path), ...duplicateErrors(entries, index, path)]
        const { place, errors: placeErrors } = placeOf(context, entry, path)
        own.push(...placeErrors)
        if (place && own.length === 0) {
            const level = levelFor(context, place)
            if (!level) {
                const message = 'The specified inventory item is not stocked at the location.'
                own.push(userError([...path, 'locationId'], message, 'ITEM_NOT_STOCKED_AT_LOCATION'))
            } else if (entry.changeFromQuantity != null && entry.changeFromQuantity !== quantityOf(level, name)) {
                const message = 'The changeFromQuantity value does not match persisted value.'
                own.push(userError([...path, 'changeFromQuantity'], message, 'CHANGE_FROM_QUANTITY_STALE'))
            } else
                moves.push({
                    ...place,
                    ...comparedWith(entry),
                    level,
                    name,
                    delta: entry.quantity - quantityOf(level, name),
                })
        }
        errors.push(...own)
    })
    if (errors.length > 0) return refused(errors)
    return { inventoryAdjustmentGroup: adjust(context, moves, head, why), userErrors: [] }
}

function boundErrors(quantity: number, name: QuantityName, path: string[]): UserError[] {
    const field = [...path, 'quantity']
    if (name === 'on_hand' && quantity < 0) {
        return [userError(field, "The quantity can't be negative.", 'INVALID_QUANTITY_NEGATIVE')]
    }
    if (quantity > HIGHEST) {
        return [userError(field, "The quantity can't be higher than 1,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH')]
    }
    if (quantity < -HIGHEST) {
        return [userError(field, "The quantity can't be lower than -1,000,000,000.", 'INVALID_QUANTITY_TOO_LOW')]
    }
    return []
}

function duplicateErrors(entries: Entry[], index: number, path: string[]): UserError[] {
    const { inventoryItemId, locationId } = entries[index]!
    const again = entries.some(
        (other, place) =>
            place !== index && other.inventoryItemId === inventoryItemId && other.locationId === locationId,
    )
    if (!again) return []
    const message = 'The combination of inventoryItemId and locationId must be unique.'
    return [userError([...path, 'locationId'], message, 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR')]
}
