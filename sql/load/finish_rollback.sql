-- What went back is remembered as a decision on the value it was rolled back from: while the source wants the same, it is
-- not proposed again (rule 87, and a creation never is).
with

-- of several ways back tried for one line the last one counts
tried as (
    select distinct on (r.depends_on) r.depends_on, r.status, r.message, r.entity, r.item_id, r.location_id, r.field
    from changes as r
    where r.account_id = :account_id::integer
        and r.change_set_id = :change_set_id::bigint
        and r.origin = 'rollback'
    order by r.depends_on, r.change_id desc
),

judged as (
    update changes as c
    set
        status = case when t.status in ('applied', 'as_stored') then 'rolled_back' else c.status end,
        message = case
            when t.status in ('applied', 'as_stored') then null
            else 'not rolled back: ' || coalesce(t.message, t.status)
        end
    from tried as t
    where c.account_id = :account_id::integer
        and c.change_id = t.depends_on
        and c.status in ('applied', 'as_stored')
    returning
        c.change_id, c.status, c.action, c.source_product_id, c.after, t.entity, t.item_id, t.location_id, t.field
),

decided as (
    insert into decisions (
        account_id, connection_id, entity, action, item_id, location_id, field, decision, desired, decided_by
    )
    select
        :account_id::integer, :connection_id::integer, entity, 'update', item_id, location_id, field, 'roll_back',
        case when action = 'create' then after -> 'product' -> 'status' else after end, :decided_by::text
    from judged
    where status = 'rolled_back'
    union all
    select
        :account_id::integer, :connection_id::integer, 'product', 'create', source_product_id, 0, '', 'roll_back', null,
        :decided_by::text
    from judged
    where status = 'rolled_back' and action = 'create'
    on conflict (account_id, connection_id, entity, action, item_id, location_id, field) do update set
        decision = excluded.decision,
        desired = excluded.desired,
        value = null,
        decided_by = excluded.decided_by,
        decided_at = now()
    returning entity
)

update change_sets
set
    state = 'rolled_back',
    rolled_back_at = now()
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and (select count(*) from decided) >= 0
