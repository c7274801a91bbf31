import type { Database } from '../../sql/database.ts'
import {
    type CountedDeviations,
    type CountedLines,
    type CountedLinks,
    type CountedProblems,
    deviationsByRule,
    linesByOutcome,
    linksByMatch,
    problemsByCode,
} from '../../sql/reports/outcome.ts'
import { NORTHWIND } from './cast.ts'
import type { Connected } from './judge.ts'

/** What became of a connection since a moment, and what stands there now. */
export type Summary = {
    connection: number
    source: string
    destination: string
    /** Linked now, by how they were matched; `origin`: we made them. */
    linked: { [matchedBy: string]: { products: number; variants: number } }
    created: { products: number; variants: number; images: number }
    /** Written, by field. */
    updated: { [field: string]: number }
    set: { quantities: number; prices: number }
    removed: number
    /** Differences that a rule lets stand now. */
    left: { rule: string; differences: number; fields: string }[]
    /** What keeps items out now. */
    problems: { code: string; items: number; sample: string }[]
    /** Lines that wait for a person. */
    held: number
    /** Lines that were not written, and why. */
    failed: { what: string; lines: number; why: string }[]
}

const DONE = ['applied', 'as_stored']
const HELD = ['held', 'proposed']
const PRICES = ['price', 'compare_at_price', 'cost']

/** Sums up each connection: what was written by change sets made after one, and what is left now. */
export async function summarise(
    db: Database,
    account_id: number,
    connections: Connected[],
    after_set: string,
): Promise<Summary[]> {
    const lines = await linesByOutcome(db, { account_id, after_set })
    const links = await linksByMatch(db, { account_id })
    const deviations = await deviationsByRule(db, { account_id })
    const problems = await problemsByCode(db, { account_id })
    return connections.map(({ connection_id, destination }) => {
        const own = <Row extends { connection_id: number }>(rows: Row[]) =>
            rows.filter((row) => row.connection_id === connection_id)
        return {
            connection: connection_id,
            source: NORTHWIND,
            destination,
            ...writtenBy(own(lines)),
            ...standing(own(links), own(deviations), own(problems)),
        }
    })
}

function writtenBy(lines: CountedLines[]) {
    const done = lines.filter(({ status }) => DONE.includes(status))
    const creating = done.filter(({ action }) => action === 'create')
    const updating = done.filter(({ action }) => action === 'update')
    const isPrice = ({ entity, field }: CountedLines) => entity === 'variant' && PRICES.includes(field)
    const others = updating.filter((line) => line.entity !== 'level' && !isPrice(line))
    const rest = lines.filter(({ status }) => !DONE.includes(status) && !HELD.includes(status))
    return {
        created: {
            products: linesIn(creating.filter(({ entity }) => entity === 'product')),
            variants: sum(creating, ({ entity, lines, variants }) => (entity === 'variant' ? lines : variants)),
            images: sum(creating, ({ entity, lines, images }) => (entity === 'image' ? lines : images)),
        },
        updated: Object.fromEntries(
            Map.groupBy(others, nameOf)
                .entries()
                .map(([name, own]) => [name, linesIn(own)]),
        ),
        set: {
            quantities: linesIn(updating.filter(({ entity }) => entity === 'level')),
            prices: linesIn(updating.filter(isPrice)),
        },
        removed: linesIn(done.filter(({ action }) => action === 'delete')),
        held: linesIn(lines.filter(({ status }) => HELD.includes(status))),
        failed: rest.map((line) => ({
            what: `${line.status}: ${nameOf(line)}`,
            lines: line.lines,
            why: line.message ?? '',
        })),
    }
}

function standing(links: CountedLinks[], deviations: CountedDeviations[], problems: CountedProblems[]) {
    return {
        linked: Object.fromEntries(
            links.map(({ matched_by, products, variants }) => [matched_by, { products, variants }]),
        ),
        left: deviations.map(({ rule, differences, fields }) => ({ rule, differences, fields })),
        problems: problems.map(({ code, items, label, detail }) => ({
            code,
            items,
            sample: [label, detail].filter(Boolean).join(': '),
        })),
    }
}

/** What a line is about: `title`, `image alt`, `variant`. */
export function nameOf({ entity, action, field }: Pick<CountedLines, 'entity' | 'action' | 'field'>): string {
    if (action === 'create') return `new ${entity}`
    if (action === 'delete') return `${entity} removed`
    const name = field.replaceAll('_', ' ')
    return entity === 'image' ? `image ${name}` : name === 'available' ? 'quantity' : name
}

const linesIn = (rows: CountedLines[]) => sum(rows, ({ lines }) => lines)

function sum<Row>(rows: Row[], of: (row: Row) => number): number {
    return rows.reduce((total, row) => total + of(row), 0)
}
