import { gid } from '../../connectors/shopify/gid.ts'
import type { ConnectionRow, StoreRow } from '../../sql/stores/stores.ts'
import { marksOf, originOf } from './marks.ts'
import { originField, peopleOf, propertiesOf } from './order_document.ts'
import type { Document, Ready } from './ready.ts'

/**
 * The variables of `draftOrderCreate` (platform §10.4): the source looks at it, and completes it. Prices are those
 * that were paid, and no tax comes on top.
 */
export function draftDocument(connection: ConnectionRow, destination: StoreRow, order: Ready): Document {
    const marks = marksOf(connection, destination, order)
    const money = (amount: string) => ({ amount, currencyCode: order.currency })
    return {
        input: {
            lineItems: order.lines.map((line) => ({
                variantId: gid('ProductVariant', line.source_variant_id),
                quantity: line.units,
                priceOverride: money(line.price),
                customAttributes: propertiesOf(connection, order, line).map(({ key, value }) => ({
                    key,
                    value: value ?? '',
                })),
            })),
            // The buyer has paid the taxes; a source that taxes drafts would ask for them again (rule 63).
            taxExempt: true,
            ...(order.shipping_total !== null && {
                shippingLine: {
                    title: order.shipping_title ?? 'Shipping',
                    priceWithCurrency: money(order.shipping_total),
                },
            }),
            ...peopleOf(connection, destination, order),
            ...{ tags: marks.tags, note: marks.note, customAttributes: marks.attributes },
            metafields: [originField(originOf(destination, order.order_id))],
        },
    } as unknown as Document
}
