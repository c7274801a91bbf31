select analyze_stale();
