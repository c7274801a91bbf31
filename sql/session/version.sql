select
    current_setting('server_version_num')::int as number,
    current_setting('server_version') as name
