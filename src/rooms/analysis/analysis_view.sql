-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Themes, passages, syntheses and what authors said of them. A passage is a place in a contribution,
-- or in a version of what was said at a meeting (contribution 0): its words are cut
-- out of the paragraph when they are asked for, and only while the contribution is public. What may
-- only be used together with others (cite = 0) is counted; its words, number and author are blanked
-- unless the reader is of the office (:all) or its author (:viewer, never 'public').
-- needs rooms/call/call_view.sql
-- needs rooms/caption/caption_view.sql
-- needs rooms/members/members_view.sql
-- schema
CREATE TABLE analysis_theme (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis_passage (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	source TEXT NOT NULL,
	contribution INTEGER NOT NULL,
	question INTEGER NOT NULL,
	paragraph INTEGER NOT NULL,
	start INTEGER NOT NULL, -- in characters from 0
	stop INTEGER NOT NULL, -- the first that no longer belongs to it
	theme INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	meeting INTEGER NOT NULL, -- 0: of a contribution, as segment, version and call
	segment INTEGER NOT NULL,
	version INTEGER NOT NULL,
	call INTEGER NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_passage_said ON analysis_passage (grp, meeting, segment);
CREATE INDEX analysis_passage_place ON analysis_passage (grp, contribution, question, paragraph);

CREATE TABLE analysis_synthesis (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	call INTEGER NOT NULL,
	title TEXT NOT NULL,
	lang TEXT NOT NULL,
	seq INTEGER NOT NULL,
	issued_seq INTEGER,
	issued_time INTEGER,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis_statement (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	synthesis INTEGER NOT NULL,
	question INTEGER NOT NULL,
	theme INTEGER NOT NULL, -- 0: none
	version INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	struck_seq INTEGER,
	struck_reason TEXT NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_statement_of ON analysis_statement (grp, synthesis);

CREATE TABLE analysis_version (
	grp INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	version INTEGER NOT NULL,
	text TEXT NOT NULL, -- paragraphs with a blank line between
	reason TEXT NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, statement, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis_citation (
	grp INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	passage INTEGER NOT NULL,
	side TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, statement, passage)
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_citation_of ON analysis_citation (grp, passage);

-- Passages that were taken out of a statement.
CREATE TABLE analysis_taken_out (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	passage INTEGER NOT NULL,
	reason TEXT NOT NULL,
	time INTEGER NOT NULL,
	PRIMARY KEY (grp, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis_misreading (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	contribution INTEGER NOT NULL, -- 0: it is about what was said
	passage INTEGER NOT NULL, -- of a transcript, and where it stands; 0: it is about a contribution
	meeting INTEGER NOT NULL,
	segment INTEGER NOT NULL,
	on_behalf INTEGER NOT NULL,
	text TEXT NOT NULL,
	lang TEXT NOT NULL,
	version INTEGER NOT NULL, -- of the statement that was misread
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	outcome TEXT NOT NULL, -- '': not answered
	answer TEXT NOT NULL,
	answer_time INTEGER,
	answer_seq INTEGER,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis_notice (
	grp INTEGER NOT NULL,
	synthesis INTEGER NOT NULL,
	contribution INTEGER NOT NULL,
	way TEXT NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, synthesis, contribution)
) STRICT, WITHOUT ROWID;

--: run analysis_theme_add(grp i64, number i64, title text, text text, seq i64)
INSERT INTO analysis_theme (grp, number, title, text, seq)
VALUES (:grp, :number, :title, :text, :seq);

--: run analysis_theme_rename(grp i64, number i64, title text)
UPDATE analysis_theme SET title = :title WHERE grp = :grp AND number = :number;

--: run analysis_passage_add(grp i64, number i64, source text, contribution i64, question i64,
--    paragraph i64, start i64, stop i64, theme i64, seq i64, meeting i64, segment i64, version i64,
--    call i64)
INSERT INTO analysis_passage (grp, number, source, contribution, question, paragraph, start, stop,
	theme, seq, meeting, segment, version, call)
VALUES (:grp, :number, :source, :contribution, :question, :paragraph, :start, :stop, :theme, :seq,
	:meeting, :segment, :version, :call);

--: run analysis_passage_drop(grp i64, number i64)
DELETE FROM analysis_passage WHERE grp = :grp AND number = :number;

--: run analysis_passage_sort(grp i64, number i64, theme i64)
UPDATE analysis_passage SET theme = :theme WHERE grp = :grp AND number = :number;

--: run analysis_synthesis_add(grp i64, number i64, call i64, title text, lang text, seq i64)
INSERT INTO analysis_synthesis (grp, number, call, title, lang, seq, issued_seq, issued_time)
VALUES (:grp, :number, :call, :title, :lang, :seq, NULL, NULL);

--: run analysis_synthesis_issue(grp i64, number i64, seq i64, time i64)
UPDATE analysis_synthesis SET issued_seq = :seq, issued_time = :time
WHERE grp = :grp AND number = :number;

--: run analysis_statement_add(grp i64, number i64, synthesis i64, question i64, theme i64, seq i64)
INSERT INTO analysis_statement (grp, number, synthesis, question, theme, version, seq, struck_seq,
	struck_reason)
VALUES (:grp, :number, :synthesis, :question, :theme, 1, :seq, NULL, '');

--: run analysis_statement_version(grp i64, number i64, version i64)
UPDATE analysis_statement SET version = :version WHERE grp = :grp AND number = :number;

--: run analysis_version_add(grp i64, statement i64, version i64, text text, reason text, time i64,
--    seq i64)
INSERT INTO analysis_version (grp, statement, version, text, reason, time, seq)
VALUES (:grp, :statement, :version, :text, :reason, :time, :seq);

--: run analysis_statement_strike(grp i64, number i64, seq i64, reason text)
UPDATE analysis_statement SET struck_seq = :seq, struck_reason = :reason
WHERE grp = :grp AND number = :number;

--: run analysis_citations_drop(grp i64, statement i64)
DELETE FROM analysis_citation WHERE grp = :grp AND statement = :statement;

--: run analysis_citation_add(grp i64, statement i64, passage i64, side text, seq i64)
INSERT INTO analysis_citation (grp, statement, passage, side, seq)
VALUES (:grp, :statement, :passage, :side, :seq);

--: run analysis_citation_drop(grp i64, statement i64, passage i64)
DELETE FROM analysis_citation WHERE grp = :grp AND statement = :statement AND passage = :passage;

--: run analysis_taken_out_add(grp i64, seq i64, statement i64, passage i64, reason text, time i64)
INSERT INTO analysis_taken_out (grp, seq, statement, passage, reason, time)
VALUES (:grp, :seq, :statement, :passage, :reason, :time);

--: run analysis_misreading_add(grp i64, number i64, statement i64, contribution i64, passage i64,
--    meeting i64, segment i64, on_behalf bool, text text, lang text, version i64, time i64, seq i64)
INSERT INTO analysis_misreading (grp, number, statement, contribution, passage, meeting, segment,
	on_behalf, text, lang, version, time, seq, outcome, answer, answer_time, answer_seq)
VALUES (:grp, :number, :statement, :contribution, :passage, :meeting, :segment, :on_behalf, :text, :lang,
	:version, :time, :seq, '', '', NULL, NULL);

--: run analysis_misreading_answer(grp i64, number i64, outcome text, answer text, time i64, seq i64)
UPDATE analysis_misreading SET outcome = :outcome, answer = :answer, answer_time = :time,
	answer_seq = :seq
WHERE grp = :grp AND number = :number;

--: run analysis_notice_add(grp i64, synthesis i64, contribution i64, way text, time i64, seq i64)
INSERT INTO analysis_notice (grp, synthesis, contribution, way, time, seq)
VALUES (:grp, :synthesis, :contribution, :way, :time, :seq);

-- Each theme, with its passages, the contributions they come from, and the statements that cite them.
--: many analysis_themes(grp i64) -> (number i64, title text, text text, seq i64, passages i64,
--    contributions i64, statements i64)
SELECT t.number, t.title, t.text, t.seq,
	(SELECT count(*) FROM analysis_passage p WHERE p.grp = t.grp AND p.theme = t.number) AS passages,
	(SELECT count(DISTINCT nullif(p.contribution, 0)) FROM analysis_passage p
		WHERE p.grp = t.grp AND p.theme = t.number) AS contributions,
	(SELECT count(DISTINCT c.statement) FROM analysis_passage p
		JOIN analysis_citation c ON c.grp = p.grp AND c.passage = p.number
		WHERE p.grp = t.grp AND p.theme = t.number) AS statements
FROM analysis_theme t WHERE t.grp = :grp ORDER BY t.number;

-- How many contributions of each kind have passages under each theme.
--: many analysis_theme_counts(grp i64) -> (theme i64, category text, contributions i64)
SELECT p.theme, c.category, count(DISTINCT c.number) AS contributions
FROM analysis_passage p JOIN call_contribution c ON c.grp = p.grp AND c.number = p.contribution
WHERE p.grp = :grp GROUP BY p.theme, c.category ORDER BY p.theme, c.category;

-- Of a call (0: of all): how many of each kind are public, and how many came that are not.
--: many analysis_published(grp i64, call i64) -> (category text, published i64, closed i64)
SELECT category, count(published_seq) AS published, count(*) - count(published_seq) AS closed
FROM call_contribution WHERE grp = :grp AND (:call = 0 OR call = :call)
GROUP BY category ORDER BY category;

-- Public contributions of which nothing is marked.
--: many analysis_unmarked(grp i64) -> (number i64, author text, organisation text)
SELECT c.number, c.author, c.organisation FROM call_contribution c
WHERE c.grp = :grp AND c.published_seq IS NOT NULL AND c.status = 'published'
	AND NOT EXISTS (SELECT 1 FROM analysis_passage p WHERE p.grp = c.grp
		AND p.contribution = c.number)
ORDER BY c.number;

-- The questions of all calls that passages can belong to.
--: many analysis_questions(grp i64, call i64) -> (call i64, question i64, text text)
SELECT call, question, text FROM call_question
WHERE grp = :grp AND (:call = 0 OR call = :call) ORDER BY call, question;

-- Passages by question and theme; 0 and -1 take all. `named`: its words and its author are shown.
--: many analysis_passages(grp i64, theme i64, question i64, all bool, viewer text) -> (number i64,
--    source text, theme i64, theme_title text, seq i64, call i64, question i64, named bool,
--    contribution i64, paragraph i64, author text, organisation text, category text, lang text,
--    words text, statements i64, meeting i64, segment i64)
SELECT number, source, theme, theme_title, seq, call, question, named, contribution, paragraph, author,
	organisation, category, lang, words, statements, meeting, segment
FROM (
SELECT p.number, p.source, p.theme, t.title AS theme_title, p.seq, c.call, p.question,
	(c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')) AS named,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), c.number, 0) AS contribution,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), p.paragraph, 0) AS paragraph,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), c.author, '') AS author,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), c.organisation, '') AS organisation,
	c.category, c.lang,
	iif(c.published_seq IS NOT NULL AND (c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')),
		substr(coalesce(x.text, ''), p.start + 1, p.stop - p.start), '') AS words,
	(SELECT count(*) FROM analysis_citation s WHERE s.grp = p.grp AND s.passage = p.number)
		AS statements,
	0 AS meeting, 0 AS segment, 0 AS late, p.contribution AS place, p.paragraph AS part, p.start
FROM analysis_passage p
	JOIN analysis_theme t ON t.grp = p.grp AND t.number = p.theme
	JOIN call_contribution c ON c.grp = p.grp AND c.number = p.contribution
	LEFT JOIN call_paragraph x ON x.grp = p.grp AND x.contribution = p.contribution
		AND x.question = p.question AND x.n = p.paragraph
WHERE p.grp = :grp
UNION ALL
SELECT p.number, p.source, p.theme, t.title, p.seq, p.call, p.question, 1, 0, 0, u.speaker,
	coalesce(k.name, ''), '', u.lang, substr(coalesce(x.text, ''), p.start + 1, p.stop - p.start),
	(SELECT count(*) FROM analysis_citation s WHERE s.grp = p.grp AND s.passage = p.number),
	p.meeting, p.segment, 1, p.meeting, p.segment, p.start
FROM analysis_passage p
	JOIN analysis_theme t ON t.grp = p.grp AND t.number = p.theme
	JOIN caption_utterance u ON u.grp = p.grp AND u.meeting = p.meeting AND u.segment = p.segment
	LEFT JOIN caption_version x ON x.grp = p.grp AND x.meeting = p.meeting
		AND x.segment = p.segment AND x.version = p.version
	LEFT JOIN members_constituency k ON k.grp = u.grp AND k.code = u.constituency
WHERE p.grp = :grp)
WHERE (:theme = 0 OR theme = :theme) AND (:question = -1 OR question = :question)
ORDER BY call, question = 0, question, theme, late, place, part, start, number;

-- The statements that cite a passage of these, for the links back.
--: many analysis_cited_in(grp i64, contribution i64) -> (passage i64, statement i64, synthesis i64,
--    side text)
SELECT c.passage, c.statement, s.synthesis, c.side
FROM analysis_passage p
	JOIN analysis_citation c ON c.grp = p.grp AND c.passage = p.number
	JOIN analysis_statement s ON s.grp = c.grp AND s.number = c.statement
WHERE p.grp = :grp AND (:contribution = 0 OR p.contribution = :contribution)
ORDER BY c.passage, c.statement;

-- The passages of one contribution in the order of its text.
--: many analysis_places(grp i64, contribution i64) -> (number i64, question i64, paragraph i64,
--    start i64, stop i64, theme i64, theme_title text, seq i64)
SELECT p.number, p.question, p.paragraph, p.start, p.stop, p.theme, t.title AS theme_title, p.seq
FROM analysis_passage p JOIN analysis_theme t ON t.grp = p.grp AND t.number = p.theme
WHERE p.grp = :grp AND p.contribution = :contribution
ORDER BY p.question, p.paragraph, p.start, p.stop, p.number;

--: many analysis_syntheses(grp i64) -> (number i64, call i64, call_title text, title text, lang text,
--    seq i64, issued_seq i64?, issued_time i64?, statements i64, misreadings i64)
SELECT y.number, y.call, k.title AS call_title, y.title, y.lang, y.seq, y.issued_seq, y.issued_time,
	(SELECT count(*) FROM analysis_statement s WHERE s.grp = y.grp AND s.synthesis = y.number
		AND s.struck_seq IS NULL) AS statements,
	(SELECT count(*) FROM analysis_statement s
		JOIN analysis_misreading m ON m.grp = s.grp AND m.statement = s.number
		WHERE s.grp = y.grp AND s.synthesis = y.number) AS misreadings
FROM analysis_synthesis y JOIN call_call k ON k.grp = y.grp AND k.number = y.call
WHERE y.grp = :grp ORDER BY y.number DESC;

--: one analysis_synthesis_get(grp i64, number i64) -> (number i64, call i64, call_title text,
--    title text, lang text, seq i64, issued_seq i64?, issued_time i64?)
SELECT y.number, y.call, k.title AS call_title, y.title, y.lang, y.seq, y.issued_seq, y.issued_time
FROM analysis_synthesis y JOIN call_call k ON k.grp = y.grp AND k.number = y.call
WHERE y.grp = :grp AND y.number = :number;

-- The statements of a synthesis (0: of all), struck ones last.
--: many analysis_statements(grp i64, synthesis i64) -> (number i64, synthesis i64, question i64,
--    theme i64, theme_title text, version i64, text text, reason text, time i64, seq i64,
--    version_seq i64, struck_seq i64?, struck_reason text, lang text)
SELECT s.number, s.synthesis, s.question, s.theme, coalesce(t.title, '') AS theme_title, s.version,
	v.text, v.reason, v.time, s.seq, v.seq AS version_seq, s.struck_seq, s.struck_reason, y.lang
FROM analysis_statement s
	JOIN analysis_synthesis y ON y.grp = s.grp AND y.number = s.synthesis
	JOIN analysis_version v ON v.grp = s.grp AND v.statement = s.number AND v.version = s.version
	LEFT JOIN analysis_theme t ON t.grp = s.grp AND t.number = s.theme
WHERE s.grp = :grp AND (:synthesis = 0 OR s.synthesis = :synthesis)
ORDER BY s.struck_seq IS NOT NULL, s.synthesis, s.question = 0, s.question, s.number;

-- Earlier words of the statements of a synthesis.
--: many analysis_earlier(grp i64, synthesis i64) -> (statement i64, version i64, text text, time i64,
--    seq i64)
SELECT v.statement, v.version, v.text, v.time, v.seq
FROM analysis_statement s
	JOIN analysis_version v ON v.grp = s.grp AND v.statement = s.number AND v.version < s.version
WHERE s.grp = :grp AND s.synthesis = :synthesis ORDER BY v.statement, v.version;

--: many analysis_taken_outs(grp i64, synthesis i64) -> (statement i64, passage i64, reason text,
--    time i64, seq i64)
SELECT o.statement, o.passage, o.reason, o.time, o.seq
FROM analysis_statement s JOIN analysis_taken_out o ON o.grp = s.grp AND o.statement = s.number
WHERE s.grp = :grp AND s.synthesis = :synthesis ORDER BY o.seq;

-- What each statement rests on, as analysis_passages shows it.
--: many analysis_citations(grp i64, synthesis i64, all bool, viewer text) -> (statement i64,
--    passage i64, side text, seq i64, named bool, contribution i64, question i64, paragraph i64,
--    author text, organisation text, category text, lang text, words text, meeting i64, segment i64)
SELECT statement, passage, side, seq, named, contribution, question, paragraph, author, organisation,
	category, lang, words, meeting, segment
FROM (
SELECT z.statement, iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), p.number, 0) AS passage,
	z.side, z.seq,
	(c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')) AS named,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), c.number, 0) AS contribution,
	p.question,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), p.paragraph, 0) AS paragraph,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), c.author, '') AS author,
	iif((c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')), c.organisation, '') AS organisation,
	c.category, c.lang,
	iif(c.published_seq IS NOT NULL AND (c.cite OR :all OR (c.actor = :viewer AND c.via = 'web')),
		substr(coalesce(x.text, ''), p.start + 1, p.stop - p.start), '') AS words,
	0 AS meeting, 0 AS segment, 0 AS late, p.contribution AS place, p.paragraph AS part, p.start,
	p.number
FROM analysis_statement s
	JOIN analysis_citation z ON z.grp = s.grp AND z.statement = s.number
	JOIN analysis_passage p ON p.grp = z.grp AND p.number = z.passage
	JOIN call_contribution c ON c.grp = p.grp AND c.number = p.contribution
	LEFT JOIN call_paragraph x ON x.grp = p.grp AND x.contribution = p.contribution
		AND x.question = p.question AND x.n = p.paragraph
WHERE s.grp = :grp AND s.synthesis = :synthesis
UNION ALL
SELECT z.statement, p.number, z.side, z.seq, 1, 0, p.question, 0, u.speaker, coalesce(k.name, ''), '',
	u.lang, substr(coalesce(x.text, ''), p.start + 1, p.stop - p.start), p.meeting, p.segment, 1,
	p.meeting, p.segment, p.start, p.number
FROM analysis_statement s
	JOIN analysis_citation z ON z.grp = s.grp AND z.statement = s.number
	JOIN analysis_passage p ON p.grp = z.grp AND p.number = z.passage
	JOIN caption_utterance u ON u.grp = p.grp AND u.meeting = p.meeting AND u.segment = p.segment
	LEFT JOIN caption_version x ON x.grp = p.grp AND x.meeting = p.meeting
		AND x.segment = p.segment AND x.version = p.version
	LEFT JOIN members_constituency k ON k.grp = u.grp AND k.code = u.constituency
WHERE s.grp = :grp AND s.synthesis = :synthesis)
ORDER BY statement, side <> 'so', NOT named, late, place, question, part, start, number;

-- For each statement and constituency: seats that said so at a meeting, or otherwise. Who spoke
-- without a seat, or is not known, is counted by label under ''.
--: many analysis_said_counts(grp i64, synthesis i64) -> (statement i64, constituency text, name text,
--    so i64, otherwise i64)
SELECT z.statement, u.constituency, coalesce(k.name, '') AS name,
	count(DISTINCT iif(z.side = 'so', iif(u.seat, 'seat ' || u.seat, u.speaker), NULL)) AS so,
	count(DISTINCT iif(z.side = 'otherwise', iif(u.seat, 'seat ' || u.seat, u.speaker), NULL))
		AS otherwise
FROM analysis_statement s
	JOIN analysis_citation z ON z.grp = s.grp AND z.statement = s.number
	JOIN analysis_passage p ON p.grp = z.grp AND p.number = z.passage
	JOIN caption_utterance u ON u.grp = p.grp AND u.meeting = p.meeting AND u.segment = p.segment
	LEFT JOIN members_constituency k ON k.grp = u.grp AND k.code = u.constituency
WHERE s.grp = :grp AND s.synthesis = :synthesis
GROUP BY z.statement, u.constituency ORDER BY z.statement, k.place IS NULL, k.place, u.constituency;

-- For each statement and kind of contributor: contributions that say so, otherwise, either.
--: many analysis_counts(grp i64, synthesis i64) -> (statement i64, category text, so i64,
--    otherwise i64, cited i64)
SELECT z.statement, c.category, count(DISTINCT iif(z.side = 'so', c.number, NULL)) AS so,
	count(DISTINCT iif(z.side = 'otherwise', c.number, NULL)) AS otherwise,
	count(DISTINCT c.number) AS cited
FROM analysis_statement s
	JOIN analysis_citation z ON z.grp = s.grp AND z.statement = s.number
	JOIN analysis_passage p ON p.grp = z.grp AND p.number = z.passage
	JOIN call_contribution c ON c.grp = p.grp AND c.number = p.contribution
WHERE s.grp = :grp AND s.synthesis = :synthesis
GROUP BY z.statement, c.category ORDER BY z.statement, c.category;

-- Public contributions of the call that no statement of the synthesis cites, with what is marked.
--: many analysis_uncited(grp i64, synthesis i64) -> (number i64, author text, organisation text,
--    category text, passages i64)
SELECT c.number, c.author, c.organisation, c.category,
	(SELECT count(*) FROM analysis_passage p WHERE p.grp = c.grp AND p.contribution = c.number)
		AS passages
FROM analysis_synthesis y JOIN call_contribution c ON c.grp = y.grp AND c.call = y.call
WHERE y.grp = :grp AND y.number = :synthesis AND c.published_seq IS NOT NULL
	AND c.number NOT IN (SELECT p.contribution FROM analysis_statement s
		JOIN analysis_citation z ON z.grp = s.grp AND z.statement = s.number
		JOIN analysis_passage p ON p.grp = z.grp AND p.number = z.passage
		WHERE s.grp = y.grp AND s.synthesis = y.number)
ORDER BY c.number;

--: many analysis_misreadings(grp i64, synthesis i64) -> (number i64, statement i64, contribution i64,
--    passage i64, meeting i64, segment i64, author text, on_behalf bool, text text, lang text, version i64, time i64, seq i64, outcome text,
--    answer text, answer_time i64?, answer_seq i64?)
SELECT m.number, m.statement, m.contribution, m.passage, m.meeting, m.segment,
	coalesce(c.author, u.speaker, '') AS author, m.on_behalf, m.text, m.lang, m.version,
	m.time, m.seq, m.outcome, m.answer, m.answer_time, m.answer_seq
FROM analysis_misreading m
	JOIN analysis_statement s ON s.grp = m.grp AND s.number = m.statement
	LEFT JOIN call_contribution c ON c.grp = m.grp AND c.number = m.contribution
	LEFT JOIN caption_utterance u ON u.grp = m.grp AND u.meeting = m.meeting
		AND u.segment = m.segment
WHERE m.grp = :grp AND (:synthesis = 0 OR s.synthesis = :synthesis) ORDER BY m.number;

-- The contributions that a synthesis cites, and whether their authors were told. The address is for
-- the secretariat (:all) alone; what may only be used together with others is not listed for others
-- than it, the Chair (:office) and its author.
--: many analysis_uses(grp i64, synthesis i64, office bool, all bool, viewer text) ->
--    (contribution i64, author text, organisation text, email text, lang text, own bool, way text?,
--    time i64?, seq i64?)
SELECT c.number AS contribution, c.author, c.organisation, iif(:all, c.email, '') AS email, c.lang,
	(c.actor = :viewer AND c.via = 'web') AS own, n.way, n.time, n.seq
FROM analysis_synthesis y JOIN call_contribution c ON c.grp = y.grp AND c.call = y.call
	LEFT JOIN analysis_notice n ON n.grp = y.grp AND n.synthesis = y.number
		AND n.contribution = c.number
WHERE y.grp = :grp AND y.number = :synthesis
	AND (c.cite OR :office OR (c.actor = :viewer AND c.via = 'web'))
	AND EXISTS (SELECT 1 FROM analysis_statement s
		JOIN analysis_citation z ON z.grp = s.grp AND z.statement = s.number
		JOIN analysis_passage p ON p.grp = z.grp AND p.number = z.passage
		WHERE s.grp = y.grp AND s.synthesis = y.number AND p.contribution = c.number)
ORDER BY c.number;

-- The passages of a transcript, and the statements that rest on them.
--: many analysis_said(grp i64, meeting i64, first i64, last i64) -> (number i64, segment i64, version i64, start i64,
--    stop i64, theme i64, theme_title text, words text, seq i64)
SELECT p.number, p.segment, p.version, p.start, p.stop, p.theme, t.title AS theme_title,
	substr(coalesce(x.text, ''), p.start + 1, p.stop - p.start) AS words, p.seq
FROM analysis_passage p JOIN analysis_theme t ON t.grp = p.grp AND t.number = p.theme
	LEFT JOIN caption_version x ON x.grp = p.grp AND x.meeting = p.meeting
		AND x.segment = p.segment AND x.version = p.version
WHERE p.grp = :grp AND p.meeting = :meeting AND p.segment BETWEEN :first AND :last
ORDER BY p.segment, p.start, p.number;

-- The statements that rest on these passages.
--: many analysis_said_cited(grp i64, meeting i64, first i64, last i64) -> (passage i64,
--    statement i64, synthesis i64)
SELECT c.passage, c.statement, s.synthesis
FROM analysis_passage p
	JOIN analysis_citation c ON c.grp = p.grp AND c.passage = p.number
	JOIN analysis_statement s ON s.grp = c.grp AND s.number = c.statement
WHERE p.grp = :grp AND p.meeting = :meeting AND p.segment BETWEEN :first AND :last
ORDER BY c.passage, c.statement;

-- Which utterance of a meeting a passage was marked in.
--: one analysis_said_at(grp i64, meeting i64, passage i64) -> (segment i64)
SELECT segment FROM analysis_passage WHERE grp = :grp AND number = :passage AND meeting = :meeting;

-- What the viewer said at meetings, or who speaks for the same seat, as far as it is marked for the
-- call of a synthesis: each passage with each statement that rests on it, or once with statement 0.
--: many analysis_said_uses(grp i64, synthesis i64, viewer text) -> (passage i64, meeting i64,
--    title text, segment i64, speaker text, lang text, theme_title text, words text, seq i64,
--    statement i64, side text, says text, says_lang text, version i64, version_time i64,
--    version_seq i64, struck bool)
SELECT p.number AS passage, p.meeting, m.title, p.segment, u.speaker, u.lang,
	t.title AS theme_title, substr(coalesce(x.text, ''), p.start + 1, p.stop - p.start) AS words,
	p.seq, coalesce(z.statement, 0) AS statement, coalesce(z.side, '') AS side,
	coalesce(z.text, '') AS says, y.lang AS says_lang, coalesce(z.version, 0) AS version,
	coalesce(z.time, 0) AS version_time, coalesce(z.seq, 0) AS version_seq,
	coalesce(z.struck, 0) AS struck
FROM analysis_synthesis y
	JOIN analysis_passage p ON p.grp = y.grp AND p.call = y.call AND p.meeting > 0
	JOIN analysis_theme t ON t.grp = p.grp AND t.number = p.theme
	JOIN meeting m ON m.grp = p.grp AND m.number = p.meeting
	JOIN caption_utterance u ON u.grp = p.grp AND u.meeting = p.meeting AND u.segment = p.segment
	LEFT JOIN caption_version x ON x.grp = p.grp AND x.meeting = p.meeting
		AND x.segment = p.segment AND x.version = p.version
	LEFT JOIN (SELECT c.passage, c.statement, c.side, s.version, v.text, v.time, v.seq,
			s.struck_seq IS NOT NULL AS struck
		FROM analysis_statement s
			JOIN analysis_citation c ON c.grp = s.grp AND c.statement = s.number
			JOIN analysis_version v ON v.grp = s.grp AND v.statement = s.number
				AND v.version = s.version
		WHERE s.grp = :grp AND s.synthesis = :synthesis) z ON z.passage = p.number
WHERE y.grp = :grp AND y.number = :synthesis AND :viewer <> ''
	AND (u.person = :viewer OR EXISTS (SELECT 1 FROM members_representative r WHERE r.grp = u.grp
		AND r.seat = u.seat AND r.person = :viewer AND r.until IS NULL))
ORDER BY p.meeting, p.segment, p.start, p.number, z.statement;

-- The words of a statement, and of a paragraph that may be quoted, for forms.
--: one analysis_statement_text(grp i64, number i64) -> (text text)
SELECT v.text FROM analysis_statement s
	JOIN analysis_version v ON v.grp = s.grp AND v.statement = s.number AND v.version = s.version
WHERE s.grp = :grp AND s.number = :number;

--: one analysis_paragraph(grp i64, contribution i64, question i64, n i64) -> (text text, lang text)
SELECT x.text, c.lang FROM call_paragraph x
	JOIN call_contribution c ON c.grp = x.grp AND c.number = x.contribution
WHERE x.grp = :grp AND x.contribution = :contribution AND x.question = :question AND x.n = :n
	AND c.published_seq IS NOT NULL;
