import type { Settings } from './settings.ts'

/** A row of `staging.locations`. */
export type LocationRow = { location_id: string; name: string; active: boolean }

export type LocationLink = {
    source_location_id: string
    destination_location_id: string
    mode: 'mirror' | 'sum_into'
    priority: number
}

/** The locations of a store, and its domain for what is said of them. */
export type Located = { domain: string; locations: readonly LocationRow[] }

/**
 * The settings' locations by id; none given: the only active one of each store. Throws a sentence where a name fits
 * no location or several, where more than one could be meant, and where rule 26 is broken: a source location feeds
 * one destination location, and one destination location takes several only as `sum_into`.
 */
export function linkLocations(settings: Settings, source: Located, destination: Located): LocationLink[] {
    const { locations, inventory } = settings
    if (locations.length === 0) return inventory ? [linkOnlyOnes(source, destination)] : []
    const links = locations.map((row, index) => ({
        source_location_id: find(source, row.source, `locations.${index}.source`),
        destination_location_id: find(destination, row.destination, `locations.${index}.destination`),
        mode: row.mode,
        priority: row.priority,
    }))
    refuseSharedLocations(links)
    return links
}

function linkOnlyOnes(source: Located, destination: Located): LocationLink {
    return {
        source_location_id: onlyActive(source, 'source'),
        destination_location_id: onlyActive(destination, 'destination'),
        mode: 'mirror',
        priority: 0,
    }
}

function onlyActive({ domain, locations }: Located, side: string): string {
    const active = locations.filter((location) => location.active)
    const [only] = active
    if (only && active.length === 1) return only.location_id
    throw new Error(
        `Expected one active location at ${domain} where the settings name none, got ${active.length}` +
            `${active.length > 0 ? `: ${named(active)}` : ''}. Name the ${side} in "locations" of the settings.`,
    )
}

function find({ domain, locations }: Located, wanted: string, where: string): string {
    const found = locations.filter((location) => location.name === wanted || location.location_id === wanted)
    const [only] = found
    if (only && found.length === 1) return only.location_id
    const came = found.length > 1 ? `${found.length} of that name (name it by id)` : 'none'
    throw new Error(
        `${where}: expected a location of ${domain} named "${wanted}", got ${came}. It has ${named(locations)}.`,
    )
}

function refuseSharedLocations(links: readonly LocationLink[]): void {
    links.forEach((link, index) => {
        const earlier = links.slice(0, index)
        const twice = earlier.findIndex((other) => other.source_location_id === link.source_location_id)
        if (twice >= 0) {
            throw new Error(
                `locations.${twice} and locations.${index} have one source location: it may feed one destination ` +
                    `location only (rule 26). Remove one of the two.`,
            )
        }
        const shared = earlier.findIndex((other) => other.destination_location_id === link.destination_location_id)
        if (shared >= 0 && [link.mode, earlier[shared]?.mode].includes('mirror')) {
            throw new Error(
                `locations.${shared} and locations.${index} have one destination location: several source locations ` +
                    `feed one only with "mode": "sum_into" in both (rule 26). Change the mode, or remove one of them.`,
            )
        }
    })
}

function named(locations: readonly LocationRow[]): string {
    return (
        locations
            .map(({ name, location_id, active }) => `"${name}" (${location_id}${active ? '' : ', inactive'})`)
            .join(', ') || 'no location that we may read'
    )
}
