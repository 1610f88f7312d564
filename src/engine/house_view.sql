-- SPDX-License-Identifier: AGPL-3.0-or-later
-- schema
CREATE TABLE house_group (
	grp INTEGER PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE house_head (
	grp INTEGER PRIMARY KEY,
	n INTEGER NOT NULL,
	time INTEGER NOT NULL
) STRICT;

--: run house_group_add(grp i64, slug text)
INSERT INTO house_group (grp, slug) VALUES (:grp, :slug);

--: one house_group_find(slug text) -> (grp i64)
SELECT grp FROM house_group WHERE slug = :slug;

--: run house_head_set(grp i64, n i64, time i64)
INSERT INTO house_head (grp, n, time) VALUES (:grp, :n, :time)
	ON CONFLICT (grp) DO UPDATE SET n = excluded.n, time = excluded.time;

--: one house_head_get(grp i64) -> (n i64, time i64)
SELECT n, time FROM house_head WHERE grp = :grp;
