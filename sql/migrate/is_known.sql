select to_regclass('migration_checksums') is not null as known
