import { z } from 'zod'
import { decimal } from './decimal.ts'

/** Details of an order that are read because a push forwards them; they are asked for only then (rule 71). */
export const orderDetails = z.enum([
    'customer',
    'email',
    'phone',
    'shipping_address',
    'billing_address',
    'note',
    'tags',
    'attributes',
    'properties',
])

const shippingRule = z.strictObject({
    from: decimal.describe('for goods of at least this much, in the currency of the source'),
    cost: decimal.describe('shipping costs this much, in the currency of the source'),
})

/** How orders of the destination are written to the source (rules 52 to 63, 71). */
export const push = z.strictObject({
    automatic: z.boolean().default(true).describe('off: only what a person asks for is pushed (rule 57)'),
    as: z.enum(['order', 'draft']).default('order').describe('draft: the source reviews and completes it'),
    paid: z
        .enum(['as_there', 'pending'])
        .default('as_there')
        .describe('as_there: paid if the buyer has paid; pending: the source collects'),
    name: z
        .string()
        .regex(/\{(number|name)\}/, 'expected {number} or {name} in it, so that no two orders share a name')
        .nullable()
        .default(null)
        .describe('name of the order there, of {store}, {name} and {number}; null: as the source counts'),
    marks: z
        .array(z.enum(['tags', 'attributes', 'note']))
        .default(['tags', 'attributes', 'note'])
        .describe('where an order there says which one it stands for'),
    tags: z
        .array(z.string())
        .default(['crossdock', '{store}', '{name}'])
        .describe('its tags, of {store}, {name}, {shipping}'),
    contact: z
        .union([z.enum(['none', 'buyer', 'destination']), z.email()])
        .default('none')
        .describe('who gets the mails that the source sends: nobody, the buyer, the destination, or an address'),
    shipping: z
        .array(shippingRule)
        .default([])
        .describe('highest threshold that is met wins; none: no shipping cost (rule 62)'),
    most_a_month: z.int().min(0).nullable().default(null).describe('orders a calendar month; null: no limit'),
})

/** What becomes of a pushed order at one store is carried to the other (rules 64 to 69, D19). */
export const mirror = z.strictObject({
    fulfillments: z.boolean().default(true).describe('parcels and their tracking, to the destination'),
    notify: z.boolean().default(true).describe('the destination tells the buyer of a new parcel, once'),
    refunds: z.boolean().default(true),
    cancellations: z.boolean().default(true),
    returns: z.boolean().default(true),
    edits: z.boolean().default(true),
    money: z
        .enum(['propose', 'automatic'])
        .default('propose')
        .describe(
            'money at the store that was paid: a person confirms it, or it is given back within the limits (D19)',
        ),
    money_most: decimal
        .default('500')
        .describe('automatic: at most so much a refund, in the currency of the destination'),
    money_most_a_day: decimal.default('2000').describe('automatic: and so much in 24 hours'),
    cancel_most: z.int().min(0).default(10).describe('more cancellations than this in a run wait for a person'),
})
