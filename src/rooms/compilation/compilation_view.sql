-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Compilations: what was said about sections, places and entries, each with the entry that said it,
-- so that a revision that was issued is read as of its own entry.

-- needs rooms/people/people_view.sql
-- needs rooms/members/members_view.sql
-- needs rooms/proposal/proposal_view.sql
-- schema
CREATE TABLE compilation (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE compilation_turn ( -- opened, extended, closed
	grp INTEGER NOT NULL,
	compilation INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	what TEXT NOT NULL,
	zone TEXT NOT NULL,
	deadline INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, compilation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE compilation_heading ( -- every heading that a section had
	grp INTEGER NOT NULL,
	compilation INTEGER NOT NULL,
	section INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	heading TEXT NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (grp, compilation, section, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE compilation_joined ( -- a section that went into another
	grp INTEGER NOT NULL,
	compilation INTEGER NOT NULL,
	section INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	result INTEGER NOT NULL,
	PRIMARY KEY (grp, compilation, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE compilation_placing (
	grp INTEGER NOT NULL,
	compilation INTEGER NOT NULL,
	proposal INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	section INTEGER NOT NULL, -- 0: left out
	theme TEXT NOT NULL,
	reason TEXT NOT NULL,
	person TEXT NOT NULL, -- who submitted it; '' when nobody is known
	organisation TEXT NOT NULL, -- the first sponsor of that moment
	PRIMARY KEY (grp, compilation, proposal, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE compilation_answer (
	grp INTEGER NOT NULL,
	compilation INTEGER NOT NULL,
	proposal INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	delegation TEXT NOT NULL,
	revision INTEGER NOT NULL,
	answer TEXT NOT NULL, -- reflected, not_reflected
	note TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, compilation, proposal, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE compilation_issue (
	grp INTEGER NOT NULL,
	compilation INTEGER NOT NULL,
	issue INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	symbol TEXT NOT NULL,
	slug TEXT NOT NULL,
	title TEXT NOT NULL,
	lang TEXT NOT NULL,
	text TEXT NOT NULL, -- paragraphs with a blank line between
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, compilation, issue)
) STRICT, WITHOUT ROWID;

--: run compilation_add(grp i64, number i64, title text, at i64, seq i64)
INSERT INTO compilation (grp, number, title, at, seq) VALUES (:grp, :number, :title, :at, :seq);

--: run compilation_add_turn(grp i64, compilation i64, seq i64, what text, zone text, deadline i64,
--    at i64)
INSERT INTO compilation_turn (grp, compilation, seq, what, zone, deadline, at)
VALUES (:grp, :compilation, :seq, :what, :zone, :deadline, :at);

-- A place of -1 keeps the one that the section has.
--: run compilation_add_heading(grp i64, compilation i64, section i64, seq i64, heading text,
--    place i64)
INSERT INTO compilation_heading (grp, compilation, section, seq, heading, place)
SELECT :grp, :compilation, :section, :seq, :heading, CASE WHEN :place >= 0 THEN :place ELSE
	coalesce((SELECT place FROM compilation_heading h WHERE h.grp = :grp
		AND h.compilation = :compilation AND h.section = :section
		ORDER BY h.seq DESC LIMIT 1), 0) END;

--: run compilation_add_joined(grp i64, compilation i64, section i64, seq i64, result i64)
INSERT INTO compilation_joined (grp, compilation, section, seq, result)
VALUES (:grp, :compilation, :section, :seq, :result);

--: run compilation_add_placing(grp i64, compilation i64, proposal i64, seq i64, section i64,
--    theme text, reason text, person text, organisation text)
INSERT OR REPLACE INTO compilation_placing (grp, compilation, proposal, seq, section, theme, reason,
	person, organisation)
VALUES (:grp, :compilation, :proposal, :seq, :section, :theme, :reason, :person, :organisation);

--: run compilation_add_answer(grp i64, compilation i64, proposal i64, seq i64, delegation text,
--    revision i64, answer text, note text, at i64)
INSERT INTO compilation_answer (grp, compilation, proposal, seq, delegation, revision, answer, note,
	at)
VALUES (:grp, :compilation, :proposal, :seq, :delegation, :revision, :answer, :note, :at);

--: run compilation_add_issue(grp i64, compilation i64, issue i64, seq i64, symbol text, slug text,
--    title text, lang text, text text, at i64)
INSERT INTO compilation_issue (grp, compilation, issue, seq, symbol, slug, title, lang, text, at)
VALUES (:grp, :compilation, :issue, :seq, :symbol, :slug, :title, :lang, :text, :at);

-- All compilations, the latest first, with the symbol of the last revision ('' when there is none).
--: many compilation_list(grp i64) -> (number i64, title text, closed bool, zone text, deadline i64,
--    symbol text, at i64, seq i64)
SELECT c.number, c.title, t.what = 'closed' AS closed, t.zone, t.deadline,
	coalesce((SELECT i.symbol FROM compilation_issue i WHERE i.grp = c.grp
		AND i.compilation = c.number ORDER BY i.issue DESC LIMIT 1), '') AS symbol,
	c.at, c.seq
FROM compilation c
JOIN compilation_turn t ON t.grp = c.grp AND t.compilation = c.number AND t.seq = (
	SELECT max(seq) FROM compilation_turn u WHERE u.grp = c.grp AND u.compilation = c.number)
WHERE c.grp = :grp ORDER BY c.number DESC;

--: one compilation_one(grp i64, number i64) -> (number i64, title text, at i64, seq i64)
SELECT number, title, at, seq FROM compilation WHERE grp = :grp AND number = :number;

--: many compilation_issues(grp i64, compilation i64) -> (issue i64, symbol text, slug text,
--    title text, lang text, text text, at i64, seq i64)
SELECT issue, symbol, slug, title, lang, text, at, seq FROM compilation_issue
WHERE grp = :grp AND compilation = :compilation ORDER BY issue;

-- The facts below are those of the record up to and including entry `upto`.

-- Whether the entries are open for revision, and since which entry.
--: one compilation_turn_last(grp i64, compilation i64, upto i64) -> (what text, zone text,
--    deadline i64, at i64, seq i64)
SELECT what, zone, deadline, at, seq FROM compilation_turn
WHERE grp = :grp AND compilation = :compilation AND seq <= :upto ORDER BY seq DESC LIMIT 1;

-- The sections in their order; `result` is the section that one went into, 0 when it stands.
--: many compilation_sections(grp i64, compilation i64, upto i64) -> (section i64, heading text,
--    place i64, result i64, seq i64)
SELECT h.section, h.heading, h.place, coalesce(j.result, 0) AS result, h.seq
FROM compilation_heading h
LEFT JOIN compilation_joined j ON j.grp = h.grp AND j.compilation = h.compilation
	AND j.section = h.section AND j.seq <= :upto
WHERE h.grp = :grp AND h.compilation = :compilation AND h.seq = (
	SELECT max(k.seq) FROM compilation_heading k WHERE k.grp = h.grp
	AND k.compilation = h.compilation AND k.section = h.section AND k.seq <= :upto)
ORDER BY h.place, h.section;

-- Where each proposal was placed last, and the heading that its section had at that moment.
--: many compilation_placings(grp i64, compilation i64, upto i64) -> (proposal i64, section i64,
--    theme text, reason text, person text, name text, organisation text, heading text, seq i64)
SELECT p.proposal, p.section, p.theme, p.reason, p.person, coalesce(x.name, '') AS name,
	p.organisation,
	coalesce((SELECT h.heading FROM compilation_heading h WHERE h.grp = p.grp
		AND h.compilation = p.compilation AND h.section = p.section AND h.seq <= p.seq
		ORDER BY h.seq DESC LIMIT 1), '') AS heading, p.seq
FROM compilation_placing p
LEFT JOIN people_person x ON x.grp = p.grp AND x.person = p.person
WHERE p.grp = :grp AND p.compilation = :compilation AND p.seq = (
	SELECT max(q.seq) FROM compilation_placing q WHERE q.grp = p.grp
	AND q.compilation = p.compilation AND q.proposal = p.proposal AND q.seq <= :upto)
ORDER BY p.proposal;

-- Every proposal with what it was; its words are those of entry `words`, when it was there by then.
-- `newest` is the version of the moment.
--: many compilation_proposals(grp i64, upto i64, words i64) -> (number i64, section text,
--    title text, lang text, status text, objected bool, revision i64, newest i64,
--    contribution i64?, text text, seq i64, text_seq i64)
SELECT p.number, p.section, r.title, p.lang, c.status,
	EXISTS (SELECT 1 FROM proposal_answer a WHERE a.grp = p.grp AND a.number = p.number
		AND a.answer = 'object' AND a.seq <= :upto) AS objected,
	r.revision,
	(SELECT max(n.revision) FROM proposal_revision n WHERE n.grp = p.grp
		AND n.number = p.number AND n.seq <= :upto) AS newest,
	p.contribution, r.text, p.seq, r.seq AS text_seq
FROM proposal p
JOIN proposal_revision r ON r.grp = p.grp AND r.number = p.number AND r.revision = (
	SELECT max(v.revision) FROM proposal_revision v
	WHERE v.grp = p.grp AND v.number = p.number
		AND v.seq <= CASE WHEN p.seq <= :words THEN :words ELSE :upto END)
JOIN proposal_change c ON c.grp = p.grp AND c.number = p.number AND c.seq = (
	SELECT max(h.seq) FROM proposal_change h
	WHERE h.grp = p.grp AND h.number = p.number AND h.seq <= :upto)
WHERE p.grp = :grp AND p.seq <= :upto ORDER BY p.number;

-- The closed compilation that a proposal is placed in, and the version that it keeps, when there is
-- a newer one: it came after the deadline.
--: one compilation_kept(grp i64, proposal i64) -> (number i64, revision i64)
SELECT t.compilation AS number, max(r.revision) AS revision
FROM compilation_turn t
JOIN compilation_placing p ON p.grp = t.grp AND p.compilation = t.compilation
	AND p.proposal = :proposal AND p.section > 0 AND p.seq = (
		SELECT max(q.seq) FROM compilation_placing q WHERE q.grp = p.grp
		AND q.compilation = p.compilation AND q.proposal = p.proposal)
JOIN proposal_revision r ON r.grp = t.grp AND r.number = :proposal AND r.seq <= t.seq
WHERE t.grp = :grp AND t.what = 'closed'
	AND t.seq = (SELECT max(u.seq) FROM compilation_turn u
		WHERE u.grp = t.grp AND u.compilation = t.compilation)
	AND EXISTS (SELECT 1 FROM proposal_revision n
		WHERE n.grp = t.grp AND n.number = :proposal AND n.seq > t.seq)
GROUP BY t.compilation ORDER BY t.compilation DESC LIMIT 1;

-- The sponsors of each proposal, in the order of joining.
--: many compilation_sponsors(grp i64, upto i64) -> (number i64, delegation text, seat i64?)
SELECT number, delegation, seat FROM proposal_sponsor
WHERE grp = :grp AND joined_seq <= :upto AND (left_seq IS NULL OR left_seq > :upto)
ORDER BY number, place;

-- What went into what. What was made by one act stands together.
--: many compilation_links(grp i64, upto i64) -> (source i64, result i64, kind text, approach text,
--    rationale text, at i64, seq i64)
SELECT source, result, kind, approach, rationale, at, seq FROM proposal_link
WHERE grp = :grp AND seq <= :upto ORDER BY result, source;

-- The last answer of each sponsor to the merge of each source.
--: many compilation_merge_answers(grp i64, upto i64) -> (number i64, delegation text, answer text,
--    note text, at i64, seq i64)
SELECT number, delegation, answer, note, at, seq FROM proposal_answer a
WHERE grp = :grp AND seq <= :upto AND seq = (
	SELECT max(b.seq) FROM proposal_answer b WHERE b.grp = a.grp AND b.number = a.number
	AND b.delegation = a.delegation COLLATE NOCASE AND b.seq <= :upto)
ORDER BY number, seq;

-- The last word of each sponsor on each entry.
--: many compilation_answers(grp i64, compilation i64, upto i64) -> (proposal i64, delegation text,
--    revision i64, answer text, note text, at i64, seq i64)
SELECT proposal, delegation, revision, answer, note, at, seq FROM compilation_answer a
WHERE grp = :grp AND compilation = :compilation AND seq <= :upto AND seq = (
	SELECT max(b.seq) FROM compilation_answer b WHERE b.grp = a.grp
	AND b.compilation = a.compilation AND b.proposal = a.proposal
	AND b.delegation = a.delegation COLLATE NOCASE AND b.seq <= :upto)
ORDER BY proposal, seq;

-- The seat that a person represents now, in any role.
--: one compilation_own_seat(grp i64, person text) -> (seat i64, delegation text)
SELECT s.seat, s.delegation FROM members_representative r
JOIN members_seat s ON s.grp = r.grp AND s.seat = r.seat
WHERE r.grp = :grp AND r.person = :person AND r.until IS NULL;
