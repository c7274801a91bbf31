-- The change sets of a report: those that one run made or wrote, or those made on some days, both included (rule 84).
create temp table report_sets on commit drop as
select s.account_id, s.change_set_id, s.kind, s.run_id, s.state, s.hold_reason, s.created_at, s.approved_at, s.approved_by, s.loaded_at, s.rolled_back_at
from change_sets as s
where s.account_id = :account_id::integer
    and s.connection_id = :connection_id::integer
    and case
        when :run_id::bigint is not null
            then s.run_id = :run_id::bigint
                or s.change_set_id in (
                    select k.change_set_id from calls as k
                    where k.account_id = :account_id::integer and k.run_id = :run_id::bigint
                )
        else s.created_at >= :from_day::date::timestamp at time zone :zone::text
            and s.created_at < (:to_day::date + 1)::timestamp at time zone :zone::text
    end
