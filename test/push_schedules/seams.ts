import { type Act, cancel, edit, pay, refund, sell, sendBack, shipByHand } from './acts_here.ts'
import { cancelTwin, completeDraft, refundTwin, ship, takeBack, track, unship } from './acts_there.ts'

/** Where in a run something happens: before a request is carried out, or when it is, before its answer. */
export type Seam = {
    name: string
    kind: 'hold' | 'hold_after'
    at: 'source' | 'destination'
    request: { name: string; contains?: string }
    /** what has to happen before a run has reason to come here: the first of them that anything lets */
    after: readonly Act[]
    /** only where orders are pushed as drafts */
    drafts?: true
}

type Where = Pick<Seam, 'at' | 'request' | 'after'> & { drafts?: true }

/** A request, before it is carried out and after it. */
const around = (what: string, where: Where): Seam[] => [
    { ...where, name: `before ${what}`, kind: 'hold' },
    { ...where, name: `after ${what}`, kind: 'hold_after' },
]
const bulk = { name: 'bulkOperationRunQuery', contains: 'displayFinancialStatus' }

export const seams: readonly Seam[] = [
    ...around('the orders of a destination', { at: 'destination', request: bulk, after: [sell] }),
    ...around('the orders of the source', { at: 'source', request: bulk, after: [ship, sell] }),
    ...around('the look-up of an order', { at: 'source', request: { name: 'orderByIdentifier' }, after: [sell] }),
    ...around('an order is created', { at: 'source', request: { name: 'orderCreate' }, after: [sell] }),
    ...around('a draft is created', {
        ...{ at: 'source', request: { name: 'draftOrderCreate' }, after: [sell], drafts: true },
    }),
    ...around('drafts are looked at', {
        ...{ at: 'source', request: { name: 'DraftsNow' }, after: [completeDraft, sell], drafts: true },
    }),
    ...around('a completed draft is marked', {
        ...{ at: 'source', request: { name: 'metafieldsSet' }, after: [completeDraft], drafts: true },
    }),
    ...around('a parcel', { at: 'destination', request: { name: 'fulfillmentCreate' }, after: [ship] }),
    ...around('its other tracking', {
        ...{ at: 'destination', request: { name: 'fulfillmentTrackingInfoUpdate' }, after: [track] },
    }),
    ...around('a parcel that never left', {
        ...{ at: 'destination', request: { name: 'fulfillmentCancel' }, after: [unship] },
    }),
    ...around('a refund at the source', { at: 'source', request: { name: 'refundCreate' }, after: [refund] }),
    ...around('a refund at the destination', {
        ...{ at: 'destination', request: { name: 'refundCreate' }, after: [refundTwin] },
    }),
    ...around('a cancellation at the source', { at: 'source', request: { name: 'orderCancel' }, after: [cancel] }),
    ...around('a cancellation at the destination', {
        ...{ at: 'destination', request: { name: 'orderCancel' }, after: [cancelTwin] },
    }),
    ...around('an edit is committed', { at: 'source', request: { name: 'orderEditCommit' }, after: [edit] }),
    ...around('a return at the source', { at: 'source', request: { name: 'returnCreate' }, after: [sendBack] }),
    ...around('a return at the destination', {
        ...{ at: 'destination', request: { name: 'returnCreate' }, after: [takeBack] },
    }),
    ...around('returned units at the destination', {
        ...{ at: 'destination', request: { name: 'returnProcess' }, after: [takeBack] },
    }),
]

/** All that may happen besides, at either end; what is common stands more than once. */
export const happenings: readonly Act[] = [
    ...[sell, sell, sell, sell, pay, pay],
    ...[ship, ship, ship, track, unship],
    ...[refund, cancel, edit, shipByHand, sendBack],
    ...[refundTwin, cancelTwin, takeBack, completeDraft, completeDraft],
]

/** What else may go wrong in a run: lost answers, requests that come to nothing or late, readings that break off. */
export const troubles = [
    ...['orderCreate', 'draftOrderCreate', 'fulfillmentCreate', 'refundCreate', 'orderCancel'].flatMap((name) => [
        { kind: 'timeout_after', name },
        { kind: 'timeout_before', name },
        { kind: 'late', name, seconds: 20 },
        { kind: 'late', name, seconds: 50 },
        { kind: 'bad_gateway', name },
    ]),
    ...['orderEditCommit', 'returnCreate', 'returnProcess', 'metafieldsSet', 'orderByIdentifier', 'Refunds'].map(
        (name) => ({ kind: 'timeout_after', name }),
    ),
    { kind: 'timeout_before', name: 'orderEditCommit' },
    { kind: 'timeout_before', name: 'returnCreate' },
    { kind: 'timeout_before', name: 'orderByIdentifier' },
    { kind: 'bulk_failed', contains: 'displayFinancialStatus' },
    { kind: 'bulk_lost_lines', contains: 'displayFinancialStatus' },
    { kind: 'bulk_repeated', contains: 'displayFinancialStatus' },
    { kind: 'bulk_repeated', contains: 'fulfillmentOrders' },
] as const
export type Trouble = { kind: string; name?: string; contains?: string; seconds?: number }
