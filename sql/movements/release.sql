-- A person says that these count no longer (rule 21b).
update stock_movements
set
    closed_at = now(),
    changed_at = now(),
    why = 'released_by_person'
where account_id = :account_id::integer
    and movement_id = any (:movements::bigint[])
    and closed_at is null
