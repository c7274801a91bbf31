-- The rows as they are meant: blank is null, ids are numbers, commands and domains have one spelling. SKUs stay as they came.
create temp table map_given on commit drop as
with

texts as (
    select
        r.row_no,
        r.fault,
        r.cells ->> (:places::jsonb ->> 'command')::integer as command,
        r.cells ->> (:places::jsonb ->> 'source_store')::integer as source_store,
        r.cells ->> (:places::jsonb ->> 'dest_store')::integer as dest_store,
        r.cells ->> (:places::jsonb ->> 'source_sku')::integer as source_sku,
        r.cells ->> (:places::jsonb ->> 'dest_sku')::integer as dest_sku,
        r.cells ->> (:places::jsonb ->> 'source_variant_id')::integer as source_id,
        r.cells ->> (:places::jsonb ->> 'dest_variant_id')::integer as dest_id,
        r.cells ->> (:places::jsonb ->> 'barcode')::integer as barcode,
        r.cells ->> (:places::jsonb ->> 'handle')::integer as handle,
        r.cells ->> (:places::jsonb ->> 'option1')::integer as option1,
        r.cells ->> (:places::jsonb ->> 'option2')::integer as option2,
        r.cells ->> (:places::jsonb ->> 'option3')::integer as option3,
        r.cells ->> (:places::jsonb ->> 'match_by')::integer as match_by,
        r.cells ->> (:places::jsonb ->> 'qty_factor')::integer as factor,
        r.cells ->> (:places::jsonb ->> 'price_per')::integer as price_per,
        r.cells ->> (:places::jsonb ->> 'existing_items')::integer as existing_items,
        r.cells ->> (:places::jsonb ->> 'note')::integer as note
    from upload_rows as r
    where r.account_id = :account_id::integer and r.upload_id = :upload_id::bigint
),

trimmed as (
    select
        row_no,
        fault,
        coalesce(nullif(upper(btrim(command)), ''), 'MERGE') as command,
        nullif(lower(btrim(source_store)), '') as source_store,
        nullif(lower(btrim(dest_store)), '') as dest_store,
        case when source_sku !~ '^\s*$' then source_sku end as source_sku,
        case when dest_sku !~ '^\s*$' then dest_sku end as dest_sku,
        regexp_replace(nullif(btrim(source_id), ''), '^gid://shopify/ProductVariant/', '') as source_id,
        regexp_replace(nullif(btrim(dest_id), ''), '^gid://shopify/ProductVariant/', '') as dest_id,
        nullif(btrim(barcode), '') as barcode,
        nullif(btrim(handle), '') as handle,
        nullif(btrim(option1), '') as option1,
        nullif(btrim(option2), '') as option2,
        nullif(btrim(option3), '') as option3,
        nullif(lower(btrim(match_by)), '') as match_by,
        nullif(lower(btrim(factor)), '') as factor,
        nullif(lower(btrim(price_per)), '') as price_per,
        nullif(lower(btrim(existing_items)), '') as existing_items,
        case when note !~ '^\s*$' then note end as note
    from texts
)

select
    *,
    -- past nineteen digits no id goes on
    case when source_id ~ '^\d{1,18}$' then source_id::bigint end as source_variant_id,
    case when dest_id ~ '^\d{1,18}$' then dest_id::bigint end as dest_variant_id,
    case when factor = '(clear)' then 1 when factor ~ '^0*[1-9]\d{0,5}$' then factor::integer end as new_factor,
    command in ('MERGE', 'UPDATE', 'DELETE') and fault is null as is_meant
from trimmed;
