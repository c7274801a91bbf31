-- What no setting names any more is not kept either.
update staging.order_people
set
    customer = case when 'customer' = any (:details::text[]) then customer end,
    email = case when 'email' = any (:details::text[]) then email end,
    phone = case when 'phone' = any (:details::text[]) then phone end,
    shipping_address = case when 'shipping_address' = any (:details::text[]) then shipping_address end,
    billing_address = case when 'billing_address' = any (:details::text[]) then billing_address end,
    note = case when 'note' = any (:details::text[]) then note end,
    attributes = case when 'attributes' = any (:details::text[]) then attributes end
where account_id = :account_id
    and store_id = :store_id
    and (
        (customer is not null and 'customer' <> all (:details::text[]))
        or (email is not null and 'email' <> all (:details::text[]))
        or (phone is not null and 'phone' <> all (:details::text[]))
        or (shipping_address is not null and 'shipping_address' <> all (:details::text[]))
        or (billing_address is not null and 'billing_address' <> all (:details::text[]))
        or (note is not null and 'note' <> all (:details::text[]))
        or (attributes is not null and 'attributes' <> all (:details::text[]))
    )
