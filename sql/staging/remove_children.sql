with

-- only of the parents that came: what a reading does not name at all may lie outside the window of the scopes
gone as (
    delete from [[ table: staging.# ]] as kept
    where kept.account_id = :account_id::integer
        and kept.store_id = :store_id::integer
        and kept.read_at <= :read_at::timestamptz
        and [[ of: kept.# ]] in (select [[ of: # ]] from [[ parents: incoming_# ]])
        and not exists (select from [[ table: incoming_# ]] as came where [[ key: came.# = kept.# || and ]])
        and not exists (
            select
            from [[ parents: staging.# ]] as parent
            where parent.account_id = :account_id::integer
                and parent.store_id = :store_id::integer
                and [[ of: parent.# = kept.# || and ]]
                and parent.read_at > :read_at::timestamptz
        )
    returning [[ of: # ]]
)

-- what is gone has no row left to carry changed_at: its parent shows it
update [[ parents: staging.# ]] as parent
set changed_at = :merged_at::timestamptz
where parent.account_id = :account_id::integer
    and parent.store_id = :store_id::integer
    and [[ of: parent.# ]] in (select [[ of: # ]] from gone)
