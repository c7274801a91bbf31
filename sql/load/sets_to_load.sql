-- Stock and prices first: they never wait for the catalogue's calls. Of a held set what is approved: lines that a person
-- approved one by one, and stock lowered by known sales (rule 86).
select change_set_id, kind, state, run_id
from change_sets as s
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and (
        state in ('approved', 'loading')
        or (
            state = 'held'
            and exists (
                select from changes as c
                where c.account_id = s.account_id and c.change_set_id = s.change_set_id and c.status = 'approved'
            )
        )
    )
order by array_position(array['stock', 'price', 'catalogue', 'life_cycle'], kind)
