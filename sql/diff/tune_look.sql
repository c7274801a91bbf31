-- Every pair is looked at: each join is a hash join; the planner, who takes account and store for independent, expects one
-- row. What comes out is little, and keys come in order from their index, so nothing is to be grouped by hash.
set local enable_nestloop = off;
set local enable_hashagg = off;
