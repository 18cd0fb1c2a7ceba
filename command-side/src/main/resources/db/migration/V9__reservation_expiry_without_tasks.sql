-- Rows are no tasks of db-scheduler any more: every instance looks for those that are due.
ALTER TABLE reservation_expiry ADD COLUMN product_id TEXT, ADD COLUMN reservation_id TEXT;
UPDATE reservation_expiry
SET product_id = split_part(task_instance, '/', 1), reservation_id = split_part(task_instance, '/', 2);
ALTER TABLE reservation_expiry
    DROP COLUMN task_name, DROP COLUMN task_instance, DROP COLUMN task_data, DROP COLUMN picked, DROP COLUMN picked_by,
    DROP COLUMN last_success, DROP COLUMN last_failure, DROP COLUMN consecutive_failures, DROP COLUMN last_heartbeat,
    DROP COLUMN version, DROP COLUMN priority,
    ADD PRIMARY KEY (product_id, reservation_id);
ALTER TABLE reservation_expiry RENAME COLUMN execution_time TO due;
ALTER INDEX reservation_expiry_by_execution_time RENAME TO reservation_expiry_by_due;
