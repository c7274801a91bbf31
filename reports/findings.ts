/** What a proof of orders may find: `unexplained` fails it, `noted` is listed and in order. */
export type Finding = { weight: 'unexplained' | 'noted'; text: string; fix: string }

const unexplained = (text: string, fix: string): Finding => ({ weight: 'unexplained', text, fix })
const noted = (text: string, fix: string): Finding => ({ weight: 'noted', text, fix })

/** By their codes: those of orders, of lines, and of orders of the source that stand for nothing. */
export const findings: Readonly<Record<string, Finding>> = {
    twin_missing: unexplained(
        'it was pushed, but the source has no order of it',
        'Look at the source whether its order was deleted. If it is to be shipped nevertheless, enter it there by hand.',
    ),
    twin_doubled: unexplained(
        'the source has more than one order of it',
        'Cancel all but one of them at the source, and restock.',
    ),
    twin_other: unexplained(
        'the source has another order of it than the one that was recorded',
        'Compare both at the source; cancel the wrong one.',
    ),
    orphan: unexplained(
        'the source has an order of it that we do not know to have pushed',
        'If it is a copy that somebody made, cancel it there; otherwise the next run should adopt it.',
    ),
    orphan_unknown: unexplained(
        "an order of the source carries our mark, but the destination's order is not known",
        'If the order at the destination was deleted, decide at the source whether it is still to be shipped.',
    ),
    line_missing: unexplained(
        'the line was pushed, but is not in the order at the source',
        'Add it to the order at the source, or refund it at the destination.',
    ),
    line_doubled: unexplained(
        'the line is at the source more than once',
        'Remove all but one of them from the orders at the source.',
    ),
    line_unexpected: unexplained(
        'the line is at the source, though it was not pushed',
        'Remove it from the order at the source, or let the next run adopt it.',
    ),
    quantity_differs: unexplained(
        'the source has other units of the line than were pushed',
        'Edit the quantity at the source.',
    ),
    money_differs: unexplained(
        'the lines at the source are worth something else than was paid for them',
        'Compare the prices of its lines; somebody may have edited the order at the source.',
    ),
    came_later: unexplained(
        'the line came into the order, or could go, after that was pushed; it counts, and was not carried over',
        'Look at the last run for its error, or add it to the order at the source.',
    ),
    overdue: unexplained(
        'nothing keeps it from being pushed, a run has passed, and it was not',
        'Look at the last run for its error, or ask for the push of this order by hand.',
    ),
    waits: noted('the next run pushes it', 'Nothing to do.'),
    edit_waits: noted(
        'the line came into the order, or could go, after that was pushed; it is carried over once it counts or a person agrees',
        'Nothing to do if it is still to be paid; otherwise see crossdock orders list.',
    ),
    edit_stays: noted(
        'the line came into the order, or could go, after that was pushed, and edits are not carried over',
        'Switch on "edits" in the mirror settings, or add it to the order at the source.',
    ),
    in_doubt: noted('it was sent, and no answer came', 'Nothing to do: the next run looks up what became of it.'),
    unread: noted('the source was not read since it was pushed', 'Run hourly, and ask again.'),
    draft: noted('a draft of it waits at the source', 'The source completes the draft, or deletes it.'),
    refund_differs: noted(
        'other money was refunded at the source than the refunded units are worth',
        'Compare both orders: a refund of money alone, or one that is still to be carried over, explains it.',
    ),
    cancelled_there: noted(
        'it is cancelled at the source and not at the destination',
        'Cancel it at the destination, or ship it from somewhere else.',
    ),
}
