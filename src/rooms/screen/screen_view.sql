-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What is on the screen of a meeting, and what the page of the meeting as it goes needs beside the
-- statements of the floor, the captions and the meeting.
-- needs rooms/people/people_view.sql
-- needs rooms/members/members_view.sql
-- needs rooms/document/document_view.sql
-- needs rooms/call/call_view.sql
-- needs rooms/meeting/meeting_view.sql
-- needs rooms/caption/caption_view.sql
-- needs rooms/record/record_view.sql
-- schema
CREATE TABLE screen_now (
	grp INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	draft INTEGER NOT NULL,
	paragraph TEXT NOT NULL, -- its id
	shown TEXT NOT NULL,     -- as people name it
	text TEXT NOT NULL,      -- in the revision of now; empty: it is not in it any more
	lang TEXT NOT NULL,
	hash TEXT NOT NULL,      -- SHA-256 of the text, in hexadecimal
	revision INTEGER NOT NULL,
	revision_seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, meeting)
) STRICT, WITHOUT ROWID;

--: run screen_put(grp i64, meeting i64, draft i64, paragraph text, shown text, at i64, seq i64)
INSERT INTO screen_now (grp, meeting, draft, paragraph, shown, text, lang, hash, revision,
	revision_seq, at, seq)
VALUES (:grp, :meeting, :draft, :paragraph, :shown, '', '', '', 0, 0, :at, :seq);

--: run screen_put_words(grp i64, meeting i64, text text, lang text, hash text, revision i64,
--    revision_seq i64)
UPDATE screen_now SET text = :text, lang = :lang, hash = :hash, revision = :revision,
	revision_seq = :revision_seq
WHERE grp = :grp AND meeting = :meeting;

--: run screen_drop(grp i64, meeting i64)
DELETE FROM screen_now WHERE grp = :grp AND meeting = :meeting;

--: one screen_now(grp i64, meeting i64) -> (draft i64, paragraph text, shown text, text text,
--    lang text, hash text, revision i64, revision_seq i64, at i64, seq i64)
SELECT draft, paragraph, shown, text, lang, hash, revision, revision_seq, at, seq FROM screen_now
WHERE grp = :grp AND meeting = :meeting;

-- The meeting, with the entry that brought its present state, and what must not be shown any more:
-- how much was erased in this group.
--: one screen_meeting(grp i64, meeting i64) -> (title text, zone text, state text, url text,
--    publicity text, state_seq i64, erased i64)
SELECT m.title, m.zone, m.state, m.url, m.publicity, m.state_seq,
	(SELECT count(*) FROM record_entry_view e WHERE e.grp = m.grp AND e.type = 'part.erase')
		AS erased
FROM meeting m WHERE m.grp = :grp AND m.number = :meeting;

-- Under consideration, the one that was taken up last first.
--: many screen_items(grp i64, meeting i64) -> (item i64, title text, note text, state_seq i64)
SELECT item, title, note, state_seq FROM meeting_item
WHERE grp = :grp AND meeting = :meeting AND state = 'under_consideration' ORDER BY state_seq DESC;

-- The last utterances of the transcript, at most so many, for a meeting without live captions.
--: many screen_said(grp i64, meeting i64, most i64) -> (segment i64, lang text, speaker text,
--    text text)
SELECT segment, lang, speaker, text FROM (
	SELECT u.segment, u.lang, u.speaker, v.text
	FROM caption_utterance u
		JOIN caption_version v ON v.grp = u.grp AND v.meeting = u.meeting
			AND v.segment = u.segment AND v.version = u.version
	WHERE u.grp = :grp AND u.meeting = :meeting ORDER BY u.segment DESC LIMIT :most)
ORDER BY segment;
