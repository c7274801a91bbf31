with

gone as (
    delete from staging.collection_products as kept
    where kept.account_id = :account_id::integer
        and kept.store_id = :store_id::integer
        and kept.read_at <= :read_at::timestamptz
        and not exists (
            select
            from incoming_collection_products as came
            where came.collection_id = kept.collection_id and came.product_id = kept.product_id
        )
    returning product_id
)

-- what is gone has no row left to carry changed_at: its product shows it
update staging.products as member
set changed_at = :merged_at::timestamptz
where member.account_id = :account_id::integer
    and member.store_id = :store_id::integer
    and member.product_id in (select product_id from gone)
