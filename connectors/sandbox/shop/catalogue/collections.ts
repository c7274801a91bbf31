import { addCollection } from '../collections.ts'
import type { Shop } from '../state.ts'

/** Collections filled by hand: each takes every so-manieth product, so that many products are in several. */
const byHand: { title: string; every: number; most: number }[] = [
    { title: 'Summer', every: 4, most: 500 },
    { title: 'Sale', every: 6, most: 500 },
    { title: 'New in', every: 10, most: 250 },
    { title: 'Gifts', every: 15, most: 250 },
    { title: 'Staff picks', every: 33, most: 50 },
    { title: 'Coming soon', every: Number.POSITIVE_INFINITY, most: 0 },
]

const byRule: { title: string; column: string; condition: string }[] = [
    { title: 'Eco', column: 'TAG', condition: 'eco' },
    { title: 'Tableware', column: 'TYPE', condition: 'Tableware' },
]

/** A handful of collections over a generated catalogue, among them an empty one and some that fill themselves. */
export function seedCollections(shop: Shop, now: number) {
    const productIds = [...shop.products.keys()]
    for (const { title, every, most } of byHand) {
        const chosen = productIds.filter((_, place) => place % every === 0 && most > 0).slice(0, most)
        addCollection(shop, { title, productIds: chosen }, now)
    }
    for (const { title, column, condition } of byRule) {
        const rules = [{ column, relation: 'EQUALS', condition }]
        addCollection(shop, { title, rules: { appliedDisjunctively: false, rules } }, now)
    }
}
