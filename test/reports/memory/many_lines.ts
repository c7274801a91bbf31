import type { House } from '../seed.ts'

/** So many items at both stores, each with a written quantity, a difference that stands, and a finding. */
export async function fillLines({ db, account_id, stores }: House, connection: number, rows: number): Promise<void> {
    const { northwind, corner_shop } = stores
    const send = (text: string, ...more: unknown[]) => db.send(text, [account_id, rows, ...more])
    await send(
        `insert into staging.variants (account_id, store_id, variant_id, product_id, option1, sku, price, inventory_item_id, tracked, read_at)
        select $1, s, 1000000 + n, 1000000 + n / 3, 'Blue', 'ITEM-' || n, 10, 1000000 + n, true, now()
        from unnest($3::integer[]) as s
        cross join generate_series(1, $2::integer) as n`,
        [northwind, corner_shop],
    )
    await send(
        `insert into staging.products (account_id, store_id, product_id, title, handle, read_at)
        select $1, s, 1000000 + n, 'A mug of the collection of the year, number ' || n, 'mug-' || n, now()
        from unnest($3::integer[]) as s
        cross join generate_series(0, $2::integer / 3) as n`,
        [northwind, corner_shop],
    )
    await send(
        `insert into variant_links (
            account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
            destination_product_id, matched_by, created_by_us, created_at
        )
        select $1, $3, 1000000 + n, 1000000 + n / 3, $4, 1000000 + n, 1000000 + n / 3, 'sku', false, '2027-06-01'
        from generate_series(1, $2::integer) as n
        where n % 2 = 0`,
        ...[connection, corner_shop],
    )
    await send(
        `with made as (
            insert into change_sets (account_id, connection_id, kind, state, created_at, loaded_at)
            values ($1, $3, 'stock', 'loaded', '2027-06-01', '2027-06-01')
            returning change_set_id
        )
        insert into changes (
            account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id, location_id,
            field, label, before, after, saw, origin, mode, rule, status, applied_at
        )
        select $1, change_set_id, $3, 'level', 'update', 1000000 + n / 3, 1000000 + n / 3, 1000000 + n, 1, 'available', 'ITEM-' || n,
            '10', to_jsonb(n % 10), to_jsonb(n % 10), case when n % 2 = 0 then 'dest_edited' else 'source_changed' end, 'enforced',
            'default: enforced', 'applied', now()
        from made
        cross join generate_series(1, $2::integer) as n`,
        connection,
    )
    await send(
        `insert into deviations (account_id, connection_id, entity, item_id, field, label, desired, actual, origin, mode, rule)
        select $1, $3, 'variant', 1000000 + n, 'price', 'ITEM-' || n, '"10.00"', '"12.00"', 'dest_edited', 'follow', 'edited at the destination'
        from generate_series(1, $2::integer) as n`,
        connection,
    )
    await send(
        `insert into sku_findings (
            account_id, connection_id, rule, severity, store_id, product_id, variant_id, sku, suggestion, new_sku, fix_file, seen_by_source
        )
        select $1, $3, 'case_differs', 'warning', $4, 1000000 + n / 3, 1000000 + n, 'item-' || n, 'Make it ITEM-' || n, 'ITEM-' || n,
            'sku_fix.csv', false
        from generate_series(1, $2::integer) as n`,
        ...[connection, corner_shop],
    )
    await db.send('analyze')
}
