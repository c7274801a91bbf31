update variant_links as l
set factor = j.factor_then, price_per = j.price_per_then, existing_items = j.existing_then, note = j.note_then
from judged_rows as j
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and j.action in ('link', 'relink', 'change')
    and l.destination_variant_id = j.d_variant
    and (l.factor, l.price_per, l.existing_items, l.note)
        is distinct from (j.factor_then, j.price_per_then, j.existing_then, j.note_then)
