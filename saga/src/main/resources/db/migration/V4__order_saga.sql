-- One row per order, which stays when its saga has ended: the proof that the order had one.
CREATE TABLE order_saga (
  order_id text        PRIMARY KEY,
  -- JSON, as the service reads it.
  saga     text        NOT NULL,
  -- Counts the writes: who has read another version than there is now was overtaken.
  version  bigint      NOT NULL,
  -- When the payment has taken too long.
  deadline timestamptz,
  ended    boolean     NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX order_saga_by_deadline ON order_saga (deadline) WHERE deadline IS NOT NULL;

-- From then on confirming and cancelling settle the stock of an order; for one that was placed before,
-- the saga does.
CREATE TABLE stock_settled AS SELECT now() AS since;

-- What earlier releases have left: open sagas, with their deadlines, which were tasks ...
INSERT INTO order_saga
  SELECT open.order_id, open.saga, 1, task.execution_time, false
  FROM (
    SELECT saga::jsonb ->> 'orderId' AS order_id, saga
    FROM (SELECT convert_from(serialized_saga, 'UTF8') AS saga FROM saga_entry) AS stored) AS open
  LEFT JOIN scheduled_tasks AS task
    ON task.task_name = 'payment-deadline' AND task.task_instance = open.order_id;

-- ... of which some are dead letters: they wait behind the letters before them ...
UPDATE order_saga SET deadline = now()
FROM dead_letter AS letter
WHERE letter.source = 'order-saga' AND letter.identity LIKE 'payment-deadline/%'
  AND letter.order_id = order_saga.order_id;

-- ... and the sagas that have ended.
INSERT INTO order_saga
  SELECT order_id, '{}', 1, NULL, true FROM started_saga
ON CONFLICT DO NOTHING;

DELETE FROM scheduled_tasks WHERE task_name = 'payment-deadline';
DELETE FROM dead_letter WHERE source = 'order-saga' AND identity LIKE 'payment-deadline/%';
DROP VIEW open_order;
DROP TABLE saga_entry, association_value_entry, started_saga;

-- Where every open order stands, for a person.
CREATE VIEW open_order AS
  SELECT order_id, saga::jsonb ->> 'stage' AS stage, saga::jsonb AS saga, deadline
  FROM order_saga WHERE NOT ended;
