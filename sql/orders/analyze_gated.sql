analyze gated_lines;
