-- The topics that the events were published to, by the ids that Kafka gave them.
CREATE TABLE published_topic (
    topic    TEXT PRIMARY KEY,
    topic_id UUID NOT NULL
);
