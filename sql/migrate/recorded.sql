select name, sha256
from migration_checksums
order by name
