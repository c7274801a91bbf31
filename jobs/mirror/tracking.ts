import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { clientOf, type Found, type Intent, type Mirror, orderOf, type Result } from './intent.ts'
import { type Parcel, readParcels, type Tracking } from './orders_now.ts'
import { send, settle } from './send.ts'

type Payload = { tracking: Tracking[] }
type Data = { fulfillmentTrackingInfoUpdate: { fulfillment: { id: string } | null; userErrors: UserError[] } | null }

/** Other tracking of a parcel that is there already: the buyer is sent no second mail (rule 65). */
export const tracking: Mirror = {
    async carry(stage, given): Promise<Result> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const { parcels, at } = await readParcels(clientOf(stage, intent), orderOf(intent))
        const parcel = parcels.find(({ id }) => id === intent.target_id)
        const told = at.toISOString()
        if (!parcel || parcel.status === 'CANCELLED') {
            return settle(stage, intent, { state: 'adopted', reason: 'CANCELLED', at: told })
        }
        const input = trackingInput(intent.payload.tracking)
        if (!input || isTracked(parcel, intent.payload.tracking)) {
            return settle(stage, intent, { state: 'adopted', at: told })
        }
        const variables = { id: gid('Fulfillment', parcel.id), tracking: input, notify: false }
        const call = { document: operation('mirror/tracking_update'), variables, at }
        return send<Data>(stage, intent, call, ({ fulfillmentTrackingInfoUpdate: answer }) => answer && { ...answer })
    },

    async find(stage, given): Promise<Found> {
        const intent = given as Intent<unknown> as Intent<Payload>
        const { parcels, at } = await readParcels(clientOf(stage, intent), orderOf(intent))
        const parcel = parcels.find(({ id }) => id === intent.target_id)
        const there = parcel && isTracked(parcel, intent.payload.tracking)
        if (there) return { state: 'there', target_id: parcel.id, at: at.toISOString() }
        return { state: 'absent', at: at.toISOString() }
    },
}

/** Tracking as Shopify takes it: numbers with their urls by position; urls only where each number has one. */
export function trackingInput(given: readonly Tracking[]) {
    const numbered = given.filter(({ number }) => number !== null && number !== '')
    const company = given.find((it) => it.company)?.company ?? null
    const urls = numbered.map(({ url }) => url)
    if (numbered.length === 0 && company === null) return null
    return {
        ...(company === null ? {} : { company }),
        ...(numbered.length > 0 ? { numbers: numbered.map(({ number }) => number) } : {}),
        ...(urls.length > 0 && urls.every((url) => url) ? { urls } : {}),
    }
}

/** Whether a parcel shows this tracking; the address that Shopify makes of company and number is its own. */
export function isTracked(parcel: Parcel, tracking: readonly Tracking[]): boolean {
    const numbers = (all: readonly Tracking[]) => all.map(({ number }) => number ?? '').filter(Boolean)
    const company = (all: readonly Tracking[]) => all.find((it) => it.company)?.company ?? null
    const [is, wanted] = [numbers(parcel.tracking).toSorted(), numbers(tracking).toSorted()]
    if (is.join('\n') !== wanted.join('\n') || company(parcel.tracking) !== company(tracking)) return false
    return tracking.every(({ number, url }) => {
        if (!url || urlsAreLeftOut(tracking)) return true
        return parcel.tracking.some((it) => it.number === number && it.url === url)
    })
}

const urlsAreLeftOut = (tracking: readonly Tracking[]) => tracking.some(({ number, url }) => number && !url)
