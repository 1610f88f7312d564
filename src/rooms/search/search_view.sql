-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Everything public, a paragraph a row. The id says where a row belongs (search.h): group, entry,
-- kind, language, place; so filters and the order of time need no look at the rows.
-- needs engine/house_view.sql
-- needs rooms/call/call_view.sql
-- needs rooms/group/group_view.sql
-- needs rooms/members/members_view.sql
-- function comity_rank 2
-- schema
CREATE TABLE search_row (
	id INTEGER PRIMARY KEY,
	grp INTEGER NOT NULL,
	kind TEXT NOT NULL,
	object TEXT NOT NULL,   -- number or id, for taking it away again
	page TEXT NOT NULL,     -- address below that of the group: "documents/WGEC-2017-CRP.3", with "?from=7"
	place TEXT NOT NULL,    -- on that page: "p4", or ''
	label TEXT NOT NULL,    -- what it is called where it is shown: symbol, title
	head TEXT NOT NULL,     -- words of the whole: title, names
	text TEXT NOT NULL,
	lang TEXT NOT NULL,     -- '' when nobody said
	paragraph INTEGER NOT NULL, -- from 1; 0: not a paragraph
	seq INTEGER NOT NULL,
	time INTEGER NOT NULL
) STRICT;
CREATE INDEX search_row_of ON search_row (grp, kind, object);

-- The words are kept once, in search_row.
CREATE VIRTUAL TABLE search_words USING fts5 (head, text, content = 'search_row',
	content_rowid = 'id', columnsize = 0, tokenize = 'comity_icu');

-- Rows whose words are not among them yet; some may be gone again. FTS5 writes what it gathered at
-- every savepoint, and each act is one: so the words of all acts of a commit are added together, just
-- before it. An act that is undone undoes its rows here as well. Empty outside of a transaction.
CREATE TABLE search_new (
	id INTEGER PRIMARY KEY
) STRICT;

-- The words of the rows by their stems (base/stem.h), and how often each stands in the rows.
CREATE TABLE search_form (
	lang TEXT NOT NULL, -- whose rules made the stem
	stem TEXT NOT NULL,
	word TEXT NOT NULL, -- folded, as in search_words
	n INTEGER NOT NULL,
	PRIMARY KEY (lang, stem, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_form_of ON search_form (word);

--: run search_row_add(id i64, grp i64, kind text, object text, page text, place text, label text,
--    head text, text text, lang text, paragraph i64, seq i64, time i64)
INSERT INTO search_row (id, grp, kind, object, page, place, label, head, text, lang, paragraph, seq,
	time)
VALUES (:id, :grp, :kind, :object, :page, :place, :label, :head, :text, :lang, :paragraph, :seq,
	:time);

--: run search_new_add(id i64)
INSERT INTO search_new (id) VALUES (:id);

--: run search_new_words()
INSERT INTO search_words (rowid, head, text)
	SELECT r.id, r.head, r.text FROM search_new n JOIN search_row r ON r.id = n.id ORDER BY n.id;

--: run search_new_done()
DELETE FROM search_new;

-- The words of every row at once, after a rebuild.
--: run search_words_all()
INSERT INTO search_words (search_words) VALUES ('rebuild');

-- Words first: they are taken away by the words that the row still has. Those of a new row are not
-- there yet, and must not be taken away.
--: run search_words_remove(grp i64, kind text, object text)
DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_row
	WHERE grp = :grp AND kind = :kind AND object = :object AND id NOT IN (SELECT id FROM search_new));

--: run search_row_remove(grp i64, kind text, object text)
DELETE FROM search_row WHERE grp = :grp AND kind = :kind AND object = :object;

-- Counts a word n times more, or less when n is below 0.
--: run search_form_count(lang text, stem text, word text, n i64)
INSERT INTO search_form (lang, stem, word, n) VALUES (:lang, :stem, :word, :n)
ON CONFLICT (lang, stem, word) DO UPDATE SET n = n + excluded.n;

--: run search_form_end(lang text, stem text, word text)
DELETE FROM search_form WHERE lang = :lang AND stem = :stem AND word = :word AND n <= 0;

-- The stems of a word in the texts that hold it.
--: many search_form_stems(word text) -> (lang text, stem text, n i64)
SELECT lang, stem, n FROM search_form WHERE word = :word;

-- The words with a stem, the most frequent first.
--: many search_form_words(lang text, stem text, top i64) -> (word text, n i64)
SELECT word, n FROM search_form WHERE lang = :lang AND stem = :stem
ORDER BY n DESC, word LIMIT :top;

-- What the words of rows are counted from: all rows, new ones, and those of an object whose words are
-- among them already.
--: each search_form_all() -> (head text, text text, lang text)
SELECT head, text, lang FROM search_row;

--: each search_form_new() -> (head text, text text, lang text)
SELECT head, text, lang FROM search_row WHERE id IN (SELECT id FROM search_new);

--: each search_form_old(grp i64, kind text, object text) -> (head text, text text, lang text)
SELECT head, text, lang FROM search_row
WHERE grp = :grp AND kind = :kind AND object = :object AND id NOT IN (SELECT id FROM search_new);

-- What stood on a page is now an earlier version, at another place of it.
--: run search_row_move(grp i64, kind text, object text, place text)
UPDATE search_row SET place = :place WHERE grp = :grp AND kind = :kind AND object = :object;

-- The matches between two ids, latest first: how well, and where (by the id).
--: each search_matches(match text, weights blob, low i64, high i64, top i64) -> (id i64, score i64)
SELECT rowid AS id, comity_rank(search_words, :weights) AS score FROM search_words
WHERE search_words MATCH :match AND rowid BETWEEN :low AND :high ORDER BY rowid DESC LIMIT :top;

-- How many rows match, up to a number, and the earliest of these.
--: one search_count(match text, low i64, high i64, top i64) -> (n i64, earliest i64)
SELECT count(*) AS n, coalesce(min(id), 0) AS earliest FROM (SELECT rowid AS id FROM search_words
	WHERE search_words MATCH :match AND rowid BETWEEN :low AND :high ORDER BY rowid DESC LIMIT :top);

--: one search_row_get(id i64) -> (id i64, grp i64, kind text, object text, page text, place text,
--    label text, text text, lang text, paragraph i64, seq i64, time i64)
SELECT id, grp, kind, object, page, place, label, text, lang, paragraph, seq, time
FROM search_row WHERE id = :id;

-- Where a group lives and what it is called.
--: one search_group(grp i64) -> (slug text, title text)
SELECT h.slug, coalesce(g.short_title, h.slug) AS title
FROM house_group h LEFT JOIN group_group g ON g.grp = h.grp WHERE h.grp = :grp;

-- What a contribution says of itself, once everyone may read it.
--: one search_contribution(grp i64, number i64) -> (author text, organisation text, country text,
--    lang text, title text)
SELECT c.author, c.organisation, c.country, c.lang, k.title
FROM call_contribution c JOIN call_call k ON k.grp = c.grp AND k.number = c.call
WHERE c.grp = :grp AND c.number = :number AND c.published_seq IS NOT NULL;

--: many search_contribution_text(grp i64, number i64) -> (question i64, n i64, text text)
SELECT p.question, p.n, p.text FROM call_paragraph p
	JOIN call_contribution c ON c.grp = p.grp AND c.number = p.contribution
WHERE p.grp = :grp AND p.contribution = :number AND c.published_seq IS NOT NULL
ORDER BY p.question, p.n;

--: many search_contribution_files(grp i64, number i64) -> (n i64, name text, text text)
SELECT f.n, f.name, f.text FROM call_file f
	JOIN call_contribution c ON c.grp = f.grp AND c.number = f.contribution
WHERE f.grp = :grp AND f.contribution = :number AND c.published_seq IS NOT NULL ORDER BY f.n;

-- A call, once it has been opened.
--: one search_call(grp i64, number i64) -> (title text, text text)
SELECT title, text FROM call_call WHERE grp = :grp AND number = :number AND status <> 'draft';

--: many search_call_questions(grp i64, call i64) -> (question i64, text text)
SELECT question, text FROM call_question WHERE grp = :grp AND call = :call ORDER BY question;

--: one search_seat(grp i64, seat i64) -> (delegation text, constituency text)
SELECT s.delegation, coalesce(c.name, s.constituency) AS constituency
FROM members_seat s LEFT JOIN members_constituency c ON c.grp = s.grp AND c.code = s.constituency
WHERE s.grp = :grp AND s.seat = :seat;
