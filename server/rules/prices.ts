import type { Block, List, Row } from './block.ts'
import { priorityOf } from './fields.ts'
import { choicesOf, type Input } from './input.ts'
import { ORDER, priority, reach, scopeInputs } from './scoped.ts'

const BASES = {
    price: "the source's price",
    compare_at: "the source's compare-at price, or its price",
    cost: "the source's cost",
}

const ENDINGS = [
    { value: 'none', label: 'as it comes out' },
    ...['.99', '.95', '.90', '.50', '.49', '.00'].map((ending) => ({ value: ending, label: `ends with ${ending}` })),
    ...['0.05', '0.10', '0.25', '0.50'].map((step) => ({ value: `nearest_${step}`, label: `the nearest ${step}` })),
]

const decimal = (name: string, label: string, help: string, isOptional = false): Input => ({
    ...{ name, label, help, isOptional, kind: 'decimal' },
})

/** What a price rule says of the price itself: an example is worked out from these. */
export const priceInputs: readonly Input[] = [
    { name: 'base', label: 'Starts from', kind: 'choice', choices: choicesOf(BASES) },
    decimal('rate', 'A rate of your own', 'Blank: the exchange rate below.', true),
    decimal('percent', 'Percent', '25 raises by a quarter, -10 lowers by a tenth.'),
    decimal('amount', 'Amount', 'Added after that, in your currency.'),
    { name: 'round', label: 'Ending', kind: 'choice', choices: ENDINGS },
    decimal('min_price', 'Never below', 'In your currency. Blank: no floor.', true),
    decimal(
        'min_margin_pct',
        'Margin over cost, percent',
        "Never below the source's cost and this much. Blank: no floor.",
        true,
    ),
]

const times: readonly Input[] = [
    { name: 'valid_from', label: 'From, UTC', kind: 'time', isOptional: true },
    { name: 'valid_to', label: 'Until, UTC', kind: 'time', isOptional: true },
]

const rules: List = {
    name: 'price_rules',
    title: 'Price rules',
    about: `Without a rule a price is the source's, converted. ${ORDER}`,
    who: 'destination',
    path: 'price_rules',
    one: 'price rule',
    inputs: [...priceInputs, ...scopeInputs, priority, ...times],
    says: ruleInWords,
    empty: "There is no price rule: prices are the source's, at the exchange rate.",
    fresh: { base: 'price', percent: '0', amount: '0', round: 'none', scope: 'all', scope_value: '', priority: 0 },
}

function ruleInWords(row: Row): string {
    const { base, rate, percent, amount, round, min_price, min_margin_pct, valid_from, valid_to } = row
    const parts = [
        base === 'price' ? null : `from ${BASES[base as keyof typeof BASES]}`,
        rate === null ? null : `at ${rate}`,
        isNothing(percent) ? null : `${signed(percent)} %`,
        isNothing(amount) ? null : signed(amount),
        round === 'none' ? null : ENDINGS.find(({ value }) => value === round)?.label,
        min_price === null ? null : `never below ${min_price}`,
        min_margin_pct === null ? null : `never below cost and ${min_margin_pct} %`,
        valid_from === null ? null : `from ${String(valid_from).slice(0, 16).replace('T', ' ')}`,
        valid_to === null ? null : `until ${String(valid_to).slice(0, 16).replace('T', ' ')}`,
    ].filter((part) => part !== null)
    return `${parts.join(', ') || 'the same price'}, for ${reach(row)}${priorityOf(row)}`
}

const isNothing = (figure: unknown) => Number(figure) === 0
const signed = (figure: unknown) => (String(figure).startsWith('-') ? String(figure) : `+${figure}`)

const currency = (name: string, label: string): Input => ({
    name,
    label,
    kind: 'text',
    help: 'Three letters, as in EUR.',
})

const rates: List = {
    name: 'rates',
    title: 'Exchange rates',
    about: 'A rate is good for 7 days: after that prices wait, and none is copied one to one. Enter it anew to say that it is true today.',
    who: 'destination',
    path: 'rates',
    one: 'rate',
    inputs: [
        currency('from', 'From'),
        currency('to', 'To'),
        decimal('rate', 'Rate', 'How much of the second one unit of the first is worth.'),
    ],
    says: ({ from, to, rate, as_of }) =>
        `1 ${from} is ${rate} ${to}, as of ${String(as_of).slice(0, 16).replace('T', ' ')} UTC`,
    empty: 'There is no rate. Two stores with one currency need none.',
    fresh: {},
    // A rate that somebody enters is true now, in place of what was said of that pair before.
    tidy: (rows, added) => {
        if (added === null) return rows
        const now = { from: added.from, to: added.to, rate: added.rate, as_of: new Date().toISOString() }
        return [...rows.filter(({ from, to }) => from !== added.from || to !== added.to), now]
    },
}

export const priceBlocks: readonly Block[] = [rules, rates]
