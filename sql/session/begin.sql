-- A client that vanished without a word (power, network) is noticed within a minute, and its locks are freed.
set tcp_keepalives_idle = 15;
set tcp_keepalives_interval = 10;
set tcp_keepalives_count = 3;
set time zone 'UTC';
set intervalstyle = 'iso_8601';
