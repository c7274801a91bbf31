-- not_stockable is the loader's own: it ends when its level is written. A comparison of one entity alone looks for some
-- problems only, and ends none.
delete from problems as p
where p.account_id = :account_id::integer
    and p.connection_id = :connection_id::integer
    and p.code <> 'not_stockable'
    and :only::text is null
    and (:products::bigint[] is null or p.source_product_id = any (:products::bigint[]))
    and not exists (
        select from found as f
        where f.code = p.code and f.entity = p.entity and f.item_id = p.item_id and f.other_id = p.other_id
    );
