-- Temporary tables are joined whole, and by no parallel worker.
set local work_mem = '64MB';
