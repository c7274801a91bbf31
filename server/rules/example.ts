import { minorDigits } from '../../connectors/entities/index.ts'
import { priceRuleOf, priceSteps, type RuledVariant, rateOf, variantOfSku } from '../../sql/pages/rules.ts'
import { settingsNow } from '../../sql/stores/revise.ts'
import { type Settings, settingsSchema } from '../../sql/stores/settings.ts'
import type { Visit } from '../visit.ts'
import { givenIn } from './input.ts'
import { priceInputs } from './prices.ts'

type Rule = Settings['price_rules'][number]
type Step = { text: string; figure: string }

/** A price worked out before the reader's eyes; or why there is none. */
export type Example = { says: string[]; steps: Step[]; price: string | null; currency: string }

const PLAIN = { base: 'price', percent: '0', amount: '0', round: 'none' }

/**
 * What comes of a price or a SKU: by the rule that the address spells out (`base` …), or else by the one that governs the
 * SKU now. Null where nothing was asked for.
 */
export async function exampleFor(visit: Visit): Promise<Example | null> {
    const connection = visit.the('connection')
    const [sku, typed] = [visit.query('sku').slice(0, 255), decimalIn(visit, 'price')]
    const currency = connection.destination_currency ?? ''
    const none = (...says: string[]): Example => ({ says, steps: [], price: null, currency })
    if (sku === '' && typed === null) return null
    const variant = sku === '' ? null : await variantOfSku(visit.desk.db, connection, sku)
    if (sku !== '' && !variant) return none(`The source offers nothing with the SKU "${sku}" here.`)
    const { rule, says } = await ruleFor(visit, variant)
    if (!rule) return none(...says)
    const rate = rule.rate ?? (await rateOf(visit.desk.db, connection))
    if (rate === null)
        return none(
            'There is no exchange rate of the last 7 days, so prices wait. Enter one below, or a rate of your own.',
        )
    const given = amountsFor(visit, variant)
    if (hidesCost(visit, rule, variant)) return none(HIDDEN)
    return stepsOf(visit, rule, { ...given, rate }, says)
}

const HIDDEN =
    "This rule looks at the source's cost, which is the source's own business. Type a price and a cost of your own to try it; what becomes of this SKU stands in the next change set."

/** A supplier's purchase price may feed a rule, and is shown to nobody else (D2). */
function hidesCost(visit: Visit, rule: Rule, variant: RuledVariant | null): boolean {
    const needsCost = rule.base === 'cost' || rule.min_margin_pct !== null
    return (
        needsCost &&
        variant !== null &&
        decimalIn(visit, 'cost') === null &&
        !visit.mayAs('source', visit.the('connection'))
    )
}

async function ruleFor(visit: Visit, variant: RuledVariant | null): Promise<{ rule: Rule | null; says: string[] }> {
    if (visit.query('base') !== '') {
        const row = givenIn({ ...visit, field: visit.query }, priceInputs)
        const read = settingsSchema.safeParse({ price_rules: [row] })
        if (read.success) return { rule: read.data.price_rules[0]!, says: [] }
        const faults = read.error.issues.map(
            ({ path, message }) => `${String(path.at(-1)).replaceAll('_', ' ')}: ${message}`,
        )
        return { rule: null, says: faults }
    }
    const { settings } = await settingsNow(visit.desk.db, visit.the('connection'))
    const place = await priceRuleOf(visit.desk.db, visit.the('connection'), variant?.variant_id ?? null)
    const rule = place === null ? null : (settings.price_rules[place - 1] ?? null)
    if (rule) return { rule, says: [`By price rule ${place} of the list.`] }
    const plain = settingsSchema.parse({ price_rules: [PLAIN] }).price_rules[0]!
    return { rule: plain, says: [variant ? 'No price rule governs it.' : 'No price rule is for everything.'] }
}

type Amounts = { price: string | null; compare_at_price: string | null; cost: string | null; factor: number }

/** What was typed goes before what the source has. */
function amountsFor(visit: Visit, variant: RuledVariant | null): Amounts {
    const isPacked = variant?.price_per === 'unit'
    return {
        price: decimalIn(visit, 'price') ?? variant?.price ?? null,
        compare_at_price: variant?.compare_at_price ?? null,
        cost: decimalIn(visit, 'cost') ?? variant?.cost ?? null,
        factor: isPacked ? (variant?.factor ?? 1) : 1,
    }
}

async function stepsOf(visit: Visit, rule: Rule, given: Amounts & { rate: string }, says: string[]): Promise<Example> {
    const connection = visit.the('connection')
    const [from, to] = [connection.source_currency ?? '', connection.destination_currency ?? '']
    const { base, percent, amount, round: ending, min_price, min_margin_pct } = rule
    const digits = minorDigits(to)
    const terms = { base, percent, amount, ending, min_price, min_margin_pct, digits }
    const steps = await priceSteps(visit.desk.db, { ...given, ...terms })
    if (steps.base === null || steps.price === null) {
        return {
            says: [...says, 'The rule finds no amount to start from, so the price there stays as it is.'],
            steps: [],
            price: null,
            currency: to,
        }
    }
    const packs = given.factor > 1 ? `, ${given.factor} to a pack` : ''
    const compare = steps.compare_at_price
    const all: (Step | null)[] = [
        { text: `${STARTS[base]}${packs}`, figure: `${steps.base} ${from}` },
        step(`× ${steps.rate}`, steps.converted, Number(steps.rate) === 1),
        step(`${signed(percent)} %`, steps.with_percent, Number(percent) === 0),
        step(signed(amount), steps.with_amount, Number(amount) === 0),
        step('raised to the floor', steps.raised, steps.raised === steps.with_amount),
        step(
            ending.startsWith('nearest') ? `to the ${ending.replace('_', ' ')}` : `ends with ${ending}`,
            steps.price,
            ending === 'none',
        ),
    ]
    const cleared = compare !== null && Number(compare) <= Number(steps.price)
    const more =
        compare === null
            ? []
            : [
                  cleared
                      ? 'The compare-at price comes out no higher, so it is cleared.'
                      : `Compare-at price: ${compare} ${to}.`,
              ]
    return { says: [...says, ...more], steps: all.filter((one) => one !== null), price: steps.price, currency: to }
}

const STARTS = {
    price: 'The price at the source',
    compare_at: 'The compare-at price, or the price',
    cost: 'The cost at the source',
}

const signed = (figure: string) => (figure.startsWith('-') ? `− ${figure.slice(1)}` : `+ ${figure}`)

function step(text: string, figure: string | null, isNothing: boolean): Step | null {
    return isNothing || figure === null ? null : { text, figure }
}

function decimalIn(visit: Visit, name: string): string | null {
    const text = visit.query(name)
    return /^\d{1,12}(\.\d{1,6})?$/.test(text) ? text : null
}
