-- What cannot proceed, and what follows it for the same order, in the order of the ids.
CREATE TABLE dead_letter (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source   text        NOT NULL,
  -- Null when it cannot be told; nothing follows such a letter.
  order_id text,
  -- The same record or task is kept once.
  identity text        NOT NULL UNIQUE,
  -- JSON, as the service reads it.
  content  text        NOT NULL,
  cause    text        NOT NULL,
  attempts int         NOT NULL,
  since    timestamptz NOT NULL
);
CREATE INDEX dead_letter_by_order ON dead_letter (source, order_id, id);
