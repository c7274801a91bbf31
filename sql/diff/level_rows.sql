-- Linked levels whose figure differs, or whose baseline is not settled yet (rules 19, 21). A figure that moved within ten
-- minutes for no reason we know of may have been sold by an order that no index shows yet: it is not raised, and what it
-- fell by counts as sold (design: Stock).
create temp table level_rows on commit drop as
with recursive

-- a location that was closed is written no more, and of one that was closed at the source nobody knows what it had (rule 28)
closed as (
    select k.destination_location_id
    from location_links as k
    join staging.locations as x
        on x.account_id = k.account_id
        and (x.store_id, x.location_id) in (
            (:destination::integer, k.destination_location_id), (:source::integer, k.source_location_id)
        )
        and not x.active
    where k.account_id = :account_id::integer and k.connection_id = :connection_id::integer
),

pooled as (
    select
        l.source_product_id,
        l.source_variant_id,
        l.destination_product_id,
        l.destination_variant_id,
        l.factor,
        l.created_by_us,
        s.sku as label,
        s.inventory_item_id as source_item_id,
        d.inventory_item_id,
        place.destination_location_id as location_id,
        -- a source that does not stock the item there has none of it to give, whatever came back or was counted elsewhere
        coalesce(sum(coalesce(level.available + coalesce(m.units, 0), least(m.units, 0))), 0) as pool,
        min(level.read_at) as source_read_at
    from variant_links as l
    join staging.variants as s
        on s.account_id = :account_id::integer and s.store_id = :source::integer and s.variant_id = l.source_variant_id
    join staging.variants as d
        on d.account_id = :account_id::integer
        and d.store_id = :destination::integer
        and d.variant_id = l.destination_variant_id
    join location_links as place
        on place.account_id = :account_id::integer
        and place.connection_id = :connection_id::integer
        and place.destination_location_id not in (select destination_location_id from closed)
    left join staging.levels as level
        on level.account_id = :account_id::integer
        and level.store_id = :source::integer
        and level.inventory_item_id = s.inventory_item_id
        and level.location_id = place.source_location_id
    left join open_movements as m
        on m.account_id = :account_id::integer
        and m.source_store_id = :source::integer
        and m.source_item_id = s.inventory_item_id
        and m.source_location_id = place.source_location_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and :inventory::boolean
        and s.tracked
        and d.tracked
    group by
        l.source_product_id, l.source_variant_id, l.destination_product_id, l.destination_variant_id, l.factor,
        l.created_by_us, s.sku, s.inventory_item_id, d.inventory_item_id, place.destination_location_id
),

buffered as (
    select distinct on (p.destination_variant_id, p.location_id)
        p.destination_variant_id,
        p.location_id,
        r.buffer_units,
        r.buffer_pct,
        r.zero_below
    from pooled as p
    join buffers as r on r.account_id = :account_id::integer and r.connection_id = :connection_id::integer
    join source_facts as f
        on f.account_id = r.account_id and f.store_id = :source::integer and f.product_id = p.source_product_id
    where rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, p.label)
    order by p.destination_variant_id, p.location_id, scope_rank(r.scope) desc, r.priority desc, r.buffer_id
),

kept_back as (
    select
        p.*,
        coalesce(b.buffer_units, 0) as units,
        coalesce(b.buffer_pct, 0) as pct,
        coalesce(b.zero_below, 0) as zero_below
    from pooled as p
    left join buffered as b on b.destination_variant_id = p.destination_variant_id and b.location_id = p.location_id
),

figures as (
    select
        k.*,
        figure_of(k.pool - coalesce(a.units, 0) - coalesce(n.units, 0), k.pool, k.units, k.pct, k.factor, k.zero_below) as figure,
        concat_ws(
            ' ', 'x' || nullif(k.factor, 1)::text, nullif(k.units, 0)::text || ' kept', nullif(k.pct, 0)::text || '% kept',
            'zero below ' || nullif(k.zero_below, 0)::text
        ) as inputs
    from kept_back as k
    left join set_aside as a on a.destination_item_id = k.inventory_item_id and a.location_id = k.location_id
    -- an order that is assigned to no location yet may be to any
    left join set_aside as n on n.destination_item_id = k.inventory_item_id and n.location_id = 0
),

-- several variants may share one inventory item: its level is written once
wanted as (
    select distinct on (f.inventory_item_id, f.location_id) f.*
    from figures as f
    order by f.inventory_item_id, f.location_id, f.destination_variant_id
),

effects as (
    select
        e.destination_item_id as inventory_item_id,
        e.location_id,
        e.units,
        e.at,
        b.wrote_at is null or e.at > b.wrote_at as is_since,
        e.known_at > b.settled_at as is_news
    from order_effects as e
    left join baseline.levels as b
        on b.account_id = e.account_id
        and b.connection_id = e.connection_id
        and b.inventory_item_id = e.destination_item_id
        and b.location_id = e.location_id
    where e.account_id = :account_id::integer
        and e.connection_id = :connection_id::integer
        and e.destination_item_id in (select inventory_item_id from wanted)
        and (b.wrote_at is null or e.at > b.wrote_at - interval '2 seconds')
),

-- what the store's own orders are known to have moved since a figure was settled
known_since as (
    select inventory_item_id, location_id, sum(units) as units, max(at) as at
    from effects
    where is_since
    group by inventory_item_id, location_id
),

-- Shopify's times are whole seconds: of what is as old as the settling and was not known then, any may have come after it
late as (
    select
        inventory_item_id,
        location_id,
        units,
        row_number() over (partition by inventory_item_id, location_id order by units) as place
    from effects
    where not is_since and is_news
),

-- all that some of them come to
sums as (
    select distinct inventory_item_id, location_id, 0::bigint as place, 0::bigint as units
    from late
    union
    select s.inventory_item_id, s.location_id, l.place, s.units + taken.share * l.units
    from sums as s
    join late as l
        on l.inventory_item_id = s.inventory_item_id and l.location_id = s.location_id and l.place = s.place + 1
    cross join (values (0), (1)) as taken (share)
),

uncertain as (
    select inventory_item_id, location_id, array_agg(distinct units) as sums
    from sums
    group by inventory_item_id, location_id
),

expected as (
    select
        w.*,
        a.available as actual_available,
        a.inventory_item_id is not null as stocked,
        a.read_at,
        coalesce(a.available_at, a.read_at) as moved_at,
        greatest(a.read_at, :levels_as_of::timestamptz) as as_of,
        b.inventory_item_id is not null as known,
        coalesce(b.unsettled, '{}') as unsettled,
        b.inputs as old_inputs,
        b.wrote_available,
        b.saw_available,
        b.wrote_at,
        b.doubt_at,
        b.doubt_units,
        b.settled_at,
        coalesce(
            case when b.unsettled = '{}' then b.saw_available end,
            case when w.created_by_us and b.wrote_at is null then 0 end
        ) + coalesce(k.units, 0) as expected_available,
        u.sums as uncertain,
        o.took as older_took,
        o.gave as older_gave,
        greatest(b.wrote_at, k.at) as known_until
    from wanted as w
    left join staging.levels as a
        on a.account_id = :account_id::integer
        and a.store_id = :destination::integer
        and a.inventory_item_id = w.inventory_item_id
        and a.location_id = w.location_id
    left join baseline.levels as b
        on b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.inventory_item_id = w.inventory_item_id
        and b.location_id = w.location_id
    left join known_since as k on k.inventory_item_id = w.inventory_item_id and k.location_id = w.location_id
    left join uncertain as u on u.inventory_item_id = w.inventory_item_id and u.location_id = w.location_id
    left join older_moves as o on o.inventory_item_id = w.inventory_item_id and o.location_id = w.location_id
),

explained as (
    select
        e.*,
        :counted::boolean
        and stocked
        and actual_available is distinct from expected_available
        -- no index hides anything any more: it was the order of that very second
        and (
            moved_at > as_of - interval '10 minutes'
            or (
                actual_available - expected_available = any (uncertain)
                or actual_available - expected_available between -older_took and 0
                -- in doubt the source gets less: what was counted beside it is not told apart
                or (actual_available > expected_available and older_gave > 0)
            ) is not true
        ) as is_unexplained,
        moved_at > as_of - interval '10 minutes' as has_just_moved,
        doubt_at > as_of - interval '10 minutes' as is_doubted
    from expected as e
),

doubted as (
    select
        e.*,
        case
            when is_unexplained and has_just_moved then moved_at
            when is_doubted then doubt_at
        end as next_doubt_at,
        case when is_doubted then doubt_units else 0 end
        + case
            when is_unexplained and has_just_moved then greatest(0, expected_available - actual_available)
            else 0
        end as next_doubt_units
    from explained as e
),

desired as (
    select
        d.*,
        case
            when next_doubt_at is not null and figure < actual_available then greatest(0, figure - next_doubt_units)
            else figure
        end as desired_available,
        case
            when :counted::boolean and not :sales_known::boolean then 'stale_source'
            when next_doubt_at is not null and (figure > actual_available or expected_available is null) then 'settling'
            -- what a hand changed there is carried to the source first (D4)
            when :two_way::boolean and is_unexplained and known and expected_available is not null then 'settling'
            when figure > coalesce(actual_available, 0)
                and (not :raises::boolean or (:counted::boolean and source_read_at < :raise_since::timestamptz)) then 'stale_source'
        end as waits,
        -- it would not fall but for what was sold
        figure < actual_available
        and figure_of(pool - sold, pool - sold, units, pct, factor, zero_below) >= actual_available as from_sales
    from doubted as d
    -- what was sold elsewhere and the source does not show yet, or shows since this figure was settled: what was sold at this
    -- very place has lowered it already
    cross join lateral (
        select
            coalesce(sum(m.units) filter (where m.closed_at is null and m.units < 0), 0)
            + least(0, coalesce(sum(m.units) filter (where m.why = 'shown' and m.closed_at > d.settled_at), 0)) as sold
        from location_links as k
        join stock_movements as m
            on m.account_id = k.account_id
            and (m.connection_id <> k.connection_id or m.location_id not in (0, d.location_id))
            and m.source_item_id = d.source_item_id
            and m.source_location_id = k.source_location_id
        where k.account_id = :account_id::integer
            and k.connection_id = :connection_id::integer
            and k.destination_location_id = d.location_id
            and d.figure < d.actual_available
    ) as s
)

select *
from desired
-- not stocked there and none to give: nothing to say (rule 27)
where (stocked or desired_available > 0)
    and (
        not known
        or desired_available is distinct from actual_available
        or desired_available is distinct from wrote_available
        or actual_available is distinct from saw_available
        or inputs is distinct from old_inputs
        or unsettled <> '{}'
    );
