-- The tasks of an order are found by its id and by ids that begin with it, however many there are.
CREATE INDEX scheduled_tasks_by_instance ON scheduled_tasks (task_instance text_pattern_ops);
CREATE INDEX provider_tasks_by_instance ON provider_tasks (task_instance text_pattern_ops);
CREATE INDEX mail_tasks_by_instance ON mail_tasks (task_instance text_pattern_ops);
