with

-- only of the parents that came, and were not read later: what a reading does not name at all may lie outside the window of
-- the scopes
asked as (
    select [[ of: came.# ]]
    from [[ parents: incoming_# ]] as came
    join [[ parents: staging.# ]] as parent
        on parent.account_id = :account_id::integer
        and parent.store_id = :store_id::integer
        and [[ of: parent.# = came.# || and ]]
        and parent.read_at <= :read_at::timestamptz
),

gone as (
    delete from [[ table: staging.# ]] as kept
    using asked
    where kept.account_id = :account_id::integer
        and kept.store_id = :store_id::integer
        and kept.read_at <= :read_at::timestamptz
        and [[ of: kept.# = asked.# || and ]]
        and not exists (select from [[ table: incoming_# ]] as came where [[ key: came.# = kept.# || and ]])
    returning [[ of: kept.# ]]
)

-- what is gone has no row left to carry changed_at: its parent shows it
update [[ parents: staging.# ]] as parent
set changed_at = :merged_at::timestamptz
where parent.account_id = :account_id::integer
    and parent.store_id = :store_id::integer
    and [[ of: parent.# ]] in (select [[ of: # ]] from gone)
