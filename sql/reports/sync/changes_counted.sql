select place from report_sync
