analyze brake_lines, brake_history;
