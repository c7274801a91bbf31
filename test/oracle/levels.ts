import { ceiling, decimal, floorDivide } from './decimal.ts'
import type { Buffer, Settings } from './settings.ts'
import type { ShopState, ShopVariant } from './state.ts'

export type LocationLink = { sources: number[]; destination: number; open: boolean }

/** Source locations by the destination location they feed; without any named, the only active one of each store. */
export function locationLinks(settings: Settings, source: ShopState, destination: ShopState): LocationLink[] {
    const links = new Map<number, LocationLink>()
    for (const { from, to } of namedLocations(settings, source, destination)) {
        const open = destination.locations.some((it) => it.id === to && it.active)
        const link = links.get(to) ?? { sources: [], destination: to, open }
        link.sources.push(from)
        links.set(to, link)
    }
    return [...links.values()]
}

function namedLocations(settings: Settings, source: ShopState, destination: ShopState) {
    if (settings.locations.length === 0) {
        const [from, ...moreFrom] = source.locations.filter((it) => it.active)
        const [to, ...moreTo] = destination.locations.filter((it) => it.active)
        return from && to && moreFrom.length + moreTo.length === 0 ? [{ from: from.id, to: to.id }] : []
    }
    return settings.locations.flatMap((row) => {
        const from = source.locations.find((it) => it.name === row.source || String(it.id) === row.source)
        const to = destination.locations.find((it) => it.name === row.destination || String(it.id) === row.destination)
        return from && to ? [{ from: from.id, to: to.id }] : []
    })
}

/** What is available over the linked source locations; an item that is stocked at none of them has none to give. */
export function poolOf(variant: ShopVariant, link: LocationLink): number {
    const levels = variant.levels.filter((level) => link.sources.includes(level.locationId))
    return levels.reduce((sum, level) => sum + level.available, 0)
}

/**
 * The figure of a destination (rule 21): `floor(max(0, pool − aside − buffer) / factor)`, 0 below `zero_below`. The share
 * that is kept back is one of the whole pool, set aside or not.
 */
export function targetOf(pool: number, buffer: Buffer | null, factor: number, aside = 0): number {
    const share = ceiling(percentOf(pool, buffer?.percent ?? '0'))
    const kept = Math.max(buffer?.units ?? 0, Number(share))
    const figure = Number(floorDivide(BigInt(Math.max(0, pool - aside - kept)), BigInt(factor)))
    return figure < (buffer?.zero_below ?? 0) ? 0 : figure
}

function percentOf(pool: number, percent: string) {
    const { units, scale } = decimal(percent)
    return { units: units * BigInt(pool), scale: scale + 2 }
}

/** What a shop shows at a location; null: not stocked there. */
export const availableAt = (variant: ShopVariant, locationId: number): number | null =>
    variant.levels.find((level) => level.locationId === locationId)?.available ?? null

/** Rule 30: tracked on one side only. */
export const isUntracked = (a: ShopVariant, b: ShopVariant) => a.tracked !== b.tracked
