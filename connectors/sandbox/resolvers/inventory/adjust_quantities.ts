import type { GraphQLResolveInfo } from 'graphql'
import type { Context, Resolvers } from '../../context.ts'
import { type QuantityName, quantityOf } from '../../shop/stock.ts'
import { type UserError, userError } from '../user_error.ts'
import { adjust, comparedWith, headErrors, levelFor, placeOf, reasonOf, type StockMove } from './adjustment.ts'

const MOST = 2_000_000_000
const adjustable = ['available', 'damaged', 'incoming', 'quality_control', 'reserved', 'safety_stock']

type Change = {
    delta: number
    inventoryItemId: string
    locationId: string
    changeFromQuantity?: number | null
    ledgerDocumentUri?: string | null
}
type Terminal = {
    locationId: string
    name: string
    changeFromQuantity?: number | null
    ledgerDocumentUri?: string | null
}
type Head = { reason: string; referenceDocumentUri?: string | null }
type Adjust = { input: Head & { name: string; changes: Change[] } }
type Move = { input: Head & { changes: { inventoryItemId: string; quantity: number; from: Terminal; to: Terminal }[] } }

export const resolvers: Resolvers = {
    Mutation: {
        inventoryAdjustQuantities: (_: unknown, { input }: Adjust, context: Context, info) => {
            const errors = headErrors(input)
            if (!adjustable.includes(input.name)) {
                const message = `The specified quantity name is invalid. Valid values are: ${adjustable.join(', ')}.`
                errors.push(userError(['input', 'name'], message, 'INVALID_QUANTITY_NAME'))
                return refused(errors)
            }
            const moves = input.changes.flatMap((change, index) => {
                const path = ['input', 'changes', String(index)]
                errors.push(...documentErrors(input.name, change.ledgerDocumentUri, path))
                errors.push(...deltaErrors(change.delta, path))
                return planned(context, { ...change, name: input.name as QuantityName }, path, path, errors)
            })
            if (errors.length > 0) return refused(errors)
            return { inventoryAdjustmentGroup: adjusted(context, moves, input, info), userErrors: [] }
        },
        inventoryMoveQuantities: (_: unknown, { input }: Move, context: Context, info) => {
            const errors = headErrors(input)
            const moves = input.changes.flatMap((change, index) => {
                const path = ['input', 'changes', String(index)]
                if (change.from.locationId !== change.to.locationId) {
                    const message = "The quantities can't be moved between different locations."
                    errors.push(userError(path, message, 'DIFFERENT_LOCATIONS'))
                }
                return (['from', 'to'] as const).flatMap((end) => {
                    const { inventoryItemId, quantity } = change
                    const name = change[end].name as QuantityName
                    const delta = end === 'from' ? -quantity : quantity
                    const entry = { ...change[end], inventoryItemId, name, delta }
                    return planned(context, entry, path, [...path, end], errors)
                })
            })
            if (errors.length > 0) return refused(unique(errors))
            return { inventoryAdjustmentGroup: adjusted(context, moves, input, info), userErrors: [] }
        },
    },
}

function adjusted(context: Context, moves: readonly StockMove[], head: Head, info: GraphQLResolveInfo) {
    return adjust(context, moves, head, reasonOf('adjust', context, info))
}

function refused(userErrors: UserError[]) {
    return { inventoryAdjustmentGroup: null, userErrors }
}

function unique(errors: UserError[]): UserError[] {
    return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()]
}

/** The move that an entry means; what is wrong with it is added to `errors`. */
function planned(
    context: Context,
    entry: Change & { name: QuantityName },
    path: string[],
    endPath: string[],
    errors: UserError[],
): StockMove[] {
    const { place, errors: placeErrors } = placeOf(context, entry, path, endPath)
    errors.push(...placeErrors)
    if (!place || placeErrors.length > 0) return []
    const level = levelFor(context, place)
    if (!level) {
        const message = 'The inventory item is not stocked at the location.'
        errors.push(userError([...endPath, 'locationId'], message, 'ITEM_NOT_STOCKED_AT_LOCATION'))
        return []
    }
    if (entry.changeFromQuantity != null && entry.changeFromQuantity !== quantityOf(level, entry.name)) {
        const message = 'The changeFromQuantity argument no longer matches the persisted quantity.'
        errors.push(userError([...endPath, 'changeFromQuantity'], message, 'CHANGE_FROM_QUANTITY_STALE'))
        return []
    }
    const { name, delta, ledgerDocumentUri } = entry
    return [{ ...place, ...comparedWith(entry), level, name, delta, ledgerDocumentUri }]
}

function documentErrors(name: string, uri: string | null | undefined, path: string[]): UserError[] {
    const field = [...path, 'ledgerDocumentUri']
    if (name === 'available') {
        const message = 'A ledger document URI is not allowed when adjusting available.'
        return uri == null ? [] : [userError(field, message, 'INVALID_AVAILABLE_DOCUMENT')]
    }
    if (uri == null) {
        const message = 'A ledger document URI is required except when adjusting available.'
        return [userError(field, message, 'INVALID_QUANTITY_DOCUMENT')]
    }
    if (uri.startsWith('gid://shopify/')) {
        const message = 'Internal (gid://shopify/) ledger documents are not allowed to be adjusted via API.'
        return [userError(field, message, 'INTERNAL_LEDGER_DOCUMENT')]
    }
    return URL.canParse(uri)
        ? []
        : [userError(field, 'The specified ledger document is invalid.', 'INVALID_LEDGER_DOCUMENT')]
}

function deltaErrors(delta: number, path: string[]): UserError[] {
    const field = [...path, 'delta']
    if (delta > MOST) {
        return [userError(field, "The quantity can't be higher than 2,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH')]
    }
    if (delta < -MOST) {
        return [userError(field, "The quantity can't be lower than -2,000,000,000.", 'INVALID_QUANTITY_TOO_LOW')]
    }
    return []
}
