-- Caches end by themselves: nobody has to remember what they were not told.
DROP TABLE owed_key;
