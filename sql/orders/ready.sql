-- Orders that no gate refuses, the older ones first, with what a push carries of each: its travelling lines as parts whose
-- units times price give the total that was really paid, to the minor unit of the source's currency (rules 53, 61, 63).
with

ready as (
    select
        c.account_id,
        c.source_store_id,
        c.destination_store_id,
        g.order_id,
        r.rate,
        r.currency,
        r.destination_currency
    from gated_orders as g
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    join push_rates as r on r.account_id = c.account_id and r.connection_id = c.connection_id
    where g.reason is null
),

paid as (
    select
        e.order_id,
        g.line_item_id,
        g.source_variant_id,
        g.factor,
        g.units,
        i.properties,
        i.tax_lines,
        i.discount,
        i.requires_shipping,
        e.rate,
        g.quantity::numeric / i.quantity as share,
        round((i.unit_price * i.quantity - coalesce(i.discount, 0)) * g.quantity / i.quantity * e.rate, :digits::integer) as total,
        round((i.unit_price * i.quantity - coalesce(i.discount, 0)) * g.quantity / i.quantity, :digits_there::integer) as paid_there,
        round(
            (coalesce(i.presentment_unit_price, i.unit_price) * i.quantity - coalesce(i.presentment_discount, i.discount, 0))
            * g.quantity / i.quantity, 2
        ) as presented
    from ready as e
    join gated_lines as g on g.order_id = e.order_id and g.source_variant_id is not null and g.reason is null
    join staging.line_items as i
        on i.account_id = e.account_id and i.store_id = e.destination_store_id and i.line_item_id = g.line_item_id
),

priced as (
    select
        p.*,
        trunc(p.total / p.units, :digits::integer) as low,
        ((p.total - trunc(p.total / p.units, :digits::integer) * p.units) * power(10::numeric, :digits::integer))::integer as dearer
    from paid as p
),

-- the units that cost one minor unit more are a part of their own
parts as (
    select p.*, part.part, part.units as part_units, part.price
    from priced as p
    cross join lateral (
        values
            (1, p.units - p.dearer, p.low),
            (2, p.dearer, round(p.low + power(10::numeric, -:digits::integer), :digits::integer))
    ) as part (part, units, price)
    where part.units > 0
),

lines as (
    select
        order_id,
        sum(part_units * price) as lines_total,
        jsonb_agg(
            jsonb_build_object(
                'line_item_id', line_item_id::text,
                'part', part,
                'source_variant_id', source_variant_id::text,
                'factor', factor,
                'units', part_units,
                'of_units', units,
                'price', price::text,
                'properties', properties,
                'requires_shipping', requires_shipping,
                'discount', case when discount > 0 then round(discount * share, :digits_there::integer)::text end,
                'paid_there', paid_there::text,
                'presented', presented::text,
                'taxes', (
                    select coalesce(
                        jsonb_agg(
                            jsonb_build_object(
                                'title', tax ->> 'title',
                                'rate', tax -> 'rate',
                                'amount', case
                                    -- the last part takes the rest
                                    when part_units = units then round((tax ->> 'amount')::numeric * share * rate, :digits::integer)
                                    when part = 1 then round((tax ->> 'amount')::numeric * share * rate * part_units / units, :digits::integer)
                                    else round((tax ->> 'amount')::numeric * share * rate, :digits::integer)
                                        - round((tax ->> 'amount')::numeric * share * rate * (units - part_units) / units, :digits::integer)
                                end::text
                            )
                        ),
                        '[]'
                    )
                    from jsonb_array_elements(tax_lines) as tax
                )
            )
            order by line_item_id, part
        ) as lines
    from parts
    group by order_id
),

taxes as (
    select l.order_id, sum((tax ->> 'amount')::numeric) as total
    from lines as l
    cross join lateral jsonb_array_elements(l.lines) as line
    cross join lateral jsonb_array_elements(line -> 'taxes') as tax
    group by l.order_id
),

-- the highest threshold that is met (rule 62)
shipping as (
    select distinct on (l.order_id) l.order_id, round((rule ->> 'cost')::numeric, :digits::integer) as cost
    from lines as l
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    cross join lateral jsonb_array_elements(c.settings #> '{push,shipping}') as rule
    where (rule ->> 'from')::numeric <= l.lines_total
    order by l.order_id, (rule ->> 'from')::numeric desc
),

counts as (
    select order_id, count(*) as lines, count(*) filter (where is_linked and reason is null) as travelling
    from gated_lines
    group by order_id
)

select
    o.order_id,
    o.name,
    o.created_at,
    o.financial_status,
    o.currency as currency_there,
    round(o.total, :digits_there::integer) as total_there,
    o.presentment_currency,
    o.taxes_included,
    o.tags,
    o.discount_codes,
    o.shipping_title,
    round(o.shipping_total, :digits_there::integer) as shipping_there,
    e.currency,
    e.rate,
    l.lines_total,
    l.lines,
    s.cost as shipping_total,
    l.lines_total + coalesce(s.cost, 0) + case when o.taxes_included then 0 else coalesce(t.total, 0) end as total,
    n.lines as lines_there,
    n.travelling,
    a.decision is not distinct from 'push' as is_asked,
    h.customer,
    h.email,
    h.phone,
    h.shipping_address,
    h.billing_address,
    h.note,
    h.attributes
from ready as e
join staging.orders as o
    on o.account_id = e.account_id and o.store_id = e.destination_store_id and o.order_id = e.order_id
join lines as l on l.order_id = e.order_id
join counts as n on n.order_id = e.order_id
left join taxes as t on t.order_id = e.order_id
left join shipping as s on s.order_id = e.order_id
left join order_decisions as a
    on a.account_id = e.account_id and a.connection_id = :connection_id::integer and a.order_id = e.order_id
left join staging.order_people as h
    on h.account_id = e.account_id and h.store_id = e.destination_store_id and h.order_id = e.order_id
order by o.created_at, o.order_id
limit :most::integer
