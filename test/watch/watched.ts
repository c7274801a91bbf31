import type { Sandbox } from '../../connectors/sandbox/sandbox.ts'
import { mostSpecific } from '../oracle/eligibility.ts'
import { availableAt, locationLinks } from '../oracle/levels.ts'
import { readSettings, type SettingsDocument } from '../oracle/settings.ts'
import { type ShopState, type View, viewOf } from '../oracle/state.ts'
import type { Cast, Mode, WatchedConnection, WatchedItem } from './cast.ts'
import type { OrderFacts } from './entries.ts'
import { type Line, readJournal } from './journal.ts'
import { complaints } from './watcher.ts'

export type Told = { source: string; destination: string; settings: SettingsDocument; acceptedAt: number }

/** All that happened in a sandbox's shops, judged in the end. Items are paired by mapping and SKU alone. */
export async function watch(
    sandbox: Sandbox,
    connections: readonly Told[],
    stateOf: (domain: string) => Promise<ShopState>,
    { ended = true, lagMs = new Map<string, number>() } = {},
): Promise<string[]> {
    const domains = new Set(connections.flatMap(({ source, destination }) => [source, destination]))
    const views = new Map(await Promise.all([...domains].map(async (it) => [it, viewOf(await stateOf(it))] as const)))
    const { entries } = (await sandbox.control('journal')) as { entries: Line[] }
    const journal = readJournal(entries, (shop, id) => {
        const status = sandbox.shops.get(shop)?.bulkOperations.get(id)?.status
        return status !== undefined && status !== 'COMPLETED'
    })
    const cast: Cast = {
        connections: connections.map((it) => watchedOf(it, views.get(it.source)!, views.get(it.destination)!)),
        orders: new Map([...views].map(([domain, { shop }]) => [domain, factsOf(shop)])),
        lagMs,
        twins: twinsOf([...views.values()]),
        still: (shop, item, location) => figureNow(views.get(shop)!, item, location) ?? 0,
        stocked: (shop, item, location) => figureNow(views.get(shop)!, item, location) !== null,
    }
    return complaints(journal, cast, { ended })
}

function watchedOf({ source, destination, settings, acceptedAt }: Told, from: View, to: View): WatchedConnection {
    const { orders, counts_as_paid, ...rest } = readSettings(settings)
    const links = locationLinks({ orders, counts_as_paid, ...rest }, from.shop, to.shop)
    return {
        ...{ source, destination, orders: orders as Mode, counts_as_paid },
        items: itemsOf(readSettings(settings), from, to),
        locations: links,
        since: Math.floor(acceptedAt / 1000) * 1000,
    }
}

function itemsOf(settings: ReturnType<typeof readSettings>, from: View, to: View): WatchedItem[] {
    const sources = new Map([...from.variants.values()].map((it) => [it.variant.sku, it]))
    return [...to.variants.values()].flatMap(({ variant }) => {
        const mapping = settings.mappings.find((it) => it.destination_sku === variant.sku)
        const twin = sources.get(mapping?.source_sku ?? variant.sku)
        if (!twin || !variant.sku) return []
        const buffer = mostSpecific(settings.buffers, { source: from, ...twin })
        const factor = mapping?.factor ?? 1
        return [{ source: twin.variant.inventoryItemId, destination: variant.inventoryItemId, factor, buffer }]
    })
}

const factsOf = ({ orders = [] }: ShopState): OrderFacts[] =>
    orders.map(({ id, test, createdAt }) => ({ id, test, createdAt: new Date(createdAt).getTime() }))

/** Orders that say of themselves which order of another shop they stand for. */
function twinsOf(views: readonly View[]): Map<string, number> {
    const all = views.flatMap(({ shop }) => shop.orders ?? [])
    return new Map(
        all.flatMap(({ id, metafields }) => {
            const mark = metafields.find((it) => it.namespace === 'crossdock' && it.key === 'origin')
            return mark ? [[mark.value, id] as const] : []
        }),
    )
}

function figureNow({ variants }: View, item: number, location: number): number | null {
    const found = [...variants.values()].find(({ variant }) => variant.inventoryItemId === item)
    return found ? availableAt(found.variant, location) : null
}
