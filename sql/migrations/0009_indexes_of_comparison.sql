-- What a comparison of some products looks up one by one, instead of going through a store's rows.
create index variants_by_sku on staging.variants (account_id, store_id, sku);
create index variants_by_item on staging.variants (account_id, store_id, inventory_item_id);
create index products_by_origin on staging.products (account_id, store_id, origin) where origin is not null;
