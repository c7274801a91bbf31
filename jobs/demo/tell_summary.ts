import type { Summary } from './summary.ts'
import { count, cut, several, short, type Voice, WIDTH } from './voice.ts'

const INDENT = 15
/** Rules and codes told of a connection; --json has all. */
const MOST = 6

/** Tells what became of a connection: a line for each outcome there is. */
export function tellSummary(voice: Voice, summary: Summary): void {
    voice.say()
    voice.say(`  ${voice.bold(short(summary.destination))}`)
    const lines: [string, string[]][] = [
        ['linked', linkedOf(summary)],
        ['created', createdOf(summary)],
        ['updated', [fieldsOf(summary.updated)]],
        ['set', setOf(summary)],
        ['removed', summary.removed > 0 ? [several(summary.removed, 'item')] : []],
        ['left', leftOf(summary)],
        ['kept out', problemsOf(summary)],
        ['held', summary.held > 0 ? [`${several(summary.held, 'line')} wait for a person`] : []],
        ['failed', summary.failed.map(({ what, lines, why }) => `${count(lines)} ${what}${why ? `: ${why}` : ''}`)],
    ]
    for (const [name, texts] of lines) {
        const told = texts.filter(Boolean)
        for (const [place, text] of told.slice(0, MOST).entries()) {
            const head = `    ${place === 0 ? name : ''}`.padEnd(INDENT)
            const line = head + cut(text, WIDTH - INDENT)
            voice.say(name === 'failed' ? voice.bad(line) : line)
        }
        if (told.length > MOST) voice.say(`${' '.repeat(INDENT)}and ${told.length - MOST} more sorts`)
    }
}

function linkedOf({ linked }: Summary): string[] {
    return Object.entries(linked).map(([by, { products, variants }]) => {
        const how = by === 'origin' ? 'made by us' : `that were there before, by ${by}`
        return `${several(variants, 'variant')} of ${several(products, 'product')} ${how}`
    })
}

function createdOf({ created: { products, variants, images } }: Summary): string[] {
    const parts = [
        products > 0 ? several(products, 'product') : '',
        variants > 0 ? several(variants, 'variant') : '',
        images > 0 ? several(images, 'image') : '',
    ]
    return [parts.filter(Boolean).join(', ')]
}

function fieldsOf(fields: Summary['updated']): string {
    return Object.entries(fields)
        .toSorted(([, a], [, b]) => b - a)
        .map(([field, lines]) => `${count(lines)} ${field}`)
        .join(', ')
}

function setOf({ set: { quantities, prices } }: Summary): string[] {
    const parts = [
        quantities > 0 ? `${count(quantities)} quantit${quantities === 1 ? 'y' : 'ies'}` : '',
        prices > 0 ? several(prices, 'price') : '',
    ]
    return [parts.filter(Boolean).join(', ')]
}

function leftOf({ left }: Summary): string[] {
    return left.map(({ rule, differences, fields }) => `${count(differences)} by "${rule}": ${fields}`)
}

function problemsOf({ problems }: Summary): string[] {
    return problems.map(({ code, items, sample }) => `${count(items)} ${code}: ${sample}`)
}
