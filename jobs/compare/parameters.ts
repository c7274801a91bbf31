import { minorDigits } from '../../connectors/entities/index.ts'
import { type Parameters, queryOne } from '../../sql/query.ts'
import type { Queryable } from '../../sql/session.ts'
import { type ConnectionRow, carriesCounts, storeById } from '../../sql/stores/stores.ts'
import { type Extent, productsInQuestion, type Sales } from './in_question.ts'
import { fieldFacts, kindsOf } from './steps.ts'

type Rate = { rate: string | null; source_currency: string; destination_currency: string }

export { minorDigits }

type Readings = { levels_as_of: string | null; raise_since: string }

/** How far the levels that were read can be trusted: what they show of the destination, and since when a source's row is of this run. */
async function stockParameters(q: Queryable, ends: Parameters, connection: ConnectionRow, { sales = KNOWN }: Extent) {
    const { orders } = connection.settings
    const readings = await queryOne<Readings>(q, 'stock/readings', ends)
    const { own: sales_known, all: raises } = sales
    return { ...readings, orders, sales_known, raises, counted: orders !== 'none', two_way: carriesCounts(connection) }
}

/** Where nobody says which sales were read: what is proposed is worked out anew before it is written. */
const KNOWN: Sales = { own: true, all: true }

/** Everything the files under sql/diff may ask for by name. */
export async function comparisonParameters(
    q: Queryable,
    connection: ConnectionRow,
    runId: string,
    extent: Extent,
): Promise<Parameters> {
    const { account_id, connection_id, settings } = connection
    const ends = { account_id, source: connection.source_store_id, destination: connection.destination_store_id }
    const source = await storeById(q, account_id, connection.source_store_id)
    const rate = await queryOne<Rate>(q, 'diff/rate', { ...ends, connection_id })
    return {
        ...ends,
        connection_id,
        run_id: runId,
        source_domain: source.domain,
        rank: connection.rank,
        rate: rate.rate,
        digits: minorDigits(rate.destination_currency),
        accepted_at: connection.accepted_at ?? connection.created_at,
        settings_at: connection.settings_at,
        first_sync: connection.first_sync_over_at === null,
        fields: fieldFacts,
        only: extent.only ?? null,
        kinds: kindsOf(extent.only),
        quantity_mode: settings.orders === 'none' ? 'follow' : 'enforced',
        hide_tags: settings.hide_tags.map((tag) => tag.toLowerCase()),
        match_by: settings.match_by,
        create: settings.create,
        new_products: settings.new_products,
        existing_items: settings.existing_items,
        add_variants: settings.add_variants,
        remove_variants: settings.remove_variants,
        tags: settings.tags,
        on_both: settings.on_both,
        ...(await stockParameters(q, ends, connection, extent)),
        inventory: settings.inventory,
        hidden_stock: settings.hidden_stock,
        source_gone: settings.source_gone,
        left_locations: settings.left_locations,
        cost_travels: settings.lock_rules.some((rule) => rule.field === 'cost' && rule.mode !== 'never'),
        ...settings.brakes,
        at: extent.at?.toISOString() ?? null,
        products: await productsInQuestion(q, connection, extent),
    }
}
