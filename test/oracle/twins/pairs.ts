import type { Sharer } from '../orders.ts'
import type { View } from '../state.ts'
import { type FullLine, type FullOrder, type Item, itemsOf } from './full_order.ts'

/** A destination's order, the one at the source that stands for it, and what both know of the goods in them. */
export type Twins = {
    sharer: Sharer
    source: View
    order: FullOrder
    twin: FullOrder
    /** by the destination's variant */
    items: ReadonlyMap<number, Item>
}

export const twinsPair = (sharer: Sharer, source: View, order: FullOrder, twin: FullOrder): Twins => ({
    ...{ sharer, source, order, twin, items: itemsOf(sharer.memory.variants, source) },
})

/** `<line of the destination>/<part>`: which line a line of the twin stands for; null: it says nothing. */
export function lineMark({ customAttributes = [] }: Partial<FullLine>): { line: number; part: number } | null {
    const value = customAttributes.find(({ key }) => key === '_crossdock')?.value ?? ''
    const found = /^(\d+)\/(\d+)$/.exec(value)
    return found && { line: Number(found[1]), part: Number(found[2]) }
}

export type Pair = {
    line: FullLine
    item: Item
    /** lines of the twin that stand for it: usually one, two where a total did not divide */
    parts: FullLine[]
}

/** Lines of the destination that were carried, each with what stands for it. */
export function pairsIn({ order, twin, items }: Twins): Pair[] {
    return order.lines.flatMap((line) => {
        const item = items.get(line.variantId ?? -1)
        const parts = twin.lines.filter((it) => lineMark(it)?.line === line.id)
        return item && parts.length > 0 ? [{ line, item, parts }] : []
    })
}

/** Units of a line as it was made, before anything edited it. */
export const asMade = ({ quantity, added }: FullLine): number => quantity - added

export const total = (numbers: readonly number[]): number => numbers.reduce((sum, it) => sum + it, 0)

/** Units by line of the destination, in its own units, of things that name lines of either order. */
export function unitsByLine(
    { order, twin, items }: Twins,
    lines: readonly { lineId: number; quantity: number }[],
    side: 'order' | 'twin',
): Map<number, number> {
    const units = new Map<number, number>()
    const lineOf = new Map(twin.lines.map((it) => [it.id, lineMark(it)?.line ?? null]))
    for (const { lineId, quantity } of lines) {
        const own = side === 'order' ? lineId : (lineOf.get(lineId) ?? lineId)
        const variant = order.lines.find(({ id }) => id === own)?.variantId
        const item = items.get(variant ?? -1)
        if (side === 'order' && !item) continue
        const factor = side === 'twin' ? (item?.factor ?? 1) : 1
        units.set(own, (units.get(own) ?? 0) + quantity / factor)
    }
    return units
}

export const shownUnits = (units: ReadonlyMap<number, number>): string =>
    [...units]
        .filter(([, quantity]) => quantity !== 0)
        .sort(([a], [b]) => a - b)
        .map(([line, quantity]) => `${quantity} of ${line}`)
        .join(', ')
