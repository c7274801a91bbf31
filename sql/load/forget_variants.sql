-- Deleted: neither link nor baseline has anything left to speak of.
with

unlinked as (
    delete from variant_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and destination_variant_id = any (:ids::bigint[])
)

delete from baseline.variants
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and destination_variant_id = any (:ids::bigint[])
