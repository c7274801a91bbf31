set local parallel_tuple_cost = 0;
set local parallel_setup_cost = 0;
set local work_mem = '64MB';
