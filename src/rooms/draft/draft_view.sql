-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The drafts of a group: revisions, amendments, who stands behind them and against them.

-- needs rooms/members/members_view.sql
-- schema
CREATE TABLE draft (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	lang TEXT NOT NULL,
	symbol TEXT NOT NULL,
	revision INTEGER NOT NULL, -- that stands now
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_revision (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	symbol TEXT NOT NULL,
	doc TEXT NOT NULL, -- as text/op_json.h writes it
	words TEXT NOT NULL, -- the Chair's, when it was made
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, draft, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_amendment (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT NOT NULL,      -- amend, insert, delete, move, split, join
	paragraph TEXT NOT NULL, -- id of the first paragraph that it bears on; empty: before the first
	status TEXT NOT NULL,
	outcome TEXT NOT NULL, -- how it stands in the revision of now
	why TEXT NOT NULL,
	filed INTEGER NOT NULL, -- the revision that it was filed against
	restated INTEGER,       -- the one in which its sponsors said what remains of it
	accepted INTEGER,       -- the revision that its words came into
	filed_ops TEXT NOT NULL,
	ops TEXT NOT NULL, -- in the revision of now
	reason TEXT NOT NULL,
	answer TEXT NOT NULL, -- why it was not accepted, or withdrawn
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	PRIMARY KEY (grp, draft, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_sponsor (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL, -- of joining
	seat INTEGER NOT NULL,
	party TEXT NOT NULL,
	at INTEGER NOT NULL,
	left_seq INTEGER,
	PRIMARY KEY (grp, draft, number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_stance (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	party TEXT NOT NULL,
	stance TEXT NOT NULL,
	note TEXT NOT NULL,
	from_floor INTEGER NOT NULL, -- somebody else entered it for the seat
	at INTEGER NOT NULL,
	until_seq INTEGER, -- another one, or none, took its place
	removed TEXT NOT NULL, -- by the Chair: why
	PRIMARY KEY (grp, draft, number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_stand (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	party TEXT NOT NULL,
	paragraph TEXT NOT NULL, -- id, when it was taken
	words TEXT NOT NULL,     -- empty: the whole paragraph
	stance TEXT NOT NULL,
	note TEXT NOT NULL,
	from_floor INTEGER NOT NULL, -- somebody else entered it for the seat
	state TEXT NOT NULL, -- stands, changed, gone; replaced, taken back, removed
	removed TEXT NOT NULL, -- by the Chair: why
	changed INTEGER NOT NULL, -- the revision in which its words changed or went; 0: none
	ops TEXT NOT NULL, -- in the revision of now
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	PRIMARY KEY (grp, draft, number)
) STRICT, WITHOUT ROWID;

--: run draft_add(grp i64, number i64, title text, lang text, symbol text, at i64, seq i64)
INSERT INTO draft (grp, number, title, lang, symbol, revision, at, seq)
VALUES (:grp, :number, :title, :lang, :symbol, 1, :at, :seq);

--: run draft_set_revision(grp i64, number i64, revision i64)
UPDATE draft SET revision = :revision WHERE grp = :grp AND number = :number;

--: run draft_add_revision(grp i64, draft i64, revision i64, symbol text, doc text, words text,
--    at i64, seq i64)
INSERT INTO draft_revision (grp, draft, revision, symbol, doc, words, at, seq)
VALUES (:grp, :draft, :revision, :symbol, :doc, :words, :at, :seq);

--: run draft_add_amendment(grp i64, draft i64, number i64, kind text, paragraph text, filed i64,
--    ops text, reason text, at i64, seq i64)
INSERT INTO draft_amendment (grp, draft, number, kind, paragraph, status, outcome, why, filed,
	restated, accepted, filed_ops, ops, reason, answer, at, seq, last_seq)
VALUES (:grp, :draft, :number, :kind, :paragraph, 'tabled', 'unchanged', '', :filed, NULL, NULL,
	:ops, :ops, :reason, '', :at, :seq, :seq);

--: run draft_restate(grp i64, draft i64, number i64, paragraph text, revision i64, ops text,
--    reason text, last_seq i64)
UPDATE draft_amendment SET kind = 'amend', paragraph = :paragraph, outcome = 'unchanged', why = '',
	restated = :revision, filed_ops = :ops, ops = :ops, last_seq = :last_seq,
	reason = CASE :reason WHEN '' THEN reason ELSE :reason END
WHERE grp = :grp AND draft = :draft AND number = :number;

--: run draft_set_amendment(grp i64, draft i64, number i64, status text, outcome text, why text,
--    accepted i64?, ops text, last_seq i64)
UPDATE draft_amendment SET status = :status, outcome = :outcome, why = :why,
	accepted = :accepted, ops = :ops, last_seq = :last_seq
WHERE grp = :grp AND draft = :draft AND number = :number;

--: run draft_set_answer(grp i64, draft i64, number i64, status text, answer text, last_seq i64)
UPDATE draft_amendment SET status = :status, answer = :answer, last_seq = :last_seq
WHERE grp = :grp AND draft = :draft AND number = :number;

--: run draft_add_sponsor(grp i64, draft i64, number i64, seat i64, party text, at i64, seq i64)
INSERT INTO draft_sponsor (grp, draft, number, seq, seat, party, at, left_seq)
VALUES (:grp, :draft, :number, :seq, :seat, :party, :at, NULL);

--: run draft_end_sponsor(grp i64, draft i64, number i64, seat i64, seq i64)
UPDATE draft_sponsor SET left_seq = :seq
WHERE grp = :grp AND draft = :draft AND number = :number AND seat = :seat AND left_seq IS NULL;

--: run draft_end_stance(grp i64, draft i64, number i64, seat i64, seq i64, removed text)
UPDATE draft_stance SET until_seq = :seq, removed = :removed
WHERE grp = :grp AND draft = :draft AND number = :number AND seat = :seat AND until_seq IS NULL;

--: run draft_add_stance(grp i64, draft i64, number i64, seat i64, party text, stance text,
--    note text, from_floor bool, at i64, seq i64)
INSERT INTO draft_stance (grp, draft, number, seq, seat, party, stance, note, from_floor, at,
	until_seq, removed)
VALUES (:grp, :draft, :number, :seq, :seat, :party, :stance, :note, :from_floor, :at, NULL, '');

--: run draft_add_stand(grp i64, draft i64, number i64, seat i64, party text, paragraph text,
--    words text, stance text, note text, from_floor bool, ops text, at i64, seq i64)
INSERT INTO draft_stand (grp, draft, number, seat, party, paragraph, words, stance, note,
	from_floor, state, removed, changed, ops, at, seq, last_seq)
VALUES (:grp, :draft, :number, :seat, :party, :paragraph, :words, :stance, :note, :from_floor,
	'stands', '', 0, :ops, :at, :seq, :seq);

--: run draft_end_stand(grp i64, draft i64, number i64, state text, removed text, last_seq i64)
UPDATE draft_stand SET state = :state, removed = :removed, last_seq = :last_seq
WHERE grp = :grp AND draft = :draft AND number = :number;

--: run draft_replace_stand(grp i64, draft i64, number i64, last_seq i64)
UPDATE draft_stand SET state = 'replaced', last_seq = :last_seq
WHERE grp = :grp AND draft = :draft AND number = :number AND state = 'stands';

-- Where its words are in a new revision; once they have changed, that stays so.
--: run draft_carry_stand(grp i64, draft i64, number i64, state text, revision i64, ops text)
UPDATE draft_stand SET state = :state, ops = :ops,
	changed = CASE WHEN :state = 'stands' THEN 0 ELSE :revision END
WHERE grp = :grp AND draft = :draft AND number = :number AND state = 'stands';

-- All drafts, with how many amendments are before the group.
--: many draft_list(grp i64) -> (number i64, title text, lang text, symbol text, revision i64,
--    tabled i64, amendments i64, at i64, seq i64)
SELECT d.number, d.title, d.lang, r.symbol, d.revision,
	(SELECT count(*) FROM draft_amendment a WHERE a.grp = d.grp AND a.draft = d.number
		AND a.status = 'tabled') AS tabled,
	(SELECT count(*) FROM draft_amendment a WHERE a.grp = d.grp AND a.draft = d.number)
		AS amendments,
	r.at, r.seq
FROM draft d JOIN draft_revision r
	ON r.grp = d.grp AND r.draft = d.number AND r.revision = d.revision
WHERE d.grp = :grp ORDER BY d.number;

--: one draft_one(grp i64, number i64) -> (number i64, title text, lang text, symbol text,
--    revision i64, at i64, seq i64)
SELECT number, title, lang, symbol, revision, at, seq FROM draft
WHERE grp = :grp AND number = :number;

--: one draft_revision_one(grp i64, draft i64, revision i64) -> (revision i64, symbol text,
--    doc text, words text, at i64, seq i64)
SELECT revision, symbol, doc, words, at, seq FROM draft_revision
WHERE grp = :grp AND draft = :draft AND revision = :revision;

-- The newest first.
--: many draft_revisions(grp i64, draft i64) -> (revision i64, symbol text, words text, at i64,
--    seq i64)
SELECT revision, symbol, words, at, seq FROM draft_revision
WHERE grp = :grp AND draft = :draft ORDER BY revision DESC;

--: many draft_amendments(grp i64, draft i64) -> (number i64, kind text, paragraph text,
--    status text, outcome text, why text, filed i64, accepted i64?, ops text, reason text,
--    at i64, seq i64)
SELECT number, kind, paragraph, status, outcome, why, filed, accepted, ops, reason, at, seq
FROM draft_amendment WHERE grp = :grp AND draft = :draft ORDER BY number;

--: one draft_amendment_one(grp i64, draft i64, number i64) -> (number i64, kind text,
--    paragraph text, status text, outcome text, why text, filed i64, restated i64?,
--    accepted i64?, filed_ops text, reason text, answer text, at i64, seq i64, last_seq i64)
SELECT number, kind, paragraph, status, outcome, why, filed, restated, accepted, filed_ops, reason,
	answer, at, seq, last_seq
FROM draft_amendment WHERE grp = :grp AND draft = :draft AND number = :number;

-- Who stands behind the amendments of a draft now, in the order of joining.
--: many draft_sponsors(grp i64, draft i64) -> (number i64, seat i64, party text, at i64, seq i64)
SELECT number, seat, party, at, seq FROM draft_sponsor
WHERE grp = :grp AND draft = :draft AND left_seq IS NULL ORDER BY number, seq;

--: many draft_stances(grp i64, draft i64) -> (number i64, seat i64, party text, stance text,
--    note text, from_floor bool, at i64, seq i64)
SELECT number, seat, party, stance, note, from_floor, at, seq FROM draft_stance
WHERE grp = :grp AND draft = :draft AND until_seq IS NULL ORDER BY number, seq;

-- Stances on amendments that the Chair removed.
--: many draft_removed_stances(grp i64, draft i64, number i64) -> (seat i64, party text,
--    stance text, note text, from_floor bool, removed text, at i64, seq i64, until_seq i64?)
SELECT seat, party, stance, note, from_floor, removed, at, seq, until_seq FROM draft_stance
WHERE grp = :grp AND draft = :draft AND number = :number AND removed <> '' ORDER BY seq;

-- Stances on words of the text: those that stand, whose words changed, that the Chair removed.
--: many draft_stands(grp i64, draft i64) -> (number i64, seat i64, party text, paragraph text,
--    words text, stance text, note text, from_floor bool, state text, removed text, changed i64,
--    ops text, at i64, seq i64, last_seq i64)
SELECT number, seat, party, paragraph, words, stance, note, from_floor, state, removed, changed,
	ops, at, seq, last_seq
FROM draft_stand WHERE grp = :grp AND draft = :draft AND state NOT IN ('replaced', 'taken back')
ORDER BY number;

-- For choosing one.
--: many draft_choices(grp i64) -> (number i64, title text)
SELECT number, title FROM draft WHERE grp = :grp ORDER BY number;

-- The seat that a person represents now, in any role.
--: one draft_own_seat(grp i64, person text) -> (seat i64, party text)
SELECT s.seat, s.delegation AS party FROM members_representative r
JOIN members_seat s ON s.grp = r.grp AND s.seat = r.seat
WHERE r.grp = :grp AND r.person = :person AND r.until IS NULL;

-- Seats and the constituencies that they are of, in the order of the table of members.
--: many draft_seats(grp i64) -> (seat i64, party text, constituency text, name text)
SELECT s.seat, s.delegation AS party, s.constituency, c.name
FROM members_seat s JOIN members_constituency c ON c.grp = s.grp AND c.code = s.constituency
WHERE s.grp = :grp AND s.delegation <> '' ORDER BY c.place, s.seat;

-- Amendments of which something was said after that entry: by their sponsors, by the Chair, by
-- those that take a stance on them.
--: many draft_touched(grp i64, draft i64, since i64) -> (number i64)
SELECT number FROM draft_amendment
WHERE grp = :grp AND draft = :draft AND last_seq > :since
UNION SELECT number FROM draft_sponsor
WHERE grp = :grp AND draft = :draft AND (seq > :since OR left_seq > :since)
UNION SELECT number FROM draft_stance
WHERE grp = :grp AND draft = :draft AND (seq > :since OR until_seq > :since)
ORDER BY number;

-- The revision that stood when that entry was made.
--: one draft_revision_at(grp i64, draft i64, seq i64) -> (revision i64, doc text)
SELECT revision, doc FROM draft_revision
WHERE grp = :grp AND draft = :draft AND seq <= :seq ORDER BY revision DESC LIMIT 1;

-- When the seat last tabled or joined an amendment, or took a stance.
--: one draft_own_last(grp i64, draft i64, seat i64) -> (seq i64, at i64)
SELECT seq, at FROM draft_sponsor WHERE grp = :grp AND draft = :draft AND seat = :seat
UNION SELECT seq, at FROM draft_stance WHERE grp = :grp AND draft = :draft AND seat = :seat
UNION SELECT seq, at FROM draft_stand WHERE grp = :grp AND draft = :draft AND seat = :seat
ORDER BY seq DESC LIMIT 1;
