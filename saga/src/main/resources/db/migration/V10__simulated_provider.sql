-- How the simulated provider behaves in a demonstration; one row, which all instances read.
CREATE TABLE simulated_provider (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  mode text NOT NULL
);
INSERT INTO simulated_provider (mode) VALUES ('NORMAL');
