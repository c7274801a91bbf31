import type { Scenario } from '../stage.ts'
import { every } from './steps.ts'

/** A list that the shop was made with, told as a whole. */
const listOf = (root: string): Scenario['play'] => {
    return (stage) => stage.play('', { args: { [root]: 'first: 10' } })
}

export const catalogs: readonly Scenario[] = [
    {
        file: '2025-01/products/publications-catalog.json',
        shop: { publications: ['Online Store', 'Point of Sale', 'Shop', 'Shopify GraphiQL App', 'example.com'] },
        play: listOf('publications'),
    },
    {
        file: '2025-01/products/large-publications-catalog.json',
        shop: { publications: ['Online Store', 'Point of Sale', 'example.com'] },
        play: listOf('publications'),
    },
    {
        file: '2026-04/store-properties/large-locations-catalog.json',
        shop: { locations: [{ name: '103 ossington' }, { name: 'Hermes Conformance Annex' }] },
        play: listOf('locations'),
    },
    { file: '2026-04/store-properties/location-activate-not-found.json', play: every },
]
