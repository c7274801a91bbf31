-- Brings the planner's figures up to date for tables that changed by more than half since it last looked: a first sync
-- fills empty ones within minutes, long before the autovacuum comes by.
create or replace function analyze_stale() returns void language plpgsql as $$
declare
    stale regclass;
begin
    for stale in
        select relid::regclass
        from pg_stat_user_tables
        where n_mod_since_analyze > 500 + n_live_tup / 2
            and relid = any (array[
                'product_links', 'variant_links', 'image_links', 'baseline.products', 'baseline.variants', 'baseline.images',
                'baseline.levels', 'changes', 'deviations', 'staging.products', 'staging.variants', 'staging.images',
                'staging.levels', 'staging.collection_products'
            ]::regclass[])
    loop
        execute format('analyze %s', stale);
    end loop;
end
$$;
