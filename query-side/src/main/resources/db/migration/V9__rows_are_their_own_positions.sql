-- A row takes an event only in its sequence, and Kafka keeps how far each group has read.
DROP TABLE projection_position;

-- How many events the generation has read that is being built.
ALTER TABLE projection ADD COLUMN building_position bigint NOT NULL DEFAULT 0;

-- Events that came before their first one left empty rows, which no replay makes any more.
DELETE FROM product_view WHERE product_sequence = -1 AND stock_sequence = -1;
