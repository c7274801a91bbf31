delete from problems as p
using jsonb_to_recordset(:levels::jsonb) as l (item_id bigint, location_id bigint)
where p.account_id = :account_id::integer
    and p.connection_id = :connection_id::integer
    and p.code = 'not_stockable'
    and p.entity = 'level'
    and p.item_id = l.item_id
    and p.other_id = l.location_id
