with

-- whole: the store's; incremental: those of the products that came; a product read later knows better
gone as (
    delete from staging.images as kept
    where kept.account_id = :account_id::integer
        and kept.store_id = :store_id::integer
        and kept.read_at <= :read_at::timestamptz
        and not exists (select from incoming_images as came where came.product_id = kept.product_id and came.image_id = kept.image_id)
        and (:whole::boolean or kept.product_id in (select product_id from incoming_products))
        and not exists (
            select
            from staging.products as parent
            where parent.account_id = :account_id::integer
                and parent.store_id = :store_id::integer
                and parent.product_id = kept.product_id
                and parent.read_at > :read_at::timestamptz
        )
    returning product_id
)

-- what is gone has no row left to carry changed_at: its product shows it
update staging.products as parent
set changed_at = :merged_at::timestamptz
where parent.account_id = :account_id::integer
    and parent.store_id = :store_id::integer
    and parent.product_id in (select product_id from gone)
