-- SPDX-License-Identifier: AGPL-3.0-or-later
-- needs rooms/meeting/meeting_view.sql
-- needs rooms/call/call_view.sql
-- needs engine/house_view.sql
-- schema
CREATE TABLE group_group (
	grp INTEGER PRIMARY KEY,
	seq INTEGER NOT NULL,
	time INTEGER NOT NULL,
	title TEXT NOT NULL,
	short_title TEXT NOT NULL,
	place TEXT NOT NULL,
	zone TEXT NOT NULL,
	description TEXT NOT NULL
) STRICT;

CREATE TABLE group_announcement (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	time INTEGER NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

-- Where the process stands: one row a step, kept current with every entry.
CREATE TABLE group_step (
	grp INTEGER NOT NULL,
	step INTEGER NOT NULL,
	state TEXT NOT NULL,
	have INTEGER NOT NULL,
	of INTEGER NOT NULL,
	what TEXT NOT NULL,
	PRIMARY KEY (grp, step)
) STRICT, WITHOUT ROWID;

--: run group_group_add(grp i64, seq i64, time i64, title text, short_title text, place text, zone text,
--    description text)
INSERT INTO group_group (grp, seq, time, title, short_title, place, zone, description)
	VALUES (:grp, :seq, :time, :title, :short_title, :place, :zone, :description);

--: one group_heading(grp i64) -> (title text, short_title text, place text, zone text, description text,
--    seq i64, time i64)
SELECT title, short_title, place, zone, description, seq, time FROM group_group WHERE grp = :grp;

--: run group_announcement_add(grp i64, number i64, seq i64, time i64, title text, text text)
INSERT INTO group_announcement (grp, number, seq, time, title, text)
	VALUES (:grp, :number, :seq, :time, :title, :text);

--: many group_announcements(grp i64, most i64) -> (number i64, seq i64, time i64, title text, text text)
SELECT number, seq, time, title, text FROM group_announcement WHERE grp = :grp
	ORDER BY number DESC LIMIT :most;

--: run group_step_set(grp i64, step i64, state text, have i64, of i64, what text)
INSERT INTO group_step (grp, step, state, have, of, what) VALUES (:grp, :step, :state, :have, :of, :what)
	ON CONFLICT (grp, step) DO UPDATE SET state = excluded.state, have = excluded.have, of = excluded.of,
	what = excluded.what;

--: many group_steps(grp i64) -> (step i64, state text, have i64, of i64, what text)
SELECT step, state, have, of, what FROM group_step WHERE grp = :grp ORDER BY step;

--: many group_list() -> (slug text, title text, short_title text, description text, founded i64, last i64,
--    step i64)
SELECT h.slug, g.title, g.short_title, g.description, g.time AS founded, n.time AS last,
	coalesce((SELECT max(step) FROM group_step s WHERE s.grp = g.grp AND s.state = 'current'), -1) AS step
	FROM group_group g JOIN house_group h ON h.grp = g.grp JOIN house_head n ON n.grp = g.grp
	ORDER BY n.time DESC, g.grp DESC;

-- What comes next: meetings that are not over, and calls that are open.
--: many group_next(grp i64, today i64) -> (kind text, number i64, title text, place text, at i64, ends i64)
SELECT 'meeting' AS kind, number, title, place, starts AS at, ends FROM meeting
	WHERE grp = :grp AND ends >= :today AND state <> 'cancelled'
UNION ALL
SELECT 'call' AS kind, number, title, '' AS place, deadline AS at, deadline AS ends FROM call_call
	WHERE grp = :grp AND status = 'open'
ORDER BY 5 LIMIT 5;
