-- A reading ordered by updated_at meets an object again that was written meanwhile: of two lines the later stays.
-- Rows lie in the order in which they were copied in.
delete from [[ table: incoming_# ]] as early
using (
    select
        [[ key: # ]],
        max(ctid) as last
    from [[ table: incoming_# ]]
    group by [[ key: # ]]
    having count(*) > 1
) as repeated
where [[ key: early.# = repeated.# || and ]]
    and early.ctid <> repeated.last
