import { startSandbox } from '../connectors/sandbox/sandbox.ts'
import type { CatalogueOptions, ShopOptions } from '../connectors/sandbox/shop/options.ts'

/** Where a shop is, and what lets in there; null where its list gives it no static token. */
export type OpenedShop = { domain: string; origin: string; token: string | null }

export type Opened = {
    opened: { port: number; url: string; shops: OpenedShop[] }
    close(): Promise<void>
}

/** Shops to rehearse with when none are named; a catalogue fills the first. */
function twoShops(catalogue: CatalogueOptions | undefined): ShopOptions[] {
    return [{ domain: 'northwind.example', ...(catalogue && { catalogue }) }, { domain: 'corner-shop.example' }]
}

/** Starts a sandbox for people: the shops of a list (as its file gives them), or two, the first with a catalogue. */
export async function openSandbox(wanted: {
    port: number
    shops: unknown[] | null
    catalogue?: CatalogueOptions
}): Promise<Opened> {
    const shops = (wanted.shops as ShopOptions[] | null) ?? twoShops(wanted.catalogue)
    const nameless = shops.findIndex((shop) => typeof shop?.domain !== 'string')
    if (nameless >= 0)
        throw new Error(`Expected each shop to have a "domain", but shop ${nameless} of the list has none.`)
    const sandbox = await startSandbox({ port: wanted.port, shops })
    const { port, url } = sandbox
    const known = [...sandbox.shops.values()].map(({ domain, tokens }) => ({
        domain,
        origin: sandbox.originOf(domain),
        token: tokens[0]?.token ?? null,
    }))
    return { opened: { port, url, shops: known }, close: () => sandbox.close() }
}
