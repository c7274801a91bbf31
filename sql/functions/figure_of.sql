-- The figure of a destination (rule 21): what is left after the buffer, in its own packs; none below a floor.
-- The share that is kept back is one of the whole pool.
create or replace function figure_of(
    left_over numeric, pool numeric, buffer_units integer, buffer_pct numeric, factor integer, zero_below integer
) returns integer language sql immutable parallel safe as $$
    select case
        when floor(greatest(0, left_over - greatest(buffer_units, ceil(pool * buffer_pct / 100))) / factor) < zero_below then 0
        else floor(greatest(0, left_over - greatest(buffer_units, ceil(pool * buffer_pct / 100))) / factor)::integer
    end
$$;
