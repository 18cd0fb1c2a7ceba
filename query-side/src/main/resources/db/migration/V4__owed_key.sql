-- The keys whose newest version the shared cache may not have: written in the transaction that changes
-- them, removed when the cache has been told.
CREATE TABLE owed_key (
  cache text NOT NULL,
  key text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  -- When the oldest change that the cache may not have was made.
  since timestamptz NOT NULL,
  PRIMARY KEY (cache, key)
) WITH (fillfactor = 50); -- few rows that change all the time

CREATE INDEX owed_key_oldest ON owed_key (cache, since);
