import type { Field, Json, Node } from '../../connectors/entities/index.ts'
import { fieldOf, type Line } from './line.ts'

/** What a creation brought into being, for links and baseline. */
export type Created = {
    product?: { destinationId: string; wrote: Values; saw: Values }
    variants: {
        sourceId: string
        destinationId: string
        wrote: Values
        saw: Values
        base: string | null
        inputs: string | null
    }[]
    images: { sourceId: string; destinationId: string; wrote: Values; saw: Values }[]
}

/** Values by field name. */
export type Values = { [field: string]: Json }

export type Problem = { code: string; detail: string }

/** What became of a line. `approved`: nothing yet, or not all; it is still to be written. */
export type Outcome = {
    line: Line
    status:
        | 'applied'
        | 'as_stored'
        | 'failed'
        | 'conflict'
        | 'settling'
        | 'stale_source'
        | 'unknown'
        | 'blocked'
        | 'approved'
    message?: string
    /** What is there now; left out where it is what was sent. */
    saw?: Json
    created?: Created
    problem?: Problem
    /** The store's own time of the write, where its answer says. */
    at?: string
    /** Still to be written, by the same kind of call. */
    again?: true
}

/** Of a line whose call was not answered, once the store was asked. */
export const NOT_DONE = 'no answer came; it was not done'

export const failed = (line: Line, message: string): Outcome => ({ line, status: 'failed', message })

export const conflict = (line: Line, message: string): Outcome => ({ line, status: 'conflict', message })

/** To be planned and sent anew in this run; after so many refusals it is given up. */
export function again(line: Line, message: string): Outcome {
    const MOST_TRIES = 12
    if (line.tries >= MOST_TRIES) return failed(line, `refused ${line.tries} times, last: ${message}`)
    return { line: { ...line, tries: line.tries + 1 }, status: 'approved', message, again: true }
}

/**
 * A field that was written, read back from the answer's node. Quantities, prices, flags and enums are what was sent;
 * a text may have been altered by the store: `as_stored` (spec rule 79, design: Baseline).
 */
export function stored(line: Line, node: Node | null | undefined): Outcome {
    const field = fieldOf(line)
    if (field.exact || !node) return { line, status: 'applied' }
    const saw = seenIn(field, node, line.before, line.after)
    if (sameText(saw, line.after)) return { line, status: 'applied' }
    return { line, status: 'as_stored', saw, message: 'the store keeps it in its own form' }
}

/** A field as an answer's node shows it. Of tags only those we speak of: others beside them are not ours (D18). */
export function seenIn(field: Field, node: Node, ...ours: Json[]): Json {
    const value = field.read(node) as Json
    if (field.name !== 'tags' || !Array.isArray(value)) return value
    const known = new Set(ours.flat().map((tag) => String(tag).toLowerCase()))
    return value.filter((tag) => known.has(String(tag).toLowerCase()))
}

/** Equal as staging holds it: no text and an empty one are the same. */
export function sameText(a: Json | undefined, b: Json | undefined): boolean {
    const canonical = (value: Json | undefined) => JSON.stringify(value === '' || value === undefined ? null : value)
    return canonical(a) === canonical(b)
}
