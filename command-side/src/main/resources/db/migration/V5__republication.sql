-- That every event is to be, or is being, published again; no row when neither.
CREATE TABLE republication (
    only_one BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_one),
    -- When the token was moved back, and the last event that there was then; null until it is.
    begun_at TIMESTAMPTZ,
    up_to    BIGINT
);
