-- The lines a person means. Named one by one, a line that was decided before may be decided anew.
select change_id
from changes
where account_id = :account_id
    and change_set_id = :change_set_id::bigint
    and status = any (:statuses::text[])
    and (:entity::text is null or entity = :entity::text)
    and (:action::text is null or action = :action::text)
    and (:field::text is null or field = :field::text)
    and (:item_id::bigint is null or item_id = :item_id::bigint)
    and (:label::text is null or label = :label::text)
    and (:lines::bigint[] is null or change_id = any (:lines::bigint[]))
