import type { ShopifyClient } from '../../connectors/shopify/client.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import type { RunContext } from '../context.ts'

export type Side = 'source' | 'destination'

/** Every kind of mirror; a test compares it with the modules and with the table. */
export const kinds = [
    'fulfillment',
    'tracking',
    'unship',
    'refund',
    'refund_money',
    'cancel',
    'cancel_lines',
    'edit',
    'return',
    'return_step',
    'return_process',
] as const
export type MirrorKind = (typeof kinds)[number]

/** Units of one line, as payloads have them: of the destination, and how many of the source they are. */
export type Units = { line_item_id: string; quantity: number; source_units: number }

/** What is to be carried to a twin; ids are decimal text, money too. */
export type Intent<Payload = Record<string, never>> = {
    mirror_id: string
    order_push_id: string
    kind: MirrorKind
    towards: Side
    origin_id: string
    location_id: string
    n: number
    payload: Payload
    key: string | null
    tries: number
    target_id: string | null
    amount: string | null
    currency: string | null
    approved_by: string | null
    first_sent_at: string | null
    destination_order_id: string
    source_order_id: string
}

/** One that was sent and never answered. `known`: what stands at the store for other intents of its twin. */
export type Unanswered<Payload = Record<string, never>> = Intent<Payload> & {
    variables: string
    sent_at: string
    known: string[]
}

/** Where mirrors are carried: one connection with its stores. */
export type Stage = { context: RunContext; connection: ConnectionRow; source: StoreRow; destination: StoreRow }

/** What a look-up found of an unanswered intent. `at`: the store's own time. */
export type Found =
    | { state: 'there'; target_id: string | null; at: string; facts?: Record<string, unknown> }
    | { state: 'absent' | 'several'; at: string }

/** What came of carrying an intent. `left`: nothing was sent, the next run plans it anew. */
export type Result = 'done' | 'waits' | 'left' | 'unknown'

/** How one kind of event is carried to the twin, and found there again when the answer was lost (rule 68). */
export type Mirror = {
    carry(stage: Stage, intent: Intent): Promise<Result>
    find(stage: Stage, intent: Unanswered): Promise<Found>
    /** Shopify tells a repetition by its key: what was sent may be sent again as it was, for 20 hours. */
    repeats?: (stage: Stage, intent: Unanswered, at: Date) => Promise<Result>
}

/** The order at the store that an intent is written to. */
export const orderOf = ({ towards, source_order_id, destination_order_id }: Intent<unknown>): string =>
    towards === 'source' ? source_order_id : destination_order_id

export const storeOf = (stage: Stage, { towards }: Intent<unknown>): StoreRow => stage[towards]

export const clientOf = (stage: Stage, intent: Intent<unknown>): ShopifyClient =>
    stage.context.clientOf(storeOf(stage, intent))

/** By what Shopify knows a repetition, and we our own refund: made of the connection and the event, never of a run. */
export function keyOf({ join_key, connection_id }: ConnectionRow, it: Intent<unknown>): string {
    return [
        'crossdock',
        join_key,
        connection_id,
        it.kind,
        it.towards,
        it.origin_id,
        it.location_id,
        it.n,
        it.tries,
    ].join('-')
}

/** What people read beside what we did at a store; in brackets the key by which we know it again. */
export function noteOf({ connection, source, destination }: Stage, it: Intent<unknown>, what: string): string {
    const other = it.towards === 'source' ? destination : source
    return `${what} at ${other.domain}. [${keyOf(connection, it)}]`
}
