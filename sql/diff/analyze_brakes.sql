analyze brake_history;
