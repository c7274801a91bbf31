import { query, queryOne } from '../query.ts'
import type { Queryable } from '../session.ts'

/** Lines of one sort that ended alike; `variants` and `images` are those of created products. */
export type CountedLines = {
    connection_id: number
    kind: string
    entity: 'product' | 'variant' | 'image' | 'level'
    action: 'create' | 'update' | 'delete'
    field: string
    status: string
    lines: number
    variants: number
    images: number
    label: string
    message: string | null
}

/** One line as a person is shown it; `before` and `after` are JSON. */
export type SampleLine = Pick<CountedLines, 'connection_id' | 'entity' | 'action' | 'field' | 'label'> & {
    before: string | null
    after: string | null
    origin: string
    rule: string
}

export type CountedDeviations = {
    connection_id: number
    rule: string
    differences: number
    fields: string
    label: string
}

export type CountedProblems = { connection_id: number; code: string; items: number; label: string; detail: string }

export type CountedLinks = { connection_id: number; matched_by: string; variants: number; products: number }

/** Ids as decimal strings: what is newer came after the moment they were asked for. */
export type LastEntries = { change_set: string; run: string; event: string }

type Whose = { account_id: number }

/** Lines of the change sets made after `after_set`, by sort and end. */
export async function linesByOutcome(q: Queryable, of: Whose & { after_set: string }): Promise<CountedLines[]> {
    return query<CountedLines>(q, 'reports/lines_by_outcome', of)
}

/** At most `limit` lines of the change sets made after `after_set`, of as many sorts as there are. */
export async function sampleLines(
    q: Queryable,
    of: Whose & { after_set: string; limit: number },
): Promise<SampleLine[]> {
    return query<SampleLine>(q, 'reports/sample_lines', of)
}

/** Differences that stand now, by the rule that lets them. */
export async function deviationsByRule(q: Queryable, of: Whose): Promise<CountedDeviations[]> {
    return query<CountedDeviations>(q, 'reports/deviations_by_rule', of)
}

/** What keeps items out now, by code. */
export async function problemsByCode(q: Queryable, of: Whose): Promise<CountedProblems[]> {
    return query<CountedProblems>(q, 'reports/problems_by_code', of)
}

/** Linked variants by how they were matched. */
export async function linksByMatch(q: Queryable, of: Whose): Promise<CountedLinks[]> {
    return query<CountedLinks>(q, 'reports/links_by_match', of)
}

export async function lastEntries(q: Queryable, of: Whose): Promise<LastEntries> {
    return queryOne<LastEntries>(q, 'reports/last_entries', of)
}

type Row = { [column: string]: unknown }

/** Everything that is listed of a connection as left: differences that stand, problems, lines that wait. */
export async function listedOf(
    q: Queryable,
    of: Whose & { connection_id: number },
): Promise<{ deviations: Row[]; problems: Row[]; held: Row[] }> {
    return {
        deviations: await query<Row>(q, 'reports/standing_deviations', of),
        problems: await query<Row>(q, 'reports/standing_problems', of),
        held: await query<Row>(q, 'reports/waiting_lines', of),
    }
}
