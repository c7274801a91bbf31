import type { Place } from './places/place.ts'

const seams = ['before', 'after', 'midway', 'commit'] as const

export type Table = ReturnType<typeof openTable>

/** Counts how many kills hit each place. */
export function openTable(places: readonly Place[]) {
    const hits = new Map<Place, number>(places.map((place) => [place, 0]))
    return {
        hit: (place: Place) => hits.set(place, (hits.get(place) ?? 0) + 1),
        total: () => [...hits.values()].reduce((sum, count) => sum + count, 0),
        missed: () => [...hits].filter(([, count]) => count === 0).map(([{ seam, name }]) => `${seam} ${name}`),
        text: () => render(hits),
    }
}

function render(hits: ReadonlyMap<Place, number>): string {
    const byName = Map.groupBy(hits, ([{ name }]) => name)
    const width = Math.max(...[...byName.keys()].map((name) => name.length))
    const row = (name: string, cells: (string | number)[]) =>
        name.padEnd(width) + cells.map((cell) => String(cell).padStart(8)).join('')
    const rows = [...byName].map(([name, own]) => {
        const count = (seam: string) => own.find(([place]) => place.seam === seam)?.[1] ?? ''
        return row(name, seams.map(count))
    })
    return [row('', [...seams]), ...rows].join('\n')
}
