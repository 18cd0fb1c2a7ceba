-- Which generation of a projection's tables serves and which one is being built: the one truth, held by
-- each batch and changed by whoever starts, cancels or ends a rebuild. The serving generation's table has
-- the plain name, every other one the suffix _g and its number. Numbers are never used again.
CREATE TABLE projection (
  name text PRIMARY KEY,
  serving int NOT NULL,
  building int,
  building_since timestamptz,
  last_generation int NOT NULL,
  CHECK (building <> serving),
  CHECK ((building IS NULL) = (building_since IS NULL))
);

INSERT INTO projection (name, serving, last_generation)
VALUES ('product-view', 1, 1), ('order-view', 1, 1);
