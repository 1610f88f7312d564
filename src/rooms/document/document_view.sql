-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The library. What another room issued (a report, a compilation) stands here with its symbol; its
-- text is on a page of that room.
-- schema
CREATE TABLE document_document (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	symbol TEXT NOT NULL,
	slug TEXT NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	lang TEXT NOT NULL,
	meeting INTEGER NOT NULL,
	revises INTEGER NOT NULL,
	suffix TEXT NOT NULL,
	revised_by INTEGER NOT NULL,
	elsewhere TEXT NOT NULL, -- the page of its text below the group: "report"; '': here
	actor TEXT NOT NULL,
	seq INTEGER NOT NULL,
	time INTEGER NOT NULL,
	leaf TEXT NOT NULL,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX document_by_slug ON document_document (grp, slug);
CREATE INDEX document_by_meeting ON document_document (grp, meeting);

CREATE TABLE document_paragraph (
	grp INTEGER NOT NULL,
	document INTEGER NOT NULL,
	n INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (grp, document, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_file (
	grp INTEGER NOT NULL,
	document INTEGER NOT NULL,
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	size INTEGER NOT NULL,
	part INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (grp, document, n)
) STRICT, WITHOUT ROWID;

--: run document_add(grp i64, number i64, symbol text, slug text, kind text, title text, lang text,
--    meeting i64, revises i64, suffix text, elsewhere text, actor text, seq i64, time i64, leaf text)
INSERT INTO document_document (grp, number, symbol, slug, kind, title, lang, meeting, revises, suffix,
	revised_by, elsewhere, actor, seq, time, leaf)
VALUES (:grp, :number, :symbol, :slug, :kind, :title, :lang, :meeting, :revises, :suffix, 0, :elsewhere,
	:actor, :seq, :time, :leaf);

--: run document_set_revised(grp i64, number i64, revised_by i64)
UPDATE document_document SET revised_by = :revised_by WHERE grp = :grp AND number = :number;

--: run document_paragraph_add(grp i64, document i64, n i64, text text)
INSERT INTO document_paragraph (grp, document, n, text) VALUES (:grp, :document, :n, :text);

--: run document_file_add(grp i64, document i64, n i64, name text, type text, size i64, part i64,
--    text text)
INSERT INTO document_file (grp, document, n, name, type, size, part, text)
VALUES (:grp, :document, :n, :name, :type, :size, :part, :text);

-- The library, latest first. An empty kind and meeting 0 take everything.
--: many document_list(grp i64, kind text, meeting i64) -> (number i64, symbol text, slug text,
--    kind text, title text, lang text, meeting i64, revised_by i64, elsewhere text, seq i64, time i64)
SELECT number, symbol, slug, kind, title, lang, meeting, revised_by, elsewhere, seq, time
FROM document_document
WHERE grp = :grp AND (:kind = '' OR kind = :kind) AND (:meeting = 0 OR meeting = :meeting)
ORDER BY time DESC, number DESC;

-- The kinds of documents that there are; meeting 0 takes everything.
--: many document_kinds_used(grp i64, meeting i64) -> (kind text, n i64)
SELECT kind, count(*) AS n FROM document_document
WHERE grp = :grp AND (:meeting = 0 OR meeting = :meeting) GROUP BY kind ORDER BY kind;

--: one document_get(grp i64, slug text) -> (number i64, symbol text, slug text, kind text, title text,
--    lang text, meeting i64, revises i64, suffix text, revised_by i64, elsewhere text, actor text,
--    seq i64, time i64, leaf text)
SELECT number, symbol, slug, kind, title, lang, meeting, revises, suffix, revised_by, elsewhere, actor,
	seq, time, leaf
FROM document_document WHERE grp = :grp AND slug = :slug;

-- What one number stands for, for links.
--: one document_name(grp i64, number i64) -> (symbol text, slug text, title text)
SELECT symbol, slug, title FROM document_document WHERE grp = :grp AND number = :number;

-- A document with all that it follows and all that follows it, in the order of issue.
--: many document_chain(grp i64, number i64) -> (number i64, symbol text, slug text, title text,
--    lang text, suffix text, time i64, seq i64)
WITH RECURSIVE chain (number) AS (
	SELECT :number
	UNION
	SELECT d.number FROM chain c JOIN document_document d ON d.grp = :grp
		AND (d.revises = c.number
			OR d.number = (SELECT x.revises FROM document_document x
				WHERE x.grp = :grp AND x.number = c.number))
)
SELECT d.number, d.symbol, d.slug, d.title, d.lang, d.suffix, d.time, d.seq
FROM document_document d JOIN chain c ON c.number = d.number
WHERE d.grp = :grp ORDER BY d.number;

--: many document_paragraphs(grp i64, document i64) -> (n i64, text text)
SELECT n, text FROM document_paragraph WHERE grp = :grp AND document = :document ORDER BY n;

--: many document_files(grp i64, document i64) -> (n i64, name text, type text, size i64, part i64,
--    text text)
SELECT n, name, type, size, part, text FROM document_file
WHERE grp = :grp AND document = :document ORDER BY n;
