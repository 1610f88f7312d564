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
