insert into migration_checksums (name, sha256)
values (:name, :sha256)
