-- Variants that a linked product of ours lacks (D12, rule 44).
insert into proposals (
    entity, action, kind, source_product_id, destination_product_id, item_id, label, after, origin, mode, rule, base, inputs
)
select
    'variant',
    'create',
    'catalogue',
    c.product_id,
    c.destination_product_id,
    c.variant_id,
    c.sku,
    c.payload || jsonb_build_object('options', s.options, 'base', c.base, 'inputs', c.inputs),
    'source_changed',
    'follow',
    concat_ws(', ', 'new variant', case
        when c.price_never then 'price never: that of the first variant there'
        else 'computed price'
    end, nullif(c.derivation, '')),
    c.base,
    c.inputs
from creatable as c
join staging.products as s
    on s.account_id = :account_id::integer and s.store_id = :source::integer and s.product_id = c.product_id
join staging.products as d
    on d.account_id = :account_id::integer and d.store_id = :destination::integer and d.product_id = c.destination_product_id
where :add_variants::boolean
    and :create::text <> 'update_only'
    and c.existing in ('ours', 'overwrite')
    and (c.price_never or not c.price_missing)
    and cardinality(s.options) = cardinality(d.options)
    and not exists (
        select from decisions as x
        where x.account_id = :account_id::integer
            and x.connection_id = :connection_id::integer
            and x.entity = 'variant'
            and x.action = 'create'
            and x.item_id = c.variant_id
    );
