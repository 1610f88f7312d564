-- SPDX-License-Identifier: AGPL-3.0-or-later
-- needs rooms/people/people_view.sql
-- schema
CREATE TABLE record_entry_view (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	time INTEGER NOT NULL,
	type TEXT NOT NULL,
	actor TEXT NOT NULL,
	said TEXT NOT NULL,
	quiet INTEGER NOT NULL,
	leaf BLOB NOT NULL,
	PRIMARY KEY (grp, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_ref (
	grp INTEGER NOT NULL,
	target INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, target, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_entry_type ON record_entry_view (grp, type, seq);
CREATE INDEX record_entry_actor ON record_entry_view (grp, actor, seq);

--: run record_entry_add(grp i64, seq i64, time i64, type text, actor text, said text, quiet bool, leaf blob)
INSERT INTO record_entry_view (grp, seq, time, type, actor, said, quiet, leaf)
	VALUES (:grp, :seq, :time, :type, :actor, :said, :quiet, :leaf);

-- The latest acts that people care for, newest first, with the name of who did them.
--: many record_latest(grp i64, most i64) -> (seq i64, time i64, type text, actor text, who text, said text)
SELECT e.seq, e.time, e.type, e.actor, coalesce(p.name, '') AS who, e.said
	FROM record_entry_view e LEFT JOIN people_person p ON p.grp = e.grp AND p.person = e.actor
	WHERE e.grp = :grp AND e.quiet = 0 ORDER BY e.seq DESC LIMIT :most;

-- A page of the record, newest first, before an entry; type and actor may be empty.
--: many record_browse(grp i64, before i64, type text, actor text, most i64) -> (seq i64, time i64, type text,
--    actor text, who text, said text)
SELECT e.seq, e.time, e.type, e.actor, coalesce(p.name, '') AS who, e.said
	FROM record_entry_view e LEFT JOIN people_person p ON p.grp = e.grp AND p.person = e.actor
	WHERE e.grp = :grp AND e.seq < :before AND (:type = '' OR e.type = :type)
	AND (:actor = '' OR e.actor = :actor)
	ORDER BY e.seq DESC LIMIT :most;

--: many record_types(grp i64) -> (type text, n i64)
SELECT type, count(*) AS n FROM record_entry_view WHERE grp = :grp GROUP BY type ORDER BY type;

--: one record_one(grp i64, seq i64) -> (seq i64, time i64, type text, actor text, who text, said text, leaf blob)
SELECT e.seq, e.time, e.type, e.actor, coalesce(p.name, '') AS who, e.said, e.leaf
	FROM record_entry_view e LEFT JOIN people_person p ON p.grp = e.grp AND p.person = e.actor
	WHERE e.grp = :grp AND e.seq = :seq;

-- The entries that answer, amend or supersede this one.
--: run record_ref_add(grp i64, seq i64, target i64)
INSERT OR IGNORE INTO record_ref (grp, target, seq) VALUES (:grp, :target, :seq);

--: many record_answers(grp i64, seq i64) -> (seq i64, type text, said text)
SELECT r.seq, e.type, e.said FROM record_ref r JOIN record_entry_view e ON e.grp = r.grp AND e.seq = r.seq
	WHERE r.grp = :grp AND r.target = :seq ORDER BY r.seq;

-- True once a later entry published what this one held back.
--: scalar record_is_published(grp i64, seq i64) -> (n i64)
SELECT count(*) AS n FROM record_ref r JOIN record_entry_view e ON e.grp = r.grp AND e.seq = r.seq
	WHERE r.grp = :grp AND r.target = :seq AND e.type LIKE '%.publish';
