-- Which brakes trip, at which reference it is worst, and what they say (rule 86). Items are counted only as far as is
-- needed to know that a share is small.
create temp table brake_trips on commit drop as
with

limited as (
    select
        c.*,
        case
            when c.brake = 'zero' then :zero_pct::numeric
            when c.brake = 'price' then :price_share_pct::numeric
            when c.brake in ('gone_products', 'gone_variants') then :gone_pct::numeric
        end as pct,
        case
            when c.brake = 'lost_price' then 0
            when c.brake in ('gone_products', 'gone_variants') then :gone_most::integer
            when c.brake in ('new_products', 'new_variants') then :create_most::integer
        end as most
    from brake_counts as c
),

enough as (
    select
        l.*,
        greatest(10, ceil(l.hits * 100 / nullif(l.pct, 0))) as items
    from limited as l
),

counted as materialized (
    select
        e.*,
        case
            when e.brake = 'zero' then e.more_then + (
                select count(*)
                from (
                    select from baseline.levels
                    where account_id = :account_id::integer and connection_id = :connection_id::integer and saw_available > 0
                    limit e.items
                ) as stocked
            )
            when e.brake = 'price' then (
                select count(*)
                from (
                    select from baseline.variants
                    where account_id = :account_id::integer and connection_id = :connection_id::integer and saw_price > 0
                    limit e.items
                ) as priced
            )
            when e.brake = 'gone_products' then (
                select count(*)
                from (
                    select from product_links
                    where account_id = :account_id::integer and connection_id = :connection_id::integer
                    limit e.items
                ) as linked
            )
            when e.brake = 'gone_variants' then (
                select count(*)
                from (
                    select from variant_links
                    where account_id = :account_id::integer and connection_id = :connection_id::integer
                    limit e.items
                ) as linked
            )
        end as base
    from enough as e
),

filled as materialized (
    select
        c.kind, c.watched, c.brake, c.reference, c.hits, c.pct, c.most,
        c.base + case
            when c.brake = 'zero' and c.base < c.items then (
                -- have some, but were never settled, or had none then
                select count(*)
                from brake_lines as line
                where line.kind = c.kind
                    and line.brake = 'zero'
                    and line.was > 0
                    and coalesce((
                        select b.saw_available from baseline.levels as b
                        where b.account_id = :account_id::integer
                            and b.connection_id = :connection_id::integer
                            and b.inventory_item_id = line.item_id
                            and b.location_id = line.location_id
                    ), 0) <= 0
            )
            else 0
        end as base
    from counted as c
),

tripped as (
    select
        c.*,
        c.base >= 10 and c.hits * 100 > c.pct * c.base as by_share
    from filled as c
    where (c.base >= 10 and c.hits * 100 > c.pct * c.base) or c.hits > c.most
)

select distinct on (kind, brake)
    t.kind,
    t.watched,
    t.brake,
    t.reference,
    brake_words(t.brake, t.reference, t.hits, t.base, case when t.by_share then t.pct end, t.most, :price_move_pct::numeric) as reason
from tripped as t
order by kind, brake, hits desc, array_position(array['now', '24 h', '7 d', 'approved'], reference);
