-- Tasks that wait for the payment provider or the mail server get tables of their own; those that
-- wait for the command side alone stay where they are.
CREATE TABLE provider_tasks (LIKE scheduled_tasks INCLUDING ALL);
CREATE TABLE mail_tasks (LIKE scheduled_tasks INCLUDING ALL);

WITH moved AS (
  DELETE FROM scheduled_tasks WHERE task_name IN ('charge', 'refund') RETURNING *)
INSERT INTO provider_tasks SELECT * FROM moved;
WITH moved AS (DELETE FROM scheduled_tasks WHERE task_name = 'notify' RETURNING *)
INSERT INTO mail_tasks SELECT * FROM moved;

-- Everything that is still to be done, for a person.
CREATE VIEW open_task AS
  SELECT * FROM scheduled_tasks
  UNION ALL SELECT * FROM provider_tasks
  UNION ALL SELECT * FROM mail_tasks;
