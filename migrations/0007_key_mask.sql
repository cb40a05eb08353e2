-- What may be shown of a key, so that one that leaked is found in the list: kind and four of thirty random characters.
-- NULL for keys that were made before.
ALTER TABLE api_keys ADD COLUMN masked TEXT;
