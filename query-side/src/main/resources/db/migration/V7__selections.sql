-- What a text says to a search: its words without accents and without the difference of capitals. A
-- search finds a name when each of its words begins a word of the name.
CREATE FUNCTION spoken_words(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(
  regexp_split_to_array(
    left(
      lower(
        -- Letters with a stroke are letters of their own to Unicode, and not d with a mark.
        translate(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dD')
        COLLATE pg_c_utf8),
      -- A word of all these characters is still short enough for a tsvector: 2,046 bytes.
      500),
    '[^[:alnum:]]+'),
  '');

CREATE FUNCTION name_words(name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(spoken_words(name));

-- Null, and so true of no name, for a text without a word.
CREATE FUNCTION name_search(said text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (nullif(array_to_string(spoken_words(said), ':* & '), '') || ':*')::tsquery;

-- Every generation of the views: the one that serves, whose indexes have the names that it was built
-- with, and one that is being built.
DO $$
DECLARE
  view regclass;
  old regclass;
BEGIN
  FOR view IN
    SELECT format('%I.%I', schemaname, tablename)::regclass FROM pg_tables
    WHERE schemaname = current_schema() AND tablename ~ '^product_view(_g[0-9]+)?$'
  LOOP
    -- An expression, and no column: what changes with every order is the stock, and that must not
    -- touch an index.
    EXECUTE format('CREATE INDEX ON %s USING gin (name_words(name))', view);
  END LOOP;

  FOR view IN
    SELECT format('%I.%I', schemaname, tablename)::regclass FROM pg_tables
    WHERE schemaname = current_schema() AND tablename ~ '^order_view(_g[0-9]+)?$'
  LOOP
    FOR old IN
      SELECT indexrelid::regclass FROM pg_index
      WHERE indrelid = view
        AND pg_get_indexdef(indexrelid) LIKE '%(user_id, created_at DESC, order_id DESC)'
    LOOP
      EXECUTE format('DROP INDEX %s', old);
    END LOOP;
    -- The status is looked at in the index, so that only what is selected is fetched.
    EXECUTE format('CREATE INDEX ON %s (user_id, created_at DESC, order_id DESC, status)', view);
    EXECUTE format('CREATE INDEX ON %s (status, created_at DESC, order_id DESC)', view);
    EXECUTE format('CREATE INDEX ON %s USING gin (lines jsonb_path_ops)', view);
  END LOOP;
END $$;
