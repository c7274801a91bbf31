delete from deviations as d
where d.account_id = :account_id::integer
    and d.connection_id = :connection_id::integer
    and (:products::bigint[] is null or d.source_product_id = any (:products::bigint[]))
    and (:only::text is null or d.entity = :only::text)
    and not exists (
        select from standing as s
        where s.entity = d.entity and s.item_id = d.item_id and s.location_id = d.location_id and s.field = d.field
    );
