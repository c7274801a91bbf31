import { count, id, text, time } from './columns.ts'
import type { Advice, Codes } from './legend.ts'
import type { SheetDefinition } from './sheets.ts'

export const findings: SheetDefinition = {
    name: 'Findings',
    statement: 'reports/health/findings',
    counted: 'reports/health/findings_counted',
    brief: [
        ...[
            'severity',
            'rule',
            'title',
            'variant_title',
            'sku_visible',
            'other_sku',
            'suggestion',
            'store',
            'fix_file',
        ],
        ...['first_seen', 'ignored_until'],
    ],
    columns: [
        text('severity', 'critical: the item cannot be synced; warning: look at it; info: good to know.', 10),
        text('rule', 'What was found: see rule.', 22),
        text('store', 'The store whose item it is.', 28),
        id('product_id', 'Its product there.'),
        id('variant_id', 'Its variant there; empty where it is about the product.'),
        text('handle', 'Handle of the product.', 24),
        text('title', 'Title of the product.', 30),
        text('variant_title', 'Its options.', 16),
        id('sku_raw', 'SKU as the store has it.', 20),
        text('sku_visible', 'The same with blanks as · and what has no width as ∅.', 20),
        id('barcode', 'Its barcode.', 16),
        count('qty', "Units available, at all locations or the one named; a source's are not told to a destination."),
        text('location', 'Where, if it is about one location.', 18),
        text('other_store', 'The store of the other item.', 28),
        id('other_sku', 'SKU of the item it should, or may, be the same as.', 20),
        id('other_variant_id', 'Variant of that item.'),
        count('other_qty', 'Units available of it.'),
        text('suggestion', 'What to do.', 60),
        text('fix_file', 'Sheet that has the fix as a file to load: sku_fix.csv, variant_map.csv, or none.', 16),
        time('first_seen', 'When it was first found.'),
        time('last_seen', 'When it was last looked at: the end of the last whole run.'),
        time('ignored_until', 'Until when a person wants to hear nothing of it; such rows come last.'),
        id('finding_id', 'Number of the finding.', 10),
    ],
}

export const skuFix: SheetDefinition = {
    name: 'sku_fix',
    statement: 'reports/health/sku_fix',
    columns: [
        text('store', 'The store whose variant is to get another SKU.', 28),
        id('variant_id', 'The variant.'),
        id('old_sku', 'SKU that it has.', 20),
        id('new_sku', 'SKU that it is to get: the one of the other store.', 20),
        text('reason', 'What was found: see rule.', 22),
    ],
}

export const variantMap: SheetDefinition = {
    name: 'variant_map',
    statement: 'reports/health/variant_map',
    columns: [
        text('command', 'MERGE: adds the mapping.', 10),
        text('source_store', 'Domain of the source.', 28),
        id('source_sku', 'SKU at the source.', 20),
        text('dest_store', 'Domain of the destination.', 28),
        id('dest_sku', 'SKU at the destination.', 20),
        text('match_by', 'mapping: the row itself says that they are the same.', 10),
        count('qty_factor', 'Source units in one of the destination.'),
        text('note', 'What was found: see rule.', 22),
    ],
}

export const codes: readonly Codes[] = [
    {
        of: 'score',
        codes: {
            score: 'Of 100: what share of the offered variants of the source is linked, near misses counting half; blank, repeated and one-sided ones not at all. Rounded down: 100 is every one.',
        },
    },
]

/** By the rules of the findings. */
export const advice: Advice = {
    of: 'rule',
    advice: {
        blank_sku: { text: 'It has no SKU (rule 1).', fix: 'Give it a SKU of its own; the next run takes it in.' },
        duplicate_sku: {
            text: 'Others of the same store have its SKU (rules 2, 3).',
            fix: 'Leave the SKU to one of them and give the others their own.',
        },
        orphan_source: {
            text: 'Only the source has it.',
            fix: 'Approve the change set that creates it, take it out of the scope, or map it.',
        },
        orphan_dest: { text: 'Only the destination has it.', fix: 'Nothing, if it is its own item.' },
        case_differs: {
            text: 'The SKUs differ in case alone (rule 4).',
            fix: 'Load sku_fix.csv if they are one item.',
        },
        whitespace_or_invisible: {
            text: 'The SKUs differ in blanks, width or characters that cannot be seen (rule 4).',
            fix: 'Load sku_fix.csv if they are one item.',
        },
        o_zero: {
            text: 'The SKUs are alike once O is read as 0, and I and L as 1.',
            fix: 'Load sku_fix.csv if they are one item.',
        },
        prefix_suffix: {
            text: 'The SKUs are alike but for their first or last part, or for what stands between the parts.',
            fix: 'Load variant_map.csv if they are one item under two names.',
        },
        barcode_conflict: {
            text: 'One barcode under two SKUs (rule 5).',
            fix: 'Load variant_map.csv if they are one item, otherwise correct the barcode.',
        },
        variant_count_differs: {
            text: 'The two products have different numbers of variants (rule 13).',
            fix: 'Add the missing ones with the same SKUs, or switch add_variants on.',
        },
        untracked_one_side: {
            text: 'Its stock is tracked at one store only (rule 30).',
            fix: 'Switch on "Track quantity" at both.',
        },
        oversell_policy: {
            text: 'It is out of stock at the destination and goes on selling (rule 31).',
            fix: 'Switch "Continue selling when out of stock" off if that is not meant.',
        },
        negative_stock: { text: 'Its stock is below zero.', fix: 'Count it and correct the figure.' },
        renamed_sku: {
            text: 'The two are linked and their SKUs differ: one was renamed (rule 6).',
            fix: 'Nothing needs to be done; load sku_fix.csv if the names are to agree.',
        },
        suddenly_zero: {
            text: 'A run lowered it from 5 or more to 0 within two days, and no sale that is known explains it.',
            fix: 'Look at the source whether the figure is meant.',
        },
    },
}
