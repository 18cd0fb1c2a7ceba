-- Which generation of a projection's tables serves and which one is being built: the one truth, held by
-- each batch and changed by whoever starts, cancels or ends a build. The serving generation's table has
-- the plain name, every other one the suffix _g and its number. Numbers are never used again.
CREATE TABLE projection (
  name text PRIMARY KEY,
  serving int NOT NULL,
  building int,
  -- SERVING: to take over; COMPARISON: to be compared with the one that serves.
  building_for text CHECK (building_for IN ('SERVING', 'COMPARISON')),
  building_since timestamptz,
  last_generation int NOT NULL,
  CHECK (building <> serving),
  CHECK (num_nulls(building, building_for, building_since) IN (0, 3))
);

INSERT INTO projection (name, serving, last_generation)
VALUES ('product-view', 1, 1), ('order-view', 1, 1);

-- The outcome of a projection's last comparison.
CREATE TABLE projection_comparison (
  projection text PRIMARY KEY REFERENCES projection,
  generation int NOT NULL,
  state text NOT NULL CHECK (state IN ('EQUAL', 'DIFFERENT', 'CANCELLED')),
  compared bigint NOT NULL,
  differing bigint NOT NULL,
  -- The first row that differs, by key, and how.
  first_difference text,
  ended_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
