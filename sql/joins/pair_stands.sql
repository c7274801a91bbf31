-- What there is of a pair already: its connection, an open wish, and until when another wish has to wait. A source that has
-- refused is asked again after a day; after three refusals in a month it is left alone; nobody asks five times a day.
with

mine as (
    select *
    from joins
    where account_id = :account_id::integer
        and source_store_id = :source_store_id::integer
        and destination_store_id = :destination_store_id::integer
),

refused as (
    select decided_at, row_number() over (order by decided_at desc) as place
    from mine
    where state = 'refused'
),

asked as (
    select asked_at, row_number() over (order by asked_at desc) as place
    from mine
),

bounds as (
    select decided_at + interval '1 day' as until from refused where place = 1
    union all
    select decided_at + interval '30 days' from refused where place = 3
    union all
    select asked_at + interval '1 day' from asked where place = 5
)

select
    (
        select c.state
        from connections as c
        where c.account_id = :account_id::integer
            and c.source_store_id = :source_store_id::integer
            and c.destination_store_id = :destination_store_id::integer
    ) as connection_state,
    (select mine.state from mine where mine.state in ('waiting', 'approved')) as open_state,
    (select max(bounds.until) from bounds where bounds.until > now()) as wait_until
