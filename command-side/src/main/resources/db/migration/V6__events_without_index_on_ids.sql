-- Nothing looks an event up by its id, and each index entry was written at a place of its own.
ALTER TABLE domain_event DROP CONSTRAINT domain_event_event_id_key;
