-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Calls, and what became of each contribution. Names, addresses and texts that are not public stand
-- here too, for the secretariat: the statements for the register and for one contribution blank them
-- unless the text is public, the reader may see all, or it is the reader's own (a person's, never
-- 'public', whose viewer is the empty text).
-- schema
CREATE TABLE call_call (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,
	audience TEXT NOT NULL,
	zone TEXT NOT NULL,
	deadline INTEGER NOT NULL,
	word_limit INTEGER NOT NULL,
	refuse_late INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	status TEXT NOT NULL,
	status_seq INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_question (
	grp INTEGER NOT NULL,
	call INTEGER NOT NULL,
	question INTEGER NOT NULL,
	text TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, call, question)
) STRICT, WITHOUT ROWID;

-- What happened to a call, for people: drafted, opened, extended, closed, reopened.
CREATE TABLE call_event (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	call INTEGER NOT NULL,
	what TEXT NOT NULL,
	time INTEGER NOT NULL,
	deadline INTEGER NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (grp, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_contribution (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	call INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	time INTEGER NOT NULL,
	leaf TEXT NOT NULL,
	actor TEXT NOT NULL,
	author TEXT NOT NULL,
	organisation TEXT NOT NULL,
	country TEXT NOT NULL,
	email TEXT NOT NULL,
	category TEXT NOT NULL,
	lang TEXT NOT NULL,
	cite INTEGER NOT NULL,
	wish TEXT NOT NULL,
	via TEXT NOT NULL,
	received INTEGER NOT NULL,
	late INTEGER NOT NULL,
	words INTEGER NOT NULL,
	text_hash TEXT NOT NULL,
	status TEXT NOT NULL,
	status_seq INTEGER NOT NULL,
	status_time INTEGER NOT NULL,
	reason TEXT NOT NULL,
	published_seq INTEGER,
	replaced_by INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_contribution_email ON call_contribution (grp, email, call);
CREATE INDEX call_contribution_text ON call_contribution (grp, text_hash);
CREATE INDEX call_contribution_seq ON call_contribution (grp, seq);

-- Paragraphs; question 0 is what answers no question.
CREATE TABLE call_paragraph (
	grp INTEGER NOT NULL,
	contribution INTEGER NOT NULL,
	question INTEGER NOT NULL,
	n INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (grp, contribution, question, n)
) STRICT, WITHOUT ROWID;

-- The bytes stay in the record, in this part of the entry.
CREATE TABLE call_file (
	grp INTEGER NOT NULL,
	contribution INTEGER NOT NULL,
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	size INTEGER NOT NULL,
	part INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (grp, contribution, n)
) STRICT, WITHOUT ROWID;

--: run call_add(grp i64, number i64, title text, text text, audience text, zone text, deadline i64,
--    word_limit i64, refuse_late bool, meeting i64, seq i64)
INSERT INTO call_call (grp, number, title, text, audience, zone, deadline, word_limit, refuse_late,
	meeting, status, status_seq, seq)
VALUES (:grp, :number, :title, :text, :audience, :zone, :deadline, :word_limit, :refuse_late,
	:meeting, 'draft', :seq, :seq);

--: run call_update(grp i64, number i64, status text, deadline i64, zone text, seq i64)
UPDATE call_call SET status = :status, deadline = :deadline, zone = :zone, status_seq = :seq
WHERE grp = :grp AND number = :number;

--: run call_question_add(grp i64, call i64, question i64, text text, seq i64)
INSERT INTO call_question (grp, call, question, text, seq)
VALUES (:grp, :call, :question, :text, :seq);

--: run call_event_add(grp i64, seq i64, call i64, what text, time i64, deadline i64, reason text)
INSERT INTO call_event (grp, seq, call, what, time, deadline, reason)
VALUES (:grp, :seq, :call, :what, :time, :deadline, :reason);

--: run call_contribution_add(grp i64, number i64, call i64, seq i64, time i64, leaf text, actor text,
--    author text, organisation text, country text, email text, category text, lang text, cite bool,
--    wish text, via text, received i64, late bool, words i64, text_hash text)
INSERT INTO call_contribution (grp, number, call, seq, time, leaf, actor, author, organisation,
	country, email, category, lang, cite, wish, via, received, late, words, text_hash, status,
	status_seq, status_time, reason, published_seq, replaced_by)
VALUES (:grp, :number, :call, :seq, :time, :leaf, :actor, :author, :organisation, :country, :email,
	:category, :lang, :cite, :wish, :via, :received, :late, :words, :text_hash, 'received', :seq,
	:time, '', NULL, 0);

--: run call_paragraph_add(grp i64, contribution i64, question i64, n i64, text text)
INSERT INTO call_paragraph (grp, contribution, question, n, text)
VALUES (:grp, :contribution, :question, :n, :text);

--: run call_file_add(grp i64, contribution i64, n i64, name text, type text, size i64, part i64,
--    text text)
INSERT INTO call_file (grp, contribution, n, name, type, size, part, text)
VALUES (:grp, :contribution, :n, :name, :type, :size, :part, :text);

--: run call_contribution_update(grp i64, number i64, status text, seq i64, time i64, reason text,
--    published_seq i64?, replaced_by i64)
UPDATE call_contribution SET status = :status, status_seq = :seq, status_time = :time,
	reason = :reason, published_seq = coalesce(published_seq, :published_seq),
	replaced_by = :replaced_by
WHERE grp = :grp AND number = :number;

-- The calls of a group, latest first.
--: many call_list(grp i64) -> (number i64, title text, status text, audience text, deadline i64,
--    zone text, seq i64, questions i64, received i64, published i64)
SELECT c.number, c.title, c.status, c.audience, c.deadline, c.zone, c.seq,
	(SELECT count(*) FROM call_question q WHERE q.grp = c.grp AND q.call = c.number) AS questions,
	(SELECT count(*) FROM call_contribution x WHERE x.grp = c.grp AND x.call = c.number) AS received,
	(SELECT count(*) FROM call_contribution x WHERE x.grp = c.grp AND x.call = c.number
		AND x.published_seq IS NOT NULL) AS published
FROM call_call c WHERE c.grp = :grp ORDER BY c.number DESC;

--: one call_get(grp i64, number i64) -> (number i64, title text, text text, audience text, zone text,
--    deadline i64, word_limit i64, refuse_late bool, meeting i64, status text, status_seq i64, seq i64)
SELECT number, title, text, audience, zone, deadline, word_limit, refuse_late, meeting, status,
	status_seq, seq
FROM call_call WHERE grp = :grp AND number = :number;

-- Each question, and how many contributions answered it.
--: many call_questions(grp i64, call i64) -> (question i64, text text, seq i64, answered i64)
SELECT q.question, q.text, q.seq,
	(SELECT count(DISTINCT p.contribution) FROM call_contribution c
		JOIN call_paragraph p ON p.grp = c.grp AND p.contribution = c.number
		WHERE c.grp = q.grp AND c.call = q.call AND p.question = q.question) AS answered
FROM call_question q WHERE q.grp = :grp AND q.call = :call ORDER BY q.question;

--: many call_events(grp i64, call i64) -> (seq i64, what text, time i64, deadline i64, reason text)
SELECT seq, what, time, deadline, reason FROM call_event
WHERE grp = :grp AND call = :call ORDER BY seq;

-- How many contributions of a call (0: of all) came, are public, were withheld, came late.
--: one call_counts(grp i64, call i64) -> (received i64, waiting i64, published i64, withheld i64,
--    late i64)
SELECT count(*) AS received, coalesce(sum(status = 'received'), 0) AS waiting,
	count(published_seq) AS published, coalesce(sum(status = 'withheld'), 0) AS withheld,
	coalesce(sum(late), 0) AS late
FROM call_contribution WHERE grp = :grp AND (:call = 0 OR call = :call);

-- Public contributions by category, for the filter and the overview.
--: many call_by_category(grp i64, call i64) -> (category text, n i64)
SELECT category, count(*) AS n FROM call_contribution
WHERE grp = :grp AND (:call = 0 OR call = :call) GROUP BY category ORDER BY category;

--: many call_by_lang(grp i64, call i64) -> (lang text, n i64)
SELECT lang, count(*) AS n FROM call_contribution
WHERE grp = :grp AND (:call = 0 OR call = :call) GROUP BY lang ORDER BY lang;

-- The register, in the order of its numbers. Empty filters and 0 take everything.
--: many call_register(grp i64, call i64, category text, lang text, all bool, viewer text, after i64,
--    top i64) -> (number i64, call i64, seq i64, time i64, author text, organisation text,
--    country text, category text, lang text, late bool, status text, status_seq i64, open bool)
SELECT number, call, seq, time,
	CASE WHEN published_seq IS NOT NULL OR :all OR (actor = :viewer AND via = 'web') THEN author ELSE '' END AS author,
	CASE WHEN published_seq IS NOT NULL OR :all OR (actor = :viewer AND via = 'web') THEN organisation ELSE '' END
		AS organisation,
	CASE WHEN published_seq IS NOT NULL OR :all OR (actor = :viewer AND via = 'web') THEN country ELSE '' END
		AS country,
	category, lang, late, status, status_seq, published_seq IS NOT NULL AS open
FROM call_contribution
WHERE grp = :grp AND number > :after AND (:call = 0 OR call = :call)
	AND (:category = '' OR category = :category) AND (:lang = '' OR lang = :lang)
ORDER BY number LIMIT :top;

-- One contribution. `readable`: this reader may read its text and files.
--: one call_contribution_get(grp i64, number i64, all bool, viewer text) -> (number i64, call i64,
--    seq i64, time i64, leaf text, actor text, author text, organisation text, country text,
--    email text, category text, lang text, cite bool, wish text, via text, received i64, late bool,
--    words i64, status text, status_seq i64, status_time i64, reason text, published_seq i64?,
--    replaced_by i64, readable bool)
SELECT number, call, seq, time, leaf,
	iif(:all OR (actor = :viewer AND via = 'web'), actor, '') AS actor,
	iif(published_seq IS NOT NULL OR :all OR (actor = :viewer AND via = 'web'), author, '') AS author,
	iif(published_seq IS NOT NULL OR :all OR (actor = :viewer AND via = 'web'), organisation, '') AS organisation,
	iif(published_seq IS NOT NULL OR :all OR (actor = :viewer AND via = 'web'), country, '') AS country,
	iif(:all OR (actor = :viewer AND via = 'web'), email, '') AS email,
	category, lang, cite, wish, via, received, late, words, status, status_seq, status_time, reason,
	published_seq, replaced_by,
	published_seq IS NOT NULL OR :all OR (actor = :viewer AND via = 'web') AS readable
FROM call_contribution WHERE grp = :grp AND number = :number;

-- Ask only for what is readable.
--: many call_paragraphs(grp i64, contribution i64) -> (question i64, n i64, text text)
SELECT question, n, text FROM call_paragraph
WHERE grp = :grp AND contribution = :contribution ORDER BY question = 0, question, n;

--: many call_files(grp i64, contribution i64) -> (n i64, name text, type text, size i64, part i64,
--    text text)
SELECT n, name, type, size, part, text FROM call_file
WHERE grp = :grp AND contribution = :contribution ORDER BY n;

-- What waits for the secretariat, with the earlier contribution that it may be a copy of (0: none):
-- from the same address to the same call, or with the same words.
--: many call_inbox(grp i64) -> (number i64, call i64, title text, seq i64, time i64, author text,
--    organisation text, email text, category text, lang text, wish text, via text, late bool,
--    words i64, files i64, beginning text, copy_of i64)
SELECT c.number, c.call, k.title, c.seq, c.time, c.author, c.organisation, c.email, c.category,
	c.lang, c.wish, c.via, c.late, c.words,
	(SELECT count(*) FROM call_file f WHERE f.grp = c.grp AND f.contribution = c.number) AS files,
	coalesce((SELECT substr(p.text, 1, 280) FROM call_paragraph p
		WHERE p.grp = c.grp AND p.contribution = c.number
		ORDER BY p.question = 0, p.question, p.n LIMIT 1), '') AS beginning,
	coalesce((SELECT min(d.number) FROM call_contribution d
		WHERE d.grp = c.grp AND d.number < c.number AND ((d.call = c.call AND d.email = c.email
			AND c.email <> '') OR (d.text_hash = c.text_hash AND c.text_hash <> ''))), 0) AS copy_of
FROM call_contribution c JOIN call_call k ON k.grp = c.grp AND k.number = c.call
WHERE c.grp = :grp AND c.status = 'received' ORDER BY c.number;

-- The earlier and later contributions that may be copies of one.
--: many call_copies(grp i64, number i64) -> (number i64, status text, same_email bool,
--    same_text bool)
SELECT d.number, d.status, d.call = c.call AND d.email = c.email AND c.email <> '' AS same_email,
	d.text_hash = c.text_hash AND c.text_hash <> '' AS same_text
FROM call_contribution c JOIN call_contribution d ON d.grp = c.grp AND d.number <> c.number
WHERE c.grp = :grp AND c.number = :number AND ((d.call = c.call AND d.email = c.email
	AND c.email <> '') OR (d.text_hash = c.text_hash AND c.text_hash <> ''))
ORDER BY d.number;

-- The own contributions of a person who is signed in.
--: many call_own(grp i64, actor text) -> (number i64, call i64, time i64, status text)
SELECT number, call, time, status FROM call_contribution
WHERE grp = :grp AND actor = :actor AND via = 'web' ORDER BY number;
