import type { Context } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import { itemOf } from '../../shop/goods.ts'
import type { Shop, Variant } from '../../shop/state.ts'
import { levelsOf, quantityOf } from '../../shop/stock.ts'
import { type MetafieldInput, metafieldFaults } from '../metafields/write.ts'
import type { InventoryBehaviour, LineInput, OrderCreateInput, TaxLineInput } from './order_create_input.ts'
import { currencyFaults } from './order_create_money.ts'

export type OrderFault = { field: (string | number)[] | null; message: string; code: string }

function fault(field: (string | number)[], message: string, code = 'INVALID'): OrderFault {
    return { field: ['order', ...field], message, code }
}

/** What Shopify refuses in a new order. */
export function orderFaults(context: Context, input: OrderCreateInput, behaviour: InventoryBehaviour): OrderFault[] {
    const lines = input.lineItems ?? []
    if (lines.length === 0) return [fault(['lineItems'], 'Line items must have at least one line item')]
    const taxed = [...taxFaults('lineItems', lines), ...taxFaults('shippingLines', input.shippingLines ?? [])]
    const redundant = input.customerId != null && input.customer != null
    const faults = [
        ...lateFaults(context, input),
        ...currencyFaults(context, input).map(({ field, message }) => fault(field, message)),
        ...(redundant
            ? [fault([], 'Only one of customer or customerId can be given', 'REDUNDANT_CUSTOMER_FIELDS')]
            : []),
        ...taxed,
        ...lines.flatMap((line, place) => lineFaults(context.shop, line, place)),
        ...orderMetafieldFaults(context, input.metafields ?? []),
    ]
    if (faults.length > 0 || behaviour !== 'DECREMENT_OBEYING_POLICY') return faults
    return claimFaults(context.shop, lines)
}

/** From 2026-07 on a future time is taken for now instead. */
function lateFaults({ apiVersion, clock }: Context, { processedAt }: OrderCreateInput): OrderFault[] {
    const late = processedAt != null && Date.parse(processedAt) > clock.now()
    if (!late || apiVersion >= '2026-07') return []
    return [fault(['processedAt'], 'Processed at cannot be in the future', 'PROCESSED_AT_INVALID')]
}

function taxFaults(list: string, lines: readonly { taxLines?: TaxLineInput[] | null }[]): OrderFault[] {
    return lines.flatMap(({ taxLines }, place) =>
        (taxLines ?? []).flatMap(({ rate }, tax) =>
            String(rate).trim() === ''
                ? [fault([list, place, 'taxLines', tax, 'rate'], 'Tax line rate is missing', 'TAX_LINE_RATE_MISSING')]
                : [],
        ),
    )
}

function lineFaults(shop: Shop, line: LineInput, place: number): OrderFault[] {
    if (line.quantity < 1) {
        return [fault(['lineItems', place, 'quantity'], 'Quantity must be greater than 0')]
    }
    if (line.variantId != null && !shop.variants.has(numberOf(line.variantId, 'ProductVariant'))) {
        return [fault(['lineItems', place, 'variantId'], 'Variant does not exist')]
    }
    const named = line.variantId != null || (line.title ?? '') !== ''
    return named ? [] : [fault(['lineItems', place, 'title'], "Title can't be blank")]
}

/** A value that must be unique is refused a second time, unless the shop does not care. */
export function orderMetafieldFaults(context: Context, metafields: readonly MetafieldInput[]): OrderFault[] {
    return metafields.flatMap((input, place) =>
        metafieldFaults(context, 'ORDER', null, input).map(({ field, message }) =>
            fault(['metafields', place, field], message),
        ),
    )
}

/** Obeying the policy, an item that is not sold below 0 must lie somewhere in the number asked for. */
function claimFaults(shop: Shop, lines: readonly LineInput[]): OrderFault[] {
    const wanted = new Map<Variant, number>()
    for (const { variantId, quantity } of lines) {
        const variant = shop.variants.get(numberOf(variantId, 'ProductVariant'))
        if (variant) wanted.set(variant, (wanted.get(variant) ?? 0) + quantity)
    }
    const short = [...wanted].some(([variant, quantity]) => {
        const item = itemOf(shop, variant)
        if (!item.tracked || variant.inventoryPolicy === 'CONTINUE') return false
        return !levelsOf(shop, item).some((level) => quantityOf(level, 'available') >= quantity)
    })
    return short ? [fault(['lineItems'], 'Unable to claim inventory', 'INVENTORY_CLAIM_FAILED')] : []
}
