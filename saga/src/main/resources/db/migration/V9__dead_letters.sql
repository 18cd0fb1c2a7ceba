-- Letters have the same form in each service that has some (query side: V10). They go on in their queue's order, and
-- stay for a while when they are done or discarded.
ALTER TABLE dead_letter
  -- What goes on in the order of place and id; null when nothing waits for the letter. Here: the order.
  ADD COLUMN queue   text,
  ADD COLUMN place   bigint NOT NULL DEFAULT 0,
  ADD COLUMN refusal text   NOT NULL DEFAULT 'FAILED'
    CHECK (refusal IN ('FOREIGN', 'LATER', 'FAILED', 'FOLLOWING')),
  ADD COLUMN state   text   NOT NULL DEFAULT 'WAITING'
    CHECK (state IN ('WAITING', 'RETRYING', 'FAILED', 'DONE', 'DISCARDED')),
  -- When it is to be sent on; null when nothing says that it should be.
  ADD COLUMN due     timestamptz,
  ADD COLUMN ended   timestamptz,
  -- The latest of what has happened to it, as the service reads it.
  ADD COLUMN history jsonb  NOT NULL DEFAULT '[]',
  -- Null when a discarded record is only remembered, to be passed over when it comes again.
  ALTER COLUMN content DROP NOT NULL,
  DROP CONSTRAINT dead_letter_identity_key,
  ADD UNIQUE (source, identity);

UPDATE dead_letter SET
  queue = order_id,
  refusal = CASE
    WHEN content::json ->> 'type' = 'task' THEN 'FAILED'
    WHEN order_id IS NULL THEN 'FOREIGN'
    WHEN attempts = 0 THEN 'FOLLOWING'
    WHEN cause LIKE '%known to a later release only' THEN 'LATER'
    ELSE 'FAILED' END;

-- What staff have asked to be sent on was a task.
UPDATE dead_letter AS letter SET state = 'RETRYING', due = now()
FROM open_task AS task
WHERE task.task_name = 'retry-letters' AND letter.id IN (
  SELECT asked.id FROM dead_letter AS asked
  WHERE asked.id = (convert_from(task.task_data, 'UTF8')::json ->> 'letterId')::bigint
    AND asked.queue IS NULL
  UNION ALL
  (SELECT first.id FROM dead_letter AS asked JOIN dead_letter AS first USING (source, queue)
   WHERE asked.id = (convert_from(task.task_data, 'UTF8')::json ->> 'letterId')::bigint
   ORDER BY first.id LIMIT 1));
DELETE FROM scheduled_tasks WHERE task_name = 'retry-letters';
DELETE FROM provider_tasks WHERE task_name = 'retry-letters';
DELETE FROM mail_tasks WHERE task_name = 'retry-letters';

DROP INDEX dead_letter_by_order;
CREATE INDEX dead_letter_waiting ON dead_letter (source, queue, place, id) WHERE ended IS NULL;
CREATE INDEX dead_letter_due ON dead_letter (source, due) WHERE due IS NOT NULL;
CREATE INDEX dead_letter_listed ON dead_letter ((queue IS NULL), id);
CREATE INDEX dead_letter_ended ON dead_letter (ended) WHERE ended IS NOT NULL;
