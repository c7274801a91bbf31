import type { House } from '../seed.ts'

/** How many lines so many orders have: two, three, two, three … */
export const linesOf = (orders: number) => Math.floor(orders / 2) * 5 + (orders % 2) * 2

/**
 * So many orders in the year 2027, two and three lines each, every fourth one refused as not paid, the others pushed and with
 * their twins: as many rows as a report may have.
 */
export async function fillOrders({ db, account_id, stores }: House, connection: number, orders: number): Promise<void> {
    const { northwind, corner_shop } = stores
    const ids = [account_id, corner_shop, orders]
    await db.send(
        `insert into staging.orders (
            account_id, store_id, order_id, name, created_at, updated_at, financial_status, fulfillment_status, currency, total,
            taxes_included, discount_total, refunded_total, shipping_title, shipping_total, tags, read_at
        )
        select $1, $2, n, '#' || n, timestamptz '2027-01-01' + n * interval '5 minutes', '2027-01-01',
            case when n % 4 = 0 then 'PENDING' else 'PAID' end, 'UNFULFILLED', 'GBP', 30.00, true, 0, 0, 'Second class post',
            3.95, array['web', 'newsletter', 'customer ' || n], '2027-12-31'
        from generate_series(1, $3::integer) as n`,
        ids,
    )
    await db.send(
        `insert into staging.line_items (
            account_id, store_id, line_item_id, order_id, variant_id, sku, title, variant_title, quantity, current_quantity,
            unit_price, discount, requires_shipping, read_at
        )
        select $1, $2, n * 10 + m, n, m, 'MUG-' || m, 'A mug of the collection of the year, number ' || n, 'Blue / Large', 2, 2, 5, 0,
            true, '2027-12-31'
        from generate_series(1, $3::integer) as n
        cross join lateral generate_series(1, 3 - n % 2) as m`,
        ids,
    )
    await db.send(
        `with pushes as (
            insert into order_pushes (
                account_id, connection_id, destination_order_id, state, source_order_id, source_order_name, origin, rate, currency,
                attempts, sent_at, told_at, run_id
            )
            select $1, $2, n, 'answered', n, '#N' || n, 'corner-shop.example/' || n, 1.25, 'USD', 1, '2027-12-31', '2027-12-31', n / 20
            from generate_series(1, $3::integer) as n
            where n % 4 > 0
            returning account_id, order_push_id, destination_order_id as n
        )
        insert into order_push_lines (account_id, order_push_id, line_item_id, part, source_variant_id, units, unit_price, source_line_item_id)
        select account_id, order_push_id, n * 10 + m, 1, m, 2, 6.25, n * 10 + m
        from pushes
        cross join lateral generate_series(1, 3 - n % 2) as m`,
        [account_id, connection, orders],
    )
    await db.send(
        `insert into staging.orders (account_id, store_id, order_id, name, created_at, updated_at, currency, refunded_total, origin, read_at)
        select $1, $2, n, '#N' || n, '2027-12-31', '2027-12-31', 'USD', 0, 'corner-shop.example/' || n, '2027-12-31'
        from generate_series(1, $3::integer) as n
        where n % 4 > 0`,
        [account_id, northwind, orders],
    )
    await db.send(
        `insert into staging.line_items (
            account_id, store_id, line_item_id, order_id, sku, title, quantity, current_quantity, unit_price, discount, mark, read_at
        )
        select $1, $2, n * 10 + m, n, 'N-' || m, 'Mug', 2, 2, 6.25, 0, (n * 10 + m) || '/1', '2027-12-31'
        from generate_series(1, $3::integer) as n
        cross join lateral generate_series(1, 3 - n % 2) as m
        where n % 4 > 0`,
        [account_id, northwind, orders],
    )
    await db.send('analyze')
}
