import { parseGid } from '../../connectors/shopify/gid.ts'
import { MARK } from './order_document.ts'

/** A source's order as an answer shows it: enough to know which of its lines stands for which. */
export type TwinNode = {
    id: string
    name: string
    lineItems: { nodes: { id: string; customAttributes: { key: string; value: string | null }[] }[] }
    fulfillmentOrders: {
        nodes: {
            assignedLocation: { location: { id: string } | null }
            lineItems: { nodes: { lineItem: { id: string } }[] }
        }[]
    }
}

type TwinLine = { mark: string; source_line_item_id: string; location_id: string | null }

/** Its marked lines, and where each is assigned (rule 21a). Lines beyond the answer's pages are read with the source's orders. */
export function twinLines({ lineItems, fulfillmentOrders }: TwinNode): TwinLine[] {
    const places = new Map(
        fulfillmentOrders.nodes.flatMap(({ assignedLocation: { location }, lineItems: own }) =>
            own.nodes.map(({ lineItem }) => [lineItem.id, location && parseGid('Location', location.id)] as const),
        ),
    )
    return lineItems.nodes.flatMap(({ id, customAttributes }) => {
        const mark = customAttributes.find(({ key }) => key === MARK)?.value
        if (!mark || !/^\d+\/\d+$/.test(mark)) return []
        return [{ mark, source_line_item_id: parseGid('LineItem', id), location_id: places.get(id) ?? null }]
    })
}
