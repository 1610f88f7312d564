-- Every construct of the language once.
-- needs people_view.sql
-- function fold 1
-- schema
CREATE TABLE call (
	number INTEGER PRIMARY KEY, -- unique
	author INTEGER NOT NULL REFERENCES person (id),
	title TEXT NOT NULL,
	note TEXT,
	deadline INTEGER,
	open INTEGER NOT NULL,
	body BLOB
) STRICT;
CREATE VIRTUAL TABLE call_text USING fts5 (title, tokenize = 'comity_icu');

-- Adds a call.
--: run call_put(number i64, author i64, title text, note text?, deadline i64?,
--:     open bool, body blob?)
INSERT INTO call (number, author, title, note, deadline, open, body)
VALUES (:number, :author, :title, :note, :deadline, :open, :body);

-- Calls with their author,
-- in order of number.
--: many call_list(open bool) -> (number i64, title text, note text?, deadline i64?, open bool, body blob?, author text)
SELECT number, title, note, deadline, open, body, name AS author
FROM call JOIN person ON person.id = call.author
-- a comment inside, with a "quote"
WHERE open = :open ORDER BY number;

--: one call_get(number i64) -> (title text, twice i64)
SELECT title, 2 * :number AS twice FROM call WHERE number = :number;

--: scalar call_count() -> (n i64)
SELECT count(*) AS n FROM call;

--: scalar call_first_title() -> (title text)
SELECT title FROM call ORDER BY number LIMIT 1;

--: each call_walk() -> (number i64, title text)
SELECT number, title FROM call ORDER BY number;

-- Says that note is never NULL, which is not so.
--: many call_notes() -> (note text)
SELECT note FROM call;

--: many call_folded(title text) -> (number i64)
SELECT number FROM call WHERE fold(title) = fold(:title);

--: many call_search(words text) -> (number i64)
SELECT rowid AS number FROM call_text WHERE call_text MATCH :words;
