insert into upload_pieces (account_id, upload_id, piece, bytes)
values (:account_id::integer, :upload_id::bigint, :piece::integer, :bytes::bytea)
