-- More cancellations than a run may carry wait for a person, all of them (brake).
update mirror_intents as i
set state = 'held', reason = 'CANCEL_MOST', changed_at = now()
where i.account_id = :account_id::integer
    and i.connection_id = :connection_id::integer
    and i.kind in ('cancel', 'cancel_lines')
    and i.state = 'planned'
    and i.approved_by is null
    and (
        select count(*)
        from mirror_intents as all_of
        where all_of.account_id = :account_id::integer
            and all_of.connection_id = :connection_id::integer
            and all_of.kind in ('cancel', 'cancel_lines')
            and all_of.approved_by is null
            and (all_of.state = 'planned' or (all_of.state = 'held' and all_of.reason = 'CANCEL_MOST'))
    ) > :most::integer
