analyze judged_rows;
