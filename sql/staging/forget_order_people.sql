delete from staging.order_people
where account_id = :account_id
    and store_id = :store_id
    and num_nonnulls(customer, email, phone, shipping_address, billing_address, note, attributes) = 0
