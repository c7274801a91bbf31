import { gid } from '../../connectors/shopify/gid.ts'
import { documentOf } from './documents.ts'
import type { Line } from './line.ts'
import type { Place } from './place.ts'

type Quantities = { quantities: { name: string; quantity: number }[] }
type ItemNode = { inventoryLevel: Quantities | null } | null

/** Items in one query. */
const ITEMS = 100

export function availableOf(level: Quantities | null | undefined): number | null {
    return level?.quantities.find((it) => it.name === 'available')?.quantity ?? null
}

/** What is available of each line's item at its location now, by change id; null where it is not stocked. */
export async function levelsNow(place: Place, lines: readonly Line[]): Promise<Map<string, number | null>> {
    const figures = new Map<string, number | null>()
    for (const [locationId, own] of Map.groupBy(lines, (line) => line.location_id)) {
        for (let start = 0; start < own.length; start += ITEMS) {
            const part = own.slice(start, start + ITEMS)
            const { nodes } = await place.client.query<{ nodes: ItemNode[] }>(documentOf('levels_now'), {
                ids: part.map((line) => gid('InventoryItem', line.item_id)),
                locationId: gid('Location', locationId),
            })
            part.forEach((line, index) => {
                figures.set(line.change_id, availableOf(nodes[index]?.inventoryLevel))
            })
        }
    }
    return figures
}

/** The figure a quantity is written over: as shown, or as read again since. */
export function fromOf(line: Line): number | null {
    if (line.from !== undefined) return line.from
    return line.before === null ? null : Number(line.before)
}
