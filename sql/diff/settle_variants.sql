-- Where desired equals actual the pair is settled, whoever made it so.
insert into baseline.variants (
    account_id, connection_id, destination_variant_id, [[ fields: wrote_# ]], [[ fields: saw_# ]], base, inputs, unsettled
)
select
    :account_id::integer,
    :connection_id::integer,
    r.destination_variant_id,
    [[ fields: case when r.desired_# is not distinct from r.actual_# then r.desired_# else r.wrote_# end ]],
    [[ fields: case when r.desired_# is not distinct from r.actual_# then r.actual_# else r.saw_# end ]],
    case when derived.agrees then r.base end,
    case when derived.agrees then r.inputs end,
    array_remove(
        array[ [[ fields: case
            when r.desired_# is distinct from r.actual_# and (not r.known or '#' = any (r.unsettled)) then '#'
        end ]] ],
        null
    )
from variant_rows as r
cross join lateral (
    select [[ priced: r.desired_# is not distinct from r.actual_# || and ]] as agrees
) as derived
where r.existing <> 'stock_only'
on conflict (account_id, connection_id, destination_variant_id) do update set
    [[ fields: wrote_# = excluded.wrote_# ]],
    [[ fields: saw_# = excluded.saw_# ]],
    base = excluded.base,
    inputs = excluded.inputs,
    unsettled = excluded.unsettled,
    settled_at = now();
