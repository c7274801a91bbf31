create index report_sync_in_order on report_sync (place);
analyze report_sync;
analyze report_sets
