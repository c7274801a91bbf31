-- What brakes look for among the items that were written since a person last approved them: by an index, as of a million
-- of them hardly any is worse off.
alter table approved_states add column ruin numeric not null generated always as (
    case
        when brake = 'price' then case when was > 0 then abs(wrote - was) * 100 / was else 0 end
        when brake in ('new_products', 'new_variants') then case when was <= 0 and wrote > 0 then 100 else 0 end
        when was > 0 and wrote <= 0 then 100
        else 0
    end
) stored;
comment on column approved_states.ruin is 'By how many percent a price moved; 100 for what else a brake counts, 0 for what it does not.';
create index approved_ruins on approved_states (account_id, connection_id, kind, brake, ruin) where ruin > 0;
