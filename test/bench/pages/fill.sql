-- A source and a destination as they stand after a first sync: products of three variants, orders over a year, and what a
-- page may show of each in numbers. One product in ten is not linked, one in fifty has a problem.
insert into stores (account_id, domain, role, origin, api_version, credentials, currency, zone, name)
values
    (1, 'northwind.example', 'source', 'http://127.0.0.1:9', '2026-07', '', 'USD', 'America/New_York', 'Northwind'),
    (1, 'corner-shop.example', 'destination', 'http://127.0.0.1:9', '2026-07', '', 'GBP', 'Europe/London', 'Corner shop');
insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state, accepted_at, compared_at, first_sync_over_at)
select 1, 1, 2, 'CD-AAAAAA', $settings$ :settings $settings$, 'connected', now() - interval '400 days', now(), now();
insert into scopes (account_id, connection_id, kind) values (1, 1, 'all');
insert into location_links (account_id, connection_id, source_location_id, destination_location_id) values (1, 1, 1, 2);
insert into staging.locations (account_id, store_id, location_id, name, active, read_at)
values (1, 1, 1, 'Warehouse', true, now()), (1, 2, 2, 'Shop', true, now());
insert into staging.products (account_id, store_id, product_id, title, handle, vendor, tags, status, read_at)
select 1, s, s * 1000000 + n, 'Product ' || md5(n::text), 'product-' || n, 'Vendor ' || n % 100, array['tag ' || n % 20], 'ACTIVE', now()
from generate_series(1, 2) as s
cross join generate_series(1, :products) as n;
insert into staging.variants (
    account_id, store_id, variant_id, product_id, option1, sku, barcode, price, inventory_item_id, tracked, inventory_policy, position, read_at
)
select 1, s, s * 10000000 + n * 3 + m, s * 1000000 + n, 'Size ' || m,
    case when n % 100 = 7 and s = 2 then lower('SKU-' || n || '-' || m) else 'SKU-' || n || '-' || m end, 'B' || n || m, 10 + n % 90,
    s * 10000000 + n * 3 + m, true, 'DENY', m, now()
from generate_series(1, 2) as s
cross join generate_series(1, :products) as n
cross join generate_series(0, 2) as m;
insert into staging.levels (account_id, store_id, inventory_item_id, location_id, available, read_at)
select account_id, store_id, inventory_item_id, store_id, inventory_item_id % 50, now() from staging.variants;
insert into product_links (account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us)
select 1, 1, 1000000 + n, 2, 2000000 + n, true from generate_series(1, :products) as n where n % 10 > 0 and n % 100 <> 7;
insert into variant_links (
    account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
    destination_product_id, matched_by, created_by_us, created_at
)
select 1, 1, 10000000 + n * 3 + m, 1000000 + n, 2, 20000000 + n * 3 + m, 2000000 + n, 'sku', true, now() - interval '300 days'
from generate_series(1, :products) as n
cross join generate_series(0, 2) as m
where n % 10 > 0 and n % 100 <> 7;
insert into problems (account_id, connection_id, code, entity, item_id, source_product_id, label, detail)
select 1, 1, case when n % 100 = 0 then 'missing_sku' else 'near_miss' end, 'variant', 10000000 + n * 3, 1000000 + n, 'SKU', 'look at it'
from generate_series(1, :products) as n where n % 50 = 0;
insert into deviations (account_id, connection_id, entity, item_id, field, source_product_id, label, desired, actual, origin, mode, rule)
select 1, 1, 'variant', 20000000 + n * 3, 'price', 1000000 + n, 'SKU-' || n, '"10.00"', '"12.00"', 'dest_edited', 'follow', 'edited'
from generate_series(1, :products) as n where n % 20 = 1;
insert into runs (account_id, job, reason, state, started_at, ended_at)
select 1, case when n % 24 = 0 then 'nightly' else 'hourly' end, 'schedule', 'done', now() - n * interval '1 hour', now() - n * interval '1 hour'
from generate_series(1, 2000) as n;
insert into change_sets (account_id, connection_id, kind, run_id, state, hold_reason, counts, loaded_at)
values
    (1, 1, 'price', 1, 'held', 'price moved', jsonb_build_object('variant update', :products * 3), null),
    (1, 1, 'stock', 1, 'loaded', null, jsonb_build_object('level update', :products), now());
insert into changes (
    account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id, field, label,
    before, after, origin, rule, status
)
select 1, 1, 1, 'variant', 'update', 1000000 + n, 2000000 + n, 20000000 + n * 3 + m, 'price', 'SKU-' || n || '-' || m, '"10.00"', '"11.00"',
    'source_changed', 'default: follow', 'held'
from generate_series(1, :products) as n
cross join generate_series(0, 2) as m;
insert into changes (
    account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id, location_id, field, label,
    before, after, origin, rule, status, applied_at
)
select 1, 2, 1, 'level', 'update', 1000000 + n, 2000000 + n, 20000000 + n * 3, 2, 'available', 'SKU-' || n, '10', '9', 'source_changed',
    'default: enforced', 'applied', now() - n * interval '1 second'
from generate_series(1, :products) as n;
insert into staging.orders (
    account_id, store_id, order_id, name, created_at, updated_at, financial_status, fulfillment_status, currency, total, read_at
)
select 1, 2, n, '#' || n, now() - n * interval '5 minutes', now(), case when n % 4 = 0 then 'PENDING' else 'PAID' end, 'UNFULFILLED', 'GBP',
    30 + n % 70, now()
from generate_series(1, :orders) as n;
insert into staging.line_items (
    account_id, store_id, line_item_id, order_id, variant_id, sku, title, quantity, current_quantity, unit_price, discount, read_at
)
select 1, 2, n * 10 + m, n, 20000000 + (n * 7 % :products + 1) * 3 + m % 3, 'SKU-' || (n * 7 % :products + 1) || '-' || m % 3,
    'Product ' || n * 7 % :products, 1, 1, 15, 0, now()
from generate_series(1, :orders) as n
cross join lateral generate_series(1, 2 + n % 2) as m;
with pushes as (
    insert into order_pushes (
        account_id, connection_id, destination_order_id, state, source_order_id, source_order_name, rate, currency, lines_total, attempts,
        first_sent_at, told_at
    )
    select 1, 1, n, 'answered', n, '#N' || n, 1.25, 'USD', 37.5, 1, now() - n * interval '5 minutes', now() - n * interval '5 minutes'
    from generate_series(1, :orders) as n
    where n % 4 > 0
    returning account_id, order_push_id, destination_order_id as n
)
insert into order_push_lines (account_id, order_push_id, line_item_id, part, source_variant_id, units, unit_price)
select account_id, order_push_id, n * 10 + m, 1, 10000000 + (n * 7 % :products + 1) * 3 + m % 3, 1, 18.75
from pushes
cross join lateral generate_series(1, 2 + n % 2) as m;
insert into audit_events (account_id, who, what, connection_id)
select 1, 'ann', 'lines.approve', 1 from generate_series(1, 5000) as n;
insert into uploads (account_id, connection_id, kind, file_name, state, columns, counts, digest, who)
values (1, 1, 'variant_map', 'map.csv', 'checked', '{source_sku,dest_sku}', '{"rows": 100000, "ok": 98000, "error": 2000, "link": 98000}', 'd', 'ann');
insert into upload_rows (account_id, upload_id, row_no, cells, result, action, message)
select
    1, 1, n, jsonb_build_array('SKU-' || n, 'SKU-' || n), case when n % 50 = 0 then 'error' else 'ok' end,
    case when n % 50 = 0 then null else 'link' end, case when n % 50 = 0 then 'There is no such SKU.' end
from generate_series(2, 100001) as n;
