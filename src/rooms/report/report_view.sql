-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The report, and the facts of the other rooms that it states, each with the entries that prove it.

-- schema
CREATE TABLE report (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	outcome TEXT NOT NULL, -- '' until it is decided
	words TEXT NOT NULL,
	decided_meeting INTEGER,
	decided_at INTEGER,
	decided_seq INTEGER,
	issued_draft INTEGER,
	responsibility TEXT NOT NULL, -- '' until it is issued
	symbol TEXT NOT NULL,
	issued_at INTEGER,
	issued_seq INTEGER,
	transmitted_to TEXT NOT NULL,
	transmitted_on INTEGER,
	transmitted_seq INTEGER,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_section (
	grp INTEGER NOT NULL,
	report INTEGER NOT NULL,
	section INTEGER NOT NULL,
	heading TEXT NOT NULL,
	place INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, report, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_cover (
	grp INTEGER NOT NULL,
	report INTEGER NOT NULL,
	section INTEGER NOT NULL,
	paragraph INTEGER NOT NULL, -- number of the quoted paragraph
	PRIMARY KEY (grp, report, section, paragraph)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_draft (
	grp INTEGER NOT NULL,
	report INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	text TEXT NOT NULL, -- paragraphs with a blank line between
	note TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, report, draft)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_considered (
	grp INTEGER NOT NULL,
	report INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	body TEXT NOT NULL,
	day INTEGER NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (grp, report, seq)
) STRICT, WITHOUT ROWID;

-- What follows is kept from the facts of the other rooms.

CREATE TABLE report_mandate (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	parent_body TEXT NOT NULL,
	symbol TEXT NOT NULL,
	title TEXT NOT NULL,
	day INTEGER NOT NULL,
	session TEXT NOT NULL, -- that expects the report
	due INTEGER,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_paragraph (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	paragraph TEXT NOT NULL,
	text TEXT NOT NULL,
	lang TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_constituency (
	grp INTEGER NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	states INTEGER NOT NULL, -- its members are States
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_seat ( -- from when it was filled to when it was vacated
	grp INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	constituency TEXT NOT NULL,
	delegation TEXT NOT NULL,
	gone_seq INTEGER,
	PRIMARY KEY (grp, seat, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_meeting (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	place TEXT NOT NULL,
	starts INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	begun_seq INTEGER, -- NULL: not held
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_meeting_entry ( -- announced, changed, opened, closed
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_call (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	audience TEXT NOT NULL,
	deadline INTEGER NOT NULL,
	meeting INTEGER, -- that its contributions are inputs to
	opened_seq INTEGER, -- NULL: never
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_question (
	grp INTEGER NOT NULL,
	call INTEGER NOT NULL,
	question INTEGER NOT NULL,
	text TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, call, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_contribution (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	call INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_contribution_status ( -- every status that it had
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	status TEXT NOT NULL,
	PRIMARY KEY (grp, number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_document (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	symbol TEXT NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	lang TEXT NOT NULL,
	meeting INTEGER,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_transcript ( -- where the record of a meeting is found
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	sitting INTEGER,
	kind TEXT NOT NULL,
	url TEXT NOT NULL,
	document INTEGER,
	note TEXT NOT NULL,
	PRIMARY KEY (grp, seq)
) STRICT, WITHOUT ROWID;

--: run report_add(grp i64, number i64, title text, at i64, seq i64)
INSERT INTO report (grp, number, title, at, seq, outcome, words, responsibility, symbol,
	transmitted_to)
VALUES (:grp, :number, :title, :at, :seq, '', '', '', '', '');

--: run report_add_section(grp i64, report i64, section i64, heading text, place i64, seq i64)
INSERT INTO report_section (grp, report, section, heading, place, seq)
VALUES (:grp, :report, :section, :heading, :place, :seq);

--: run report_add_cover(grp i64, report i64, section i64, paragraph i64)
INSERT OR IGNORE INTO report_cover (grp, report, section, paragraph)
VALUES (:grp, :report, :section, :paragraph);

--: run report_add_draft(grp i64, report i64, draft i64, text text, note text, at i64, seq i64)
INSERT INTO report_draft (grp, report, draft, text, note, at, seq)
VALUES (:grp, :report, :draft, :text, :note, :at, :seq);

--: run report_set_decided(grp i64, number i64, outcome text, words text, meeting i64?, at i64,
--    seq i64)
UPDATE report SET outcome = :outcome, words = :words, decided_meeting = :meeting,
	decided_at = :at, decided_seq = :seq
WHERE grp = :grp AND number = :number;

--: run report_set_issued(grp i64, number i64, draft i64, responsibility text, symbol text, at i64,
--    seq i64)
UPDATE report SET issued_draft = :draft, responsibility = :responsibility, symbol = :symbol,
	issued_at = :at, issued_seq = :seq
WHERE grp = :grp AND number = :number;

--: run report_set_transmitted(grp i64, number i64, recipient text, day i64, seq i64)
UPDATE report SET transmitted_to = :recipient, transmitted_on = :day, transmitted_seq = :seq
WHERE grp = :grp AND number = :number;

--: run report_add_considered(grp i64, report i64, body text, day i64, note text, seq i64)
INSERT INTO report_considered (grp, report, seq, body, day, note)
VALUES (:grp, :report, :seq, :body, :day, :note);

--: run report_add_mandate(grp i64, number i64, parent_body text, symbol text, title text, day i64,
--    session text, due i64?, seq i64)
INSERT INTO report_mandate (grp, number, parent_body, symbol, title, day, session, due, seq)
VALUES (:grp, :number, :parent_body, :symbol, :title, :day, :session, :due, :seq);

--: run report_add_paragraph(grp i64, number i64, mandate i64, paragraph text, text text, lang text,
--    seq i64)
INSERT INTO report_paragraph (grp, number, mandate, paragraph, text, lang, seq)
VALUES (:grp, :number, :mandate, :paragraph, :text, :lang, :seq);

--: run report_add_constituency(grp i64, code text, name text, states bool, seq i64)
INSERT INTO report_constituency (grp, code, name, states, seq)
VALUES (:grp, :code, :name, :states, :seq);

--: run report_fill_seat(grp i64, seat i64, constituency text, delegation text, seq i64)
INSERT INTO report_seat (grp, seat, seq, constituency, delegation)
VALUES (:grp, :seat, :seq, :constituency, :delegation);

--: run report_empty_seat(grp i64, seat i64, seq i64)
UPDATE report_seat SET gone_seq = :seq
WHERE grp = :grp AND seat = :seat AND gone_seq IS NULL;

--: run report_put_meeting(grp i64, number i64, title text, place text, starts i64, ends i64,
--    begun_seq i64?)
INSERT INTO report_meeting (grp, number, title, place, starts, ends, begun_seq)
VALUES (:grp, :number, :title, :place, :starts, :ends, :begun_seq)
ON CONFLICT (grp, number) DO UPDATE SET title = excluded.title, place = excluded.place,
	starts = excluded.starts, ends = excluded.ends,
	begun_seq = coalesce(begun_seq, excluded.begun_seq);

--: run report_add_meeting_entry(grp i64, number i64, seq i64)
INSERT INTO report_meeting_entry (grp, number, seq) VALUES (:grp, :number, :seq);

--: run report_add_call(grp i64, number i64, title text, audience text, deadline i64, meeting i64?,
--    seq i64)
INSERT INTO report_call (grp, number, title, audience, deadline, meeting, seq)
VALUES (:grp, :number, :title, :audience, :deadline, :meeting, :seq);

--: run report_set_call_opened(grp i64, number i64, seq i64)
UPDATE report_call SET opened_seq = coalesce(opened_seq, :seq)
WHERE grp = :grp AND number = :number;

--: run report_set_call_deadline(grp i64, number i64, deadline i64)
UPDATE report_call SET deadline = :deadline WHERE grp = :grp AND number = :number;

--: run report_add_question(grp i64, call i64, question i64, text text, seq i64)
INSERT INTO report_question (grp, call, question, text, seq)
VALUES (:grp, :call, :question, :text, :seq);

--: run report_add_contribution(grp i64, number i64, call i64, seq i64)
INSERT INTO report_contribution (grp, number, call, seq) VALUES (:grp, :number, :call, :seq);

--: run report_add_contribution_status(grp i64, number i64, seq i64, status text)
INSERT INTO report_contribution_status (grp, number, seq, status)
VALUES (:grp, :number, :seq, :status);

--: run report_add_document(grp i64, number i64, symbol text, kind text, title text, lang text,
--    meeting i64?, seq i64)
INSERT INTO report_document (grp, number, symbol, kind, title, lang, meeting, seq)
VALUES (:grp, :number, :symbol, :kind, :title, :lang, :meeting, :seq);

--: run report_add_transcript(grp i64, seq i64, meeting i64, sitting i64?, kind text, url text,
--    document i64?, note text)
INSERT INTO report_transcript (grp, seq, meeting, sitting, kind, url, document, note)
VALUES (:grp, :seq, :meeting, :sitting, :kind, :url, :document, :note);

-- The report that is written or was issued last.
--: one report_last(grp i64) -> (number i64, title text, at i64, seq i64, outcome text, words text,
--    decided_meeting i64?, decided_at i64?, decided_seq i64?, issued_draft i64?,
--    responsibility text, symbol text, issued_at i64?, issued_seq i64?, transmitted_to text,
--    transmitted_on i64?, transmitted_seq i64?)
SELECT number, title, at, seq, outcome, words, decided_meeting, decided_at, decided_seq,
	issued_draft, responsibility, symbol, issued_at, issued_seq, transmitted_to,
	transmitted_on, transmitted_seq
FROM report WHERE grp = :grp ORDER BY number DESC LIMIT 1;

--: many report_list(grp i64) -> (number i64, title text, issued_draft i64?, symbol text)
SELECT number, title, issued_draft, symbol FROM report WHERE grp = :grp ORDER BY number;

-- The outline; `covers` has the paragraphs of the mandate that the section answers.
--: many report_sections(grp i64, report i64) -> (section i64, heading text, covers text, seq i64)
SELECT s.section, s.heading, coalesce((SELECT group_concat(label, ', ') FROM (
	SELECT m.symbol || ' para. ' || p.paragraph AS label FROM report_cover c
	JOIN report_paragraph p ON p.grp = c.grp AND p.number = c.paragraph
	JOIN report_mandate m ON m.grp = p.grp AND m.number = p.mandate
	WHERE c.grp = s.grp AND c.report = s.report AND c.section = s.section
	ORDER BY p.number)), '') AS covers, s.seq
FROM report_section s WHERE s.grp = :grp AND s.report = :report ORDER BY s.place, s.section;

-- The quoted paragraphs of the mandate and how many sections answer each.
--: many report_coverage(grp i64, report i64) -> (number i64, symbol text, paragraph text,
--    text text, lang text, sections i64, seq i64)
SELECT p.number, m.symbol, p.paragraph, p.text, p.lang, (SELECT count(*) FROM report_cover c
	WHERE c.grp = p.grp AND c.report = :report AND c.paragraph = p.number) AS sections, p.seq
FROM report_paragraph p JOIN report_mandate m ON m.grp = p.grp AND m.number = p.mandate
WHERE p.grp = :grp ORDER BY p.number;

--: many report_drafts(grp i64, report i64) -> (draft i64, note text, at i64, seq i64)
SELECT draft, note, at, seq FROM report_draft
WHERE grp = :grp AND report = :report ORDER BY draft DESC;

--: one report_draft_one(grp i64, report i64, draft i64) -> (draft i64, text text, note text,
--    at i64, seq i64)
SELECT draft, text, note, at, seq FROM report_draft
WHERE grp = :grp AND report = :report AND draft = :draft;

--: many report_considerations(grp i64, report i64) -> (body text, day i64, note text, seq i64)
SELECT body, day, note, seq FROM report_considered
WHERE grp = :grp AND report = :report ORDER BY seq;

-- The facts below are those of the record up to and including entry `upto`.

--: many report_mandates(grp i64, upto i64) -> (number i64, parent_body text, symbol text,
--    title text, day i64, session text, due i64?, seq i64)
SELECT number, parent_body, symbol, title, day, session, due, seq
FROM report_mandate WHERE grp = :grp AND seq <= :upto ORDER BY number;

--: many report_paragraphs(grp i64, upto i64) -> (number i64, mandate i64, paragraph text,
--    text text, lang text, seq i64)
SELECT number, mandate, paragraph, text, lang, seq
FROM report_paragraph WHERE grp = :grp AND seq <= :upto ORDER BY number;

-- Every filled seat; `states` says whether its constituency is one of States.
--: many report_seats(grp i64, upto i64) -> (seat i64, delegation text, code text, name text,
--    states bool, constituency_seq i64, seq i64)
SELECT s.seat, s.delegation, c.code, c.name, c.states, c.seq AS constituency_seq, s.seq
FROM report_seat s JOIN report_constituency c ON c.grp = s.grp AND c.code = s.constituency
WHERE s.grp = :grp AND s.seq <= :upto AND (s.gone_seq IS NULL OR s.gone_seq > :upto)
ORDER BY c.seq, s.seat;

-- The meetings that were held.
--: many report_meetings(grp i64, upto i64) -> (number i64, title text, place text, starts i64,
--    ends i64)
SELECT number, title, place, starts, ends FROM report_meeting
WHERE grp = :grp AND begun_seq <= :upto ORDER BY number;

--: many report_meeting_entries(grp i64, number i64, upto i64) -> (seq i64)
SELECT seq FROM report_meeting_entry
WHERE grp = :grp AND number = :number AND seq <= :upto ORDER BY seq;

-- The questions of the calls that were opened.
--: many report_questions(grp i64, upto i64) -> (call i64, question i64, text text, title text,
--    meeting i64?, audience text, seq i64)
SELECT q.call, q.question, q.text, c.title, c.meeting, c.audience, q.seq
FROM report_question q JOIN report_call c ON c.grp = q.grp AND c.number = q.call
WHERE q.grp = :grp AND c.opened_seq <= :upto ORDER BY q.call, q.question;

-- The contributions that count: not those in the inbox, rejected, withdrawn or replaced.
--: many report_contributions(grp i64, upto i64) -> (number i64, call i64, meeting i64?,
--    call_seq i64, seq i64)
SELECT n.number, n.call, c.meeting, c.seq AS call_seq, n.seq
FROM report_contribution n JOIN report_call c ON c.grp = n.grp AND c.number = n.call
WHERE n.grp = :grp AND (SELECT t.status FROM report_contribution_status t
	WHERE t.grp = n.grp AND t.number = n.number AND t.seq <= :upto
	ORDER BY t.seq DESC LIMIT 1) IN ('published', 'withheld') ORDER BY n.number;

--: many report_documents(grp i64, upto i64) -> (number i64, symbol text, kind text, title text,
--    lang text, meeting i64?, seq i64)
SELECT number, symbol, kind, title, lang, meeting, seq
FROM report_document WHERE grp = :grp AND seq <= :upto ORDER BY number;

--: many report_transcripts(grp i64, upto i64) -> (meeting i64, sitting i64?, kind text, url text,
--    document i64?, note text, seq i64)
SELECT meeting, sitting, kind, url, document, note, seq
FROM report_transcript WHERE grp = :grp AND seq <= :upto ORDER BY meeting, sitting, seq;
