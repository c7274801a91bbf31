/** In which gate a code of the comparison refuses an item, in the words of the product-sync report. */
export const gates: Readonly<Record<string, string>> = {
    ...gate('identifier', 'missing_sku', 'missing_barcode', 'missing_handle', 'duplicate_at_source'),
    ...gate(
        'identifier',
        'duplicate_at_destination',
        'barcode_conflict',
        'mapping_unresolved',
        'near_miss',
        'taken',
        'unlinked',
    ),
    ...gate('mode', 'unmatched', 'before_connection', 'variant_count_differs', 'options_differ', 'extra_variant'),
    ...gate('field', 'fx_missing', 'no_price', 'needs_price', 'untracked', 'oversell_risk'),
    ...gate('scope', 'out_of_scope', 'gone_at_source'),
    ...gate('hidden_tag', 'hidden'),
    ...gate('store', 'refused', 'not_stockable'),
}

function gate(name: string, ...codes: string[]): Record<string, string> {
    return Object.fromEntries(codes.map((code) => [code, name]))
}
