-- Source variants that could be offered and are not written, with the first gate that says no.
insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
with

waiting as (
    select
        c.*,
        p.handle,
        p.created_at,
        cardinality(p.options) as options,
        cardinality(d.options) as options_there,
        exists (
            select from variant_links as l
            where l.account_id = p.account_id
                and l.connection_id = :connection_id::integer
                and l.source_product_id = p.product_id
        ) as has_links
    from creatable as c
    join staging.products as p
        on p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = c.product_id
    left join staging.products as d
        on d.account_id = p.account_id and d.store_id = :destination::integer and d.product_id = c.destination_product_id
),

gated as (
    select
        w.*,
        case
            when w.destination_product_id is null and not w.has_links then
                case
                    when :create::text = 'update_only' then 'unmatched'
                    when :create::text = 'new_only' and w.created_at <= :accepted_at::timestamptz then 'before_connection'
                    when w.price_never then null
                    when w.rate_missing then 'fx_missing'
                    when w.price_missing then 'no_price'
                end
            when w.existing in ('ours', 'overwrite') then
                case
                    when w.options is distinct from w.options_there then 'options_differ'
                    when not :add_variants::boolean or :create::text = 'update_only' then 'variant_count_differs'
                    when w.price_never then null
                    when w.rate_missing then 'fx_missing'
                    when w.price_missing then 'no_price'
                end
            else 'variant_count_differs'
        end as code
    from waiting as w
),

counted as (
    select
        g.code,
        g.product_id,
        g.handle,
        string_agg(coalesce(g.sku, '(no SKU)'), ', ' order by g.position) as skus,
        count(*) as missing,
        (
            select count(*) from staging.variants as v
            where v.account_id = :account_id::integer and v.store_id = :source::integer and v.product_id = g.product_id
        ) as at_source,
        (
            select count(*)
            from staging.variants as v
            where v.account_id = :account_id::integer
                and v.store_id = :destination::integer
                and v.product_id in (
                    select l.destination_product_id from variant_links as l
                    where l.account_id = :account_id::integer
                        and l.connection_id = :connection_id::integer
                        and l.source_product_id = g.product_id
                )
        ) as at_destination
    from gated as g
    where g.code is not null
    group by g.code, g.product_id, g.handle
)

select
    c.code,
    'product',
    c.product_id,
    0,
    c.product_id,
    c.handle,
    case c.code
        when 'unmatched' then format('no partner, and this connection creates nothing (update_only): %s', c.skus)
        when 'before_connection' then format('older than the connection, which takes only new items: %s', c.skus)
        when 'fx_missing' then 'no exchange rate of the last 7 days: give one in the settings'
        when 'no_price' then format('its price rule finds no amount to start from (no cost at the source?): %s', c.skus)
        when 'options_differ' then format('the two products have different numbers of options; not added: %s', c.skus)
        else format('%s variants at the source, %s at the destination; without a partner: %s', c.at_source, c.at_destination, c.skus)
    end
from counted as c;
