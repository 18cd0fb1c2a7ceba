-- How far each projection has read of each partition, in each generation of its tables. A topic that
-- was created anew has another id, and so a position of its own.
CREATE TABLE projection_position (
  projection text NOT NULL,
  generation int NOT NULL,
  topic_id uuid NOT NULL,
  partition int NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (projection, generation, topic_id, partition)
);
