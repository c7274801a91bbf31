-- What is past its time: the file and its rows go, that it was uploaded stays. What never came in whole goes altogether.
with

old as (
    update uploads
    set forgotten_at = now()
    where account_id = :account_id::integer
        and created_at < now() - make_interval(days => :days::integer)
        and forgotten_at is null
    returning account_id, upload_id
),

broken_off as (
    delete from uploads
    where account_id = :account_id::integer and state = 'receiving' and created_at < now() - interval '1 day'
),

pieces as (
    delete from upload_pieces as p
    using old as o
    where p.account_id = o.account_id and p.upload_id = o.upload_id
)

delete from upload_rows as r
using old as o
where r.account_id = o.account_id and r.upload_id = o.upload_id
