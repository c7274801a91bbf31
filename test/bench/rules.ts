import type { Settings } from '../../sql/stores/settings.ts'

/** What rules look at of a product and, for rules by SKU, of a variant. */
export type Facts = { vendor: string; product_type: string; tags: readonly string[]; sku?: string }

const SCOPES = ['vendor', 'product_type', 'tag'] as const
/** Moduli of goods.ts are primes, so that the products that moved fall under all kinds of rules. */
export const vendorOf = (product: number) => `vendor ${product % 41}`
export const typeOf = (product: number) => `type ${product % 23}`
export const tagOf = (product: number) => `tag ${product % 29}`
const FIRST_VALUES = { vendor: vendorOf, product_type: typeOf, tag: tagOf }

const FIELDS = ['price', 'title', 'images', 'barcode'] as const
const MODES = ['create_only', 'enforced', 'follow', 'create_only', 'enforced'] as const

type LockRule = Pick<Settings['lock_rules'][number], 'scope' | 'scope_value' | 'field' | 'mode'>

export const lockRules: readonly LockRule[] = Array.from({ length: 20 }, (_, n) => {
    const scope = SCOPES[n % 3]!
    return { scope, scope_value: FIRST_VALUES[scope](n), field: FIELDS[n % 4]!, mode: MODES[n % 5]! }
})

type PriceRule = Pick<Settings['price_rules'][number], 'scope' | 'scope_value'> & { percent: number; round: string }

export const priceRules: readonly PriceRule[] = [
    { scope: 'all', scope_value: '', percent: 5, round: '.99' },
    { scope: 'vendor', scope_value: vendorOf(3), percent: 10, round: '.95' },
    { scope: 'product_type', scope_value: typeOf(7), percent: -5, round: 'none' },
    { scope: 'tag', scope_value: tagOf(11), percent: 20, round: '.50' },
    { scope: 'sku', scope_value: 'SKU-77', percent: 0, round: 'none' },
]

/** Destination money for a hundred units of the source's. */
const RATE_PERCENT = 80

export const settings = {
    orders: 'adjust',
    lock_rules: lockRules,
    price_rules: priceRules.map(({ percent, ...rule }) => ({ ...rule, percent: String(percent) })),
    rates: [{ from: 'USD', to: 'GBP', rate: String(RATE_PERCENT / 100) }],
}

const RANKED = ['all', 'vendor', 'product_type', 'tag', 'collection', 'sku']

function matches({ scope, scope_value }: { scope: string; scope_value: string }, facts: Facts): boolean {
    if (scope === 'all') return true
    if (scope === 'tag') return facts.tags.includes(scope_value)
    return facts[scope as 'vendor' | 'product_type' | 'sku'] === scope_value
}

/** The most specific scope wins, then the older rule (D2). */
function governing<Rule extends { scope: string; scope_value: string }>(
    rules: readonly Rule[],
    facts: Facts,
): Rule | undefined {
    let best: Rule | undefined
    for (const rule of rules) {
        if (!matches(rule, facts)) continue
        if (best === undefined || RANKED.indexOf(rule.scope) > RANKED.indexOf(best.scope)) best = rule
    }
    return best
}

const rulesOf = Map.groupBy(lockRules, ({ field }) => field as string)

/** Whether a field that moved at the source is written; else it is listed as a deviation. */
export function isWritten(field: string, facts: Facts): boolean {
    const mode = governing(rulesOf.get(field) ?? [], facts)?.mode ?? 'follow'
    return mode === 'follow' || mode === 'enforced'
}

/** An amount of the source, in cents, as the destination shall have it, in cents (rules 37, 38). */
export function derived(cents: number, facts: Facts): number {
    const { percent, round } = governing(priceRules, facts)!
    const exact = Math.floor((cents * RATE_PERCENT * (100 + percent) + 5000) / 10_000)
    if (round === 'none') return exact
    const tail = Number(round.slice(1))
    const ended = Math.floor((exact - tail + 50) / 100) * 100 + tail
    return ended > 0 ? ended : ended + 100
}
