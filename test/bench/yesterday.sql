-- Takes what a reading of today brought to the source's rows back to yesterday's values (goods.ts says what moves), and
-- forgets what the last comparison recorded of it: every measured run begins at the same place.
update staging.products as p
set
    title = replace(p.title, ' anew', ''),
    updated_at = p.created_at,
    read_at = now() - interval '1 day',
    changed_at = now() - interval '1 day'
from stores as s
where s.role = 'source' and p.account_id = s.account_id and p.store_id = s.store_id and p.product_id % 100 = 7;

update staging.variants as v
set
    price = v.price - case when v.position <= 3 and v.read_at > now() - interval '1 day' + interval '1 minute' then 3 else 0 end,
    barcode = case when v.position > 3 then left(v.barcode, 13) else v.barcode end,
    read_at = now() - interval '1 day',
    changed_at = now() - interval '1 day'
from stores as s
where s.role = 'source' and v.account_id = s.account_id and v.store_id = s.store_id and v.product_id % 100 = 7;

update staging.images as i
set
    alt = replace(i.alt, ' anew', ''),
    read_at = now() - interval '1 day',
    changed_at = now() - interval '1 day'
from stores as s
where s.role = 'source' and i.account_id = s.account_id and i.store_id = s.store_id and i.product_id % 100 = 7;

update staging.levels as l
set
    available = l.available - 3,
    on_hand = l.on_hand - 3,
    read_at = now() - interval '1 day',
    changed_at = now() - interval '1 day'
from stores as s, staging.variants as v
where s.role = 'source'
    and l.account_id = s.account_id
    and l.store_id = s.store_id
    and v.account_id = s.account_id
    and v.store_id = s.store_id
    and v.inventory_item_id = l.inventory_item_id
    and v.product_id % 100 = 7
    and l.read_at > now() - interval '1 day' + interval '1 minute';

-- a whole reading named every row
delete from snapshots where kind = 'incremental';

delete from changes;
delete from change_sets;
delete from deviations;
delete from problems;
