import { count, id, money, text, time } from './columns.ts'
import type { Codes } from './legend.ts'
import type { SheetDefinition } from './sheets.ts'

export const orders: SheetDefinition = {
    name: 'Orders',
    statement: 'reports/order_push_orders',
    brief: [
        ...['dest_order_no', 'dest_order_date', 'payment_status', 'push_state', 'push_reason_text', 'source_order_no'],
        ...['lines_pushed', 'units_pushed', 'value_pushed', 'currency', 'fulfilment_status', 'tracking_numbers'],
    ],
    columns: [
        text('dest_store', 'Domain of the destination, which took the order.', 28),
        id('dest_order_no', 'Number of the order at the destination.', 12),
        id('dest_order_id', 'Id of the order at the destination.'),
        time('dest_order_date', 'When it was placed.'),
        text('customer_name', 'Buyer, or who it is shipped to; only where the settings let it be read.', 22),
        text('ship_country', 'Country it is shipped to; only where the settings let it be read.', 8),
        text('payment_status', 'As the destination shows it, such as paid or pending.'),
        money('dest_total', 'Total of the order at the destination, as ordered.'),
        text('currency', "The destination's currency, of every amount but source_value.", 8),
        text('push_state', 'Whether the order is at the source: see push_state.'),
        text('push_mode', 'auto: pushed by a run; manual: a person asked for it.'),
        text('push_reason_code', 'The first gate that refuses it now: see reason_code.', 20),
        text('push_reason_text', 'The reason in words, and what the source said.', 50),
        count('push_attempts', 'How often it was sent.'),
        time('first_pushed_at', 'When the source acknowledged it.'),
        time('last_attempt_at', 'When it was last sent.'),
        text('source_store', 'Domain of the source.', 28),
        id('source_order_no', 'Number of its order at the source.', 12),
        id('source_order_id', 'Id of its order at the source; none while it is a draft.'),
        count('lines_total', 'Lines of the order.'),
        count('lines_linked', 'Lines whose item comes from this source.'),
        count('lines_pushed', 'Lines that are at the source.'),
        count('units_pushed', 'Units as the source counts them: a six-pack is six.'),
        money('value_pushed', 'What the buyer paid for the lines that are at the source.'),
        text('shipping_method', 'What the buyer chose.', 22),
        money('shipping_charged', 'What the buyer paid for shipping.'),
        money('discount_total', 'All discounts of the order.'),
        text('tax_included', 'y: prices include tax; n: they do not.', 6),
        text('tags', 'Tags of the order at the destination.', 24),
        text(
            'fulfilment_status',
            'As the destination shows it: unfulfilled, partially_fulfilled, fulfilled, or what else it says.',
            20,
        ),
        text(
            'tracking_company',
            "Carriers of the source's parcels; of the destination's own where the source shipped none.",
            18,
        ),
        id('tracking_numbers', 'Their numbers.', 24),
        time('first_shipped_at', 'When the first parcel left.'),
        time('tracking_returned_at', 'When the destination was first told of a parcel of the source.'),
        time('cancelled_at', 'When it was cancelled, at whichever store came first.'),
        text('cancelled_by', 'dest or source: who cancelled it first.', 10),
        money('refunded_amount', 'What the buyer was given back at the destination.'),
        text('refund_mirrored', 'y: the other store has the refund too; n: not yet, or not all of it.', 8),
        text('return_status', 'Of its last return.', 14),
        id('run_id', 'The run that pushed it.', 8),
        money('source_value', "Goods of the source's order, as pushed, without shipping."),
        text('source_currency', "The source's currency, of source_value.", 8),
    ],
}

/** Columns about the whole of an order: a source sees the lines that were pushed to it (rule 91). */
export const unseenBySource = [
    ...['dest_total', 'discount_total', 'shipping_charged', 'tags', 'lines_total', 'lines_linked'],
    ...['refunded_amount', 'refund_mirrored', 'return_status'],
]

export const lines: SheetDefinition = {
    name: 'Lines',
    statement: 'reports/order_push_lines',
    brief: [
        ...[
            'dest_order_no',
            'source_order_no',
            'title',
            'variant',
            'dest_sku',
            'source_sku',
            'qty_ordered',
            'qty_pushed',
        ],
        ...['qty_fulfilled', 'qty_refunded', 'line_state', 'reason_code'],
    ],
    columns: [
        id('dest_order_no', 'Number of the order at the destination.', 12),
        id('source_order_no', 'Number of its order at the source.', 12),
        count('line_no', 'Which line of the order it is.'),
        id('dest_sku', 'SKU at the destination.'),
        id('source_sku', 'SKU at the source.'),
        text('matched_by', 'How the two items were found to be the same: see matched_by.', 12),
        text('title', 'Title of the item, as it was sold.', 30),
        text('variant', 'Its variant.', 16),
        count('qty_ordered', 'Units ordered, with what was taken off or refunded since.'),
        count('qty_pushed', 'Units that are at the source, as the destination counts them.'),
        count('qty_fulfilled', 'Units shipped, as the destination knows.'),
        count('qty_refunded', 'Units refunded at the destination.'),
        count('qty_restocked', 'Units of those that went back on the shelf.'),
        money('unit_price_dest', 'Price of one before discounts, at the destination.'),
        money(
            'unit_price_source',
            'What was really paid for one unit of the source, in its currency; between two prices, their average.',
        ),
        money('line_discount', 'All discounts of the line.'),
        text('currency', "The destination's currency, of unit_price_dest and line_discount.", 8),
        text('line_state', 'What became of the line: see line_state.', 12),
        text('reason_code', 'Why it was not pushed: see reason_code.', 20),
        text('source_location', "Location of the source that ships it, once the source's order is assigned.", 20),
        text('source_currency', "The source's currency, of unit_price_source.", 8),
    ],
}

export const exceptions: SheetDefinition = {
    name: 'Exceptions',
    statement: 'reports/order_push_exceptions',
    columns: [
        text('reason_code', 'Why it was not pushed: see reason_code.', 22),
        text('reason_text', 'The same in words.', 50),
        text('fix', 'What to do about it.', 80),
        id('dest_order_no', 'Number of the order at the destination.', 12),
        id('dest_order_id', 'Id of the order at the destination.'),
        time('dest_order_date', 'When it was placed.'),
        count('line_no', 'Which line of the order it is.'),
        id('dest_sku', 'SKU at the destination.'),
        id('source_sku', 'SKU at the source.'),
        text('title', 'Title of the item, as it was sold.', 30),
        text('variant', 'Its variant.', 16),
        count('qty_ordered', 'Units ordered, with what was taken off or refunded since.'),
        text('detail', 'What the source said.', 40),
    ],
}

export const settlement: SheetDefinition = {
    name: 'Settlement',
    statement: 'reports/order_push_settlement',
    columns: [
        id('source_order_no', 'Number of the order at the source.', 12),
        money('gross', 'Goods of the order, as pushed, without shipping.'),
        text('commission_type', 'percent of the goods that were kept, or flat for an order.', 12),
        text('commission_rate', 'The share in percent, or the amount.', 10),
        text('commission_level', 'Whose rate it is: default, store or product.', 12),
        money('deductions', 'What was refunded of the goods: refunded units at the price they were pushed for.'),
        money('due', 'What the destination owes the source: gross less deductions less commission.'),
        text('status', 'open, or cancelled; what was paid is not kept here.', 10),
        text('note', 'What else is to be known.', 24),
        money('commission', 'What the destination keeps.'),
        text('currency', "The source's currency, of every amount.", 8),
        id('dest_order_no', 'Number of the order at the destination.', 12),
    ],
}

export const codes: readonly Codes[] = [
    {
        of: 'push_state',
        codes: {
            not_pushed: 'It is not at the source.',
            pushed: 'It is at the source; of several sources, at all that it concerns.',
            partially_pushed: 'Of several sources that it concerns, some have it.',
            cancelled: 'It was cancelled before it was pushed. One that was cancelled later says so in cancelled_at.',
        },
    },
    {
        of: 'line_state',
        codes: {
            pushed: 'It is at the source.',
            in_doubt: 'It was sent, and the next run looks up what became of it.',
            waits: 'The next run pushes it.',
            not_pushed: 'It does not go: see its reason_code.',
            stays: 'It comes from somewhere else and stays at the destination.',
            came_later: 'It came into the order, or could go, only after that was pushed: an edit carries it over.',
        },
    },
    {
        of: 'matched_by',
        codes: {
            link: 'They were linked before.',
            origin: 'Crossdock created it from the item of the source.',
            mapping: 'A row of the mapping says so.',
            sku: 'They have the same SKU.',
            barcode: 'They have the same barcode.',
            handle: 'They have the same handle and the same options.',
        },
    },
]
