import { type House, put } from './seed.ts'

/** Of a line of the destination what the source got: units at a price, as one part or two. */
export type SeedPart = {
    line: number
    part?: number
    units: number
    price: string
    factor?: number
    twin?: object | null
}

export type SeedPush = {
    connection: number
    order: number
    /** Its order at the source; null: there is none (yet). */
    twin: number | null
    parts: SeedPart[]
    more?: object
    twinMore?: object
    source?: number
}

const TOLD_AT = '2027-01-25T12:00:00Z'

/** What a push leaves: its intent, the twin in the staging of the source, and which line of it stands for which. */
export async function seedPush(house: House, push: SeedPush): Promise<void> {
    const { db, account_id, stores } = house
    const { connection, order, twin, parts, more = {} } = push
    const origin = `corner-shop.example/${order}`
    const lines_total = parts.reduce((sum, { units, price }) => sum + units * Number(price), 0).toFixed(2)
    const state = twin === null ? 'planned' : 'answered'
    const columns = {
        ...{ account_id, connection_id: connection, destination_order_id: order, state, source_order_id: twin, origin },
        ...{ source_order_name: twin === null ? null : `#N${twin}`, lines_total, currency: 'USD', rate: '1.25' },
        ...{ mode: 'auto', kind: 'order', attempts: twin === null ? 0 : 1, planned_at: TOLD_AT, changed_at: TOLD_AT },
        ...{ sent_at: twin === null ? null : TOLD_AT, told_at: twin === null ? null : TOLD_AT, run_id: 7, ...more },
    }
    const names = Object.keys(columns).join(', ')
    const { rows } = await db.send<{ order_push_id: string }>(
        `insert into order_pushes (${names}) select ${names} from jsonb_populate_record(null::order_pushes, $1::jsonb)
        returning order_push_id`,
        [JSON.stringify(columns)],
    )
    await put(
        db,
        'order_push_lines',
        parts.map(({ line, part = 1, units, price, factor = 1 }) => ({
            ...{ account_id, order_push_id: rows[0]!.order_push_id, line_item_id: line, part, units, factor },
            ...{
                unit_price: price,
                source_variant_id: 1,
                source_line_item_id: twin === null ? null : line * 10 + part,
            },
        })),
    )
    if (twin !== null) await seedTwin(house, { ...push, twin, source: push.source ?? stores.northwind }, origin)
}

type Twin = SeedPush & { twin: number; source: number }

async function seedTwin(house: House, { twin, parts, source, twinMore = {} }: Twin, origin: string): Promise<void> {
    await house.rows('staging.orders', [
        {
            ...{ store_id: source, order_id: twin, name: `#N${twin}`, created_at: TOLD_AT, updated_at: TOLD_AT },
            ...{ changed_at: TOLD_AT, test: false, currency: 'USD', refunded_total: '0.0', origin, refund_headers: [] },
            ...{ tags: [], discount_codes: [], ...twinMore },
        },
    ])
    await house.rows(
        'staging.line_items',
        parts.flatMap(({ line, part = 1, units, price, twin: twinLine = {} }) =>
            twinLine === null
                ? []
                : [
                      {
                          ...{ store_id: source, line_item_id: line * 10 + part, order_id: twin, sku: `N-${line}` },
                          ...{ title: 'At the source', quantity: units, current_quantity: units, unit_price: price },
                          ...{ discount: '0.0', mark: `${line}/${part}`, tax_lines: [], properties: [] },
                          ...{ changed_at: TOLD_AT, ...twinLine },
                      },
                  ],
        ),
    )
}
