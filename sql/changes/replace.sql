-- The value is read as its column's type; a figure or a flag that is none is refused by that.
update changes as line
set
    after = read.value,
    status = 'approved',
    decided_by = :who
from changes as old
cross join lateral (
    select jsonb_build_object('wrote_' || old.field, :value::jsonb) as patch
) as given
cross join lateral (
    select case old.entity
        when 'product' then to_jsonb(jsonb_populate_record(null::baseline.products, given.patch))
        when 'variant' then to_jsonb(jsonb_populate_record(null::baseline.variants, given.patch))
        when 'image' then to_jsonb(jsonb_populate_record(null::baseline.images, given.patch))
        when 'level' then to_jsonb(jsonb_populate_record(null::baseline.levels, given.patch))
    end -> ('wrote_' || old.field) as value
) as read
where old.account_id = :account_id
    and old.change_id = any (:lines::bigint[])
    and old.action = 'update'
    and line.account_id = old.account_id
    and line.change_id = old.change_id
    and read.value is distinct from old.before
