-- A comparison of one entity alone says nothing of the other kinds: their open sets stand as they are (rule 88).
delete from proposals
where not kind = any (:kinds::text[]);
