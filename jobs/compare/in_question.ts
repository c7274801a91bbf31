import type { Entity } from '../../connectors/entities/index.ts'
import { execute, type Parameters, parametersOf, query, queryOne } from '../../sql/query.ts'
import type { Lists } from '../../sql/repeat.ts'
import type { Queryable } from '../../sql/session.ts'
import type { ConnectionRow } from '../../sql/stores/stores.ts'
import { looks } from './steps.ts'

/** A row changed by a transaction that began before the last comparison and ended after it must not slip through. */
const MERGE_MINUTES = 15

/**
 * Which sales this run has read: the destination's own, without which no figure is written there, and those of all
 * destinations of its source, without which none is raised.
 */
export type Sales = { own: boolean; all: boolean }

/**
 * What is compared: every pair held against its baseline (`whole`), or what moved since the last comparison, and some source
 * products besides, or all; of all entities, or of one alone. `at`: the moment from which brakes look back, now by the
 * database's clock where it is left out (rule 86).
 */
export type Extent = { whole: boolean; besides?: string[] | 'all'; only?: Entity['name']; at?: Date; sales?: Sales }

type Touched = { products: string[] | null; most: string }
type Named = { product_id: string; is_free?: boolean }

/**
 * The source products to look at closely, by id; null for all: nothing was compared yet, the settings or what rules say
 * moved, or so many are in question that they are found quicker by hash than one by one. A whole comparison holds every
 * pair's values at both ends against its baseline, and names those that are not as they were last settled, whenever and
 * however that came about; an hourly one trusts `changed_at`.
 */
export async function productsInQuestion(
    q: Queryable,
    connection: ConnectionRow,
    { whole, only, besides = [] }: Extent,
): Promise<string[] | null> {
    const { compared_at, settings_at } = connection
    if (besides === 'all' || compared_at === null || new Date(settings_at) >= new Date(compared_at)) return null
    const { account_id, connection_id, source_store_id: source } = connection
    const since = new Date(new Date(compared_at).getTime() - MERGE_MINUTES * 60_000)
    const asked = { account_id, connection_id, source, destination: connection.destination_store_id, since }
    const { turned } = await queryOne<{ turned: boolean }>(q, 'diff/rules_turned', asked)
    if (turned) return null
    const { products, most } = await queryOne<Touched>(q, 'diff/touched', asked)
    const named = new Set([...(products ?? []), ...besides])
    if (whole && named.size <= Number(most)) for (const id of await unsettled(q, connection, only)) named.add(id)
    return named.size > Number(most) ? null : [...named]
}

async function unsettled(q: Queryable, connection: ConnectionRow, only: Extent['only']): Promise<string[]> {
    const {
        settings,
        account_id,
        connection_id,
        source_store_id: source,
        destination_store_id: destination,
    } = connection
    const asked: Parameters = {
        ...{ account_id, connection_id, source, destination },
        match_by: settings.match_by,
        inventory: settings.inventory,
        buffered: settings.buffers.length > 0,
        hide_tags: settings.hide_tags.map((tag) => tag.toLowerCase()),
    }
    await execute(q, 'diff/tune_look')
    const rest: string[] = []
    const free: string[] = []
    for (const { file, lists, of } of looks) {
        if (only !== undefined && of !== undefined && of !== only) continue
        for (const { product_id, is_free } of await ask(q, file, asked, lists)) (is_free ? free : rest).push(product_id)
    }
    if (free.length === 0) return rest
    const offered = await ask(q, 'offered_of', { ...asked, products: free })
    return [...rest, ...offered.map(({ product_id }) => product_id)]
}

async function ask(q: Queryable, file: string, asked: Parameters, lists: Lists = {}): Promise<Named[]> {
    const names = await parametersOf(`diff/${file}`, lists)
    return query(q, `diff/${file}`, Object.fromEntries(names.map((name) => [name, asked[name] ?? null])), lists)
}
