-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The readings of drafts: how every paragraph stands, and who must confirm what by when.

-- needs rooms/draft/draft_view.sql
-- schema
CREATE TABLE reading (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	number INTEGER NOT NULL,
	is_last INTEGER NOT NULL, -- the methods of work foresee no other one
	general INTEGER NOT NULL, -- still at the general comments
	revision INTEGER NOT NULL, -- that it began with
	symbol TEXT NOT NULL,
	base TEXT NOT NULL, -- hash of that text
	words TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	closed_at INTEGER,
	closed_seq INTEGER,
	closed_revision INTEGER, -- that it ended with
	closed_symbol TEXT,
	closed_base TEXT,
	closed_words TEXT,
	PRIMARY KEY (grp, draft, number)
) STRICT, WITHOUT ROWID;

-- How the paragraphs stand in a reading; of an earlier one as they stood when the next was opened.
CREATE TABLE reading_paragraph (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	reading INTEGER NOT NULL,
	paragraph TEXT NOT NULL,
	place INTEGER NOT NULL,
	shown TEXT NOT NULL, -- as people name it: its number, or its first words
	status TEXT NOT NULL,
	closed_as TEXT NOT NULL, -- as it stood when the reading was closed; empty: not yet
	ad_ref INTEGER,       -- agreed, or to be agreed, by this one
	parked_with TEXT NOT NULL,
	seq INTEGER NOT NULL, -- of the entry that says so
	PRIMARY KEY (grp, draft, reading, paragraph)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading_comment (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	reading INTEGER NOT NULL,
	comment INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	party TEXT NOT NULL,
	text TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, draft, reading, comment)
) STRICT, WITHOUT ROWID;

-- What was said when a paragraph came to stand as it does.
CREATE TABLE reading_note (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	reading INTEGER NOT NULL,
	act TEXT NOT NULL, -- bracket, agree, agree_ad_ref, park, reopen, object
	shown TEXT NOT NULL,
	why TEXT NOT NULL,   -- bracket: the word of the reason
	party TEXT NOT NULL, -- object: who
	words TEXT NOT NULL,
	ruling TEXT NOT NULL,
	amendments TEXT NOT NULL, -- what the ruling went over: their numbers
	against TEXT NOT NULL,    -- and the delegations with a stance against the words
	at INTEGER NOT NULL,
	PRIMARY KEY (grp, draft, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading_ad_ref (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	reading INTEGER NOT NULL,
	paragraph TEXT NOT NULL,
	shown TEXT NOT NULL,
	until INTEGER NOT NULL,
	state TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	ended_at INTEGER,
	ended_seq INTEGER,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading_ad_ref_seat (
	grp INTEGER NOT NULL,
	ad_ref INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	party TEXT NOT NULL,
	answer TEXT NOT NULL, -- empty, confirmed, objected
	reason TEXT NOT NULL,
	at INTEGER,
	seq INTEGER,
	PRIMARY KEY (grp, ad_ref, seat)
) STRICT, WITHOUT ROWID;

-- Nothing is agreed until everything is agreed.
CREATE TABLE reading_provisional (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	words TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, draft)
) STRICT, WITHOUT ROWID;

--: run reading_add(grp i64, draft i64, number i64, is_last bool, general bool, revision i64,
--    symbol text, base text, words text, at i64, seq i64)
INSERT INTO reading (grp, draft, number, is_last, general, revision, symbol, base, words, at, seq)
VALUES (:grp, :draft, :number, :is_last, :general, :revision, :symbol, :base, :words, :at, :seq);

--: run reading_end_general(grp i64, draft i64, number i64)
UPDATE reading SET general = 0 WHERE grp = :grp AND draft = :draft AND number = :number;

--: run reading_end(grp i64, draft i64, number i64, revision i64, symbol text, base text, words text,
--    at i64, seq i64)
UPDATE reading SET closed_at = :at, closed_seq = :seq, closed_revision = :revision,
	closed_symbol = :symbol, closed_base = :base, closed_words = :words
WHERE grp = :grp AND draft = :draft AND number = :number;

--: run reading_put_paragraph(grp i64, draft i64, reading i64, paragraph text, place i64, shown text,
--    status text, ad_ref i64?, parked_with text, seq i64)
INSERT INTO reading_paragraph (grp, draft, reading, paragraph, place, shown, status, closed_as,
	ad_ref, parked_with, seq)
VALUES (:grp, :draft, :reading, :paragraph, :place, :shown, :status, '', :ad_ref, :parked_with,
	:seq)
ON CONFLICT (grp, draft, reading, paragraph) DO UPDATE SET place = :place, shown = :shown,
	status = :status, ad_ref = :ad_ref, parked_with = :parked_with, seq = :seq;

--: run reading_close_paragraphs(grp i64, draft i64, reading i64)
UPDATE reading_paragraph SET closed_as = status
WHERE grp = :grp AND draft = :draft AND reading = :reading;

--: run reading_drop_paragraph(grp i64, draft i64, reading i64, paragraph text)
DELETE FROM reading_paragraph
WHERE grp = :grp AND draft = :draft AND reading = :reading AND paragraph = :paragraph;

--: run reading_add_comment(grp i64, draft i64, reading i64, comment i64, seat i64, party text,
--    text text, at i64, seq i64)
INSERT INTO reading_comment (grp, draft, reading, comment, seat, party, text, at, seq)
VALUES (:grp, :draft, :reading, :comment, :seat, :party, :text, :at, :seq);

--: run reading_add_note(grp i64, draft i64, seq i64, reading i64, act text, shown text, why text,
--    party text, words text, ruling text, amendments text, against text, at i64)
INSERT INTO reading_note (grp, draft, seq, reading, act, shown, why, party, words, ruling,
	amendments, against, at)
VALUES (:grp, :draft, :seq, :reading, :act, :shown, :why, :party, :words, :ruling, :amendments,
	:against, :at);

--: run reading_add_ad_ref(grp i64, number i64, draft i64, reading i64, paragraph text, shown text,
--    until i64, at i64, seq i64)
INSERT INTO reading_ad_ref (grp, number, draft, reading, paragraph, shown, until, state, at, seq)
VALUES (:grp, :number, :draft, :reading, :paragraph, :shown, :until, 'pending', :at, :seq);

--: run reading_end_ad_ref(grp i64, number i64, state text, at i64, seq i64)
UPDATE reading_ad_ref SET state = :state, ended_at = :at, ended_seq = :seq
WHERE grp = :grp AND number = :number;

--: run reading_add_ad_ref_seat(grp i64, ad_ref i64, seat i64, party text)
INSERT INTO reading_ad_ref_seat (grp, ad_ref, seat, party, answer, reason)
VALUES (:grp, :ad_ref, :seat, :party, '', '');

--: run reading_answer(grp i64, ad_ref i64, seat i64, answer text, reason text, at i64, seq i64)
UPDATE reading_ad_ref_seat SET answer = :answer, reason = :reason, at = :at, seq = :seq
WHERE grp = :grp AND ad_ref = :ad_ref AND seat = :seat;

--: run reading_add_provisional(grp i64, draft i64, words text, at i64, seq i64)
INSERT INTO reading_provisional (grp, draft, words, at, seq)
VALUES (:grp, :draft, :words, :at, :seq);

--: run reading_end_provisional(grp i64, draft i64)
DELETE FROM reading_provisional WHERE grp = :grp AND draft = :draft;

-- The readings of a draft, in their order.
--: many reading_list(grp i64, draft i64) -> (number i64, is_last bool, general bool, revision i64,
--    symbol text, base text, words text, at i64, seq i64, closed_at i64?, closed_seq i64?,
--    closed_revision i64?, closed_symbol text, closed_base text, closed_words text)
SELECT number, is_last, general, revision, symbol, base, words, at, seq, closed_at, closed_seq,
	closed_revision, coalesce(closed_symbol, '') AS closed_symbol,
	coalesce(closed_base, '') AS closed_base, coalesce(closed_words, '') AS closed_words
FROM reading WHERE grp = :grp AND draft = :draft ORDER BY number;

--: many reading_paragraphs(grp i64, draft i64, reading i64) -> (paragraph text, place i64,
--    shown text, status text, closed_as text, ad_ref i64?, parked_with text, seq i64)
SELECT paragraph, place, shown, status, closed_as, ad_ref, parked_with, seq FROM reading_paragraph
WHERE grp = :grp AND draft = :draft AND reading = :reading ORDER BY place, paragraph;

-- Of the newest reading, for the page of the draft.
--: many reading_newest(grp i64, draft i64) -> (reading i64, paragraph text, status text,
--    ad_ref i64?, seq i64)
SELECT reading, paragraph, status, ad_ref, seq FROM reading_paragraph
WHERE grp = :grp AND draft = :draft AND reading = (SELECT max(number) FROM reading r
	WHERE r.grp = :grp AND r.draft = :draft)
ORDER BY place, paragraph;

--: many reading_counts(grp i64, draft i64, reading i64) -> (status text, n i64)
SELECT status, count(*) AS n FROM reading_paragraph
WHERE grp = :grp AND draft = :draft AND reading = :reading GROUP BY status ORDER BY status;

--: many reading_comments(grp i64, draft i64, reading i64) -> (comment i64, seat i64, party text,
--    text text, at i64, seq i64)
SELECT comment, seat, party, text, at, seq FROM reading_comment
WHERE grp = :grp AND draft = :draft AND reading = :reading ORDER BY comment;

-- The newest first.
--: many reading_notes(grp i64, draft i64, reading i64) -> (act text, shown text, why text,
--    party text, words text, ruling text, amendments text, against text, at i64, seq i64)
SELECT act, shown, why, party, words, ruling, amendments, against, at, seq FROM reading_note
WHERE grp = :grp AND draft = :draft AND reading = :reading ORDER BY seq DESC;

-- draft 0: of all drafts; pending: only those that wait.
--: many reading_ad_refs(grp i64, draft i64, pending bool) -> (number i64, draft i64, reading i64,
--    paragraph text, shown text, until i64, state text, at i64, seq i64, ended_at i64?,
--    ended_seq i64?)
SELECT number, draft, reading, paragraph, shown, until, state, at, seq, ended_at, ended_seq
FROM reading_ad_ref
WHERE grp = :grp AND (:draft = 0 OR draft = :draft) AND (NOT :pending OR state = 'pending')
ORDER BY until, number;

--: many reading_ad_ref_seats(grp i64) -> (ad_ref i64, seat i64, party text, answer text,
--    reason text, at i64?, seq i64?)
SELECT ad_ref, seat, party, answer, reason, at, seq FROM reading_ad_ref_seat
WHERE grp = :grp ORDER BY ad_ref, seat;

--: one reading_is_provisional(grp i64, draft i64) -> (words text, at i64, seq i64)
SELECT words, at, seq FROM reading_provisional WHERE grp = :grp AND draft = :draft;
