-- SPDX-License-Identifier: AGPL-3.0-or-later
-- schema
CREATE TABLE IF NOT EXISTS house_meta (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;

--: one house_meta_get(name text) -> (value text)
SELECT value FROM house_meta WHERE name = :name;

--: run house_meta_set(name text, value text)
INSERT INTO house_meta (name, value) VALUES (:name, :value)
	ON CONFLICT (name) DO UPDATE SET value = excluded.value;
