import { gid } from '../../connectors/shopify/gid.ts'
import { documentOf } from './documents.ts'
import { conflict, type Outcome } from './outcome.ts'
import type { Place } from './place.ts'

type Locations = { nodes: ({ isActive: boolean } | null)[] }

/**
 * What a store refused at a location that it closed meanwhile is no refusal of the figure, which would stand after the
 * location is open again (rule 28): the next run reads which locations are open, and compares anew.
 */
export async function unlessClosed(outcomes: readonly Outcome[], { client }: Place): Promise<Outcome[]> {
    const isRefused = ({ status }: Outcome) => status === 'failed'
    const ids = [...new Set(outcomes.filter(isRefused).map(({ line }) => line.location_id))]
    if (ids.length === 0) return [...outcomes]
    const { nodes } = await client.query<Locations>(documentOf('locations_now'), {
        ids: ids.map((id) => gid('Location', id)),
    })
    const closed = new Set(ids.filter((_, index) => nodes[index]?.isActive === false))
    return outcomes.map((it) =>
        isRefused(it) && closed.has(it.line.location_id)
            ? conflict(it.line, `its location was closed meanwhile: ${it.message}`)
            : it,
    )
}
