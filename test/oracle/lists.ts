import type { Difference } from './compare.ts'
import { type Place, type Plan, placeKey } from './lines.ts'
import { same, type Value } from './values.ts'

/** What Crossdock lists of a connection, as the rows it keeps: ids may be numbers or their texts. */
export type Listed = {
    deviations: Row[]
    problems: Row[]
    /** lines that wait: held, failed, in conflict, unknown … anything proposed and not written */
    held: Row[]
}

export type Row = { [column: string]: unknown }

/** What the oracle expects to be listed of a connection. */
export type Expected = {
    connection: number
    deviations: Plan['deviations']
    problems: Plan['problems']
    held: (Place & { why: string })[]
    /** what Shopify refuses: a failed line of the run that tried, afterwards left until something moves */
    refused: (Place & { why: string })[]
    /** places of lines just decided: the decision is on the line, the next comparison lists what it leaves */
    decided: Place[]
}

/** What a plan leaves unwritten; a set that waits as a whole (its first) leaves everything. */
export function expectedOf(connection: number, plan: Plan, waits: boolean, decided: Place[]): Expected {
    const held: Expected['held'] = plan.waiting.map((it) => ({ ...it }))
    const refused = plan.refused.map((it) => ({ ...it, why: 'Shopify refuses it' }))
    held.push(...plan.heldCreations.map((it) => ({ ...placeOf(it), why: 'a brake (rule 86)' })))
    if (waits) held.push(...refused)
    if (waits) {
        held.push(...plan.lines.map((it) => ({ ...it, why: 'first_sync' })))
        held.push(...plan.creations.map((it) => ({ ...placeOf(it), why: 'first_sync' })))
    }
    const problems = waits ? plan.problems : [...plan.problems, ...notStockable(plan)]
    return { connection, deviations: plan.deviations, problems, held, refused: waits ? [] : refused, decided }
}

/** Rule 32: a parent bundle's figure, isolated and reported. */
function notStockable(plan: Plan): Plan['problems'] {
    const levels = plan.refused.filter((it) => it.entity === 'level')
    return levels.map(({ entity, item, location }) => ({
        ...{ code: 'not_stockable', entity, item, other: location, why: 'rule 32' },
    }))
}

function placeOf(it: Plan['creations'][number]): Place {
    const item = it.of === 'image' ? it.source : it.source.id
    return { entity: it.of, item, location: 0, field: '' }
}

/** Compares both lists: what waits or stands without a reason by the rules, and what the rules list and Crossdock does not. */
export function compareLists(shop: string, expected: Expected, listed: Listed): Difference[] {
    const refused = new Set(expected.refused.map(placeKey))
    const listedSomewhere = new Set([...rowsByPlace(listed.held).keys(), ...rowsByPlace(listed.deviations).keys()])
    const isTold = (it: Place) => listedSomewhere.has(placeKey(it))
    const but = (rows: Row[]) => rows.filter((row) => ![...rowsByPlace([row]).keys()].some((key) => refused.has(key)))
    const created = new Set(expected.held.filter((it) => it.field === '').map((it) => it.item))
    const heldRows = but(listed.held).filter((row) => !publishesCreated(row, created))
    return [
        ...unequal(shop, 'waiting', placed(expected.held), rowsByPlace(heldRows), new Set()),
        ...unequal(
            shop,
            'deviation',
            placed(expected.deviations),
            rowsByPlace(but(listed.deviations).filter(differs)),
            optional(expected),
        ),
        ...unequal(shop, 'refused', placed(expected.refused.filter((it) => !isTold(it))), new Map(), new Set()),
        ...unequal(shop, 'problem', problems(expected), rowsByProblem(listed.problems), optionalProblems(expected)),
    ]
}

/** Tags that differ by their case alone are the same tags; that a shop keeps them its own way may be listed or not. */
const differs = (row: Row) => !(row.field === 'tags' && same('tags', row.desired as Value, row.actual as Value))

/** A created product is published by a line of its own, which waits with the creation. */
const publishesCreated = (row: Row, created: ReadonlySet<number>) =>
    row.field === 'published' && row.entity === 'product' && created.has(Number(row.item_id))

/** What Shopify keeps in its own way is reported once, when it was written; the list of today may lack it. */
const optional = (expected: Expected) =>
    new Set([...expected.deviations.filter((it) => it.why === 'as_stored'), ...expected.decided].map(placeKey))

const problemKey = (it: Plan['problems'][number]) => `${it.code}/${it.entity}/${it.item}/${it.other}`
const optionalProblems = (expected: Expected) => new Set(expected.problems.filter((it) => it.optional).map(problemKey))

const placed = (all: (Place & { why: string })[]) => new Map(all.map((it) => [placeKey(it), it.why]))

function problems(expected: Expected): Map<string, string> {
    return new Map(expected.problems.map((it) => [problemKey(it), it.why]))
}

function rowsByPlace(rows: Row[]): Map<string, string> {
    const key = (row: Row) => `${row.entity}/${row.item_id}/${row.location_id ?? 0}/${row.field ?? ''}`
    const why = ({ status, message, rule }: Row) => [status, message, rule].filter(Boolean).join(': ')
    return new Map(rows.map((row) => [key(row), why(row)]))
}

function rowsByProblem(rows: Row[]): Map<string, string> {
    return new Map(
        rows.map((row) => [`${row.code}/${row.entity}/${row.item_id}/${row.other_id ?? 0}`, String(row.detail)]),
    )
}

function unequal(
    shop: string,
    what: string,
    wanted: Map<string, string>,
    found: Map<string, string>,
    may: ReadonlySet<string>,
): Difference[] {
    const differences: Difference[] = []
    for (const [key, why] of wanted) {
        if (!found.has(key) && !may.has(key)) {
            differences.push({ shop, item: key, field: what, expected: why, actual: 'not listed' })
        }
    }
    for (const [key, why] of found) {
        if (!wanted.has(key)) differences.push({ shop, item: key, field: what, expected: 'not listed', actual: why })
    }
    return differences
}
