-- Only a whole reading tells that a product is gone.
delete from staging.products as kept
where :whole::boolean
    and kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.read_at <= :read_at::timestamptz
    and not exists (select from incoming_products as came where came.product_id = kept.product_id)
