import type { Database } from '../../sql/database.ts'
import { addAccount } from '../../sql/stores/accounts.ts'

/** Ids of a town's stores. */
export const NORTHWIND = 1
export const CORNER_SHOP = 2
export const MARKET_STALL = 3
/** Of the other account. */
export const SOUTHWIND = 4
export const HARBOUR = 5

/**
 * Two accounts, plainly in the database: northwind feeds the corner shop (connection 1) and the market stall (2); and
 * southwind, of another account, the harbour (3). Each connection has a product, an order, a held set, a wish to join and a run of its own:
 * what belongs to connection n has ids beginning with n.
 */
export async function buildTown(db: Database): Promise<{ account_id: number; other_account_id: number }> {
    const { account_id } = await addAccount(db, 'north')
    const { account_id: other_account_id } = await addAccount(db, 'south')
    await db.send(`
        insert into stores (account_id, domain, role, origin, api_version, credentials, currency, zone, name)
        values
            (1, 'northwind.example', 'source', 'http://127.0.0.1:9', '2026-07', '', 'USD', 'America/New_York', 'Northwind'),
            (1, 'corner-shop.example', 'destination', 'http://127.0.0.1:9', '2026-07', '', 'GBP', 'Europe/London', 'Corner'),
            (1, 'market-stall.example', 'destination', 'http://127.0.0.1:9', '2026-07', '', 'EUR', 'Europe/Berlin', 'Market'),
            (2, 'southwind.example', 'source', 'http://127.0.0.1:9', '2026-07', '', 'USD', 'America/New_York', 'Southwind'),
            (2, 'harbour.example', 'destination', 'http://127.0.0.1:9', '2026-07', '', 'EUR', 'Europe/Berlin', 'Harbour');
        insert into connections (account_id, source_store_id, destination_store_id, join_key, settings, state, accepted_at)
        values
            (1, 1, 2, 'CD-AAAAAA', '${SETTINGS}', 'connected', now() - interval '90 days'),
            (1, 1, 3, 'CD-BBBBBB', '${SETTINGS}', 'connected', now() - interval '90 days'),
            (2, 4, 5, 'CD-CCCCCC', '${SETTINGS}', 'connected', now() - interval '90 days')`)
    for (const [account, source, destination, connection] of [
        [1, 1, 2, 1],
        [1, 1, 3, 2],
        [2, 4, 5, 3],
    ] as const) {
        await db.send(belongings(account, source, destination, connection))
    }
    return { account_id, other_account_id }
}

const SETTINGS = JSON.stringify({
    orders: 'order_push',
    counts_as_paid: 'paid',
    hide_tags: ['crossdock-hidden'],
    order_details: [],
    push: { automatic: false, as: 'order', most_a_month: null },
})

/** What one connection has: each thing's words name it, so that a page which shows too much is caught by them. */
function belongings(account: number, source: number, destination: number, connection: number): string {
    const n = connection
    return `
        insert into scopes (account_id, connection_id, kind, value) values (${account}, ${n}, 'tag', 'for-${n}');
        insert into staging.products (account_id, store_id, product_id, title, handle, tags, status, read_at)
        values
            (${account}, ${source}, ${n}01, 'Offered to ${n}', 'offered-${n}', '{for-${n}}', 'ACTIVE', now()),
            (${account}, ${destination}, ${n}02, 'Offered to ${n}', 'offered-${n}', '{}', 'ACTIVE', now());
        insert into staging.variants (account_id, store_id, variant_id, product_id, option1, sku, price, inventory_item_id, position, read_at)
        values
            (${account}, ${source}, ${n}11, ${n}01, 'Red', 'SKU-${n}', 10.00, ${n}21, 1, now()),
            (${account}, ${destination}, ${n}12, ${n}02, 'Red', 'SKU-${n}', 12.00, ${n}22, 1, now());
        insert into variant_links (
            account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
            destination_product_id, matched_by, created_by_us
        )
        values (${account}, ${n}, ${n}11, ${n}01, ${destination}, ${n}12, ${n}02, 'sku', true);
        insert into staging.orders (account_id, store_id, order_id, name, created_at, updated_at, financial_status, total, currency, read_at)
        values
            (${account}, ${destination}, ${n}31, '#PUSHED-${n}', now() - interval '2 days', now(), 'PAID', 24.00, 'GBP', now()),
            (${account}, ${destination}, ${n}32, '#KEPT-${n}', now() - interval '1 day', now(), 'PENDING', 12.00, 'GBP', now());
        insert into staging.line_items (account_id, store_id, line_item_id, order_id, variant_id, sku, title, quantity, current_quantity, unit_price, read_at)
        values
            (${account}, ${destination}, ${n}41, ${n}31, ${n}12, 'SKU-${n}', 'Travelled ${n}', 1, 1, 12.00, now()),
            (${account}, ${destination}, ${n}42, ${n}31, null, 'OWN-${n}', 'Stayed ${n}', 1, 1, 12.00, now()),
            (${account}, ${destination}, ${n}43, ${n}32, ${n}12, 'SKU-${n}', 'Waits ${n}', 1, 1, 12.00, now());
        with push as (
            insert into order_pushes (account_id, connection_id, destination_order_id, state, source_order_id, source_order_name, told_at)
            values (${account}, ${n}, ${n}31, 'answered', ${n}51, '#TWIN-${n}', now())
            returning order_push_id
        )
        insert into order_push_lines (account_id, order_push_id, line_item_id, source_variant_id, units)
        select ${account}, order_push_id, ${n}41, ${n}11, 1 from push;
        insert into runs (account_id, job, arguments, reason, state, result, error)
        values (${account}, 'load', '{"connection": ${n}}', 'person', 'done', '{"told": "result-of-${n}"}', 'error-of-${n}');
        with made as (
            insert into change_sets (account_id, connection_id, kind, state, hold_reason, counts)
            values (${account}, ${n}, 'price', 'held', 'first_sync', '{"variant update": 1}')
            returning change_set_id
        )
        insert into changes (
            account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id, field,
            label, before, after, origin, rule, status
        )
        select ${account}, change_set_id, ${n}, 'variant', 'update', ${n}01, ${n}02, ${n}12, 'price', 'SKU-${n}', '"12.00"',
            '"13.00"', 'first_sync', 'rule-of-${n}', 'held'
        from made;
        insert into joins (account_id, source_store_id, destination_store_id, asked_by, fault, fault_store_id)
        values (${account}, ${source}, ${destination}, 'asker-of-${n}', 'fault-of-${n}', ${destination});
        insert into join_keys (account_id, store_id, sha256, domain, made_by, expires_at)
        values (${account}, ${source}, '\\x0${n}', null, 'maker-of-${n}', now() + interval '7 days');
        with put as (
            insert into uploads (account_id, connection_id, kind, file_name, state, columns, counts, digest, who)
            values (${account}, ${n}, 'variant_map', 'map-of-${n}.csv', 'checked', '{source_sku,dest_sku}', '{"rows": 1, "ok": 1, "link": 1}', 'd', 'somebody-of-${n}')
            returning upload_id
        )
        insert into upload_rows (account_id, upload_id, row_no, cells, result, action, message)
        select ${account}, upload_id, 2, '["SKU-${n}", "SKU-${n}"]', 'ok', 'link', 'row-of-${n}' from put;
        insert into audit_events (account_id, who, what, connection_id) values (${account}, 'somebody-of-${n}', 'lines.approve', ${n});
        insert into notices (account_id, connection_id, code, text) values (${account}, ${n}, 'connection_waits', 'notice-of-${n}')`
}

/** The ids of lines on a page, by the field they are about. */
export const linesIn = (html: string) =>
    [...html.matchAll(/name="line" value="(\d+)" aria-label="Line \d+: ([^"]*?) of ([^"]*)"/g)].map((match) => ({
        id: match[1]!,
        field: match[2]!,
        label: match[3]!,
    }))
