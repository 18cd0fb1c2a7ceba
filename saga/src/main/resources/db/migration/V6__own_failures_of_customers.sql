-- A party is the customer now, and no longer a payment method.
UPDATE own_failure SET party = NULL;
COMMENT ON COLUMN own_failure.party IS 'Whose failure it is: the customer. Null when that cannot be told.';
