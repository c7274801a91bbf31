-- Source products of which some variant, at either end, is not as it was when the pair last agreed: the one look at every
-- pair that a whole comparison takes.
select distinct coalesce(l.source_product_id, s.product_id) as product_id, l.source_product_id is null as is_free
from (
    select source_variant_id, source_product_id, destination_variant_id, source_digest, destination_digest
    from variant_links
    where account_id = :account_id::integer and connection_id = :connection_id::integer
) as l
full outer join (
    select variant_id, product_id, digest
    from staging.variants
    where account_id = :account_id::integer and store_id = :source::integer
) as s on s.variant_id = l.source_variant_id
left join staging.variants as d
    on d.account_id = :account_id::integer
    and d.store_id = :destination::integer
    and d.variant_id = l.destination_variant_id
where l.source_variant_id is null
    or s.variant_id is null
    or d.variant_id is null
    or s.digest is distinct from l.source_digest
    or d.digest is distinct from l.destination_digest;
