import type { SetRow } from '../../sql/changes/changes.ts'
import type { CountedLines, SampleLine } from '../../sql/reports/outcome.ts'
import type { Connected } from './judge.ts'
import { nameOf } from './summary.ts'
import { count, cut, short, type Voice, WIDTH } from './voice.ts'

const INDENT = 15

/** Tells of change sets that wait: what is in each, by kind and sort. */
export function tellSets(voice: Voice, sets: readonly SetRow[], lines: readonly CountedLines[]): void {
    for (const set of sets) {
        const own = lines.filter(({ connection_id, kind }) => connection_id === set.connection_id && kind === set.kind)
        const sorts = own.map((line) => `${count(line.lines)} ${nameOf(line)}`).join(', ')
        const head = `  ${set.change_set_id.padStart(2)}  ${short(set.destination).padEnd(13)} ${set.kind.padEnd(10)}`
        voice.say(fit(`${head} ${sorts}`))
    }
}

/** Tells lines as they would be written, before -> after, and under each whence it comes and which rule decides. */
export function tellLines(voice: Voice, lines: readonly SampleLine[], connections: readonly Connected[]): void {
    for (const line of lines) {
        const { destination } = connections.find(({ connection_id }) => connection_id === line.connection_id)!
        const what = line.action === 'create' ? nameOf(line) : `${cut(line.label, 24)} ${nameOf(line)}`
        voice.say(fit(`  ${short(destination).padEnd(INDENT - 2)}${what}: ${textOf(line.before)} -> ${afterOf(line)}`))
        voice.say(voice.dim(fit(`${' '.repeat(INDENT)}${line.origin}; ${line.rule}`)))
    }
}

const fit = (line: string) => (line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line)

type Payload = { product?: { title?: string }; variants?: { price?: string }[]; url?: string; price?: string }

/** A creation's payload in a few words. */
function afterOf({ action, entity, after }: SampleLine): string {
    if (action !== 'create' || after === null) return textOf(after)
    const made = JSON.parse(after) as Payload
    if (entity !== 'product') return `a new ${entity}${made.price ? ` at ${made.price}` : ''}`
    const variants = made.variants ?? []
    const prices = variants.map(({ price }) => Number(price)).filter(Number.isFinite)
    const from = prices.length > 0 ? ` from ${Math.min(...prices).toFixed(2)}` : ''
    return `"${cut(made.product?.title ?? '', 34)}", ${variants.length} variant${variants.length === 1 ? '' : 's'}${from}`
}

function textOf(json: string | null): string {
    if (json === null || json === 'null') return 'nothing'
    const value: unknown = JSON.parse(json)
    if (Array.isArray(value)) return cut(value.join(', ') || 'none', 28)
    return cut(String(value), 28)
}
