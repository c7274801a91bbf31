-- What has no way back, and why, in words for a person.
update changes
set message = 'not rolled back: ' || case
    when action = 'delete' then 'a deletion cannot be taken back'
    when entity = 'variant' then 'a variant that was created stays: only products can be drafts'
    when entity = 'image' then 'an image that was created stays: nothing is deleted by a rollback'
    when entity = 'level' and before is null then 'the item was not stocked there before'
    when entity = 'level' then :stock_reason::text
    else 'its product is not linked any more'
end
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and origin <> 'rollback'
    and status in ('applied', 'as_stored')
    and not exists (
        select from changes as r
        where r.account_id = changes.account_id
            and r.change_set_id = changes.change_set_id
            and r.depends_on = changes.change_id
            and r.origin = 'rollback'
    )
