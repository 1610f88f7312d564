-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The comments on drafts, as a commenting table.

-- schema
CREATE TABLE comment (
	grp INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	number INTEGER NOT NULL,
	seat INTEGER NOT NULL, -- 0: an observer, or a member code of no delegation
	party TEXT NOT NULL,
	code TEXT NOT NULL,
	line TEXT NOT NULL,
	clause TEXT NOT NULL,
	place TEXT NOT NULL,     -- as shown or written when it came
	paragraph TEXT NOT NULL, -- id; empty: the whole text, or not found
	kind TEXT NOT NULL,      -- ge te ed
	text TEXT NOT NULL,
	change TEXT NOT NULL,
	disposition TEXT NOT NULL,
	observation TEXT NOT NULL,
	disposed_at INTEGER,
	disposed_seq INTEGER,
	withdrawn_seq INTEGER,
	revision INTEGER NOT NULL,
	imported INTEGER NOT NULL, -- it came with a table
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, draft, number)
) STRICT, WITHOUT ROWID;

--: run comment_add_row(grp i64, draft i64, number i64, seat i64, party text, code text, line text,
--    clause text, place text, paragraph text, kind text, text text, change text, disposition text,
--    observation text, disposed_at i64?, disposed_seq i64?, revision i64, imported bool, at i64,
--    seq i64)
INSERT INTO comment (grp, draft, number, seat, party, code, line, clause, place, paragraph, kind,
	text, change, disposition, observation, disposed_at, disposed_seq, withdrawn_seq, revision,
	imported, at, seq)
VALUES (:grp, :draft, :number, :seat, :party, :code, :line, :clause, :place, :paragraph, :kind,
	:text, :change, :disposition, :observation, :disposed_at, :disposed_seq, NULL, :revision,
	:imported, :at, :seq);

--: run comment_set_disposition(grp i64, draft i64, number i64, disposition text, observation text,
--    at i64, seq i64)
UPDATE comment SET disposition = :disposition, observation = :observation, disposed_at = :at,
	disposed_seq = :seq
WHERE grp = :grp AND draft = :draft AND number = :number;

--: run comment_set_withdrawn(grp i64, draft i64, number i64, seq i64)
UPDATE comment SET withdrawn_seq = :seq
WHERE grp = :grp AND draft = :draft AND number = :number;

-- Those that fit every choice that is not empty; disposition 'open': those that have none yet.
--: many comment_list_rows(grp i64, draft i64, paragraph text, party text, kind text,
--    disposition text) -> (number i64, seat i64, party text, code text, line text, clause text,
--    place text, paragraph text, kind text, text text, change text, disposition text,
--    observation text, disposed_at i64?, disposed_seq i64?, withdrawn_seq i64?, revision i64,
--    imported bool, at i64, seq i64)
SELECT number, seat, party, code, line, clause, place, paragraph, kind, text, change, disposition,
	observation, disposed_at, disposed_seq, withdrawn_seq, revision, imported, at, seq
FROM comment
WHERE grp = :grp AND draft = :draft
	AND (:paragraph = '' OR paragraph = :paragraph)
	AND (:party = '' OR party = :party)
	AND (:kind = '' OR kind = :kind)
	AND (:disposition = '' OR disposition = :disposition
		OR (:disposition = 'open' AND disposition = '' AND withdrawn_seq IS NULL))
ORDER BY number;

-- Whose comments there are.
--: many comment_parties(grp i64, draft i64) -> (party text, n i64)
SELECT party, count(*) AS n FROM comment
WHERE grp = :grp AND draft = :draft GROUP BY party ORDER BY party;

-- How many stand at each paragraph; the empty one: at the whole text, or not placed.
--: many comment_counts(grp i64, draft i64) -> (paragraph text, n i64)
SELECT paragraph, count(*) AS n FROM comment
WHERE grp = :grp AND draft = :draft AND withdrawn_seq IS NULL
GROUP BY paragraph ORDER BY paragraph;
