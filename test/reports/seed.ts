import type { Database } from '../../sql/database.ts'
import { addAccount } from '../../sql/stores/accounts.ts'
import { parseSettings } from '../../sql/stores/settings.ts'

export type SeedLine = { sku: string; quantity: number; price: string; discount?: string; more?: object }
export type SeedOrder = { id: number; at: string; lines: SeedLine[]; more?: object }

const READ_AT = '2027-01-01T00:00:00Z'

/** Puts rows into a table by their columns' names. */
export async function put(db: Database, table: string, rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ')
    const given = `jsonb_populate_recordset(null::${table}, $1::jsonb)`
    await db.send(`insert into ${table} (${columns}) overriding system value select ${columns} from ${given}`, [
        JSON.stringify(rows),
    ])
}

export type House = Awaited<ReturnType<typeof seedHouse>>

/**
 * Staging rows as readings leave them, without any store: northwind feeds the corner shop, southwind may do so too. Lines
 * of an order have the ids 1001, 1002 … of order 1, an item's variant at every store the same id.
 */
export async function seedHouse(db: Database) {
    const { account_id } = await addAccount(db, `house ${Math.random()}`)
    const stores = { northwind: 0, corner_shop: 0, southwind: 0 }
    const facts: [keyof typeof stores, string, string, string][] = [
        ['northwind', 'source', 'USD', 'America/New_York'],
        ['corner_shop', 'destination', 'GBP', 'Europe/London'],
        ['southwind', 'source', 'USD', 'America/New_York'],
    ]
    for (const [name, role, currency, zone] of facts) {
        const domain = `${name.replace('_', '-')}.example`
        const { rows } = await db.send<{ store_id: number }>(
            `insert into stores (account_id, domain, role, origin, api_version, credentials, currency, zone)
            values ($1, $2, $3, $4, '2026-07', '', $5, $6) returning store_id`,
            [account_id, domain, role, `https://${domain}`, currency, zone],
        )
        stores[name] = rows[0]!.store_id
    }
    const of = { account_id, read_at: READ_AT }
    return {
        ...{ db, account_id, stores },
        ...seedConnections(db, account_id, stores),
        ...seedGoods(db, of, stores),
        /** A sale at the corner shop. */
        order: (order: SeedOrder, store = stores.corner_shop) => seedOrder(db, { ...of, store_id: store }, order),
        rows: (table: string, rows: object[]) =>
            put(
                db,
                table,
                rows.map((row) => ({ ...of, ...row })),
            ),
    }
}

function seedConnections(db: Database, account_id: number, stores: Record<string, number>) {
    return {
        async connect(source: 'northwind' | 'southwind', settings: object = {}, more: object = {}): Promise<number> {
            const { rows } = await db.send<{ connection_id: number }>(
                `insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state, accepted_at)
                values ($1, $2, $3, 'key', $4, 'connected', '2026-01-01') returning connection_id`,
                [account_id, stores[source], stores.corner_shop, JSON.stringify(parseSettings(settings))],
            )
            const connection_id = rows[0]!.connection_id
            await put(db, 'exchange_rates', [
                {
                    account_id,
                    connection_id,
                    from_currency: 'GBP',
                    to_currency: 'USD',
                    rate: '1.25',
                    as_of: new Date(),
                },
            ])
            for (const [column, value] of Object.entries(more)) {
                await db.send(`update connections set ${column} = $1 where connection_id = $2`, [value, connection_id])
            }
            return connection_id
        },
    }
}

function seedGoods(db: Database, of: { account_id: number; read_at: string }, stores: Record<string, number>) {
    const variant = (id: number, sku: string) => ({
        ...{ ...of, variant_id: id, product_id: id, inventory_item_id: id, sku, tracked: true },
    })
    return {
        /** An item of the corner shop, linked with one of a source unless that is null. */
        async item(
            id: number,
            sku: string,
            connection_id: number | null,
            more: object = {},
            source = stores.northwind,
        ) {
            await put(db, 'staging.variants', [{ ...variant(id, sku), store_id: stores.corner_shop }])
            if (connection_id === null) return
            await put(db, 'staging.variants', [{ ...variant(id, sku), store_id: source }])
            await put(db, 'variant_links', [
                {
                    ...{ account_id: of.account_id, connection_id, matched_by: 'sku', created_by_us: true, factor: 1 },
                    ...{ source_variant_id: id, source_product_id: id, destination_store_id: stores.corner_shop },
                    ...{ destination_variant_id: id, destination_product_id: id, price_per: 'unit' },
                    ...{ created_at: READ_AT, linked_at: '2026-01-01T00:00:00Z', ...more },
                },
            ])
        },
    }
}

async function seedOrder(
    db: Database,
    of: { account_id: number; read_at: string; store_id: number },
    { id, at, lines, more = {} }: SeedOrder,
): Promise<void> {
    const paid = ({ price, quantity, discount = '0' }: SeedLine) => Number(price) * quantity - Number(discount)
    await put(db, 'staging.orders', [
        {
            ...{ ...of, order_id: id, name: `#${id}`, created_at: at, updated_at: at, changed_at: at, test: false },
            ...{ financial_status: 'PAID', fulfillment_status: 'UNFULFILLED', currency: 'GBP', taxes_included: true },
            ...{ total: lines.reduce((sum, line) => sum + paid(line), 0).toFixed(2), discount_total: '0.0' },
            ...{
                refunded_total: '0.0',
                shipping_total: '0.0',
                refund_headers: [],
                tags: [],
                discount_codes: [],
                ...more,
            },
        },
    ])
    const { rows } = await db.send<{ variant_id: string; sku: string }>(
        'select variant_id, sku from staging.variants where account_id = $1 and store_id = $2',
        [of.account_id, of.store_id],
    )
    await put(
        db,
        'staging.line_items',
        lines.map((line, place) => ({
            ...{ ...of, line_item_id: id * 1000 + place + 1, order_id: id, sku: line.sku, title: `Item ${line.sku}` },
            ...{ variant_id: rows.find(({ sku }) => sku === line.sku)?.variant_id ?? null, changed_at: at },
            ...{ quantity: line.quantity, current_quantity: line.quantity, unit_price: line.price },
            ...{
                discount: line.discount ?? '0.0',
                requires_shipping: true,
                tax_lines: [],
                properties: [],
                ...line.more,
            },
        })),
    )
    await put(db, 'staging.order_people', [
        {
            ...{ ...of, order_id: id, changed_at: at, customer: { firstName: 'Ada', lastName: 'Byron' } },
            shipping_address: {
                firstName: 'Ann',
                lastName: 'Bell',
                address1: '1 Road',
                countryCodeV2: 'GB',
                country: 'UK',
            },
        },
    ])
}
