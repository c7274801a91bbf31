/** What the bench shows: each figure with its limit (design §9), and what it is held against. */
export type Figure = { name: string; limit: number; unit: '' | 'MB'; says: string }

export const figures: readonly Figure[] = [
    {
        name: 'extract_vs_copy',
        limit: 3.5,
        unit: '',
        says: 'one store read over HTTP and merged, to a bare COPY of its rows from CSV into plain unlogged tables without index',
    },
    {
        name: 'decide_variants_vs_join',
        limit: 4,
        unit: '',
        says: 'check to brake for variants alone, to one tuned full outer join on SKU over their 14 fields, which writes nothing',
    },
    {
        name: 'unchanged_vs_changed',
        limit: 1.05,
        unit: '',
        says: 'everything compared with nothing changed, to 1 % changed',
    },
    { name: 'hourly_vs_nightly', limit: 0.2, unit: '', says: 'what changed compared (1 %), to everything' },
    {
        name: 'hourly_run_vs_nightly_run',
        limit: 0.2,
        unit: '',
        says: 'what moved in both stores (1 %) read, compared and decided, to everything',
    },
    {
        name: 'total_vs_map_script',
        limit: 1,
        unit: '',
        says: 'both stores read, compared and decided, to a script with maps over the same files on disk, which keeps nothing',
    },
    { name: 'memory_vs_map_script', limit: 0.25, unit: '', says: "Node's peak memory of that, to the script's" },
    { name: 'peak_rss_mb', limit: 300, unit: 'MB', says: "Node's peak memory while both stores are read and compared" },
    { name: 'memory_doubling', limit: 1.2, unit: '', says: 'that peak, to the peak at half the rows: flat' },
    { name: 'doubling', limit: 2.2, unit: '', says: 'both stores read, compared and decided, to half the rows' },
    {
        name: 'orders_vs_copy',
        limit: 8,
        unit: '',
        says: 'orders (a tenth of the variants) with 2.5 lines each read over HTTP and merged, 2 % new, to a bare COPY of them from CSV',
    },
    { name: 'orders_doubling', limit: 2.2, unit: '', says: 'that reading, to half the orders' },
]
