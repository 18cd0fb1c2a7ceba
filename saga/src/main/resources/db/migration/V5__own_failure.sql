-- What has failed by itself, while others of its kind were done: a payment that the provider does not answer, a mail
-- that its recipient's server puts off. Gone when it is done, or has become a letter.
CREATE TABLE own_failure (
  task_name     text        NOT NULL,
  task_instance text        NOT NULL,
  times         int         NOT NULL,
  since         timestamptz NOT NULL,
  PRIMARY KEY (task_name, task_instance)
);
