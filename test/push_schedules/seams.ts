import {
    type Act,
    answerReturn,
    cancel,
    edit,
    openReturn,
    pay,
    refund,
    requestReturn,
    sell,
    sellForDraft,
    sellWell,
    shipByHand,
} from './acts_here.ts'
import {
    answerReturnThere,
    cancelTwin,
    completeDraft,
    openReturnThere,
    refundTwin,
    sellThere,
    ship,
    takeBack,
    track,
    unship,
} from './acts_there.ts'

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
    ...around('the orders of a destination', { at: 'destination', request: bulk, after: [sellWell] }),
    ...around('the orders of the source', { at: 'source', request: bulk, after: [sellWell] }),
    ...around('the look-up of an order', { at: 'source', request: { name: 'orderByIdentifier' }, after: [sellWell] }),
    ...around('an order is created', { at: 'source', request: { name: 'orderCreate' }, after: [sellWell] }),
    ...around('a draft is created', {
        ...{ at: 'source', request: { name: 'draftOrderCreate' }, after: [sellForDraft], drafts: true },
    }),
    ...around('drafts are looked at', {
        ...{ at: 'source', request: { name: 'DraftsNow' }, after: [completeDraft], drafts: true },
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
    ...around('a return at the source', { at: 'source', request: { name: 'returnCreate' }, after: [openReturn] }),
    ...around('a return asked for at the source', {
        ...{ at: 'source', request: { name: 'returnRequest' }, after: [requestReturn] },
    }),
    ...around('a return at the destination', {
        ...{ at: 'destination', request: { name: 'returnCreate' }, after: [openReturnThere] },
    }),
    ...around('an answer to a return at the destination', {
        ...{ at: 'destination', request: { name: 'returnApproveRequest' }, after: [answerReturnThere, requestReturn] },
    }),
    ...around('returned units at the destination', {
        ...{ at: 'destination', request: { name: 'returnProcess' }, after: [takeBack, openReturnThere] },
    }),
]

/** All that may happen besides, at either end; what is common stands more than once. */
export const happenings: readonly Act[] = [
    ...[sell, sell, sell, sell, pay, pay],
    ...[ship, ship, ship, track, unship],
    ...[refund, cancel, edit, shipByHand, openReturn, requestReturn, answerReturn],
    ...[refundTwin, cancelTwin, openReturnThere, answerReturnThere, takeBack],
    ...[completeDraft, completeDraft, sellThere],
]

/** What else may befall a request: a lost answer, nothing done, done late, no gateway; and what may befall a reading. */
export const troubles = {
    requests: [
        { kind: 'timeout_after' },
        { kind: 'timeout_before' },
        { kind: 'late', seconds: 20 },
        { kind: 'late', seconds: 50 },
        { kind: 'bad_gateway' },
    ],
    readings: [
        { kind: 'bulk_failed' },
        { kind: 'bulk_failed_partial' },
        { kind: 'bulk_lost_lines' },
        { kind: 'bulk_repeated' },
    ],
} as const
export type Trouble = { kind: string; seconds?: number }
export const isReading = ({ request }: Seam) => request.name === bulk.name
