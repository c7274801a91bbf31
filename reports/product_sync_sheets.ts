import { count, id, text, time } from './columns.ts'
import type { Codes } from './legend.ts'
import type { SheetDefinition } from './sheets.ts'

export const changes: SheetDefinition = {
    name: 'Changes',
    statement: 'reports/sync/changes',
    counted: 'reports/sync/changes_counted',
    brief: [
        ...['action', 'entity', 'title', 'source_sku', 'field', 'location', 'value_dest_before', 'value_proposed'],
        ...['change_origin', 'status', 'message', 'rule', 'applied_at'],
    ],
    columns: [
        id('run_id', 'The run whose comparison proposed it.', 8),
        id('connection', 'The connection.', 10),
        text('entity', 'product, variant, inventory, collection or image.', 10),
        text('action', 'What is done: see action.', 10),
        id('dest_product_id', 'The product at the destination; none before it is created.'),
        text('handle', 'Handle at the source.', 24),
        id('source_sku', 'SKU at the source.', 18),
        id('dest_sku', 'SKU at the destination.', 18),
        text('title', 'Title of the product.', 30),
        text('location', 'Where, of a quantity.', 18),
        text('field', 'The field; empty of a whole item.', 18),
        text(
            'value_source',
            "The source's value: of a price the one it was derived from. Empty of quantities, which come from several figures.",
            22,
        ),
        text('value_dest_before', 'What the destination had; over a range: before the first write of it.', 22),
        text(
            'value_proposed',
            'What is to be there; of a creation its name and size. Long texts are cut after 1,000.',
            22,
        ),
        text('value_applied', 'What was there after it was written, as the store answered.', 22),
        text('last_applied_value', 'What was written of it the time before.', 22),
        text('change_origin', 'What caused it: see change_origin.', 14),
        text('lock_mode', 'The mode that governs the field.', 12),
        text('rule', 'The rule that decided, with how a price was derived.', 40),
        text('delta', 'value_proposed less value_dest_before, of figures.', 10),
        text('delta_pct', 'The same in percent.', 8),
        text('status', 'How it stands: see status.', 12),
        text('message', 'What the store said.', 40),
        text('approved_by', 'Who approved it; rule: nobody had to.', 16),
        time('applied_at', 'When it was written.'),
    ],
}

export const notSynced: SheetDefinition = {
    name: 'Not synced',
    statement: 'reports/sync/not_synced',
    columns: [
        id('source_sku', 'SKU at the source.', 18),
        text('handle', 'Handle of the product.', 24),
        text('title', 'Title of the product.', 30),
        text('first_gate_that_refused', 'Where it was stopped first: see first_gate_that_refused. As it is now.', 16),
        text('detail', 'The code and what is known beside it.', 60),
        id('source_variant_id', 'The variant at the source.'),
    ],
}

export const ledger: SheetDefinition = {
    name: 'Inventory ledger',
    statement: 'reports/sync/ledger',
    columns: [
        time('applied_at', 'When it was written.'),
        text('dest_store', 'Domain of the destination.', 28),
        text('location', 'Location of the destination.', 18),
        id('sku', 'SKU of the item.', 18),
        count('before', 'Figure before.'),
        count('movement', 'after less before.'),
        count('after', 'Figure that was written.'),
        count(
            'source_available',
            "The source's figure then, over the linked locations; empty where it has moved since, for it is not kept.",
        ),
        count('in_flight_units', 'Units that all destinations had sold or taken back and the source did not show yet.'),
        count('buffer', 'Units that were kept back.'),
        text('reason', 'Why: see reason.', 12),
        text('rule_name', 'The rule that decided.', 40),
        text('order_ref', "This destination's last order of the day before that moved it.", 14),
        id('run_id', 'The run whose comparison proposed it.', 8),
    ],
}

export const codes: readonly Codes[] = [
    {
        of: 'action',
        codes: {
            create: 'The item is made at the destination: one row for it, whatever its fields.',
            update: 'A field is written.',
            delete: 'The item is removed there.',
            unpublish: 'The product is taken off the publications we put it on.',
            zero: 'The quantity goes to 0.',
            link: 'Two items that were there before were found to be the same.',
        },
    },
    {
        of: 'change_origin',
        codes: {
            first_sync: 'The two were never settled before.',
            source_changed: 'The source changed.',
            rule_changed: 'A rule, rate or factor changed, and nothing else.',
            dest_edited: 'The destination was edited.',
            both: 'Both sides moved.',
            rollback: 'A person took a set back.',
            person: 'A person confirmed the end of a connection.',
        },
    },
    {
        of: 'status',
        codes: {
            proposed: 'Made and not decided yet.',
            held: 'It waits for a person.',
            approved: 'The next run loads it.',
            rejected: 'A person said no.',
            superseded: 'A newer comparison took its place.',
            loading: 'It is being written.',
            applied: 'It is there.',
            as_stored: 'It was written, and the store keeps it its own way.',
            settling: 'The figure moved a moment ago: it waits.',
            stale_source: 'A figure could not be read in time: it waits.',
            conflict: 'It was no longer as shown when it was to be written.',
            failed: 'The store refused it: see message.',
            blocked: 'What it depends on failed.',
            unknown: 'It was sent and no answer came: the next run looks.',
            rolled_back: 'A person took it back.',
        },
    },
    {
        of: 'first_gate_that_refused',
        codes: {
            scope: 'The connection does not take it.',
            hidden_tag: 'It carries a hide tag.',
            identifier: 'Its key is blank, repeated, taken, or nearly another.',
            mode: 'The connection creates no such item.',
            field: 'A value that it needs is missing: a price, a rate, tracking.',
            lock: 'A lock rule keeps it out.',
            quota: 'A limit is reached.',
            store: 'The destination refused it.',
            change_set: 'It is in a change set and not written.',
            run: 'No comparison has seen it yet.',
        },
    },
    {
        of: 'reason',
        codes: {
            sale: 'A known sale lowered it.',
            restock: "The source's figure rose.",
            manual: "The source's figure fell for no sale that we know of, or a person wrote it.",
            refund: 'Units of an order of this destination came back.',
            cancel: 'An order of this destination was cancelled.',
            drift_revert: 'It was edited at the destination and set back.',
            rule: 'A buffer, factor or location link changed.',
        },
    },
]
