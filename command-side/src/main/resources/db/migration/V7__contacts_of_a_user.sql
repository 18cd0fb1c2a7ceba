-- A user's contacts are read in the order of their orders, some at a time.
CREATE INDEX order_contact_of_user ON order_contact (user_id, order_id);
DROP INDEX order_contact_user;
