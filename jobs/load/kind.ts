import type { Json } from '../../connectors/entities/index.ts'
import type { UserError } from '../../connectors/shopify/errors.ts'
import type { Line } from './line.ts'
import type { Outcome } from './outcome.ts'
import type { Place } from './place.ts'

/** What a mutation's root field answered. */
export type Payload = { userErrors: UserError[]; [key: string]: unknown }

/** A call still to be written: its variables, and the lines it carries in the order of its elements. */
export type Draft = { lines: Line[]; variables: { [name: string]: Json }; idempotencyKey?: string }

/** Calls to be made, and lines that are settled without one. */
export type Plan = { drafts: Draft[]; outcomes: Outcome[] }

/** An unanswered call is looked up at once, or by a later run, when others may have been at it. */
export type When = { later: boolean; sentAt: Date }

/** One kind of call: which lines it writes, how, and what its answers say. */
export type Kind = {
    /** Name of its document, and of its calls. */
    name: string
    /** The mutation's root field, under which the answer lies. */
    root: string
    /** The lines it writes. */
    selects: { entity: Line['entity']; action: Line['action']; fields: string[] | null }
    /** Lines are gathered by item, not by product. */
    byItem?: true
    /** How many products or items are taken up at a time. */
    batch: number
    /** Objects are read again before they are written (spec rule 88). */
    recheck?: true
    /** May be sent as a bulk mutation, by this document, whose variables may be fewer. */
    bulk?: { document: string; variables?: (variables: Draft['variables']) => Draft['variables'] }
    /** Its key makes a repetition harmless (spec rule 33): an unanswered call is sent again as it was. */
    repeatable?: true
    plan(lines: Line[], place: Place): Plan | Promise<Plan>
    /** What became of each line, by the answer. */
    judge(lines: Line[], payload: Payload, place: Place): Outcome[] | Promise<Outcome[]>
    /** What became of each line where no answer came: read from the store. */
    lookUp(lines: Line[], place: Place, when: When): Promise<Outcome[]>
}
