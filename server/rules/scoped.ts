import type { Row } from './block.ts'
import { choicesOf, type Input } from './input.ts'

const SCOPES = {
    all: 'everything',
    product_type: 'products of a type',
    vendor: 'products of a vendor',
    tag: 'products with a tag',
    collection: 'products of a collection',
    sku: 'one SKU',
}

/** What every rule says of where it holds (D2). */
export const scopeInputs: readonly Input[] = [
    { name: 'scope', label: 'For', kind: 'choice', choices: choicesOf(SCOPES) },
    {
        name: 'scope_value',
        label: 'Which one',
        kind: 'text',
        help: 'The type, vendor, tag, handle of the collection, or SKU, as the source has it. Nothing for everything.',
    },
]

export const priority: Input = {
    name: 'priority',
    label: 'Priority',
    kind: 'whole',
    help: 'Of two rules with the same reach the higher one wins, then the older.',
}

/** A rule's reach in words: `everything`, `vendor Acme`. */
export function reach({ scope, scope_value }: Row): string {
    if (scope === 'all') return 'everything'
    const word = scope === 'sku' ? 'SKU' : String(scope).replaceAll('_', ' ')
    return `${word} ${scope_value}`
}

/** Said of the order of rules, wherever there are several. */
export const ORDER =
    'The narrowest rule wins: SKU before collection, tag, type, vendor and everything; then the higher priority, then the older.'
