import type { Entry, ReadingEntry } from './entries.ts'
import { parseGid } from './gids.ts'

/** A line of the sandbox's journal, as its control address gives it. */
export type Line = { n: number; at: string; shop: string; kind: string } & Record<string, unknown>

/** The sandbox's journal as the watcher reads it. `isBroken` names bulk operations that came to nothing. */
export function readJournal(lines: readonly Line[], isBroken: (shop: string, id: number) => boolean): Entry[] {
    const ends = new Map(
        lines.filter((it) => it.kind === 'bulk' && it.what === 'ended').map((it) => [`${it.shop}/${it.id}`, it.n]),
    )
    return lines.flatMap((line): Entry[] => {
        const base = { n: line.n, at: Date.parse(line.at), shop: line.shop }
        if (line.kind === 'stock') return stock(line, base)
        if (line.kind === 'order') {
            const status = (line.status as string | null) ?? null
            return [{ kind: 'order', ...base, orderId: Number(line.orderId), what: String(line.what), status }]
        }
        if (line.kind === 'mutation') return given(line, base)
        if (line.kind === 'query') return byId(line, base)
        const id = parseGid(String(line.id))
        if (line.kind !== 'bulk' || line.what !== 'started' || isBroken(line.shop, id)) return []
        const of = whatOf(line.roots as string[])
        const until = ends.get(`${line.shop}/${line.id}`) ?? line.n
        return of ? [{ kind: 'reading', ...base, until, of, how: 'bulk' }] : []
    })
}

type Base = { n: number; at: number; shop: string }

function stock(line: Line, base: Base): Entry[] {
    const place = { inventoryItemId: Number(line.inventoryItemId), locationId: Number(line.locationId) }
    const orderId = line.orderId === undefined ? null : Number(line.orderId)
    const delta = Number(line.delta)
    if (line.name === 'available') {
        return [
            { kind: 'stock', ...base, ...place, delta, after: Number(line.after), cause: String(line.cause), orderId },
        ]
    }
    if (line.name !== 'committed' || line.cause !== 'ship' || orderId === null) return []
    return [{ kind: 'shipped', ...base, ...place, orderId, units: -delta }]
}

type Quantities = { quantities?: Given[]; setQuantities?: Given[]; changes?: Given[] }
type Given = { inventoryItemId: string; changeFromQuantity?: number | null }

const calls: Readonly<Record<string, 'set' | 'adjust'>> = {
    inventorySetQuantities: 'set',
    inventorySetOnHandQuantities: 'set',
    inventoryAdjustQuantities: 'adjust',
}

/** Every quantity that a call named, also of one that was refused. */
function given(line: Line, base: Base): Entry[] {
    const call = calls[String(line.name)]
    const input = line.input as Quantities | undefined
    if (!call || !input) return []
    const all = [...(input.quantities ?? []), ...(input.setQuantities ?? []), ...(input.changes ?? [])]
    return all.map(({ inventoryItemId, changeFromQuantity }) => ({
        ...{ kind: 'given', ...base, call, inventoryItemId: parseGid(inventoryItemId), changeFromQuantity },
    }))
}

function byId(line: Line, base: Base): ReadingEntry[] {
    const ids = line.ids as string[]
    const roots = line.roots as string[]
    const asksFor = (type: string) => ids.some((id) => id.startsWith(`gid://shopify/${type}/`))
    const of =
        asksFor('InventoryItem') || asksFor('InventoryLevel')
            ? 'levels'
            : asksFor('Order') || roots.includes('orders')
              ? 'orders'
              : null
    return of ? [{ kind: 'reading', ...base, until: base.n, of, how: 'by id' }] : []
}

/** Levels are read from their locations. */
function whatOf(roots: readonly string[]): ReadingEntry['of'] | null {
    if (roots.includes('orders')) return 'orders'
    return roots.includes('locations') ? 'levels' : null
}
