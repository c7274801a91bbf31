import type { JsonObject } from '../recording.ts'
import type { Playing, Scenario } from '../stage.ts'

type Hints = Readonly<Record<string, Playing>>

/** Every exchange; orders are numbered on from `first`, so that their names are the recorded ones. */
function numbered(first: number, hints: Hints = {}, left?: RegExp): Scenario['play'] {
    return async (stage) => {
        stage.shop.lastOrderNumber = first - 1
        for (const path of stage.paths()) if (!left?.test(path)) await stage.play(path, hints[path])
    }
}

const CANCEL = `mutation CancelFulfillment($id: ID!) {
    fulfillmentCancel(id: $id) {
        fulfillment { id status displayStatus trackingInfo { number url company } } userErrors { field message }
    }
}`

const CLOSED: Playing = { except: /recorded "Fulfillment order \d+ has an unfulfillable status= closed\."/ }
const settledLater = { cancelMs: 600_000 }
const canadian = { currency: 'CAD' }

export const orders: readonly Scenario[] = [
    {
        file: '2025-01/orders/fulfillment-cancel-parity.json',
        shop: canadian,
        play: async (stage) => {
            const variables = stage.part('variables') as JsonObject
            await numbered(1167, { mutation: { document: CANCEL, variables } })(stage)
        },
    },
    { file: '2025-01/orders/fulfillment-unknown-not-found.json', play: numbered(1) },
    {
        file: '2025-01/orders/order-create-math-matrix.json',
        shop: canadian,
        play: numbered(1334, {}, /^cleanup/),
    },
    {
        file: '2026-04/orders/fulfillment-create-preconditions.json',
        shop: { ...canadian, settings: settledLater },
        // a message names a fulfillment order by its number; a shipped order is archived a moment later, here at once
        play: numbered(
            1671,
            {
                'cases.cancelled': CLOSED,
                'cases.closed': CLOSED,
                'cases.closed.setup.hydrate': { except: /\.closed(At)?: recorded (false|null)/ },
                // fulfillmentOrderReportProgress is not played, and the last case counts on from its order
            },
            /^cases\.(inProgress|happyPath)|^cleanup/,
        ),
    },
    {
        file: '2026-04/orders/order-return-status-lifecycle.json',
        play: numbered(1797, {}, /^(zeroCase|cleanup|removedCase)/),
    },
    { file: '2026-04/orders/orderCancel-error-messages.json', play: numbered(1) },
    {
        file: '2025-01/shipping-fulfillments/fulfillment-create-name.json',
        shop: canadian,
        // orders are never deleted by a sync: orderDelete is not played
        play: numbered(1513, {}, /delete$/),
    },
]
