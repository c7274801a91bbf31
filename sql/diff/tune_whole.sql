-- With every row in question each join is a hash join; the planner, who takes account and store for independent, expects one row.
set local enable_nestloop = off;
set local enable_hashagg = on;
