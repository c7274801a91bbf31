-- Whether orders of a store are read, from when on, and which personal data of them. A destination's lower the stock of
-- its source, a source's show what became of those pushed to it (D4); a connection made before it could say so pushes. Where
-- counts by hand are carried, older orders are read once they move (older): they explain what moved there.
with

concerned as (
    select
        least(accepted_at, orders_from, lower(stood)) as accepted_at,
        destination_store_id = :store_id and settings ->> 'orders' = 'two_way' as older,
        case
            when destination_store_id = :store_id and coalesce(settings ->> 'orders', 'order_push') = 'order_push'
                then settings -> 'order_details'
        end as details
    from connections
    where account_id = :account_id
        and state in ('connected', 'blocked')
        and (
            (destination_store_id = :store_id and coalesce(settings ->> 'orders', 'order_push') <> 'none')
            or (source_store_id = :store_id and coalesce(settings ->> 'orders', 'order_push') = 'order_push')
        )
)

select
    count(*) > 0 as needed,
    -- one that was accepted at no known time reaches back to the first order
    case when bool_and(accepted_at is not null) then min(accepted_at) end as since,
    coalesce(bool_or(older), false) as older,
    (
        select coalesce(array_agg(distinct detail order by detail), '{}')
        from concerned as one
        cross join lateral jsonb_array_elements_text(coalesce(one.details, '[]')) as each (detail)
    ) as details
from concerned
