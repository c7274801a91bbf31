import type { Session } from '../sql/database.ts'
import { count, id, text, time } from './columns.ts'
import { standingGiven, standingOptions } from './given.ts'
import { type Codes, legendOf } from './legend.ts'
import { make } from './made.ts'
import type { OpenReport, Report, Side } from './report.ts'
import { type SheetDefinition, sheetFrom } from './sheets.ts'
import { connectionParameters, connectionSummary } from './summary.ts'

const title = 'Drift'

const rows: SheetDefinition = {
    name: 'Drift',
    statement: 'reports/drift/rows',
    brief: [
        ...[
            'action',
            'sku',
            'field',
            'location',
            'expected',
            'actual',
            'difference',
            'cause_guess',
            'age_hours',
            'lock_mode',
        ],
        'rule',
    ],
    columns: [
        time('as_of', 'When a comparison last saw it.'),
        id('connection', 'The connection.', 10),
        id('sku', 'SKU, or the handle of a product.', 20),
        text('location', 'Where, of a quantity.', 18),
        text('field', 'What differs.', 16),
        text('expected', 'What the destination should hold; cut after 1,000 characters.', 24),
        text('actual', 'What it holds; cut after 1,000 characters.', 24),
        text('difference', 'actual less expected, of figures.', 10),
        text('lock_mode', 'The mode that governs the field: follow, enforced, create_only, never.', 12),
        text('cause_guess', 'The likely cause: see cause_guess.', 18),
        count('age_hours', 'For how many hours it has been known.'),
        text('action', 'What becomes of it: see action.', 16),
        text('item', 'product, variant, image or level.', 10),
        text('rule', 'The rule that decided.', 50),
        time('first_seen', 'When a comparison first saw it.'),
    ],
}

const setBack: SheetDefinition = {
    name: 'Set back',
    statement: 'reports/drift/set_back',
    columns: [
        time('applied_at', 'When it was set back; of the last 30 days.'),
        id('sku', 'SKU, or the handle of a product.', 20),
        text('location', 'Where, of a quantity.', 18),
        text('field', 'What was set back.', 16),
        text('set_back_from', 'What somebody had made of it.', 24),
        text('set_back_to', 'What was written.', 24),
        text('rule', 'The rule that decided.', 50),
        id('run_id', 'The run that found it.', 8),
    ],
}

const codes: readonly Codes[] = [
    {
        of: 'action',
        codes: {
            needs_approval: 'It waits in a change set for a person.',
            will_revert: 'It is approved, or waits for a reading: the next run sets it back.',
            left_alone: 'The rule beside it lets it stand.',
        },
    },
    {
        of: 'cause_guess',
        codes: {
            unpushed_order: 'There is a sale of the item at that location of which the source was not told yet.',
            failed_write: 'The last thing that was written of it failed, was refused, or got no answer.',
            stale_extract:
                'The reading is doubtful: it waits for a newer one, or the store was last read more than 26 hours ago.',
            other_app:
                'The same field was found changed on 20 items or more at once: an app, an import or a bulk edit does that.',
            edited_by_hand: 'None of the others: somebody changed it at the destination.',
        },
    },
]

/** What differs at a destination for no reason of ours, and what becomes of it (spec §3.4, rules 16, 42, D1). */
export const drift: Report = {
    name: 'drift',
    title,
    question: 'What was changed at the destination that we did not change, why, and will it be set back?',
    options: standingOptions,
    given: standingGiven,
    sheets: ['Summary', rows.name, setBack.name, 'Legend'],
    headline: [
        ['by what becomes of it', 'needs_approval'],
        ['by what becomes of it', 'will_revert'],
        ['by what becomes of it', 'left_alone'],
    ],
    seenBy: ['source', 'destination'],
    open,
}

async function open(
    tx: Session,
    accountId: number,
    given: { connection: number; zone?: string },
    side: Side,
): Promise<OpenReport> {
    const parameters = await connectionParameters(tx, accountId, given, side)
    await make(tx, ['reports/drift/drift'], parameters)
    const sheets = await Promise.all([rows, setBack].map((sheet) => sheetFrom(tx, sheet, parameters)))
    const { summary, figures } = await connectionSummary(
        tx,
        { title, statement: 'reports/drift/summary', parameters },
        sheets,
    )
    const all = [summary, ...sheets]
    return { sheets: [...all, legendOf(all, codes, { of: 'advice', advice: {} })], figures, verdict: null }
}
