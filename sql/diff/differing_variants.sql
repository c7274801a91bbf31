insert into differences (
    entity, source_product_id, destination_product_id, item_id, field, label, sku, desired, actual, source_moved, destination_moved, settled,
    existing, factor, derivation, base, inputs, old_base, old_inputs
)
select
    'variant', r.source_product_id, r.destination_product_id, r.destination_variant_id, f.field, r.label, r.label,
    case f.field [[ fields: when '#' then as_json(r.desired_#) || ]] end,
    case f.field [[ fields: when '#' then as_json(r.actual_#) || ]] end,
    f.source_moved, f.destination_moved, r.known and not f.field = any (r.unsettled),
    r.existing, r.factor, concat_ws(' ', r.signature, '@' || nullif(r.rate, 1)::text), r.base, r.inputs, r.old_base, r.old_inputs
from variant_rows as r
cross join lateral (values
    [[ fields: (
        '#', r.desired_# is distinct from r.actual_#,
        r.desired_# is distinct from r.wrote_#, r.actual_# is distinct from r.saw_#
    ) ]]
) as f (field, differs, source_moved, destination_moved)
where f.differs
    and exists (select from offered as o where o.product_id = r.source_product_id and o.gate is null)
    and not exists (select from unfit_source as u where u.variant_id = r.source_variant_id)
    and not exists (select from unfit_destination as u where u.variant_id = r.destination_variant_id);
