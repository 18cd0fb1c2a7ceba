-- When the saga of an order was written last; of one that an earlier release wrote, no later than now.
ALTER TABLE order_saga ADD COLUMN written_at timestamptz NOT NULL DEFAULT now();
