-- What staff have done in this service, by any instance. The application forgets what is old.
CREATE TABLE staff_action (
  at      timestamptz NOT NULL,
  id      uuid        NOT NULL,
  user_id text        NOT NULL,
  method  text        NOT NULL,
  path    text        NOT NULL,
  status  int         NOT NULL,
  PRIMARY KEY (at, id)
);
