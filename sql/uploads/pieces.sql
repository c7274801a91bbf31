select bytes
from upload_pieces
where account_id = :account_id::integer and upload_id = :upload_id::bigint
order by piece
