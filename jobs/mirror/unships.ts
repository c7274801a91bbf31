import type { UserError } from '../../connectors/shopify/errors.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import { operation } from '../../connectors/shopify/operations.ts'
import { clientOf, type Found, type Mirror, orderOf, type Result } from './intent.ts'
import { readParcels } from './orders_now.ts'
import { send, settle } from './send.ts'

type Data = { fulfillmentCancel: { fulfillment: { id: string } | null; userErrors: UserError[] } | null }

/** A parcel that the source took back is taken back at the destination, if it still stands there. */
export const unships: Mirror = {
    async carry(stage, intent): Promise<Result> {
        const { parcels, at } = await readParcels(clientOf(stage, intent), orderOf(intent))
        const parcel = parcels.find(({ id }) => id === intent.target_id)
        if (!parcel || parcel.status === 'CANCELLED') {
            return settle(stage, intent, { state: 'adopted', at: at.toISOString() })
        }
        const variables = { id: gid('Fulfillment', parcel.id) }
        const call = { document: operation('mirror/fulfillment_cancel'), variables, at }
        return send<Data>(stage, intent, call, ({ fulfillmentCancel: answer }) => answer && { ...answer })
    },

    async find(stage, intent): Promise<Found> {
        const { parcels, at } = await readParcels(clientOf(stage, intent), orderOf(intent))
        const there = parcels.some(({ id, status }) => id === intent.target_id && status !== 'CANCELLED')
        if (there) return { state: 'absent', at: at.toISOString() }
        return { state: 'there', target_id: intent.target_id, at: at.toISOString() }
    },
}
