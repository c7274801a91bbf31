-- Whether a location of a destination has its stock from one of the source (rule 26); 0, which no order names yet, from any.
create or replace function is_fed(its_account integer, its_connection integer, source bigint, destination bigint)
returns boolean language sql stable parallel safe as $$
    select exists (
        select
        from location_links as k
        where k.account_id = its_account
            and k.connection_id = its_connection
            and k.source_location_id = source
            and destination in (0, k.destination_location_id)
    )
$$;
