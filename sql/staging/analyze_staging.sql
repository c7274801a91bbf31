analyze [[ tables: staging.# ]]
