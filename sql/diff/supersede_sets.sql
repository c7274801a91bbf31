-- A set of which something was written stays on record as loaded.
update change_sets as s
set
    state = case
        when exists (
            select from changes as c
            where c.account_id = s.account_id
                and c.change_set_id = s.change_set_id
                and c.status in ('applied', 'as_stored')
        ) then 'loaded'
        else 'superseded'
    end
where s.account_id = :account_id::integer
    and s.connection_id = :connection_id::integer
    and s.state in ('held', 'approved', 'loading')
    and s.kind = any (:kinds::text[]);
