analyze brake_lines;
