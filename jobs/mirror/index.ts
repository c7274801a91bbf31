import { cancellations } from './cancellations.ts'
import { edits } from './edits.ts'
import { fulfillments } from './fulfillments.ts'
import type { Mirror, MirrorKind } from './intent.ts'
import { money } from './money.ts'
import { refunds } from './refunds.ts'
import { returnProcesses } from './return_processes.ts'
import { returnSteps } from './return_steps.ts'
import { returns } from './returns.ts'
import { tracking } from './tracking.ts'
import { unships } from './unships.ts'

/** What becomes of a pushed order, by kind, and how each is carried to its twin. */
export const mirrors: Readonly<Record<MirrorKind, Mirror>> = {
    fulfillment: fulfillments,
    tracking,
    unship: unships,
    refund: refunds,
    refund_money: money,
    cancel: cancellations,
    // of an order that has lines of others ours are refunded as cancelled
    cancel_lines: refunds,
    edit: edits,
    return: returns,
    return_step: returnSteps,
    return_process: returnProcesses,
}

/** The setting that switches each kind on. */
export const settingOf: Readonly<
    Record<MirrorKind, 'fulfillments' | 'refunds' | 'cancellations' | 'edits' | 'returns'>
> = {
    fulfillment: 'fulfillments',
    tracking: 'fulfillments',
    unship: 'fulfillments',
    refund: 'refunds',
    refund_money: 'refunds',
    cancel: 'cancellations',
    cancel_lines: 'cancellations',
    edit: 'edits',
    return: 'returns',
    return_step: 'returns',
    return_process: 'returns',
}
