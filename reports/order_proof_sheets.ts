import { count, id, money, text, time } from './columns.ts'
import type { Codes } from './legend.ts'
import type { SheetDefinition } from './sheets.ts'

export const findingsSheet: SheetDefinition = {
    name: 'Findings',
    statement: 'reports/order_proof_findings',
    columns: [
        text('weight', 'unexplained: it fails the proof; noted: it is in order.', 14),
        text('code', 'What was found: see finding.', 18),
        text('means', 'The same in words.', 70),
        text('fix', 'What to do about it.', 80),
        id(
            'dest_order_no',
            'Number of the order at the destination; where it is not known the mark that the source has.',
            14,
        ),
        id('dest_order_id', 'Id of the order at the destination.'),
        count('line_no', 'Which line of the order it is.'),
        id('dest_sku', 'SKU at the destination.'),
        id('source_order_no', 'Number of the order at the source, or of several.', 14),
        id('source_order_id', 'Id of the order at the source, or of several.'),
        text('detail', 'The figures that differ.', 40),
    ],
}

export const orders: SheetDefinition = {
    name: 'Orders',
    statement: 'reports/order_proof_orders',
    columns: [
        id('dest_order_no', 'Number of the order at the destination.', 12),
        id('dest_order_id', 'Id of the order at the destination.'),
        time('dest_order_date', 'When it was placed.'),
        text('push_state', 'Whether the order is at the source: see push_state.'),
        text('reason_code', 'Why it was not pushed: see reason_code.', 20),
        text('finding', 'What was found of it at the source: see finding.', 14),
        id('source_order_no', 'Number of its order at the source, or of several.', 14),
        id('source_order_id', 'Id of its order at the source, or of several.'),
        count('source_orders', 'How many orders of the source carry its mark.'),
        count('lines', 'Lines of the order.'),
        count('lines_matched', 'Lines with exactly one counterpart.'),
        count('lines_explained', 'Lines with a reason.'),
        count('lines_staying', 'Lines that come from somewhere else.'),
        money('value_dest', 'What the buyer paid for the pushed lines, in currency.'),
        text('currency', "The destination's currency.", 8),
        text('rate', 'Source money for one unit of the destination, frozen when it was pushed.', 10),
        money(
            'value_expected',
            'The same at the frozen rate, each line rounded to the minor unit, in source_currency.',
        ),
        money('value_source', 'What the lines at the source that stand for them are worth.'),
        money('difference', 'value_source less value_expected.'),
        text('source_currency', "The source's currency.", 8),
        money('refunded_dest', 'What the buyer was given back, in currency.'),
        money('refund_expected', 'What the refunded units were pushed for, in source_currency.'),
        money('refunded_source', 'What was refunded at the source, in source_currency.'),
    ],
}

export const lines: SheetDefinition = {
    name: 'Lines',
    statement: 'reports/order_proof_lines',
    columns: [
        id('dest_order_no', 'Number of the order at the destination.', 12),
        count('line_no', 'Which line of the order it is.'),
        id('dest_line_id', 'Id of the line at the destination.'),
        id('dest_sku', 'SKU at the destination.'),
        id('source_sku', 'SKU at the source.'),
        text('finding', 'What was found of it at the source: see finding.', 16),
        text('reason_code', 'Why it was not pushed: see reason_code.', 20),
        id('source_order_no', 'Number of its order at the source.', 12),
        count('source_lines', 'Lines at the source that stand for it; two where a total does not divide.'),
        count('qty_ordered', 'Units ordered.'),
        count('units_pushed', 'Units that were pushed, as the source counts them.'),
        count('units_source', 'Units of the lines at the source.'),
        money('value_dest', 'What the buyer paid for what was pushed of it, in currency.'),
        text('currency', "The destination's currency.", 8),
        money('value_expected', 'The same at the frozen rate, in source_currency.'),
        money('value_source', 'What the lines at the source are worth.'),
        text('source_currency', "The source's currency.", 8),
    ],
}

/** What a proof finds in order, of orders and of lines. */
export const inOrder: Codes = {
    of: 'finding',
    codes: {
        one_twin: 'It has one order at the source.',
        no_twin: 'It has none there, as is to be expected.',
        matched: 'It has exactly one counterpart at the source, of the same units.',
        explained: 'It was not pushed, for the reason beside it.',
        stays: 'It comes from somewhere else and stays at the destination.',
    },
}
