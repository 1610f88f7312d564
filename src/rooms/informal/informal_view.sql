-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Informal drafting: who edits which paragraph on everyone's screen, and what came of it.

-- needs rooms/people/people_view.sql
-- schema
CREATE TABLE informal (
	grp INTEGER NOT NULL,
	session INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	paragraph TEXT NOT NULL,
	shown TEXT NOT NULL, -- the paragraph as people name it
	revision INTEGER NOT NULL, -- of the draft, when it was opened
	base TEXT NOT NULL,        -- the words of the paragraph in it
	title TEXT NOT NULL,
	meeting INTEGER,
	editor TEXT NOT NULL,
	state TEXT NOT NULL, -- open, result, closed
	amendment INTEGER,   -- that the result is
	text TEXT NOT NULL,  -- the result
	reason TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	ended_at INTEGER,
	ended_seq INTEGER,
	PRIMARY KEY (grp, session)
) STRICT, WITHOUT ROWID;

-- Who edited, one after the other.
CREATE TABLE informal_editor (
	grp INTEGER NOT NULL,
	session INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, session, seq)
) STRICT, WITHOUT ROWID;

--: run informal_add(grp i64, session i64, draft i64, paragraph text, shown text, revision i64,
--    base text, title text, meeting i64?, editor text, at i64, seq i64)
INSERT INTO informal (grp, session, draft, paragraph, shown, revision, base, title, meeting, editor,
	state, amendment, text, reason, at, seq, ended_at, ended_seq)
VALUES (:grp, :session, :draft, :paragraph, :shown, :revision, :base, :title, :meeting, :editor,
	'open', NULL, '', '', :at, :seq, NULL, NULL);

--: run informal_add_editor(grp i64, session i64, seq i64, person text, at i64)
INSERT INTO informal_editor (grp, session, seq, person, at)
VALUES (:grp, :session, :seq, :person, :at);

--: run informal_set_editor(grp i64, session i64, editor text)
UPDATE informal SET editor = :editor WHERE grp = :grp AND session = :session;

--: run informal_finish(grp i64, session i64, state text, amendment i64?, text text, reason text,
--    at i64, seq i64)
UPDATE informal SET state = :state, amendment = :amendment, text = :text, reason = :reason,
	ended_at = :at, ended_seq = :seq
WHERE grp = :grp AND session = :session;

-- Those that are open first, then the newest.
--: many informal_list(grp i64) -> (session i64, draft i64, shown text, title text, state text,
--    editor text, name text, amendment i64?, at i64, seq i64)
SELECT i.session, i.draft, i.shown, i.title, i.state, i.editor, coalesce(p.name, '') AS name,
	i.amendment, i.at, i.seq
FROM informal i LEFT JOIN people_person p ON p.grp = i.grp AND p.person = i.editor
WHERE i.grp = :grp ORDER BY i.state <> 'open', i.session DESC;

--: one informal_one(grp i64, session i64) -> (session i64, draft i64, paragraph text, shown text,
--    revision i64, base text, title text, meeting i64?, editor text, name text, state text,
--    amendment i64?, text text, reason text, at i64, seq i64, ended_at i64?, ended_seq i64?)
SELECT i.session, i.draft, i.paragraph, i.shown, i.revision, i.base, i.title, i.meeting, i.editor,
	coalesce(p.name, '') AS name, i.state, i.amendment, i.text, i.reason, i.at, i.seq,
	i.ended_at, i.ended_seq
FROM informal i LEFT JOIN people_person p ON p.grp = i.grp AND p.person = i.editor
WHERE i.grp = :grp AND i.session = :session;

--: many informal_editors(grp i64, session i64) -> (seq i64, person text, name text, at i64)
SELECT e.seq, e.person, coalesce(p.name, '') AS name, e.at
FROM informal_editor e LEFT JOIN people_person p ON p.grp = e.grp AND p.person = e.person
WHERE e.grp = :grp AND e.session = :session ORDER BY e.seq;

-- The open sessions of a draft.
--: many informal_open_in(grp i64, draft i64) -> (session i64, paragraph text)
SELECT session, paragraph FROM informal
WHERE grp = :grp AND draft = :draft AND state = 'open' ORDER BY session;

-- The session that returned as this amendment.
--: one informal_of(grp i64, draft i64, amendment i64) -> (session i64)
SELECT session FROM informal
WHERE grp = :grp AND draft = :draft AND amendment = :amendment;

--: one informal_leads(grp i64, person text) -> (since i64)
SELECT min(since) AS since FROM people_office
WHERE grp = :grp AND person = :person AND office = 'facilitator' AND until IS NULL
HAVING count(*) > 0;
