-- One that was asked for, and that no instance had begun.
UPDATE publication_token SET owner = NULL, token = NULL
WHERE EXISTS (SELECT FROM republication WHERE begun_at IS NULL);
UPDATE republication SET begun_at = now(), up_to = (SELECT max(global_index) FROM domain_event) WHERE begun_at IS NULL;
DELETE FROM republication WHERE up_to IS NULL;
ALTER TABLE republication ALTER begun_at SET NOT NULL, ALTER up_to SET NOT NULL;
