-- Records that a projection cannot take in, whichever of its generations has met them. One that was
-- discarded stays, so that no rebuild brings it up again.
CREATE TABLE projection_letter (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  projection text NOT NULL REFERENCES projection,
  topic text NOT NULL,
  topic_id uuid NOT NULL,
  partition int NOT NULL,
  record_offset bigint NOT NULL,
  -- Of its queue; empty when it has none that could be one of ours.
  record_key text NOT NULL,
  -- Name and value of each, as JSON.
  headers text NOT NULL,
  value bytea,
  refusal text NOT NULL CHECK (refusal IN ('FOREIGN', 'LATER', 'FAILED', 'FOLLOWING')),
  cause text NOT NULL,
  -- 0 when it only follows another one.
  attempts int NOT NULL,
  since timestamptz NOT NULL,
  discarded boolean NOT NULL DEFAULT false,
  UNIQUE (projection, topic_id, partition, record_offset)
);

-- The queues in which a record waits.
CREATE INDEX projection_letter_waiting
  ON projection_letter (projection, record_key, topic_id, partition, record_offset)
  WHERE refusal <> 'FOREIGN' AND NOT discarded;

-- Each row is built from the events of its own key and of nothing else: what somebody writes under one
-- key must not keep another key's row away. That an idempotency key places one order the command side
-- sees to. The constraint's name depends on the generation that serves.
DO $$
DECLARE
  found text;
BEGIN
  FOR found IN
    SELECT conname FROM pg_constraint WHERE conrelid = 'order_view'::regclass AND contype = 'u'
  LOOP
    EXECUTE format('ALTER TABLE order_view DROP CONSTRAINT %I', found);
  END LOOP;
END $$;
