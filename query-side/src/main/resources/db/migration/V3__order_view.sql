CREATE TABLE order_view (
  order_id text COLLATE "C" PRIMARY KEY,
  user_id text NOT NULL,
  -- [{"productId", "quantity", "price"}], as sold and in the order of the request
  lines jsonb NOT NULL,
  total numeric NOT NULL,
  currency text NOT NULL,
  -- The client's idempotency key.
  version text NOT NULL UNIQUE,
  payment_method text,
  status text NOT NULL,
  cancel_reason text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  order_sequence bigint NOT NULL,
  -- The number of events taken in: the same after every replay.
  revision bigint NOT NULL GENERATED ALWAYS AS (order_sequence + 1) STORED
) WITH (fillfactor = 80); -- room for the one or two changes of status in place

-- A customer's orders, the newest first.
CREATE INDEX order_view_of_user ON order_view (user_id, created_at DESC, order_id DESC);

-- Everybody's, for staff.
CREATE INDEX order_view_newest ON order_view (created_at DESC, order_id DESC);
