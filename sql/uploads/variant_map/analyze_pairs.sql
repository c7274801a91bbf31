analyze map_pairs;
