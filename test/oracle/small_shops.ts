import type { Scene } from './lines.ts'
import { type Connection, emptyMemory } from './memory.ts'
import { readSettings, type SettingsDocument } from './settings.ts'
import { type ShopProduct, type ShopState, type ShopVariant, viewOf } from './state.ts'

/** Hand-made shops for the oracle's own tests: what is not said is plain. */
export function shop(domain: string, currency: string, products: ShopProduct[]): ShopState {
    const base = domain.startsWith('n') ? 1_000 : 2_000
    return {
        domain,
        currency,
        locations: [{ id: base + 1, name: 'Main', active: true }],
        publications: [{ id: base + 2, name: 'Online Store' }],
        products,
        collections: [],
    }
}

export const northwind = (...products: ShopProduct[]) => shop('northwind.example', 'USD', products)
export const cornerShop = (...products: ShopProduct[]) => shop('corner-shop.example', 'GBP', products)

export function product(id: number, given: Partial<ShopProduct> = {}): ShopProduct {
    const title = given.title ?? `Product ${id}`
    return {
        ...{ id, title, descriptionHtml: '', vendor: 'Northwind', productType: '', tags: [], status: 'ACTIVE' },
        ...{ handle: `product-${id}`, seo: { title: null, description: null }, publishedOn: [], collections: [] },
        ...{ options: [{ name: 'Title', values: ['Default Title'] }], createdAt: '2026-01-01T00:00:00Z' },
        ...{ metafields: [], media: [], variants: [variant(id * 10)] },
        ...given,
    }
}

export function variant(id: number, given: Partial<ShopVariant> & { available?: number } = {}): ShopVariant {
    const { available, ...rest } = given
    const locationId = id < 1_000_000 ? 1_001 : 2_001
    return {
        ...{ id, inventoryItemId: id + 5, options: ['Default Title'], sku: `SKU-${id}`, barcode: null, price: '10.00' },
        ...{ compareAtPrice: null, cost: null, taxable: true, inventoryPolicy: 'DENY', tracked: true, weight: null },
        ...{ requiresShipping: true, mediaIds: [], levels: available === undefined ? [] : [{ locationId, available }] },
        ...rest,
    }
}

/** What one comparison of northwind and the corner shop looks at. */
export function scene(source: ShopState, destination: ShopState, settings: SettingsDocument = {}): Scene {
    const connection: Connection = {
        id: 1,
        source: source.domain,
        destination: destination.domain,
        settings: readSettings({ orders: 'none', rates: [{ from: 'USD', to: 'GBP', rate: '0.8' }], ...settings }),
        acceptedAt: '2026-02-01T00:00:00Z',
        settingsAt: Date.parse('2026-02-01T00:00:00Z'),
    }
    const memory = emptyMemory(1)
    return {
        connection,
        memory,
        others: [],
        sharers: [{ connection, memory, destination: viewOf(destination) }],
        source: viewOf(source),
        destination: viewOf(destination),
        now: Date.parse('2026-02-02T00:00:00Z'),
        wholeAt: null,
        history: null,
    }
}
