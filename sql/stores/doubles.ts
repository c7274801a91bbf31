import type { Settings } from './settings.ts'

/**
 * Throws a sentence naming both rows where two rows of the settings say what only one may say: two mappings of one
 * destination SKU, two rates of one pair of currencies; and where a rate is not above zero.
 */
export function refuseDoubles({ mappings, rates }: Settings): void {
    refuseTwice('mappings', mappings, ({ destination_sku }) => `the destination SKU "${destination_sku}"`)
    refuseTwice('rates', rates, ({ from, to }) => `a rate from ${from} to ${to}`)
    const dead = rates.findIndex(({ rate }) => !(Number(rate) > 0))
    if (dead >= 0) throw new Error(`rates.${dead}.rate: expected a rate above zero, got ${rates[dead]?.rate}.`)
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
