-- SPDX-License-Identifier: AGPL-3.0-or-later
-- When items were under consideration and when the floor was given, which other rooms keep only as
-- it is now; and drafts of the Chair's summary, which are not public. Text that was erased is empty.
-- needs rooms/people/people_view.sql
-- needs rooms/members/members_view.sql
-- needs rooms/meeting/meeting_view.sql
-- needs rooms/floor/floor_view.sql
-- schema
CREATE TABLE minutes_span (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	item INTEGER NOT NULL,
	from_seq INTEGER NOT NULL,
	from_at INTEGER NOT NULL,
	until_seq INTEGER, -- NULL: still under consideration
	until_at INTEGER,
	PRIMARY KEY (grp, meeting, item, from_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes_turn (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	request INTEGER NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, meeting, request)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes_draft (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	text TEXT NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, draft)
) STRICT, WITHOUT ROWID;

--: run minutes_add_span(grp i64, meeting i64, item i64, seq i64, at i64)
INSERT INTO minutes_span VALUES (:grp, :meeting, :item, :seq, :at, NULL, NULL);

--: run minutes_end_span(grp i64, meeting i64, item i64, seq i64, at i64)
UPDATE minutes_span SET until_seq = :seq, until_at = :at
WHERE grp = :grp AND meeting = :meeting AND item = :item AND until_seq IS NULL;

--: run minutes_add_turn(grp i64, meeting i64, request i64, at i64, seq i64)
INSERT OR IGNORE INTO minutes_turn VALUES (:grp, :meeting, :request, :at, :seq);

--: run minutes_add_draft(grp i64, draft i64, meeting i64, text text, time i64, seq i64)
INSERT INTO minutes_draft VALUES (:grp, :draft, :meeting, :text, :time, :seq);

--: many minutes_spans(grp i64, meeting i64) -> (item i64, from_seq i64, from_at i64, until_seq i64?,
--    until_at i64?)
SELECT item, from_seq, from_at, until_seq, until_at FROM minutes_span
WHERE grp = :grp AND meeting = :meeting ORDER BY from_seq;

-- Whoever had the floor, in the order in which it was given.
--: many minutes_turns_of(grp i64, meeting i64) -> (request i64, item i64, seat i64, party text,
--    name text, constituency text, place i64, kind text, category text, mode text, overridden bool,
--    seconds i64, at i64, seq i64)
SELECT r.request, CASE WHEN r.item > 0 THEN r.item ELSE l.item END AS item, r.seat, r.party,
	coalesce(p.name, '') AS name, coalesce(c.name, '') AS constituency,
	coalesce(c.place, 0) AS place, r.kind, r.category, r.mode, r.overridden, r.seconds, t.at, t.seq
FROM minutes_turn t
JOIN floor_request r ON r.grp = t.grp AND r.request = t.request
JOIN floor_list l ON l.grp = r.grp AND l.list = r.list
LEFT JOIN people_person p ON p.grp = r.grp AND p.person = r.person
LEFT JOIN members_constituency c ON c.grp = r.grp AND c.code = r.constituency
WHERE t.grp = :grp AND t.meeting = :meeting ORDER BY t.seq;

-- Whoever asked and was not heard, as they came.
--: many minutes_unheard(grp i64, meeting i64) -> (request i64, item i64, party text, name text,
--    state text, note text, at i64, seq i64)
SELECT r.request, CASE WHEN r.item > 0 THEN r.item ELSE l.item END AS item, r.party,
	coalesce(p.name, '') AS name, r.state, r.note, r.at, r.seq
FROM floor_request r
JOIN floor_list l ON l.grp = r.grp AND l.list = r.list
LEFT JOIN people_person p ON p.grp = r.grp AND p.person = r.person
WHERE r.grp = :grp AND r.meeting = :meeting
	AND r.state IN ('requested', 'on_list', 'called', 'not_present')
ORDER BY r.seq;

-- The drafts of a meeting, newest first.
--: many minutes_drafts(grp i64, meeting i64) -> (draft i64, text text, time i64, seq i64)
SELECT draft, text, time, seq FROM minutes_draft WHERE grp = :grp AND meeting = :meeting
ORDER BY draft DESC;
