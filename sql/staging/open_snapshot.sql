insert into snapshots (account_id, store_id, run_id, operation, kind, filter, document)
values (:account_id, :store_id, :run_id, :operation, :kind, :filter, '')
returning snapshot_id
