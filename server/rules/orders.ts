import { orderDetails } from '../../sql/stores/order_settings.ts'
import { type Block, type List, section } from './block.ts'
import { type Choice, choicesOf } from './input.ts'

const sales = (locations: readonly Choice[]) =>
    section({
        name: 'sales',
        title: 'What a sale at the destination does to the source',
        about: 'How the units that were sold there leave the stock of the source, and what its orders look like.',
        who: 'source',
        inputs: [
            {
                name: 'orders',
                label: 'A sale there',
                kind: 'choice',
                choices: choicesOf({
                    order_push: 'becomes an order here, which lowers the stock',
                    adjust: 'lowers the stock here, without an order',
                    two_way: 'lowers the stock here, and counts by hand there are carried here too',
                    none: 'does nothing here: the stock there is its own business',
                }),
            },
            {
                name: 'push_inventory',
                label: 'An order that comes in lowers the stock',
                kind: 'choice',
                choices: choicesOf({
                    decrement_ignoring_policy: 'always',
                    decrement_obeying_policy: 'unless there is none left and the item may not be oversold',
                    bypass: 'not at all',
                }),
            },
            {
                name: 'order_location',
                label: 'Sales that no location is assigned to lower',
                kind: 'choice',
                choices: [{ value: '', label: 'the first linked location' }, ...locations],
                isOptional: true,
            },
            {
                name: 'push.as',
                label: 'Orders come in as',
                kind: 'choice',
                choices: choicesOf({ order: 'orders', draft: 'drafts, to be reviewed and completed here' }),
            },
            {
                name: 'push.paid',
                label: 'They are',
                kind: 'choice',
                choices: choicesOf({ as_there: 'paid if the buyer has paid', pending: 'pending: you collect' }),
            },
            {
                name: 'push.name',
                label: 'Their names',
                kind: 'text',
                isOptional: true,
                help: 'Made of {store}, {name} and {number}. Blank: as this store counts.',
            },
            { name: 'push.tags', label: 'Their tags', kind: 'words', help: 'May hold {store}, {name} and {shipping}.' },
            {
                name: 'push.marks',
                label: 'Where they say which order they stand for',
                kind: 'several',
                choices: choicesOf({ tags: 'tags', attributes: 'additional details', note: 'the note' }),
            },
            {
                name: 'push.contact',
                label: 'Who gets the mails that this store sends',
                kind: 'text',
                help: 'none, buyer, destination, or an e-mail address.',
            },
        ],
    })

const shipping: List = {
    name: 'shipping',
    title: 'Shipping costs of orders that come in',
    about: 'The highest threshold that is met counts. Both amounts are in the currency of the source.',
    who: 'source',
    path: 'push.shipping',
    one: 'threshold',
    inputs: [
        { name: 'from', label: 'Goods worth at least', kind: 'decimal' },
        { name: 'cost', label: 'Shipping costs', kind: 'decimal' },
    ],
    says: ({ from, cost }) => `Goods from ${from}: shipping ${cost}`,
    empty: 'Orders come in without shipping costs.',
    fresh: {},
}

const leaving = section({
    name: 'leaving',
    title: 'Orders that leave the destination',
    about: 'Which orders count, and what of them the source is told.',
    who: 'destination',
    inputs: [
        {
            name: 'counts_as_paid',
            label: 'Orders count',
            kind: 'choice',
            choices: choicesOf({
                paid: 'once they are paid',
                paid_and_authorized: 'once they are paid or authorized',
                any: 'as soon as they are placed',
            }),
        },
        {
            name: 'push.automatic',
            label: 'Push orders by themselves',
            kind: 'switch',
            help: 'Off: only what a person asks for is pushed.',
        },
        {
            name: 'push.most_a_month',
            label: 'Most orders a month',
            kind: 'whole',
            isOptional: true,
            help: 'Blank: no limit.',
        },
        {
            name: 'order_details',
            label: 'What travels besides the lines',
            kind: 'several',
            choices: orderDetails.options.map((value) => ({ value, label: value.replaceAll('_', ' ') })),
        },
    ],
})

const twins = section({
    name: 'twins',
    title: 'What becomes of a pushed order',
    about: 'What happens at one store is carried to the twin at the other, once.',
    who: 'destination',
    inputs: [
        { name: 'mirror.fulfillments', label: 'Parcels and their tracking, to the destination', kind: 'switch' },
        { name: 'mirror.notify', label: 'Tell the buyer of a new parcel, once', kind: 'switch' },
        { name: 'mirror.refunds', label: 'Refunds', kind: 'switch' },
        { name: 'mirror.cancellations', label: 'Cancellations', kind: 'switch' },
        { name: 'mirror.returns', label: 'Returns', kind: 'switch' },
        { name: 'mirror.edits', label: 'Edits of an order, to the source', kind: 'switch' },
        {
            name: 'mirror.money',
            label: 'Money is given back',
            kind: 'choice',
            choices: choicesOf({
                propose: 'when a person confirms it on the order',
                automatic: 'by itself, within limits',
            }),
        },
        {
            name: 'mirror.money_most',
            label: 'By itself, most a refund',
            kind: 'decimal',
            help: 'In the currency of the destination.',
        },
        { name: 'mirror.money_most_a_day', label: 'By itself, most in 24 hours', kind: 'decimal' },
        {
            name: 'mirror.cancel_most',
            label: 'More cancellations than this in a run wait for a person',
            kind: 'whole',
        },
    ],
})

const brakes = section({
    name: 'brakes',
    title: 'Brakes',
    about: 'When a change set waits for a person instead of being written. Lowerings that follow from sales never wait.',
    who: 'destination',
    inputs: [
        { name: 'brakes.zero_pct', label: 'Stock to zero, more than this percent of items', kind: 'number' },
        {
            name: 'brakes.price_move_pct',
            label: 'A price is far off if it moves by more than, percent',
            kind: 'number',
        },
        { name: 'brakes.price_share_pct', label: 'Prices far off, more than this percent of items', kind: 'number' },
        { name: 'brakes.gone_pct', label: 'Deleted or taken off sale, more than this percent', kind: 'number' },
        { name: 'brakes.gone_most', label: 'Deleted or taken off sale, more than', kind: 'whole' },
        { name: 'brakes.create_most', label: 'Created, more than', kind: 'whole' },
        { name: 'brakes.adjust_most', label: 'Units that counts by hand move at the source', kind: 'whole' },
    ],
})

/** Settings about orders; the source's own locations are among them. */
export function orderBlocks(locations: readonly Choice[]): readonly Block[] {
    return [sales(locations), shipping, leaving, twins, brakes]
}
