-- Letters have the same form in each service that has some (saga: V9). They go on in their queue's order, and stay for a
-- while when they are done or discarded.
CREATE TABLE dead_letter (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source   text        NOT NULL,
  -- What goes on in the order of place and id; null when nothing waits for the letter. Here: the records of a key in a
  -- partition, by their offsets.
  queue    text,
  place    bigint      NOT NULL DEFAULT 0,
  -- Whose order is held up; null when none is.
  order_id text,
  -- The same record is kept once.
  identity text        NOT NULL,
  -- JSON, as the service reads it. Null when a discarded record is only remembered, to be passed over when it comes
  -- again.
  content  text,
  refusal  text        NOT NULL DEFAULT 'FAILED'
    CHECK (refusal IN ('FOREIGN', 'LATER', 'FAILED', 'FOLLOWING')),
  cause    text        NOT NULL,
  -- 0 when it only follows another one.
  attempts int         NOT NULL,
  since    timestamptz NOT NULL,
  state    text        NOT NULL DEFAULT 'WAITING'
    CHECK (state IN ('WAITING', 'RETRYING', 'FAILED', 'DONE', 'DISCARDED')),
  -- When it is to be sent on; null when nothing says that it should be.
  due      timestamptz,
  ended    timestamptz,
  -- The latest of what has happened to it, as the service reads it.
  history  jsonb       NOT NULL DEFAULT '[]',
  UNIQUE (source, identity)
);

INSERT INTO dead_letter (id, source, queue, place, order_id, identity, content, refusal, cause, attempts, since, state,
  ended) OVERRIDING SYSTEM VALUE
SELECT id, projection,
  CASE WHEN refusal <> 'FOREIGN' THEN topic_id || '/' || partition || '/' || record_key END,
  record_offset,
  CASE WHEN refusal <> 'FOREIGN' AND record_key ~ '^ORD-[A-Za-z0-9-]{1,56}$' THEN record_key END,
  topic_id || '-' || partition || '@' || record_offset,
  json_strip_nulls(json_build_object('type', 'record', 'topicId', topic_id, 'topic', topic, 'partition', partition,
    'offset', record_offset, 'key', nullif(record_key, ''), 'headers', headers::json,
    'value', translate(encode(value, 'base64'), E'\n', ''))),
  refusal, cause, attempts, since,
  CASE WHEN discarded THEN 'DISCARDED' ELSE 'WAITING' END,
  CASE WHEN discarded THEN now() END
FROM projection_letter;
SELECT setval(pg_get_serial_sequence('dead_letter', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM dead_letter), false);
DROP TABLE projection_letter;

CREATE INDEX dead_letter_waiting ON dead_letter (source, queue, place, id) WHERE ended IS NULL;
CREATE INDEX dead_letter_due ON dead_letter (source, due) WHERE due IS NOT NULL;
CREATE INDEX dead_letter_listed ON dead_letter ((queue IS NULL), id);
CREATE INDEX dead_letter_ended ON dead_letter (ended) WHERE ended IS NOT NULL;
