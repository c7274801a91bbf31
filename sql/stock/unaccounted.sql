-- Whether a figure is to be written whose level moved a moment ago for no reason we know: what was counted by hand may hide
-- a sale that no index shows yet. The times of orders are whole seconds.
select exists (
    select
    from level_rows
    where stocked
        and desired_available is distinct from actual_available
        and has_just_moved
        and (is_unexplained or moved_at > known_until + interval '2 seconds')
) as is_so
