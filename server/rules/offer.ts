import { type Block, type List, type Row, section } from './block.ts'
import { choicesOf } from './input.ts'

const KINDS = { all: 'all products', collection: 'a collection', product: 'a product', tag: 'products with a tag' }

const NAMED = { all: 'all products', collection: 'the collection', product: 'the product', tag: 'products tagged' }

const isEverything = ({ kind, action }: Row) => kind === 'all' && action === 'include'

const scopes: List = {
    name: 'scopes',
    title: 'What is offered',
    about: 'Which products of the source this connection takes. What is left out wins over what is taken in.',
    who: 'source',
    path: 'scopes',
    one: 'line',
    inputs: [
        {
            name: 'action',
            label: 'What',
            kind: 'choice',
            choices: choicesOf({ include: 'take in', exclude: 'leave out' }),
        },
        { name: 'kind', label: 'Which', kind: 'choice', choices: choicesOf(KINDS) },
        {
            name: 'value',
            label: 'Its name',
            kind: 'text',
            help: 'The tag, or the handle or id of the collection or product. Nothing for all.',
        },
    ],
    says: ({ action, kind, value }) =>
        `${action === 'include' ? 'Take in' : 'Leave out'} ${NAMED[kind as keyof typeof NAMED]} ${value}`.trim(),
    empty: 'All products are offered.',
    fresh: { action: 'include', kind: 'collection', value: '' },
    isQuiet: isEverything,
    // Whoever names what to take in means that, and not all besides.
    tidy: (rows) =>
        rows.some((row) => row.action === 'include' && row.kind !== 'all')
            ? rows.filter((row) => !isEverything(row))
            : rows,
}

const hidden = section({
    name: 'hidden',
    title: 'What is hidden',
    about: 'A product with a hide tag is not offered. One that is synced already keeps its fields as they are there.',
    who: 'source',
    inputs: [
        { name: 'hide_tags', label: 'Hide tags', kind: 'words', help: 'With commas between them.' },
        {
            name: 'hidden_stock',
            label: 'Its stock there',
            kind: 'choice',
            choices: choicesOf({
                lower: 'is lowered with the source, never raised',
                zero: 'is set to zero',
                leave: 'is left as it is',
            }),
        },
    ],
})

const taking = section({
    name: 'taking',
    title: 'What the destination takes',
    about: 'How items find their partners, what is created, and what becomes of what was there before.',
    who: 'destination',
    inputs: [
        {
            name: 'match_by',
            label: 'Items are the same by',
            kind: 'choice',
            choices: choicesOf({ sku: 'SKU', barcode: 'barcode', handle: 'handle and option values' }),
            help: 'Exactly as it is written. A mapping row, and a link once made, count before it.',
        },
        {
            name: 'create',
            label: 'New items',
            kind: 'choice',
            choices: choicesOf({
                create_and_update: 'create what is missing, and keep it up to date',
                update_only: 'create nothing, only update what has a partner',
                new_only: 'create only what the source made after the stores were connected',
            }),
        },
        {
            name: 'new_products',
            label: 'New products come',
            kind: 'choice',
            choices: choicesOf({ source_status: 'with the status they have at the source', draft: 'as draft' }),
            help: 'As draft, their status is yours from then on: nothing publishes or hides them.',
        },
        {
            name: 'existing_items',
            label: 'Items that were there before',
            kind: 'choice',
            choices: choicesOf({
                stock_only: 'get their stock, and nothing else',
                fill_blank: 'get what they lack',
                overwrite: 'get everything, as created ones do',
            }),
            help: 'If this opens more than before, the next change sets wait for a person.',
        },
        {
            name: 'add_variants',
            label: 'Add variants that a linked product lacks',
            kind: 'switch',
        },
        {
            name: 'remove_variants',
            label: 'Remove variants that the source removed',
            kind: 'switch',
            help: 'Never the last one of a product, and never one of your own.',
        },
        {
            name: 'source_gone',
            label: 'Items that the source deleted or offers no more',
            kind: 'choice',
            choices: choicesOf({
                unpublish: 'are taken off sale, and come back if they return',
                unpublish_and_zero_or_delete: 'are deleted if never ordered, else taken off sale with no stock',
                delete: 'are deleted, if we made them and none was ever ordered',
                keep: 'stay as they are',
            }),
            help: 'A deletion needs proof: absent from two whole readings at least 20 hours apart.',
        },
        {
            name: 'tags',
            label: 'Tags',
            kind: 'choice',
            choices: choicesOf({
                merge: 'are added to yours; only what came from the source is ever taken away',
                replace: 'are those of the source alone',
            }),
        },
        {
            name: 'on_both',
            label: 'A field that both sides changed',
            kind: 'choice',
            choices: choicesOf({ write: 'is written as the source has it', hold: 'waits for a person' }),
            help: 'Only of fields that follow the source.',
        },
        { name: 'inventory', label: 'Carry stock', kind: 'switch' },
        {
            name: 'rank',
            label: 'Rank among your sources',
            kind: 'whole',
            help: 'Of two sources with one SKU the connection of higher rank feeds the item.',
        },
    ],
})

export const offerBlocks: readonly Block[] = [scopes, hidden, taking]
