import { add, canonical, compare, type Decimal, decimal, times } from '../decimal.ts'
import { digitsOf } from '../prices.ts'
import type { Note } from './judge.ts'
import { pushRate, worthOf } from './money.ts'
import { asMade, lineMark, type Pair, pairsIn, type Twins, total } from './pairs.ts'

/** What the twin was made of: lines, units and prices (rules 53, 63), shipping (rule 62) and payment. */
export function judgeContent(twins: Twins, differ: Note): void {
    const { order, twin, sharer, source } = twins
    differ('currency', source.shop.currency, twin.currency)
    differ('test', false, twin.test)
    for (const line of twin.lines) {
        const mark = lineMark(line)
        const own = order.lines.find(({ id }) => id === mark?.line)
        const item = twins.items.get(own?.variantId ?? -1)
        if (line.added === line.quantity) continue
        if (!mark || !own) differ(`line ${line.sku}`, 'marks a line of the order', mark ? mark.line : 'nothing')
        else if (item) differ(`line ${own.id}`, item.variant, line.variantId)
        else differ(`line ${own.id}`, 'stays at the destination (rule 53)', line.sku)
    }
    const marks = twin.lines.map((line) => JSON.stringify(lineMark(line))).filter((mark) => mark !== 'null')
    differ('marks of lines', new Set(marks).size, marks.length)
    const currencies = { from: sharer.destination.shop.currency, to: source.shop.currency }
    const rate = pushRate(sharer.connection, currencies)
    for (const pair of pairsIn(twins)) judgeLine(pair, rate ?? decimal('1'), currencies.to, differ)
    judgeShipping(twins, differ)
    judgePayment(twins, differ)
}

/** The total of a line is kept to the minor unit, on one line or on two whose prices are one minor unit apart. */
function judgeLine({ line, item, parts }: Pair, rate: Decimal, currency: string, differ: Note): void {
    const units = total(parts.map(asMade))
    const name = `line ${line.id} ${line.sku}`
    const bought = units / item.factor
    if (units % item.factor !== 0 || bought > line.quantity) {
        differ(name, `at most ${line.quantity} of ${item.factor} units each`, units)
        return
    }
    if (parts.length > 2) differ(name, 'one line or two', parts.length)
    const paid = parts
        .map((part) => times(decimal(part.price), decimal(String(asMade(part)))))
        .reduce(add, decimal('0'))
    // an edit made after the push changes what a unit has of the discount
    const worths = Array.from({ length: line.added + 1 }, (_, more) =>
        worthOf(line, { units: bought, of: asMade(line) + more || 1 }, rate, currency),
    )
    if (!worths.some((it) => compare(it, paid) === 0)) {
        differ(`${name} in all`, canonical(worths[0]!), canonical(paid))
    }
    const prices = parts.map(({ price }) => decimal(price)).sort(compare)
    const step: Decimal = { units: 1n, scale: digitsOf(currency) }
    if (prices.length === 2 && compare(add(prices[0]!, step), prices[1]!) !== 0) {
        differ(`${name} prices`, 'one minor unit apart', prices.map(canonical).join(' and '))
    }
    for (const { discount } of parts) differ(`${name} discount`, '0', canonical(decimal(discount)))
}

/** Rule 62: of the thresholds that the goods reach the highest says what shipping costs. */
function judgeShipping(twins: Twins, differ: Note): void {
    const { settings } = twins.sharer.connection
    const goods = twins.twin.lines
        .map((line) => times(decimal(line.price), decimal(String(asMade(line)))))
        .reduce(add, decimal('0'))
    const met = settings.push.shipping
        .filter(({ from }) => compare(decimal(from), goods) <= 0)
        .sort((a, b) => compare(decimal(b.from), decimal(a.from)))
    const shown = twins.twin.shippingLines.map(({ price }) => canonical(decimal(price)))
    differ('shipping', met[0] ? canonical(decimal(met[0].cost)) : 'none', shown.join() || 'none')
}

const PAID = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']

function judgePayment({ twin, order, sharer }: Twins, differ: Note): void {
    const { push } = sharer.connection.settings
    if (push.as === 'draft') return
    if (push.paid === 'pending') {
        differ('received', '0', canonical(decimal(twin.received)))
        return
    }
    differ('taxes included', order.taxesIncluded, twin.taxesIncluded)
    // what was paid later, or became dearer by an edit, is not told from a wrong payment any more
    if (order.edited || twin.edited || !PAID.includes(order.financialStatus ?? '')) return
    if (sharer.connection.settings.counts_as_paid !== 'paid') return
    differ('received', canonical(decimal(twin.total)), canonical(decimal(twin.received)))
}
