/** Why an item is not synced, by the code of the first gate that says no: in which gate, in words, and what to do. */
export type Why = { gate: string; text: string; fix: string }

const FIX_SKUS = 'Give every variant a SKU of its own at the store named; the next run takes it in by itself.'

/** What is said of an item nothing is known of yet. */
export const notYet: Why = {
    gate: 'run',
    text: 'It was not compared yet',
    fix: 'The next run reads and compares it. Run now, if you do not want to wait.',
}

const whys: Readonly<Record<string, Why>> = {
    not_compared: notYet,
    connection_requested: {
        gate: 'connection',
        text: 'The stores are not connected yet',
        fix: 'Connect them on the page of the connection: nothing is read or written before.',
    },
    connection_blocked: {
        gate: 'connection',
        text: 'The source has blocked the connection, so nothing is written',
        fix: 'The source unblocks it on the page of the connection; nobody else can.',
    },
    connection_disconnected: {
        gate: 'connection',
        text: 'It is disconnected, so nothing is written',
        fix: 'The destination reconnects it on the page of the connection; nobody else can.',
    },
    connection_ending: {
        gate: 'connection',
        text: 'The connection is about to end, so nothing else is written',
        fix: 'Wait until its last run is done. What can be done then stands on the page of the connection.',
    },
    source_stopped: {
        gate: 'connection',
        text: 'The access to the source was lost, so nothing is read or written',
        fix: 'Its owner lets us in again by Shopify, or an operator adds the store again with a new token (Stores).',
    },
    destination_stopped: {
        gate: 'connection',
        text: 'The access to the destination was lost, so nothing is read or written',
        fix: 'Its owner lets us in again by Shopify, or an operator adds the store again with a new token (Stores).',
    },
    hidden: {
        gate: 'hide tag',
        text: 'It carries a hide tag at the source',
        fix: 'Take the tag off the product at the source if it is to be offered again.',
    },
    out_of_scope: {
        gate: 'scope',
        text: 'The connection does not take it',
        fix: 'Take it into "scopes" of the connection, or give it the tag or collection that the scope names.',
    },
    gone_at_source: {
        gate: 'scope',
        text: 'The source no longer has it',
        fix: 'Nothing to do: "source_gone" in the settings says what becomes of it.',
    },
    taken: {
        gate: 'identifier',
        text: 'Another source feeds this item already',
        fix: 'The connection of higher "rank" takes it. Raise the rank of the one that is to win.',
    },
    missing_sku: { gate: 'identifier', text: 'A variant has no SKU', fix: FIX_SKUS },
    missing_barcode: {
        gate: 'identifier',
        text: 'A variant has no barcode, and this connection matches by barcode',
        fix: 'Enter the barcode at the source, or match by SKU.',
    },
    duplicate_at_source: { gate: 'identifier', text: 'Several variants of the source share this SKU', fix: FIX_SKUS },
    duplicate_at_destination: {
        gate: 'identifier',
        text: 'Several variants of the destination share this SKU',
        fix: FIX_SKUS,
    },
    barcode_conflict: {
        gate: 'identifier',
        text: 'The destination has its barcode under another SKU',
        fix: 'Look whether the two are the same item: then give them one SKU, or enter a mapping.',
    },
    mapping_unresolved: {
        gate: 'identifier',
        text: 'Its mapping names no free variant of the destination',
        fix: 'Correct the row in "mappings": the SKU at the destination is misspelt, or linked to something else.',
    },
    unlinked: {
        gate: 'identifier',
        text: 'A person took a variant apart from its partner',
        fix: 'If the two belong together after all, link them again by a row of a mapping file (Uploads).',
    },
    unmatched: {
        gate: 'mode',
        text: 'It has no partner, and this connection creates nothing',
        fix: 'Set "create" to create_and_update, or make the item at the destination with the same SKU.',
    },
    before_connection: {
        gate: 'mode',
        text: 'It is older than the connection, which takes only new items',
        fix: 'Set "create" to create_and_update to take older ones as well.',
    },
    fx_missing: {
        gate: 'field',
        text: 'There is no exchange rate of the last 7 days',
        fix: 'Enter a rate of today in "rates" of the settings.',
    },
    no_price: {
        gate: 'field',
        text: 'Its price rule finds no amount to start from',
        fix: 'Enter the cost (or whatever the rule starts from) at the source.',
    },
    options_differ: {
        gate: 'identifier',
        text: 'The two products have different numbers of options',
        fix: 'Bring the options of the product at the destination in line with the source.',
    },
    variant_count_differs: {
        gate: 'mode',
        text: 'Some variants have no partner at the destination',
        fix: 'Add them there with the same SKUs, or switch "add_variants" on.',
    },
    refused: {
        gate: 'store',
        text: 'The destination refused it',
        fix: 'Read what Shopify said, and put it right at the store. It is tried again when either side moves.',
    },
    needs_price: {
        gate: 'field',
        text: 'It was made as a draft at 0.00, since prices are never written',
        fix: 'Give it a price at the destination: it is published after that.',
    },
    extra_variant: {
        gate: 'mode',
        text: 'A variant is no longer at the source and stays at the destination',
        fix: 'Delete it at the destination, or switch "remove_variants" on.',
    },
    untracked: {
        gate: 'field',
        text: 'Its stock is not tracked at one of the stores',
        fix: 'Switch on "Track quantity" at both stores.',
    },
    oversell_risk: {
        gate: 'field',
        text: 'It goes on selling when it is out of stock',
        fix: 'Switch "Continue selling when out of stock" off at the destination if that is not meant.',
    },
    near_miss: {
        gate: 'identifier',
        text: 'The destination has nearly the same SKU',
        fix: 'If the two are the same item, make the SKUs equal, or enter a mapping.',
    },
    waits: {
        gate: 'change set',
        text: 'It waits in a change set for a person',
        fix: 'Look at the set and approve it.',
    },
    changes_wait: {
        gate: 'change set',
        text: 'Changes wait in a change set for a person',
        fix: 'The destination looks at the set and decides its lines.',
    },
    changes_approved: {
        gate: 'change set',
        text: 'Changes are approved and not loaded yet',
        fix: 'The next run loads them.',
    },
    approved: { gate: 'change set', text: 'It is approved and not loaded yet', fix: 'The next run loads it.' },
    loading: { gate: 'change set', text: 'It is being loaded', fix: 'Nothing to do.' },
    rejected: {
        gate: 'change set',
        text: 'A person rejected it',
        fix: 'If it is to come after all, the destination offers it again on the page of the product: the next run proposes it.',
    },
    failed: {
        gate: 'store',
        text: 'Loading it failed',
        fix: 'Read the message at its line in the set, and put right what it names.',
    },
    blocked: {
        gate: 'change set',
        text: 'Something it depends on failed',
        fix: 'Look at the line it depends on in the set.',
    },
    unknown: {
        gate: 'store',
        text: 'It was sent and no answer came',
        fix: 'Nothing to do: the next run looks it up.',
    },
}

/** What is said of a code; null: nothing keeps the item out. */
export function whyOf(code: string | null): Why | null {
    if (code === null) return null
    return whys[code] ?? { gate: 'other', text: code.replaceAll('_', ' '), fix: 'Look at the details beside it.' }
}

/** Whether it is the code of a gate that something is said of. */
export function isGate(code: string): boolean {
    return Object.hasOwn(whys, code)
}
