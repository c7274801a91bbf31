-- Some products in question: each is looked up by its keys, and done before a second process would have begun.
set local enable_nestloop = on;
set local enable_hashagg = on;
set local parallel_setup_cost = 1000;
set local parallel_tuple_cost = 0.1;
