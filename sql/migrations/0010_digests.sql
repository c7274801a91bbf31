-- One number for all that is compared of a row. Both ends' numbers are kept with their link when they agree, so that a whole
-- comparison holds two numbers of each pair against two others: column by column (fourteen of a variant, at both ends and twice in
-- the baseline) a million pairs took five times as long. It is worked out only where a
-- row is written. Numbers are compared with a pair's own earlier ones, so two different rows pass for one in 2^64 cases.
alter table staging.products add column digest bigint generated always as (hash_record_extended(row(
    title, description_html, vendor, product_type, tags, status, handle, seo_title, seo_description, options, published
), 0)) stored;
alter table staging.variants add column digest bigint generated always as (hash_record_extended(row(
    option1, option2, option3, sku, barcode, price, compare_at_price, cost, taxable, inventory_policy, tracked, weight,
    requires_shipping, image_id
), 0)) stored;
comment on column staging.products.digest is 'Of every field; a test holds it against the entity''s list.';
comment on column staging.variants.digest is 'Of every field; a test holds it against the entity''s list.';

alter table product_links add column source_digest bigint, add column destination_digest bigint;
alter table variant_links add column source_digest bigint, add column destination_digest bigint;
comment on column product_links.source_digest is 'Of both ends'' rows when all fields last agreed; null since they do not.';
comment on column variant_links.source_digest is 'Of both ends'' rows when all fields last agreed; null since they do not.';
