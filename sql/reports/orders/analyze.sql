select analyze_one(:name::text)
