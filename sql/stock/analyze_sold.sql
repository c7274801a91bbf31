-- What comes after joins them with movements: a planner that takes them for a few rows looks up each by itself.
analyze sold, given_back;
