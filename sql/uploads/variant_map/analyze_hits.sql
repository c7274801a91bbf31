analyze map_hits;
