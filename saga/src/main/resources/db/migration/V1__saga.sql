-- The order sagas, in the form that Axon's JDBC saga store works with.
CREATE TABLE saga_entry (
  saga_id         text PRIMARY KEY,
  saga_type       text,
  revision        text,
  serialized_saga bytea
);

CREATE TABLE association_value_entry (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  association_key   text,
  association_value text,
  saga_type         text,
  saga_id           text
);
CREATE INDEX association_value_entry_by_value
  ON association_value_entry (saga_type, association_key, association_value);
CREATE INDEX association_value_entry_by_saga ON association_value_entry (saga_id, saga_type);

-- Where every open order stands, for a person.
CREATE VIEW open_order AS
  SELECT saga ->> 'orderId' AS order_id, saga ->> 'stage' AS stage, saga
  FROM (SELECT convert_from(serialized_saga, 'UTF8')::jsonb AS saga FROM saga_entry) AS sagas;

-- Outlives the sagas: an order whose record comes again does not get a second one.
CREATE TABLE started_saga (
  order_id text PRIMARY KEY
);

-- What is to be done, in the form that db-scheduler works with.
CREATE TABLE scheduled_tasks (
  task_name            text        NOT NULL,
  task_instance        text        NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean     NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint      NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_by_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_by_last_heartbeat ON scheduled_tasks (last_heartbeat);

-- The simulated provider's books: what it answered to each idempotency key.
CREATE TABLE simulated_charge (
  idempotency_key text PRIMARY KEY,
  amount          numeric     NOT NULL,
  currency        text        NOT NULL,
  payment_method  text,
  outcome         text        NOT NULL CHECK (outcome IN ('SUCCESS', 'FAILED')),
  reason          text,
  charged_at      timestamptz NOT NULL
);
CREATE TABLE simulated_refund (
  idempotency_key text PRIMARY KEY,
  charge_key      text        NOT NULL REFERENCES simulated_charge,
  refunded_at     timestamptz NOT NULL
);

-- One mail per order and kind.
CREATE TABLE sent_notification (
  order_id text        NOT NULL,
  kind     text        NOT NULL,
  sent_at  timestamptz NOT NULL,
  PRIMARY KEY (order_id, kind)
);
