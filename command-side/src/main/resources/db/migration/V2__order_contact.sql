-- Personal data. It lives here and nowhere else, so that deleting a row erases it.
CREATE TABLE order_contact (
    order_id TEXT PRIMARY KEY,
    user_id  TEXT NOT NULL,
    name     TEXT,
    email    TEXT,
    address  TEXT,
    locale   TEXT
);
CREATE INDEX order_contact_user ON order_contact (user_id);
