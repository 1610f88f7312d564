-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Transcripts: utterances, all versions of their words, and requests for corrections. Text that was
-- erased is empty; its place remains.
-- needs engine/house_view.sql
-- needs rooms/people/people_view.sql
-- needs rooms/members/members_view.sql
-- needs rooms/meeting/meeting_view.sql
-- needs rooms/methods/methods_view.sql
-- schema
CREATE TABLE caption_utterance (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	segment INTEGER NOT NULL,
	item INTEGER NOT NULL, -- 0: the meeting as a whole
	kind TEXT NOT NULL,
	lang TEXT NOT NULL,
	speaker TEXT NOT NULL, -- the label; '': nobody or not known
	seat INTEGER NOT NULL, -- 0: none
	constituency TEXT NOT NULL, -- of the seat; '': none
	person TEXT NOT NULL, -- '': not known
	starts INTEGER, -- microseconds from the beginning of the recording
	ends INTEGER,
	version INTEGER NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	line INTEGER NOT NULL, -- of the live captions, the first; 0: it was not live
	line_to INTEGER NOT NULL,
	sitting INTEGER NOT NULL, -- in which it was said; 0: not known
	spoken TEXT NOT NULL, -- the language that was spoken, of an interpretation; '': this one
	PRIMARY KEY (grp, meeting, segment)
) STRICT, WITHOUT ROWID;

CREATE INDEX caption_utterance_line ON caption_utterance (grp, meeting, lang, line);

CREATE TABLE caption_version (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	segment INTEGER NOT NULL,
	version INTEGER NOT NULL,
	text TEXT NOT NULL,
	reason TEXT NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, meeting, segment, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE caption_request (
	grp INTEGER NOT NULL,
	number INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	segment INTEGER NOT NULL,
	version INTEGER NOT NULL, -- that it is about
	text TEXT NOT NULL,
	reason TEXT NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	outcome TEXT NOT NULL, -- '': not decided
	answer TEXT NOT NULL,
	answer_time INTEGER,
	answer_seq INTEGER,
	PRIMARY KEY (grp, number)
) STRICT, WITHOUT ROWID;

-- For captioners' software. hash: of the secret that lets it in.
CREATE TABLE caption_connection (
	grp INTEGER NOT NULL,
	connection INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	lang TEXT NOT NULL,
	label TEXT NOT NULL,
	hash TEXT NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	ended_time INTEGER,
	ended_seq INTEGER,
	PRIMARY KEY (grp, connection)
) STRICT, WITHOUT ROWID;
CREATE INDEX caption_connection_hash ON caption_connection (hash);

CREATE TABLE caption_final (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, meeting)
) STRICT, WITHOUT ROWID;

--: run caption_utterance_add(grp i64, meeting i64, segment i64, item i64, kind text, lang text,
--    speaker text, seat i64, constituency text, person text, starts i64?, ends i64?, time i64,
--    seq i64, line i64, line_to i64, sitting i64, spoken text)
INSERT INTO caption_utterance VALUES (:grp, :meeting, :segment, :item, :kind, :lang, :speaker, :seat,
	:constituency, :person, :starts, :ends, 1, :time, :seq, :line, :line_to, :sitting, :spoken);

--: run caption_connection_add(grp i64, connection i64, meeting i64, lang text, label text, hash text,
--    time i64, seq i64)
INSERT INTO caption_connection VALUES (:grp, :connection, :meeting, :lang, :label, :hash, :time, :seq,
	NULL, NULL);

--: run caption_connection_end(grp i64, connection i64, time i64, seq i64)
UPDATE caption_connection SET ended_time = :time, ended_seq = :seq
WHERE grp = :grp AND connection = :connection;

-- meeting 0: of all meetings.
--: many caption_connections(grp i64, meeting i64) -> (connection i64, meeting i64, lang text,
--    label text, time i64, seq i64, ended_time i64?, ended_seq i64?)
SELECT connection, meeting, lang, label, time, seq, ended_time, ended_seq FROM caption_connection
WHERE grp = :grp AND (:meeting = 0 OR meeting = :meeting) ORDER BY connection;

--: one caption_connection_by_hash(hash text) -> (grp i64, slug text, connection i64, meeting i64,
--    lang text)
SELECT c.grp, g.slug, c.connection, c.meeting, c.lang
FROM caption_connection c JOIN house_group g ON g.grp = c.grp
WHERE c.hash = :hash AND c.ended_seq IS NULL;

--: run caption_version_add(grp i64, meeting i64, segment i64, version i64, text text, reason text,
--    time i64, seq i64)
INSERT INTO caption_version VALUES (:grp, :meeting, :segment, :version, :text, :reason, :time, :seq);

--: run caption_version_set(grp i64, meeting i64, segment i64, version i64)
UPDATE caption_utterance SET version = :version
WHERE grp = :grp AND meeting = :meeting AND segment = :segment;

--: run caption_request_add(grp i64, number i64, meeting i64, segment i64, version i64, text text,
--    reason text, time i64, seq i64)
INSERT INTO caption_request VALUES (:grp, :number, :meeting, :segment, :version, :text, :reason,
	:time, :seq, '', '', NULL, NULL);

--: run caption_request_answer(grp i64, number i64, outcome text, answer text, time i64, seq i64)
UPDATE caption_request SET outcome = :outcome, answer = :answer, answer_time = :time,
	answer_seq = :seq
WHERE grp = :grp AND number = :number;

--: run caption_final_add(grp i64, meeting i64, time i64, seq i64)
INSERT INTO caption_final VALUES (:grp, :meeting, :time, :seq);

-- What was said at a meeting from the utterance `first` to `last`, in its latest words. item -1: under
-- all items; lang '': in all languages. own: the reader (viewer, never 'public') may ask for corrections
-- of it.
--: many caption_utterances(grp i64, meeting i64, first i64, last i64, item i64, lang text,
--    viewer text) -> (segment i64, sitting i64, item i64, kind text, lang text, speaker text, seat i64,
--    constituency text, person text, starts i64?, ends i64?, version i64, text text, state text,
--    time i64, seq i64, spoken text, written i64, own bool)
SELECT u.segment, u.sitting, u.item, u.kind, u.lang, u.speaker, u.seat, u.constituency, u.person, u.starts,
	u.ends, u.version, v.text,
	CASE WHEN f.seq IS NOT NULL THEN 'final' WHEN u.version > 1 THEN 'corrected' ELSE 'rough' END
		AS state,
	u.time, u.seq, u.spoken, v.time AS written,
	(u.person = :viewer OR EXISTS (SELECT 1 FROM members_representative r WHERE r.grp = u.grp
		AND r.seat = u.seat AND r.person = :viewer AND r.until IS NULL)) AS own
FROM caption_utterance u
	JOIN caption_version v ON v.grp = u.grp AND v.meeting = u.meeting AND v.segment = u.segment
		AND v.version = u.version
	LEFT JOIN caption_final f ON f.grp = u.grp AND f.meeting = u.meeting
WHERE u.grp = :grp AND u.meeting = :meeting AND u.segment BETWEEN :first AND :last
	AND (:item = -1 OR u.item = :item) AND (:lang = '' OR u.lang = :lang)
ORDER BY u.segment;

-- How much was said in each language, the first of them first; kind and first: of its first utterance.
-- times: of some it is known when it was said.
--: many caption_languages(grp i64, meeting i64) -> (lang text, n i64, corrected i64, speakers i64,
--    times bool, kind text, first i64)
SELECT lang, count(*) AS n, sum(version > 1) AS corrected, sum(speaker <> '') AS speakers,
	sum(starts IS NOT NULL) > 0 AS times, kind, min(segment) AS first
FROM caption_utterance WHERE grp = :grp AND meeting = :meeting GROUP BY lang ORDER BY first;

-- All versions of what was corrected, from the utterance `first` to `last`.
--: many caption_versions(grp i64, meeting i64, first i64, last i64) -> (segment i64, version i64,
--    text text, reason text, time i64, seq i64)
SELECT v.segment, v.version, v.text, v.reason, v.time, v.seq
FROM caption_version v JOIN caption_utterance u ON u.grp = v.grp AND u.meeting = v.meeting
	AND u.segment = v.segment
WHERE v.grp = :grp AND v.meeting = :meeting AND v.segment BETWEEN :first AND :last AND u.version > 1
ORDER BY v.segment, v.version;

-- meeting 0: of all meetings.
--: many caption_requests(grp i64, meeting i64) -> (number i64, meeting i64, segment i64, version i64,
--    text text, reason text, time i64, seq i64, outcome text, answer text, answer_time i64?,
--    answer_seq i64?)
SELECT number, meeting, segment, version, text, reason, time, seq, outcome, answer, answer_time,
	answer_seq
FROM caption_request WHERE grp = :grp AND (:meeting = 0 OR meeting = :meeting) ORDER BY number;

--: one caption_meeting(grp i64, meeting i64) -> (title text, starts i64, ends i64, zone text,
--    state text, publicity text, kept bool, final_time i64?, final_seq i64?)
SELECT m.title, m.starts, m.ends, m.zone, m.state, m.publicity,
	m.state = 'open' AND coalesce((SELECT s.transcript FROM meeting_sitting s WHERE s.grp = m.grp
		AND s.meeting = m.number AND s.sitting = m.sitting), 1) AS kept,
	f.time AS final_time, f.seq AS final_seq
FROM meeting m LEFT JOIN caption_final f ON f.grp = m.grp AND f.meeting = m.number
WHERE m.grp = :grp AND m.number = :meeting;

--: many caption_items(grp i64, meeting i64) -> (item i64, title text)
SELECT item, title FROM meeting_item WHERE grp = :grp AND meeting = :meeting ORDER BY item;

-- For how many days corrections may be asked for, of what was published from that entry on.
--: many caption_days(grp i64) -> (from_seq i64, days i64)
SELECT adopted_seq AS from_seq, correction_days AS days FROM methods
WHERE grp = :grp AND adopted_seq IS NOT NULL ORDER BY adopted_seq;

-- The utterance that a live line became a part of.
--: one caption_of_line(grp i64, meeting i64, lang text, line i64) -> (segment i64, speaker text,
--    time i64)
SELECT segment, speaker, time FROM caption_utterance
WHERE grp = :grp AND meeting = :meeting AND lang = :lang AND line > 0 AND line <= :line
	AND line_to >= :line ORDER BY line DESC LIMIT 1;

-- Sittings in which something was said.
--: many caption_sittings(grp i64, meeting i64) -> (sitting i64, kind text, starts i64, ends i64,
--    topic text)
SELECT s.sitting, s.kind, s.starts, s.ends, s.topic FROM meeting_sitting s
WHERE s.grp = :grp AND s.meeting = :meeting AND s.sitting IN (SELECT u.sitting FROM caption_utterance u
	WHERE u.grp = :grp AND u.meeting = :meeting)
ORDER BY s.sitting;

-- For forms.
--: one caption_words(grp i64, meeting i64, segment i64) -> (text text, lang text, kind text)
SELECT v.text, u.lang, u.kind FROM caption_utterance u
	JOIN caption_version v ON v.grp = u.grp AND v.meeting = u.meeting AND v.segment = u.segment
		AND v.version = u.version
WHERE u.grp = :grp AND u.meeting = :meeting AND u.segment = :segment;

-- Whether a person captions for the group: an office.
--: one caption_captions(grp i64, person text) -> (since i64)
SELECT since FROM people_office
WHERE grp = :grp AND person = :person AND office = 'captioner' AND until IS NULL LIMIT 1;
