insert into uploads (account_id, connection_id, kind, file_name, who)
values (:account_id::integer, :connection_id::integer, :kind::text, :file_name::text, :who::text)
returning upload_id
