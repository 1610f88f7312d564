-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The proposals of a group: versions, sponsors, presentations, where they came from and went.

-- needs rooms/members/members_view.sql
-- schema
CREATE TABLE proposal (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	section TEXT NOT NULL,
	title TEXT NOT NULL,
	lang TEXT NOT NULL,
	status TEXT NOT NULL,
	revision INTEGER NOT NULL,
	objected INTEGER NOT NULL, -- a sponsor objected to its merge: it lives on beside the result
	contribution INTEGER,      -- that it came from
	on_behalf INTEGER NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal_revision (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL, -- paragraphs with a blank line between
	reason TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal_change ( -- every status that it had
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	status TEXT NOT NULL,
	PRIMARY KEY (grp, number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal_sponsor (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	place INTEGER NOT NULL, -- in the order of joining
	delegation TEXT NOT NULL,
	seat INTEGER,
	joined INTEGER NOT NULL,
	joined_seq INTEGER NOT NULL,
	left_at INTEGER,
	left_seq INTEGER,
	PRIMARY KEY (grp, number, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal_presented (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	presenter TEXT NOT NULL,
	revision INTEGER NOT NULL, -- that stood then
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, number, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_presented_meeting ON proposal_presented (grp, meeting, presenter);

CREATE TABLE proposal_link (
	grp INTEGER NOT NULL,
	source INTEGER NOT NULL,
	result INTEGER NOT NULL,
	kind TEXT NOT NULL, -- merge or split
	approach TEXT NOT NULL, -- of a merge; may be empty
	rationale TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, source, result)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_link_result ON proposal_link (grp, result, source);

CREATE TABLE proposal_answer (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	delegation TEXT NOT NULL,
	answer TEXT NOT NULL,
	note TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal_end (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	disposition TEXT NOT NULL, -- included, not_included, annexed, withdrawn
	paragraph TEXT NOT NULL,
	reason TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, number, seq)
) STRICT, WITHOUT ROWID;

--: run proposal_add(grp i64, number i64, section text, title text, lang text,
--    contribution i64?, on_behalf bool, at i64, seq i64)
INSERT INTO proposal (grp, number, section, title, lang, status, revision, objected,
	contribution, on_behalf, at, seq)
VALUES (:grp, :number, :section, :title, :lang, 'open', 1, 0, :contribution, :on_behalf, :at,
	:seq);

--: run proposal_set_status(grp i64, number i64, status text)
UPDATE proposal SET status = :status WHERE grp = :grp AND number = :number;

--: run proposal_add_change(grp i64, number i64, status text, seq i64)
INSERT INTO proposal_change (grp, number, seq, status) VALUES (:grp, :number, :seq, :status);

--: run proposal_set_objected(grp i64, number i64)
UPDATE proposal SET status = 'open', objected = 1 WHERE grp = :grp AND number = :number;

--: run proposal_set_revision(grp i64, number i64, revision i64, title text)
UPDATE proposal SET revision = :revision, title = :title WHERE grp = :grp AND number = :number;

--: run proposal_add_revision(grp i64, number i64, revision i64, title text, text text,
--    reason text, at i64, seq i64)
INSERT INTO proposal_revision (grp, number, revision, title, text, reason, at, seq)
VALUES (:grp, :number, :revision, :title, :text, :reason, :at, :seq);

--: run proposal_add_sponsor(grp i64, number i64, delegation text, seat i64?, at i64, seq i64)
INSERT INTO proposal_sponsor (grp, number, place, delegation, seat, joined, joined_seq)
SELECT :grp, :number, coalesce(max(place), 0) + 1, :delegation, :seat, :at, :seq
FROM proposal_sponsor WHERE grp = :grp AND number = :number;

--: run proposal_end_sponsor(grp i64, number i64, delegation text, at i64, seq i64)
UPDATE proposal_sponsor SET left_at = :at, left_seq = :seq
WHERE grp = :grp AND number = :number AND left_seq IS NULL
	AND delegation = :delegation COLLATE NOCASE;

--: run proposal_add_presented(grp i64, number i64, meeting i64, presenter text, at i64, seq i64)
INSERT INTO proposal_presented (grp, number, seq, meeting, presenter, revision, at)
SELECT :grp, :number, :seq, :meeting, :presenter, revision, :at
FROM proposal WHERE grp = :grp AND number = :number;

--: run proposal_add_link(grp i64, source i64, result i64, kind text, approach text,
--    rationale text, at i64, seq i64)
INSERT INTO proposal_link (grp, source, result, kind, approach, rationale, at, seq)
VALUES (:grp, :source, :result, :kind, :approach, :rationale, :at, :seq);

--: run proposal_add_answer(grp i64, number i64, delegation text, answer text, note text, at i64,
--    seq i64)
INSERT INTO proposal_answer (grp, number, seq, delegation, answer, note, at)
VALUES (:grp, :number, :seq, :delegation, :answer, :note, :at);

--: run proposal_add_end(grp i64, number i64, disposition text, paragraph text, reason text,
--    at i64, seq i64)
INSERT INTO proposal_end (grp, number, seq, disposition, paragraph, reason, at)
VALUES (:grp, :number, :seq, :disposition, :paragraph, :reason, :at);

-- The proposals by section, each with the sponsors of now. Empty filters let everything through.
--: many proposal_list(grp i64, status text, sponsor text) -> (number i64, section text,
--    title text, lang text, status text, revision i64, sponsors text, at i64, seq i64)
SELECT p.number, p.section, p.title, p.lang, p.status, p.revision,
	coalesce((SELECT group_concat(delegation, ', ') FROM (SELECT delegation
		FROM proposal_sponsor s WHERE s.grp = p.grp AND s.number = p.number
		AND s.left_seq IS NULL ORDER BY s.place)), '') AS sponsors,
	p.at, p.seq
FROM proposal p
WHERE p.grp = :grp AND (:status = '' OR p.status = :status)
	AND (:sponsor = '' OR EXISTS (SELECT 1 FROM proposal_sponsor s WHERE s.grp = p.grp
		AND s.number = p.number AND s.left_seq IS NULL AND s.delegation = :sponsor))
ORDER BY (SELECT min(q.number) FROM proposal q WHERE q.grp = p.grp AND q.section = p.section),
	p.number;

-- How many proposals there are in each state.
--: many proposal_counts(grp i64) -> (status text, n i64)
SELECT status, count(*) AS n FROM proposal WHERE grp = :grp GROUP BY status ORDER BY status;

-- Every delegation that sponsors a proposal now.
--: many proposal_sponsor_names(grp i64) -> (delegation text, n i64)
SELECT delegation, count(*) AS n FROM proposal_sponsor
WHERE grp = :grp AND left_seq IS NULL GROUP BY delegation ORDER BY delegation;

--: one proposal_one(grp i64, number i64) -> (number i64, section text, title text, lang text,
--    status text, revision i64, objected bool, contribution i64?, on_behalf bool, at i64, seq i64)
SELECT number, section, title, lang, status, revision, objected, contribution, on_behalf, at, seq
FROM proposal WHERE grp = :grp AND number = :number;

-- All versions, the newest first.
--: many proposal_revisions(grp i64, number i64) -> (revision i64, title text, text text,
--    reason text, at i64, seq i64)
SELECT revision, title, text, reason, at, seq FROM proposal_revision
WHERE grp = :grp AND number = :number ORDER BY revision DESC;

-- Everyone who is or was a sponsor.
--: many proposal_sponsors(grp i64, number i64) -> (delegation text, seat i64?, joined i64,
--    joined_seq i64, left_at i64?, left_seq i64?)
SELECT delegation, seat, joined, joined_seq, left_at, left_seq FROM proposal_sponsor
WHERE grp = :grp AND number = :number ORDER BY left_seq IS NOT NULL, place;

--: many proposal_presentations(grp i64, number i64) -> (meeting i64, presenter text,
--    revision i64, at i64, seq i64)
SELECT meeting, presenter, revision, at, seq FROM proposal_presented
WHERE grp = :grp AND number = :number ORDER BY seq;

-- What it was made from.
--: many proposal_sources(grp i64, number i64) -> (number i64, title text, lang text, kind text,
--    rationale text, status text, at i64, seq i64)
SELECT l.source AS number, p.title, p.lang, l.kind, l.rationale, p.status, l.at, l.seq
FROM proposal_link l JOIN proposal p ON p.grp = l.grp AND p.number = l.source
WHERE l.grp = :grp AND l.result = :number ORDER BY l.source;

-- What was made from it.
--: many proposal_results(grp i64, number i64) -> (number i64, title text, lang text, kind text,
--    rationale text, status text, at i64, seq i64)
SELECT l.result AS number, p.title, p.lang, l.kind, l.rationale, p.status, l.at, l.seq
FROM proposal_link l JOIN proposal p ON p.grp = l.grp AND p.number = l.result
WHERE l.grp = :grp AND l.source = :number ORDER BY l.result;

--: many proposal_answers(grp i64, number i64) -> (delegation text, answer text, note text, at i64,
--    seq i64)
SELECT delegation, answer, note, at, seq FROM proposal_answer
WHERE grp = :grp AND number = :number ORDER BY seq;

-- Its dispositions, the last one first.
--: many proposal_ends(grp i64, number i64) -> (disposition text, paragraph text, reason text,
--    at i64, seq i64)
SELECT disposition, paragraph, reason, at, seq FROM proposal_end
WHERE grp = :grp AND number = :number ORDER BY seq DESC;

-- The table of provenance: each source and what it went into.
--: many proposal_links(grp i64) -> (source i64, source_title text, source_lang text, result i64,
--    result_title text, result_lang text, kind text, seq i64)
SELECT l.source, s.title AS source_title, s.lang AS source_lang, l.result,
	r.title AS result_title, r.lang AS result_lang, l.kind, l.seq
FROM proposal_link l
JOIN proposal s ON s.grp = l.grp AND s.number = l.source
JOIN proposal r ON r.grp = l.grp AND r.number = l.result
WHERE l.grp = :grp ORDER BY l.seq, l.result, l.source;

-- For choosing one: those that are open, or all.
--: many proposal_choices(grp i64, open_only bool) -> (number i64, title text, status text)
SELECT number, title, status FROM proposal
WHERE grp = :grp AND (NOT :open_only OR status = 'open') ORDER BY number;

-- The seat that a person represents now, in any role.
--: one proposal_own_seat(grp i64, person text) -> (seat i64, delegation text)
SELECT s.seat, s.delegation FROM members_representative r
JOIN members_seat s ON s.grp = r.grp AND s.seat = r.seat
WHERE r.grp = :grp AND r.person = :person AND r.until IS NULL;

-- The words of a proposal as they stand.
--: one proposal_words(grp i64, number i64) -> (title text, text text)
SELECT r.title, r.text FROM proposal p JOIN proposal_revision r
	ON r.grp = p.grp AND r.number = p.number AND r.revision = p.revision
WHERE p.grp = :grp AND p.number = :number;

-- Whether a delegation, or a seat, is among the sponsors now.
--: scalar proposal_sponsored_by(grp i64, number i64, delegation text, seat i64) -> (n i64)
SELECT count(*) AS n FROM proposal_sponsor
WHERE grp = :grp AND number = :number AND left_seq IS NULL
	AND (seat = :seat OR delegation = :delegation COLLATE NOCASE);

-- The facts below are those of the record up to and including entry `upto`.

-- Who presented at which meeting: one row per presentation.
--: many proposal_presenters(grp i64, upto i64) -> (meeting i64, presenter text, number i64,
--    seq i64)
SELECT meeting, presenter, number, seq FROM proposal_presented
WHERE grp = :grp AND seq <= :upto ORDER BY meeting, presenter COLLATE NOCASE, seq;

-- Every proposal with the status, the version and the sponsors that it had.
--: many proposal_full(grp i64, upto i64) -> (number i64, section text, title text, lang text,
--    status text, revision i64, sponsors text, text text, seq i64, status_seq i64, text_seq i64)
SELECT p.number, p.section, r.title, p.lang, c.status, r.revision,
	coalesce((SELECT group_concat(delegation, ', ') FROM (SELECT delegation
		FROM proposal_sponsor s WHERE s.grp = p.grp AND s.number = p.number
		AND s.joined_seq <= :upto AND (s.left_seq IS NULL OR s.left_seq > :upto)
		ORDER BY s.place)), '') AS sponsors,
	r.text, p.seq, c.seq AS status_seq, r.seq AS text_seq
FROM proposal p
JOIN proposal_revision r ON r.grp = p.grp AND r.number = p.number AND r.revision = (
	SELECT max(v.revision) FROM proposal_revision v
	WHERE v.grp = p.grp AND v.number = p.number AND v.seq <= :upto)
JOIN proposal_change c ON c.grp = p.grp AND c.number = p.number AND c.seq = (
	SELECT max(h.seq) FROM proposal_change h
	WHERE h.grp = p.grp AND h.number = p.number AND h.seq <= :upto)
WHERE p.grp = :grp AND p.seq <= :upto
ORDER BY (SELECT min(q.number) FROM proposal q WHERE q.grp = p.grp AND q.section = p.section),
	p.number;
