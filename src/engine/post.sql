-- SPDX-License-Identifier: AGPL-3.0-or-later
-- How far messages have been handed to the mail system, and who wants none. Beside the log, like
-- sessions; no address stands here.
-- needs engine/house_view.sql
-- schema
-- The last letter of each group that was handed over, or put off. Group 0: mail has been begun.
CREATE TABLE IF NOT EXISTS post_cursor (
	grp INTEGER PRIMARY KEY,
	seq INTEGER NOT NULL,
	who TEXT NOT NULL
) STRICT;

-- Letters that the mail system did not take yet.
CREATE TABLE IF NOT EXISTS post_later (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	who TEXT NOT NULL,
	tries INTEGER NOT NULL,
	at INTEGER NOT NULL, -- of the next try
	PRIMARY KEY (grp, seq, who)
) STRICT, WITHOUT ROWID;

-- What an account wants: mail or none, and the language of its last visit.
CREATE TABLE IF NOT EXISTS post_wish (
	account TEXT PRIMARY KEY,
	mail INTEGER NOT NULL,
	lang TEXT NOT NULL
) STRICT;

-- Nobody is written to about what happened before mail was first sent: once, every group of now
-- is passed over.
--: run post_begin()
INSERT INTO post_cursor (grp, seq, who)
SELECT grp, seq, who FROM (
	SELECT g.grp AS grp, coalesce(h.n, 0) AS seq, '' AS who
	FROM house_group g LEFT JOIN house_head h ON h.grp = g.grp
	UNION ALL SELECT 0, 0, '')
WHERE NOT EXISTS (SELECT 1 FROM post_cursor WHERE grp = 0);

-- A group that was made later begins with its first entry.
--: many post_groups() -> (grp i64, slug text, seq i64, who text)
SELECT g.grp, g.slug, coalesce(c.seq, 0) AS seq, coalesce(c.who, '') AS who
FROM house_group g LEFT JOIN post_cursor c ON c.grp = g.grp WHERE g.grp > 0 ORDER BY g.grp;

--: run post_pass(grp i64, seq i64, who text)
INSERT INTO post_cursor (grp, seq, who) VALUES (:grp, :seq, :who)
	ON CONFLICT (grp) DO UPDATE SET seq = excluded.seq, who = excluded.who
	WHERE (excluded.seq, excluded.who) > (seq, who);

--: one post_due(now i64) -> (grp i64, slug text, seq i64, who text, tries i64)
SELECT l.grp, g.slug, l.seq, l.who, l.tries
FROM post_later l JOIN house_group g ON g.grp = l.grp
WHERE l.at <= :now ORDER BY l.at, l.grp, l.seq, l.who LIMIT 1;

--: scalar post_next_try() -> (at i64)
SELECT coalesce(min(at), 9223372036854775807) AS at FROM post_later;

--: run post_put_off(grp i64, seq i64, who text, tries i64, at i64)
INSERT OR REPLACE INTO post_later (grp, seq, who, tries, at)
VALUES (:grp, :seq, :who, :tries, :at);

--: run post_settle(grp i64, seq i64, who text)
DELETE FROM post_later WHERE grp = :grp AND seq = :seq AND who = :who;

--: one post_wish_of(account text) -> (mail bool, lang text)
SELECT mail, lang FROM post_wish WHERE account = :account;

--: run post_wish_mail(account text, mail bool)
INSERT INTO post_wish (account, mail, lang) VALUES (:account, :mail, '')
	ON CONFLICT (account) DO UPDATE SET mail = excluded.mail;

--: run post_wish_lang(account text, lang text)
INSERT INTO post_wish (account, mail, lang) VALUES (:account, 1, :lang)
	ON CONFLICT (account) DO UPDATE SET lang = excluded.lang;
