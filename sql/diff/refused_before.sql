-- A creation that the store refused is not tried again before its payload or the settings move; it is listed instead.
with

refused as (
    select p.proposal_id, p.entity, p.item_id, p.source_product_id, p.label, last_try.message
    from proposals as p
    cross join lateral (
        select c.status, c.after, c.message, s.created_at
        from changes as c
        join change_sets as s on s.account_id = c.account_id and s.change_set_id = c.change_set_id
        where c.account_id = :account_id::integer
            and c.connection_id = :connection_id::integer
            and c.entity = p.entity
            and c.action = 'create'
            and c.item_id = p.item_id
            and c.status in ('failed', 'applied', 'as_stored')
        order by c.change_id desc
        limit 1
    ) as last_try
    where p.action = 'create'
        and last_try.status = 'failed'
        and last_try.after is not distinct from p.after
        and last_try.created_at > :settings_at::timestamptz
),

withdrawn as (
    delete from proposals as p
    using refused as r
    where p.proposal_id = r.proposal_id or (r.entity = 'product' and p.depends_on_item = r.item_id)
)

insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
select
    'refused', entity, item_id, 0, source_product_id, label,
    'refused by the store: ' || coalesce(message, 'no reason given')
from refused;
