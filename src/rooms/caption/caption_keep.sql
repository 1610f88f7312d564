-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Live captions before they are taken into the record: beside the log, like sessions. A rebuild does
-- not touch them. What was taken goes a while later.
-- needs engine/house_view.sql
-- needs rooms/caption/caption_view.sql
-- schema
CREATE TABLE IF NOT EXISTS caption_keep_channel (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	lang TEXT NOT NULL,
	id INTEGER NOT NULL,      -- of the newest change
	lines INTEGER NOT NULL,   -- that were begun
	dropped INTEGER NOT NULL, -- of changes up to this one something is kept no more
	PRIMARY KEY (grp, meeting, lang)
) STRICT, WITHOUT ROWID;

-- Who writes on a channel: software by its connection, a person, a program of this machine.
CREATE TABLE IF NOT EXISTS caption_keep_source (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	lang TEXT NOT NULL,
	source TEXT NOT NULL,
	seq INTEGER NOT NULL, -- of the last piece that was put in its place
	at INTEGER NOT NULL,  -- when that was; if one is missing, since when it is
	PRIMARY KEY (grp, meeting, lang, source)
) STRICT, WITHOUT ROWID;

-- The last pieces of each source, to know them when they come again; and those that came early.
CREATE TABLE IF NOT EXISTS caption_keep_piece (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	lang TEXT NOT NULL,
	source TEXT NOT NULL,
	seq INTEGER NOT NULL,
	hash TEXT NOT NULL,
	body TEXT, -- of one that waits for those before it
	PRIMARY KEY (grp, meeting, lang, source, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS caption_keep_line (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	lang TEXT NOT NULL,
	line INTEGER NOT NULL,
	source TEXT NOT NULL,
	text TEXT NOT NULL,     -- as it came
	floor TEXT NOT NULL,    -- who had the floor when it began
	proposed TEXT NOT NULL, -- the speaker, unless the line names another
	request INTEGER NOT NULL, -- that had the floor when it began; 0: none
	item INTEGER NOT NULL,    -- under consideration then; 0: none
	ended INTEGER NOT NULL,
	gone INTEGER NOT NULL, -- taken back
	began INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	id INTEGER NOT NULL, -- of its last change
	taken INTEGER,       -- when it was taken into the record
	PRIMARY KEY (grp, meeting, lang, line)
) STRICT, WITHOUT ROWID;

--: one caption_keep_channel_of(grp i64, meeting i64, lang text) -> (id i64, lines i64, dropped i64)
SELECT id, lines, dropped FROM caption_keep_channel
WHERE grp = :grp AND meeting = :meeting AND lang = :lang;

--: run caption_keep_channel_set(grp i64, meeting i64, lang text, id i64, lines i64)
INSERT INTO caption_keep_channel (grp, meeting, lang, id, lines, dropped)
VALUES (:grp, :meeting, :lang, :id, :lines, 0)
ON CONFLICT (grp, meeting, lang) DO UPDATE SET id = excluded.id, lines = excluded.lines;

--: one caption_keep_source_of(grp i64, meeting i64, lang text, source text) -> (seq i64, at i64)
SELECT seq, at FROM caption_keep_source
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND source = :source;

--: run caption_keep_source_set(grp i64, meeting i64, lang text, source text, seq i64, at i64)
INSERT INTO caption_keep_source (grp, meeting, lang, source, seq, at)
VALUES (:grp, :meeting, :lang, :source, :seq, :at)
ON CONFLICT (grp, meeting, lang, source) DO UPDATE SET seq = excluded.seq, at = excluded.at;

--: one caption_keep_piece_of(grp i64, meeting i64, lang text, source text, seq i64) ->
--    (hash text, body text?)
SELECT hash, body FROM caption_keep_piece
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND source = :source AND seq = :seq;

--: run caption_keep_piece_set(grp i64, meeting i64, lang text, source text, seq i64, hash text,
--    body text?)
INSERT INTO caption_keep_piece (grp, meeting, lang, source, seq, hash, body)
VALUES (:grp, :meeting, :lang, :source, :seq, :hash, :body)
ON CONFLICT (grp, meeting, lang, source, seq) DO UPDATE SET hash = excluded.hash,
	body = excluded.body;

-- The first of those that wait for one before them.
--: one caption_keep_early(grp i64, meeting i64, lang text, source text, after i64) -> (seq i64,
--    hash text, body text?)
SELECT seq, hash, body FROM caption_keep_piece
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND source = :source AND seq > :after
ORDER BY seq LIMIT 1;

-- Sources with pieces that wait, and since when.
--: many caption_keep_gaps() -> (grp i64, slug text, meeting i64, lang text, source text, at i64)
SELECT s.grp, g.slug, s.meeting, s.lang, s.source, s.at
FROM caption_keep_source s JOIN house_group g ON g.grp = s.grp
WHERE EXISTS (SELECT 1 FROM caption_keep_piece p WHERE p.grp = s.grp AND p.meeting = s.meeting
	AND p.lang = s.lang AND p.source = s.source AND p.seq > s.seq);

-- Pieces up to this one need be known no more.
--: run caption_keep_piece_drop(grp i64, meeting i64, lang text, source text, seq i64)
DELETE FROM caption_keep_piece
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND source = :source AND seq <= :seq;

-- A source that begins anew.
--: run caption_keep_piece_clear(grp i64, meeting i64, lang text, source text)
DELETE FROM caption_keep_piece
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND source = :source;

-- The newest line of a source, whatever became of it.
--: one caption_keep_last(grp i64, meeting i64, lang text, source text) -> (line i64, text text,
--    floor text, proposed text, request i64)
SELECT line, text, floor, proposed, request FROM caption_keep_line
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND source = :source AND gone = 0
ORDER BY line DESC LIMIT 1;

-- Lines of a source that may still change.
--: many caption_keep_loose(grp i64, meeting i64, lang text, source text, since i64) -> (line i64,
--    text text, floor text, proposed text, request i64, item i64, ended bool, began i64, id i64)
SELECT line, text, floor, proposed, request, item, ended, began, id FROM caption_keep_line
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND source = :source AND gone = 0
	AND taken IS NULL AND changed > :since
ORDER BY line;

--: run caption_keep_line_add(grp i64, meeting i64, lang text, line i64, source text, text text,
--    floor text, proposed text, request i64, item i64, ended bool, now i64, id i64)
INSERT INTO caption_keep_line (grp, meeting, lang, line, source, text, floor, proposed, request, item,
	ended, gone, began, changed, id, taken)
VALUES (:grp, :meeting, :lang, :line, :source, :text, :floor, :proposed, :request, :item, :ended, 0, :now,
	:now, :id, NULL);

--: run caption_keep_line_set(grp i64, meeting i64, lang text, line i64, text text, ended bool,
--    gone bool, now i64, id i64)
UPDATE caption_keep_line SET text = :text, ended = :ended, gone = :gone, changed = :now, id = :id
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND line = :line;

-- All lines that are kept and changed since then, in the order of their last changes.
--: many caption_keep_all(since i64) -> (slug text, meeting i64, lang text, line i64, text text,
--    floor text, proposed text, item i64, gone bool, began i64, id i64)
SELECT g.slug, l.meeting, l.lang, l.line, l.text, l.floor, l.proposed, l.item, l.gone, l.began, l.id
FROM caption_keep_line l JOIN house_group g ON g.grp = l.grp
WHERE l.changed > :since ORDER BY l.id;

-- Lines of which the words were erased from the record. An utterance has 400 lines at most.
--: many caption_keep_erased() -> (grp i64, meeting i64, lang text, line i64)
SELECT l.grp, l.meeting, l.lang, l.line
FROM caption_keep_line l
	JOIN caption_utterance u ON u.grp = l.grp AND u.meeting = l.meeting AND u.lang = l.lang
		AND u.line BETWEEN max(1, l.line - 400) AND l.line AND u.line_to >= l.line
	JOIN caption_version v ON v.grp = u.grp AND v.meeting = u.meeting AND v.segment = u.segment
		AND v.version = 1
WHERE l.taken IS NOT NULL AND l.gone = 0 AND v.text = '';

--: many caption_keep_channels() -> (slug text, meeting i64, lang text, dropped i64)
SELECT g.slug, c.meeting, c.lang, c.dropped
FROM caption_keep_channel c JOIN house_group g ON g.grp = c.grp;

-- For a page: the lines of one channel.
--: many caption_keep_lines(grp i64, meeting i64, lang text) -> (line i64, text text, floor text, proposed text,
--    item i64, ended bool, began i64, changed i64, taken i64?)
SELECT line, text, floor, proposed, item, ended, began, changed, taken FROM caption_keep_line
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND gone = 0 ORDER BY line;

--: one caption_keep_line_of(grp i64, meeting i64, lang text, line i64) -> (text text, floor text,
--    proposed text, began i64)
SELECT text, floor, proposed, began FROM caption_keep_line
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND line = :line AND gone = 0;

-- Channels with lines that are not in the record. oldest: of the lines that wait, the last change.
--: many caption_keep_waiting() -> (grp i64, slug text, meeting i64, lang text, oldest i64,
--    newest i64)
SELECT l.grp, g.slug, l.meeting, l.lang, min(l.changed) AS oldest, max(l.changed) AS newest
FROM caption_keep_line l JOIN house_group g ON g.grp = l.grp
WHERE l.taken IS NULL GROUP BY l.grp, l.meeting, l.lang;

-- What waits to be taken, in its order.
--: many caption_keep_untaken(grp i64, meeting i64, lang text) -> (line i64, source text, text text,
--    floor text, proposed text, item i64, gone bool, began i64, changed i64)
SELECT line, source, text, floor, proposed, item, gone, began, changed FROM caption_keep_line
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND taken IS NULL ORDER BY line;

--: run caption_keep_take(grp i64, meeting i64, lang text, line i64, now i64)
UPDATE caption_keep_line SET taken = :now
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND taken IS NULL AND line <= :line;

-- What was taken a while ago goes, and the channels know it.
--: run caption_keep_note(before i64)
UPDATE caption_keep_channel SET dropped = (SELECT max(l.id) FROM caption_keep_line l
	WHERE l.grp = caption_keep_channel.grp AND l.meeting = caption_keep_channel.meeting
		AND l.lang = caption_keep_channel.lang AND l.taken < :before)
WHERE EXISTS (SELECT 1 FROM caption_keep_line l
	WHERE l.grp = caption_keep_channel.grp AND l.meeting = caption_keep_channel.meeting
		AND l.lang = caption_keep_channel.lang AND l.taken < :before);

--: run caption_keep_drop(before i64)
DELETE FROM caption_keep_line WHERE taken < :before;

-- When the next of them goes.
--: scalar caption_keep_next_drop() -> (at i64)
SELECT coalesce(min(taken), 9223372036854775807) AS at FROM caption_keep_line;

-- Languages of a meeting in which something was said.
--: many caption_keep_langs(grp i64, meeting i64) -> (lang text, lines i64)
SELECT lang, lines FROM caption_keep_channel WHERE grp = :grp AND meeting = :meeting ORDER BY lang;

--: one caption_keep_group(slug text) -> (grp i64)
SELECT grp FROM house_group WHERE slug = :slug AND grp > 0;
