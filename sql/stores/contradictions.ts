import type { Settings } from './settings.ts'

/**
 * Throws a sentence where settings contradict themselves: two mappings of one destination SKU, two rates of one pair
 * of currencies (both rows are named), a rate that is not above zero, quantities set back without orders being read,
 * hand counts carried to summed locations, pushes that leave the source's stock alone.
 */
export function refuseContradictions(settings: Settings): void {
    const { mappings, rates } = settings
    refuseTwice('mappings', mappings, ({ destination_sku }) => `the destination SKU "${destination_sku}"`)
    refuseTwice('rates', rates, ({ from, to }) => `a rate from ${from} to ${to}`)
    const dead = rates.findIndex(({ rate }) => !(Number(rate) > 0))
    if (dead >= 0) throw new Error(`rates.${dead}.rate: expected a rate above zero, got ${rates[dead]?.rate}.`)
    refuseEnforcedQuantity(settings)
    refuseSumsBothWays(settings)
    refuseBypass(settings)
}

/** Nobody subtracts the destination's sales with `orders: none`: setting its figure back would sell them again (D4). */
function refuseEnforcedQuantity({ orders, lock_rules }: Settings): void {
    if (orders !== 'none') return
    const rule = lock_rules.findIndex(
        ({ field, mode }) => field === 'quantity' && (mode === 'enforced' || mode === 'create_only'),
    )
    if (rule < 0) return
    throw new Error(
        `lock_rules.${rule}: with "orders": "none" a quantity can only be follow or never, since sales at the ` +
            `destination are subtracted nowhere and would be put on sale again (D4). Change the mode, or "orders".`,
    )
}

/** A count by hand at a destination can only go to one source location (D4). */
function refuseSumsBothWays({ orders, locations }: Settings): void {
    const sum = locations.findIndex(({ mode }) => mode === 'sum_into')
    if (orders !== 'two_way' || sum < 0) return
    throw new Error(
        `locations.${sum}: with "orders": "two_way" each destination location has one source location (D4). ` +
            `Change "mode" to mirror, or "orders".`,
    )
}

/** A pushed order that leaves the source's stock alone would never end the movement it stands for (rule 21b). */
function refuseBypass({ orders, push_inventory }: Settings): void {
    if (orders !== 'order_push' || push_inventory !== 'bypass') return
    throw new Error(
        `push_inventory: with "orders": "order_push" a pushed order has to lower the source, so bypass is refused ` +
            `(rule 21b). Choose decrement_ignoring_policy or decrement_obeying_policy.`,
    )
}

function refuseTwice<Row>(list: string, rows: readonly Row[], what: (row: Row) => string): void {
    const places = new Map<string, number>()
    rows.forEach((row, index) => {
        const first = places.get(what(row))
        if (first !== undefined) {
            throw new Error(`${list}.${first} and ${list}.${index} both give ${what(row)}. Remove one of the two.`)
        }
        places.set(what(row), index)
    })
}
