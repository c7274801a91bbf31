import type { Context, Resolvers } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { changeOrder } from '../../shop/orders/change.ts'
import { pay } from '../../shop/orders/payments.ts'
import { financialStatus } from '../../shop/orders/totals.ts'
import { storedTags } from '../../shop/text.ts'
import type { MetafieldInput } from '../metafields/write.ts'
import { userError } from '../user_error.ts'
import { orderMetafieldFaults } from './order_create_check.ts'
import type { AddressInput } from './order_create_input.ts'
import { addressOf, writeMetafields } from './order_fields.ts'
import { visibleOrder } from './visible.ts'

type OrderInput = {
    id: string
    tags?: string[] | null
    customAttributes?: { key: string; value: string }[] | null
    shippingAddress?: AddressInput | null
    metafields?: MetafieldInput[] | null
} & Partial<Record<'note' | 'email' | 'phone' | 'poNumber', string | null>>

export const resolvers: Resolvers = {
    Mutation: {
        /** Tags and custom attributes are replaced as whole lists. */
        orderUpdate: (_: unknown, { input }: { input: OrderInput }, context: Context) => {
            const order = visibleOrder(context, numberOf(input.id, 'Order'))
            if (!order) return { order: null, userErrors: [userError(['id'], 'Order does not exist')] }
            const wrong = orderMetafieldFaults(context, input.metafields ?? [])
            if (wrong.length > 0) return { order, userErrors: wrong }
            const { tags, note, email, phone, poNumber, customAttributes } = input
            changeOrder(context.shop, order, context.clock.now(), 'updated', () => {
                if (tags != null) order.tags = storedTags(context.shop, tags)
                if (customAttributes != null) order.customAttributes = customAttributes
                if (input.shippingAddress != null) order.shippingAddress = addressOf(context, input.shippingAddress)
                if (note !== undefined) order.note = note
                if (email !== undefined) order.email = email
                if (phone !== undefined) order.phone = phone
                if (poNumber !== undefined) order.poNumber = poNumber
            })
            writeMetafields(context, order, input.metafields)
            return { order, userErrors: [] }
        },
        orderMarkAsPaid: (_: unknown, { input }: { input: { id: string } }, context: Context) => {
            const order = visibleOrder(context, numberOf(input.id, 'Order'))
            if (!order) return { order: null, userErrors: [userError(['id'], 'Order does not exist')] }
            if (financialStatus(order) === 'PAID' || order.cancelledAt !== null) {
                return { order, userErrors: [userError(['id'], 'Order cannot be marked as paid.')] }
            }
            pay(context.shop, order, undefined, context.clock.now())
            return { order, userErrors: [] }
        },
    },
}
