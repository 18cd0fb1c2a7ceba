-- When reservations without an order are over, in the form that db-scheduler works with: a task for each, stored in the
-- transaction of its event, named after product and reservation.
CREATE TABLE reservation_expiry (
    task_name            TEXT        NOT NULL,
    task_instance        TEXT        NOT NULL,
    task_data            BYTEA,
    execution_time       TIMESTAMPTZ NOT NULL,
    picked               BOOLEAN     NOT NULL,
    picked_by            TEXT,
    last_success         TIMESTAMPTZ,
    last_failure         TIMESTAMPTZ,
    consecutive_failures INT,
    last_heartbeat       TIMESTAMPTZ,
    version              BIGINT      NOT NULL,
    priority             SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX reservation_expiry_by_execution_time ON reservation_expiry (execution_time);
CREATE INDEX reservation_expiry_by_last_heartbeat ON reservation_expiry (last_heartbeat);
