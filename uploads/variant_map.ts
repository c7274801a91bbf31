import type { UploadColumn, UploadKind } from './kind.ts'

const text = (name: string, means: string, values?: readonly string[]): UploadColumn => ({
    ...{ name, kind: 'text', means },
    ...(values && { values }),
})
const id = (name: string, means: string): UploadColumn => ({ name, kind: 'id', means })

const columns: readonly UploadColumn[] = [
    text(
        'command',
        'What is to become of the pair: MERGE adds or changes it, UPDATE changes one that is there, DELETE unlinks the two and keeps the product, IGNORE passes over the row. Blank is MERGE.',
        ['MERGE', 'UPDATE', 'DELETE', 'IGNORE'],
    ),
    text('source_store', 'The domain of the source; blank is that of the connection.'),
    text('source_sku', 'The SKU at the source, exactly as it is there.'),
    text('dest_store', 'The domain of the destination; blank is that of the connection.'),
    text('dest_sku', 'The SKU at the destination, exactly as it is there.'),
    text('match_by', 'How the two were matched. It is told and never read: whatever a row links is a mapping.', [
        'link',
        'origin',
        'mapping',
        'sku',
        'barcode',
        'handle',
    ]),
    text('qty_factor', 'Source units in one destination unit: 6 where a six-pack is made of singles.'),
    text('price_per', 'Whether the source price is of a unit, and is multiplied by the factor, or of the pack.', [
        'unit',
        'pack',
    ]),
    text(
        'existing_items',
        'What may be written of an item that the destination had before; blank is as the connection says.',
        ['stock_only', 'fill_blank', 'overwrite'],
    ),
    id('source_variant_id', 'The variant of the source by its id, which wins over the SKU.'),
    id('dest_variant_id', 'The variant of the destination by its id, which wins over the SKU.'),
    id('barcode', 'The barcode of the item at both stores; it wins over the SKU where a store has it.'),
    text('handle', "The product's handle at both stores; with the options it wins over the SKU where a store has it."),
    text('option1', 'The first option value, with a handle.'),
    text('option2', 'The second.'),
    text('option3', 'The third.'),
    text('note', 'Words of your own.'),
]

const steps = (...names: string[]) => names.map((name) => `uploads/variant_map/${name}`)

/** variant_map: which variants of two stores are one item, also where their SKUs differ (spec §3.5, D8). */
export const variantMap: UploadKind = {
    name: 'variant_map',
    title: 'Mapping',
    does: 'Says which variants of the two stores are one item, also where their SKUs differ, and how many make a pack.',
    columns,
    tell: [
        'command',
        'source_sku',
        'dest_sku',
        'source_variant_id',
        'dest_variant_id',
        'barcode',
        'handle',
        'qty_factor',
    ],
    needs: [
        ['source_sku', 'source_variant_id', 'barcode', 'handle'],
        ['dest_sku', 'dest_variant_id', 'barcode', 'handle', 'command'],
    ],
    judge: steps(
        'given',
        'offered',
        'scratch',
        'find_source',
        'find_destination',
        'analyze_hits',
        'pairs',
        'analyze_pairs',
        'keys',
        'known',
        'judge',
    ),
    apply: [
        ...steps(
            'settings_mappings',
            'remove_mappings',
            'unlink',
            'put_mappings',
            'together',
            'paired',
            'analyze_paired',
        ),
        'diff/link_variants',
        'diff/link_products',
        ...steps('set_links', 'part_products', 'supersede_lines', 'look_again'),
    ],
    template: {
        statement: 'uploads/variant_map/template',
        columns: [
            'command',
            'source_store',
            'source_sku',
            'dest_store',
            'dest_sku',
            'match_by',
            'qty_factor',
            'price_per',
            'existing_items',
            'source_variant_id',
            'dest_variant_id',
            'note',
        ],
    },
    actions: {
        link: ['pair is linked', 'pairs are linked'],
        relink: ['item is linked to another of the source', 'items are linked to others of the source'],
        change: ['link is changed', 'links are changed'],
        unlink: ['pair is unlinked', 'pairs are unlinked'],
        apart: ['pair is kept apart', 'pairs are kept apart'],
        forget: ['mapping is taken away', 'mappings are taken away'],
    },
}
