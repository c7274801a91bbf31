-- What a person took apart from its partner, and nobody has mapped since.
insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
select
    'unlinked',
    'variant',
    u.source_variant_id,
    u.destination_variant_id,
    u.source_product_id,
    v.sku,
    'a person took it apart from its partner: a row of a mapping file links it again'
from unlinked_variants as u
join offered as o on o.product_id = u.source_product_id and o.gate is null
join staging.variants as v
    on v.account_id = u.account_id and v.store_id = :source::integer and v.variant_id = u.source_variant_id
where u.account_id = :account_id::integer
    and u.connection_id = :connection_id::integer
    and not exists (
        select from variant_links as l
        where l.account_id = u.account_id
            and l.connection_id = u.connection_id
            and l.source_variant_id = u.source_variant_id
    )
    and not exists (select from unfit_source as x where x.variant_id = u.source_variant_id);
