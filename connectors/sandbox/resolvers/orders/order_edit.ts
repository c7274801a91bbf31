import type { Context, Resolvers } from '../../context.ts'
import { gid, parsedGid } from '../../shop/gids.ts'
import type { Order, OrderEdit } from '../../shop/order_rows.ts'
import { editOrder, locationOfLine } from '../../shop/orders/edits.ts'
import { lineOf } from '../../shop/orders/lookups.ts'
import { lineOfVariant, locationOfItem } from '../../shop/orders/sources.ts'
import { currentQuantity, unfulfilledQuantity } from '../../shop/orders/totals.ts'
import { nextId } from '../../shop/state.ts'
import { defaultLocation } from '../../shop/stock.ts'
import { connection, type PageArgs } from '../connection.ts'
import { userError } from '../user_error.ts'
import { moneyBag } from './money_bag.ts'
import { visibleOrder } from './visible.ts'

type AddVariant = {
    id: string
    variantId: string
    quantity: number
    locationId?: string | null
    allowDuplicates?: boolean
}
type SetQuantity = {
    id: string
    lineItemId: string
    quantity: number
    restock?: boolean | null
    locationId?: string | null
}
type Line = ReturnType<typeof linesOf>[number]

const idIn = (id: string | null | undefined) => (id == null ? Number.NaN : (parsedGid(id)?.id ?? Number.NaN))

export const resolvers: Resolvers = {
    Mutation: {
        orderEditBegin: (_: unknown, { id }: { id: string }, context: Context) => {
            const order = visibleOrder(context, idIn(id))
            if (!order) return refused('id', 'The order does not exist.')
            if (order.cancelledAt !== null) return refused('id', 'The order cannot be edited.')
            const edit: OrderEdit = { id: nextId(context.shop), orderId: order.id, added: [], set: [] }
            context.shop.orderEdits.set(edit.id, edit)
            return shown(edit)
        },
        orderEditAddVariant: (_: unknown, args: AddVariant, context: Context) => addVariant(context, args),
        orderEditSetQuantity: (_: unknown, args: SetQuantity, context: Context) => setQuantity(context, args),
        orderEditCommit: (_: unknown, { id }: { id: string }, context: Context) => {
            const edit = context.shop.orderEdits.get(idIn(id))
            const order = edit && visibleOrder(context, edit.orderId)
            if (!edit || !order)
                return { order: null, userErrors: [userError(['id'], 'The calculated order does not exist.')] }
            context.shop.orderEdits.delete(edit.id)
            commit(context, order, edit)
            return { order, successMessages: ['Order updated'], userErrors: [] }
        },
    },
    CalculatedOrder: {
        id: ({ id }: OrderEdit) => gid('CalculatedOrder', id),
        originalOrder: (edit: OrderEdit, _: unknown, { shop }: Context) => shop.orders.get(edit.orderId),
        lineItems: (edit: OrderEdit, args: PageArgs, context: Context, info) =>
            connection(linesOf(context, edit), args, context, info),
        addedLineItems: (edit: OrderEdit, args: PageArgs, context: Context, info) =>
            connection(
                linesOf(context, edit).filter(({ added }) => added),
                args,
                context,
                info,
            ),
        ...{ shippingLines: () => [], taxLines: () => [], committed: () => false, notificationPreviewTitle: () => '' },
        subtotalLineItemsQuantity: (edit: OrderEdit, _: unknown, context: Context) =>
            linesOf(context, edit).reduce((total, { quantity }) => total + quantity, 0),
    },
    CalculatedLineItem: {
        id: ({ id }: Line) => gid('CalculatedLineItem', id),
        ...{ customAttributes: () => [], stagedChanges: () => [], hasStagedLineItemDiscount: () => false },
        ...{ restockable: () => true, calculatedDiscountAllocations: () => [] },
        variant: ({ variantId }: Line, _: unknown, { shop }: Context) => shop.variants.get(variantId ?? -1) ?? null,
        originalUnitPriceSet: ({ price }: Line, _: unknown, context: Context) => moneyBag(price, context),
        discountedUnitPriceSet: ({ price }: Line, _: unknown, context: Context) => moneyBag(price, context),
    },
}

function refused(field: string, message: string) {
    return { calculatedOrder: null, orderEditSession: null, userErrors: [userError([field], message)] }
}

function shown(edit: OrderEdit, calculatedLineItem?: Line) {
    const orderEditSession = { id: gid('OrderEditSession', edit.id) }
    return { calculatedOrder: edit, orderEditSession, calculatedLineItem, userErrors: [] }
}

/** The lines as they would be after the edit. */
function linesOf({ shop }: Context, edit: OrderEdit) {
    const { lines } = shop.orders.get(edit.orderId)!
    const own = lines.map((line) => {
        const set = edit.set.find(({ lineId }) => lineId === line.id)
        const quantity = set?.quantity ?? currentQuantity(line)
        const { id, title, sku, variantId, variantTitle, price } = line
        const editableQuantityBeforeChanges = unfulfilledQuantity(line)
        const editableQuantity = Math.max(0, editableQuantityBeforeChanges + quantity - currentQuantity(line))
        const restocking = set?.restock ?? false
        return { id, title, sku, variantId, variantTitle, price, quantity, editableQuantity, restocking, added: false }
    })
    const added = edit.added.map(({ id, variantId, quantity }) => {
        const { title, sku = null, variantTitle = null, price } = lineOfVariant(shop, shop.variants.get(variantId)!)
        return {
            id,
            title,
            sku,
            variantId,
            variantTitle,
            price,
            quantity,
            editableQuantity: quantity,
            restocking: false,
            added: true,
        }
    })
    return [...own, ...added]
}

function addVariant(context: Context, args: AddVariant) {
    const { shop } = context
    const edit = shop.orderEdits.get(idIn(args.id))
    if (!edit) return refused('id', 'The calculated order does not exist.')
    const variant = shop.variants.get(idIn(args.variantId))
    if (!variant) return refused('variantId', "can't add variant that does not exist")
    if (args.quantity < 1) return refused('quantity', 'must be greater than 0')
    const twin = linesOf(context, edit).some(({ variantId, quantity }) => variantId === variant.id && quantity > 0)
    if (twin && !args.allowDuplicates) return refused('variantId', 'has already been added to the order')
    const locationId = args.locationId == null ? null : idIn(args.locationId)
    const one = { id: nextId(shop), variantId: variant.id, quantity: args.quantity, locationId }
    edit.added.push(one)
    return shown(
        edit,
        linesOf(context, edit).find(({ id }) => id === one.id),
    )
}

function setQuantity(context: Context, args: SetQuantity) {
    const edit = context.shop.orderEdits.get(idIn(args.id))
    if (!edit) return refused('id', 'The calculated order does not exist.')
    const lineId = idIn(args.lineItemId)
    const line = lineOf(context.shop.orders.get(edit.orderId)!, lineId)
    const added = edit.added.find(({ id }) => id === lineId)
    if (!line && !added) return refused('lineItemId', 'The line item does not exist.')
    const least = line ? currentQuantity(line) - unfulfilledQuantity(line) : 0
    if (args.quantity < least) return refused('quantity', 'Quantity cannot be less than the fulfilled quantity')
    if (added) added.quantity = args.quantity
    else {
        edit.set = edit.set.filter((one) => one.lineId !== lineId)
        edit.set.push({ lineId, quantity: args.quantity, restock: args.restock ?? false })
    }
    return shown(
        edit,
        linesOf(context, edit).find(({ id }) => id === lineId),
    )
}

/** New units are taken from where the edit says, from where the line is assigned, or from where they lie. */
function commit({ shop, clock }: Context, order: Order, edit: OrderEdit) {
    const place = (itemId: number | null | undefined, units: number) => {
        const item = shop.inventoryItems.get(itemId ?? -1)
        return (item && locationOfItem(shop, item, units)) ?? defaultLocation(shop)!.id
    }
    const added = edit.added.filter(({ quantity }) => quantity > 0)
    const lines = added.map(({ variantId, quantity, locationId }) => {
        const line = { ...lineOfVariant(shop, shop.variants.get(variantId)!), quantity }
        return { line, locationId: locationId ?? place(line.inventoryItemId, quantity) }
    })
    const set = edit.set.map(({ lineId, quantity, restock }) => {
        const line = lineOf(order, lineId)!
        const locationId = locationOfLine(shop, order, line) ?? place(line.inventoryItemId, quantity)
        return { line, quantity, restock, locationId }
    })
    editOrder(shop, order, { added: lines, set }, clock.now())
}
