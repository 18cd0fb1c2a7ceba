-- A product with its stock in one row, built from two aggregates: a sequence of -1 says that no event of
-- that aggregate was taken in yet. The product can be seen once its first own event was.
CREATE TABLE product_view (
  product_id text COLLATE "C" PRIMARY KEY,
  name text,
  description text,
  price numeric,
  currency text,
  price_version bigint,
  active boolean,
  available bigint NOT NULL DEFAULT 0,
  reserved bigint NOT NULL DEFAULT 0,
  sold bigint NOT NULL DEFAULT 0,
  product_sequence bigint NOT NULL DEFAULT -1,
  stock_sequence bigint NOT NULL DEFAULT -1,
  -- The number of events taken in: the same after every replay.
  version bigint NOT NULL GENERATED ALWAYS AS (product_sequence + stock_sequence + 2) STORED,
  -- The latest time of an event taken in.
  updated_at timestamptz NOT NULL DEFAULT 'epoch',
  CONSTRAINT product_view_whole CHECK (
    product_sequence = -1
    OR num_nulls(name, description, price, currency, price_version, active) = 0
  )
) WITH (fillfactor = 70); -- room for updates in place: a hot product changes with every order
