-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Who is told of what, and what is asked of whom until when. Persons stand here by their ids, those
-- who have no account by the number of their contribution: addresses are looked up when a message is
-- written, so that what was erased is written to no more.
-- needs rooms/people/people_view.sql
-- needs rooms/call/call_view.sql
-- schema
CREATE TABLE notice (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	n INTEGER NOT NULL,
	person TEXT NOT NULL,          -- empty: the author of the contribution
	contribution INTEGER NOT NULL, -- 0: none
	what TEXT NOT NULL,            -- notice_words.c says it in words
	first TEXT NOT NULL, -- for the holes of the sentence
	second TEXT NOT NULL,
	third TEXT NOT NULL,
	path TEXT NOT NULL, -- where to go, below the address of the group
	about TEXT NOT NULL,
	party TEXT NOT NULL,
	asks INTEGER NOT NULL,  -- an answer is asked
	until INTEGER NOT NULL, -- 0: at any time
	time INTEGER NOT NULL,
	done_seq INTEGER, -- the entry that answered it, or made it pointless
	PRIMARY KEY (grp, seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_about ON notice (grp, about);
CREATE INDEX notice_person ON notice (grp, person, seq);
CREATE UNIQUE INDEX notice_once ON notice (grp, seq, person, contribution, what, about);

--: run notice_add(grp i64, seq i64, n i64, person text, contribution i64, what text, first text,
--    second text, third text, path text, about text, party text, asks bool, until i64, time i64)
INSERT OR IGNORE INTO notice VALUES (:grp, :seq, :n, :person, :contribution, :what, :first, :second,
	:third, :path, :about, :party, :asks, :until, :time, NULL);

-- An empty party: of all of them.
--: run notice_done(grp i64, about text, party text, seq i64)
UPDATE notice SET done_seq = :seq
WHERE grp = :grp AND about = :about AND (:party = '' OR party = :party) AND done_seq IS NULL
	AND seq < :seq;

--: run notice_move_deadline(grp i64, prefix text, until i64)
UPDATE notice SET until = :until
WHERE grp = :grp AND substr(about, 1, length(:prefix)) = :prefix AND asks = 1 AND done_seq IS NULL;

-- How often it was said; with `open`, only what still stands.
--: scalar notice_said(grp i64, about text, what text, open bool) -> (n i64)
SELECT count(*) AS n FROM notice
WHERE grp = :grp AND about = :about AND what = :what AND (:open = 0 OR done_seq IS NULL);

-- What one person is told, newest first. `open`: an answer is asked and can still be given.
--: many notice_list(grp i64, person text, now i64, top i64) -> (seq i64, n i64, what text,
--    first text, second text, third text, path text, asks bool, until i64, time i64, done_seq i64?, open bool)
SELECT seq, n, what, first, second, third, path, asks, until, time, done_seq,
	asks = 1 AND done_seq IS NULL AND (until = 0 OR until > :now) AS open
FROM notice WHERE grp = :grp AND person = :person AND person <> ''
ORDER BY open DESC, CASE WHEN open AND until > 0 THEN until ELSE 9223372036854775807 END, seq DESC, n
LIMIT :top;

-- Of how much of it an answer is asked and can still be given.
--: scalar notice_asked(grp i64, person text, now i64) -> (n i64)
SELECT count(*) AS n FROM notice WHERE grp = :grp AND person = :person AND person <> ''
	AND asks = 1 AND done_seq IS NULL AND (until = 0 OR until > :now);

-- The next entry, from this one on, that somebody is told of.
--: one notice_next_entry(grp i64, seq i64) -> (seq i64)
SELECT seq FROM notice WHERE grp = :grp AND seq >= :seq ORDER BY seq LIMIT 1;

-- The letter about an entry at a place, or the next one: there is one for each address. The place
-- names who without the address.
--: one notice_letter(grp i64, seq i64, place text, next bool) -> (who text, email text, lang text)
SELECT min(x.who) AS who, x.email, min(x.lang) AS lang FROM (
	SELECT iif(n.person <> '', n.person, 'c' || n.contribution) AS who,
		lower(coalesce(nullif(p.email, ''), a.email, k.email, '')) AS email,
		coalesce(k.lang, '') AS lang
	FROM notice n
	LEFT JOIN people_person p ON p.grp = n.grp AND p.person = n.person AND n.person <> ''
	LEFT JOIN people_account a ON a.grp = 0 AND a.account = p.account AND p.account <> ''
	LEFT JOIN call_contribution k
		ON k.grp = n.grp AND k.number = n.contribution AND n.person = ''
	WHERE n.grp = :grp AND n.seq = :seq
) x WHERE x.email <> '' GROUP BY x.email
HAVING iif(:next, min(x.who) > :place, min(x.who) = :place) ORDER BY 1 LIMIT 1;

-- What the letter to an address says of an entry.
--: many notice_of_letter(grp i64, seq i64, email text) -> (person text, contribution i64, what text,
--    first text, second text, third text, path text, asks bool, until i64)
SELECT n.person, n.contribution, n.what, n.first, n.second, n.third, n.path, n.asks, n.until
FROM notice n
LEFT JOIN people_person p ON p.grp = n.grp AND p.person = n.person AND n.person <> ''
LEFT JOIN people_account a ON a.grp = 0 AND a.account = p.account AND p.account <> ''
LEFT JOIN call_contribution k ON k.grp = n.grp AND k.number = n.contribution AND n.person = ''
WHERE n.grp = :grp AND n.seq = :seq
	AND lower(coalesce(nullif(p.email, ''), a.email, k.email, '')) = :email
ORDER BY n.asks DESC, n.n;
