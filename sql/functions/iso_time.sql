-- A time as reports show it: ISO 8601 with the offset that the zone had then.
create or replace function iso_time(at timestamptz, zone text) returns text language sql stable parallel safe as $$
    select to_char(at at time zone zone, 'YYYY-MM-DD"T"HH24:MI:SS')
        || case when ahead < 0 then '-' else '+' end
        || to_char(abs(ahead) / 3600, 'FM00') || ':' || to_char(abs(ahead) / 60 % 60, 'FM00')
    from (select extract(epoch from (at at time zone zone) - (at at time zone 'UTC'))::integer as ahead) as offset_of
$$;
