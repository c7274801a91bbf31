-- What becomes of each difference, and which rule decided (D1, D2, D9, rule 88).
create temp table judged on commit drop as
with

fields as (
    select entity, name, kind, lock, exact
    from jsonb_to_recordset(:fields::jsonb) as f (entity text, name text, kind text, lock text, exact boolean)
),

rules as materialized (
    select lock_rule_id, scope, scope_value, field, mode, priority
    from lock_rules
    where account_id = :account_id::integer and connection_id = :connection_id::integer
),

-- A write that was sent and never answered may have been done: what stands there now is then somebody's edit of it.
-- One that the store refused is not tried again before either side or the settings move (rules 27, 32, 81).
remembered as (
    select
        d.*,
        f.kind,
        f.lock,
        f.exact,
        coalesce(u.landed, false) as landed,
        u.refusal
    from differences as d
    join fields as f on f.entity = d.entity and f.name = d.field
    left join lateral (
        select
            c.status = 'unknown' and c.after is not distinct from d.desired and c.before is distinct from d.actual as landed,
            case
                when c.status = 'failed'
                    and c.after is not distinct from d.desired
                    and c.before is not distinct from d.actual
                    and s.created_at > :settings_at::timestamptz
                    -- a location that was opened or closed since may answer otherwise (rule 28)
                    and not exists (
                        select
                        from staging.locations as x
                        where x.account_id = :account_id::integer
                            and x.store_id = :destination::integer
                            and x.location_id = d.location_id
                            and x.changed_at > s.created_at
                    )
                    then coalesce(c.message, 'no reason given')
            end as refusal
        from changes as c
        join change_sets as s on s.account_id = c.account_id and s.change_set_id = c.change_set_id
        where c.account_id = :account_id::integer
            and c.connection_id = :connection_id::integer
            and c.entity = d.entity
            and c.item_id = d.item_id
            and c.location_id = d.location_id
            and c.field = d.field
            and c.action = 'update'
            and c.status in ('unknown', 'applied', 'as_stored', 'failed')
        order by c.change_id desc
        limit 1
    ) as u on true
),

moved as (
    select
        r.entity, r.source_product_id, r.destination_product_id, r.item_id, r.location_id, r.field, r.label, r.sku,
        r.desired, r.actual, r.settled, r.existing, r.factor, r.derivation, r.base, r.inputs, r.old_base, r.old_inputs,
        r.kind, r.lock, r.exact, r.landed, r.refusal, r.waits, r.from_sales,
        not r.landed and (r.source_moved or not r.settled) as source_moved,
        r.landed or (r.destination_moved and r.settled) as destination_moved,
        case when r.lock in (select field from rules where scope = 'sku') then r.sku end as rule_sku
    from remembered as r
),

-- asked once of each product, and of each variant only where a rule names one
ruled as materialized (
    select a.source_product_id, a.lock, a.rule_sku, rule.mode, rule.lock_rule_id, rule.scope, rule.scope_value
    from (
        select distinct source_product_id, lock, rule_sku from moved where lock in (select field from rules)
    ) as a
    join source_facts as f
        on f.account_id = :account_id::integer and f.store_id = :source::integer and f.product_id = a.source_product_id
    cross join lateral (
        select r.mode, r.lock_rule_id, r.scope, r.scope_value
        from rules as r
        where r.field = a.lock
            and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, a.rule_sku)
        order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
        limit 1
    ) as rule
),

governed as (
    select
        m.*,
        coalesce(rule.mode, default_mode(m.lock, :quantity_mode::text, :new_products::text)) as mode,
        case
            when rule.mode is not null then format(
                'lock rule %s: %s %s for %s', rule.lock_rule_id, m.lock, rule.mode,
                concat_ws(' ', rule.scope, nullif(rule.scope_value, ''))
            )
            when m.entity = 'level' and :quantity_mode::text = 'follow' then 'orders none: quantities follow'
            when m.field = 'cost' then 'default: cost never'
            when m.field = 'status' and :new_products::text = 'draft' then 'new products as draft: status create_only'
            else 'default'
        end as lock_rule
    from moved as m
    left join ruled as rule
        on rule.source_product_id = m.source_product_id
        and rule.lock = m.lock
        and coalesce(rule.rule_sku, '') = coalesce(m.rule_sku, '')
),

decided as (
    select
        g.*,
        d.decision,
        d.decided_by,
        -- a person's own value that is still to be written (rule 88)
        given.after as given
    from governed as g
    left join decisions as d
        on d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and d.entity = g.entity
        and d.action = 'update'
        and d.item_id = g.item_id
        and d.location_id = g.location_id
        and d.field = g.field
        and (d.decision = 'keep' or d.desired is not distinct from g.desired)
    left join approved_before as given
        on d.decision = 'replace'
        and given.entity = g.entity
        and given.action = 'update'
        and given.item_id = g.item_id
        and given.location_id = g.location_id
        and given.field = g.field
        and given.after = d.value
        and given.after is distinct from g.actual
)

select
    d.*,
    case
        when not d.settled and not d.landed then 'first_sync'
        when d.source_moved and d.destination_moved then 'both'
        when d.source_moved
            and d.kind <> 'catalogue'
            and d.old_inputs <> d.inputs
            and d.old_base is not distinct from d.base then 'rule_changed'
        when d.source_moved then 'source_changed'
        else 'dest_edited'
    end as origin,
    case
        when d.existing = 'stock_only' then 'existing item: stock only'
        when d.factor > 1 and d.kind = 'catalogue' then 'pack: its own fields stand'
        when d.existing = 'fill_blank' and d.actual not in ('null', '""', '[]') then 'existing item: only blanks are filled'
        when d.given is not null then null
        when d.decision is not null then format('%s by %s', d.decision, d.decided_by)
        when d.mode in ('never', 'create_only') then d.lock_rule
        when d.refusal is not null then 'refused by the store: ' || d.refusal
        when d.source_moved then null
        when d.mode = 'enforced' and (d.destination_moved or d.exact) then null
        when d.destination_moved then concat_ws(': ', nullif(d.lock_rule, 'default'), 'edited at the destination, the source did not move')
        else 'as_stored: the store keeps it its own way'
    end as stands,
    concat_ws(', ', d.lock_rule || case when d.lock_rule = 'default' then ': ' || d.mode else '' end, nullif(case when d.kind = 'price' then d.derivation end, '')) as rule
from decided as d;
