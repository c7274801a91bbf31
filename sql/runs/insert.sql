insert into runs (account_id, job, arguments, reason, slot, state, ended_at)
values (
    :account_id, :job, :arguments::jsonb, :reason, :slot::timestamptz, :state,
    case when :state = 'dropped' then now() end
)
on conflict (account_id, job, slot) where slot is not null do nothing
returning run_id
