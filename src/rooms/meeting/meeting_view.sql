-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Meetings, their sittings, agenda, attendance, conclusions, summaries and records.
-- item 0 and sitting 0 stand for the meeting as a whole. Names of people are joined from people, so
-- that an erased name is gone everywhere.
-- needs rooms/people/people_view.sql
-- needs rooms/members/members_view.sql
-- needs rooms/document/document_view.sql
-- needs rooms/caption/caption_view.sql
-- needs rooms/call/call_view.sql
-- schema
CREATE TABLE meeting (
  grp INTEGER NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  place TEXT NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  zone TEXT NOT NULL,
  publicity TEXT NOT NULL,
  remote INTEGER NOT NULL,
  url TEXT NOT NULL,
  how TEXT NOT NULL,
  state TEXT NOT NULL,
  agenda TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state_seq INTEGER NOT NULL,
  agenda_seq INTEGER,
  sitting INTEGER NOT NULL, -- with which it was opened or resumed last; 0: none
  PRIMARY KEY (grp, number)
) STRICT;
CREATE TABLE meeting_step (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, seq)
) STRICT;
CREATE TABLE meeting_sitting (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  sitting INTEGER NOT NULL,
  kind TEXT NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  publicity TEXT NOT NULL,
  room TEXT NOT NULL,
  topic TEXT NOT NULL,
  url TEXT NOT NULL, -- for remote participation; empty: that of the meeting
  transcript INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, sitting)
) STRICT;
CREATE TABLE meeting_item (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  item INTEGER NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state_seq INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, item)
) STRICT;
CREATE TABLE meeting_conclusion (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  item INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  text TEXT NOT NULL,
  decision INTEGER,
  time INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, item, seq)
) STRICT;
CREATE TABLE meeting_document (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  item INTEGER NOT NULL,
  document INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, item, document)
) STRICT;
CREATE TABLE meeting_statement (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  item INTEGER NOT NULL,
  document INTEGER NOT NULL,     -- 0: it is a contribution
  contribution INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, statement)
) STRICT;
CREATE TABLE meeting_attendance (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  sitting INTEGER NOT NULL, -- 0: the meeting as a whole
  person TEXT NOT NULL,
  mode TEXT NOT NULL,
  representing TEXT NOT NULL,
  constituency TEXT NOT NULL,
  seat INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, person, sitting)
) STRICT;
CREATE TABLE meeting_interpreter (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  lang TEXT NOT NULL, -- into which
  person TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, meeting, lang, person)
) STRICT;
CREATE TABLE meeting_summary (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  sitting INTEGER NOT NULL,
  time INTEGER NOT NULL,
  superseded_by INTEGER,
  PRIMARY KEY (grp, meeting, seq)
) STRICT;
CREATE TABLE meeting_summary_paragraph (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (grp, meeting, seq, place)
) STRICT;
CREATE TABLE meeting_record (
  grp INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  sitting INTEGER NOT NULL,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  document INTEGER,
  note TEXT NOT NULL,
  PRIMARY KEY (grp, meeting, seq)
) STRICT;

--: run meeting_put(grp i64, number i64, title text, place text, starts i64, ends i64, zone text,
--    publicity text, remote bool, url text, how text, seq i64)
INSERT INTO meeting VALUES (:grp, :number, :title, :place, :starts, :ends, :zone, :publicity,
  :remote, :url, :how, 'announced', 'provisional', :seq, :seq, NULL, 0);

--: run meeting_put_step(grp i64, meeting i64, seq i64, step text, reason text, time i64)
INSERT INTO meeting_step VALUES (:grp, :meeting, :seq, :step, :reason, :time);

-- What is NULL stays.
--: run meeting_change(grp i64, meeting i64, place text?, starts i64?, ends i64?, url text?,
--    how text?)
UPDATE meeting SET place = coalesce(:place, place), starts = coalesce(:starts, starts),
  ends = coalesce(:ends, ends), url = coalesce(:url, url), how = coalesce(:how, how)
WHERE grp = :grp AND number = :meeting;

--: run meeting_set_state(grp i64, meeting i64, state text, seq i64)
UPDATE meeting SET state = :state, state_seq = :seq WHERE grp = :grp AND number = :meeting;

--: run meeting_set_begun(grp i64, meeting i64, sitting i64)
UPDATE meeting SET sitting = :sitting WHERE grp = :grp AND number = :meeting;

--: run meeting_set_agenda(grp i64, meeting i64, agenda text, seq i64)
UPDATE meeting SET agenda = :agenda, agenda_seq = :seq WHERE grp = :grp AND number = :meeting;

-- An adopted agenda to which an item is added, or from which one is taken.
--: run meeting_amend_agenda(grp i64, meeting i64, seq i64)
UPDATE meeting SET agenda = 'amended', agenda_seq = :seq
WHERE grp = :grp AND number = :meeting AND agenda <> 'provisional';

--: run meeting_put_sitting(grp i64, meeting i64, sitting i64, kind text, starts i64, ends i64,
--    publicity text, room text, topic text, url text, transcript bool, seq i64)
INSERT INTO meeting_sitting VALUES (:grp, :meeting, :sitting, :kind, :starts, :ends, :publicity,
  :room, :topic, :url, :transcript, 0, :seq);

--: run meeting_drop_sitting(grp i64, meeting i64, sitting i64)
UPDATE meeting_sitting SET cancelled = 1
WHERE grp = :grp AND meeting = :meeting AND sitting = :sitting;

--: run meeting_put_item(grp i64, meeting i64, item i64, title text, note text, seq i64)
INSERT INTO meeting_item VALUES (:grp, :meeting, :item, :title, :note, 'pending', :seq, :seq);

--: run meeting_set_item(grp i64, meeting i64, item i64, state text, seq i64)
UPDATE meeting_item SET state = :state, state_seq = :seq
WHERE grp = :grp AND meeting = :meeting AND item = :item;

--: run meeting_put_conclusion(grp i64, meeting i64, item i64, seq i64, outcome text, text text,
--    decision i64?, time i64)
INSERT INTO meeting_conclusion VALUES (:grp, :meeting, :item, :seq, :outcome, :text, :decision,
  :time);

-- A document put twice under one item is listed once.
--: run meeting_put_document(grp i64, meeting i64, item i64, document i64, seq i64)
INSERT OR IGNORE INTO meeting_document VALUES (:grp, :meeting, :item, :document, :seq);

--: run meeting_put_statement(grp i64, meeting i64, statement i64, item i64, document i64,
--    contribution i64, seq i64)
INSERT INTO meeting_statement VALUES (:grp, :meeting, :statement, :item, :document, :contribution,
  :seq, 0);

--: run meeting_drop_statement(grp i64, meeting i64, statement i64)
UPDATE meeting_statement SET withdrawn = 1
WHERE grp = :grp AND meeting = :meeting AND statement = :statement;

-- The later word holds.
--: run meeting_put_attendance(grp i64, meeting i64, sitting i64, person text, mode text,
--    representing text, constituency text, seat i64, seq i64)
INSERT OR REPLACE INTO meeting_attendance
VALUES (:grp, :meeting, :sitting, :person, :mode, :representing, :constituency, :seat, :seq);

-- Of one sitting; of the meeting as a whole, and so of all of it.
--: run meeting_drop_attendance(grp i64, meeting i64, sitting i64, person text)
DELETE FROM meeting_attendance WHERE grp = :grp AND meeting = :meeting AND person = :person
  AND :sitting IN (0, sitting);

--: run meeting_drop_interpreters(grp i64, meeting i64, lang text)
DELETE FROM meeting_interpreter WHERE grp = :grp AND meeting = :meeting AND lang = :lang;

--: run meeting_put_interpreter(grp i64, meeting i64, lang text, person text, seq i64)
INSERT OR REPLACE INTO meeting_interpreter VALUES (:grp, :meeting, :lang, :person, :seq);

--: run meeting_supersede_summary(grp i64, meeting i64, sitting i64, by i64)
UPDATE meeting_summary SET superseded_by = :by
WHERE grp = :grp AND meeting = :meeting AND sitting = :sitting AND superseded_by IS NULL;

--: run meeting_put_summary(grp i64, meeting i64, seq i64, sitting i64, time i64)
INSERT INTO meeting_summary VALUES (:grp, :meeting, :seq, :sitting, :time, NULL);

--: run meeting_put_summary_paragraph(grp i64, meeting i64, seq i64, place i64, text text)
INSERT INTO meeting_summary_paragraph VALUES (:grp, :meeting, :seq, :place, :text);

--: run meeting_put_record(grp i64, meeting i64, seq i64, sitting i64, kind text, url text,
--    document i64?, note text)
INSERT INTO meeting_record VALUES (:grp, :meeting, :seq, :sitting, :kind, :url, :document, :note);

-- All meetings by their days. Counts leave out what was withdrawn or cancelled.
--: many meeting_list(grp i64) -> (number i64, title text, place text, starts i64, ends i64,
--    zone text, publicity text, remote bool, url text, how text, state text, agenda text, seq i64,
--    items i64, decisions i64, attended i64)
SELECT m.number, m.title, m.place, m.starts, m.ends, m.zone, m.publicity, m.remote, m.url, m.how,
  m.state, m.agenda, m.seq,
  (SELECT count(*) FROM meeting_item i
   WHERE i.grp = m.grp AND i.meeting = m.number AND i.state <> 'withdrawn') AS items,
  (SELECT count(*) FROM meeting_conclusion c
   WHERE c.grp = m.grp AND c.meeting = m.number AND c.decision IS NOT NULL) AS decisions,
  (SELECT count(DISTINCT a.person) FROM meeting_attendance a
   WHERE a.grp = m.grp AND a.meeting = m.number) AS attended
FROM meeting m WHERE m.grp = :grp ORDER BY m.starts, m.number;

--: one meeting_one(grp i64, number i64) -> (number i64, title text, place text, starts i64,
--    ends i64, zone text, publicity text, remote bool, url text, how text, state text, agenda text,
--    seq i64, state_seq i64, agenda_seq i64?)
SELECT number, title, place, starts, ends, zone, publicity, remote, url, how, state, agenda, seq,
  state_seq, agenda_seq
FROM meeting WHERE grp = :grp AND number = :number;

-- With which sitting it was opened or resumed last, and when.
--: one meeting_begun(grp i64, meeting i64) -> (state text, sitting i64, at i64)
SELECT m.state, coalesce(m.sitting, 0) AS sitting, coalesce((SELECT max(time) FROM meeting_step s
  WHERE s.grp = m.grp AND s.meeting = m.number AND s.step IN ('opened', 'resumed')), 0) AS at
FROM meeting m WHERE m.grp = :grp AND m.number = :meeting;

--: many meeting_steps(grp i64, meeting i64) -> (seq i64, step text, reason text, time i64)
SELECT seq, step, reason, time FROM meeting_step WHERE grp = :grp AND meeting = :meeting
ORDER BY seq;

--: many meeting_sittings(grp i64, meeting i64) -> (sitting i64, kind text, starts i64, ends i64,
--    publicity text, room text, topic text, url text, transcript bool, cancelled bool, seq i64)
SELECT sitting, kind, starts, ends, publicity, room, topic, url, transcript, cancelled, seq
FROM meeting_sitting
WHERE grp = :grp AND meeting = :meeting ORDER BY starts, sitting;

--: many meeting_items(grp i64, meeting i64) -> (item i64, title text, note text, state text,
--    seq i64)
SELECT item, title, note, state, seq FROM meeting_item WHERE grp = :grp AND meeting = :meeting
ORDER BY item;

--: many meeting_conclusions(grp i64, meeting i64) -> (item i64, seq i64, outcome text, text text,
--    decision i64?, time i64)
SELECT item, seq, outcome, text, decision, time FROM meeting_conclusion
WHERE grp = :grp AND meeting = :meeting ORDER BY item, seq;

-- What the group decided, over all of its meetings.
--: many meeting_decided(grp i64) -> (decision i64, meeting i64, item i64, title text, text text,
--    seq i64, time i64)
SELECT c.decision, c.meeting, c.item, i.title, c.text, c.seq, c.time
FROM meeting_conclusion c
JOIN meeting_item i ON i.grp = c.grp AND i.meeting = c.meeting AND i.item = c.item
WHERE c.grp = :grp AND c.decision IS NOT NULL ORDER BY c.decision;

-- The documents before a meeting: those that were put under an item or the whole meeting, then
-- those that were issued for it.
--: many meeting_documents(grp i64, meeting i64) -> (item i64, document i64, symbol text, slug text,
--    title text, lang text, seq i64)
SELECT m.item, m.document, coalesce(d.symbol, '') AS symbol, coalesce(d.slug, '') AS slug,
  coalesce(d.title, '') AS title, coalesce(d.lang, '') AS lang, m.seq
FROM meeting_document m
LEFT JOIN document_document d ON d.grp = m.grp AND d.number = m.document
WHERE m.grp = :grp AND m.meeting = :meeting
UNION ALL
SELECT 0, d.number, d.symbol, d.slug, d.title, d.lang, d.seq
FROM document_document d
WHERE d.grp = :grp AND d.meeting = :meeting AND NOT EXISTS (
  SELECT 1 FROM meeting_document m
  WHERE m.grp = d.grp AND m.meeting = d.meeting AND m.document = d.number)
ORDER BY 1, 7, 2;

-- Written statements that are listed. Of a contribution that is not public any more only the number
-- is known.
--: many meeting_statements(grp i64, meeting i64) -> (statement i64, item i64, document i64,
--    contribution i64, symbol text, slug text, title text, author text, organisation text,
--    lang text, seq i64)
SELECT s.statement, s.item, s.document, s.contribution, coalesce(d.symbol, '') AS symbol,
  coalesce(d.slug, '') AS slug, coalesce(d.title, '') AS title, coalesce(c.author, '') AS author,
  coalesce(c.organisation, '') AS organisation, coalesce(d.lang, c.lang, '') AS lang, s.seq
FROM meeting_statement s
LEFT JOIN document_document d ON d.grp = s.grp AND d.number = s.document
LEFT JOIN call_contribution c ON c.grp = s.grp AND c.number = s.contribution
  AND c.published_seq IS NOT NULL
WHERE s.grp = :grp AND s.meeting = :meeting AND NOT s.withdrawn ORDER BY s.item, s.statement;

-- Everyone once, for whom they came last: who presides without a seat, those of each constituency
-- in the order of the composition, then those without a seat by what they are. In the room if they
-- ever were, and the sittings ("1, 2"; empty: it is not known which). Office and kind are those of
-- people without a seat. The name is empty when it was erased.
--: many meeting_attended(grp i64, meeting i64) -> (person text, name text, title text, mode text,
--    representing text, constituency text, constituency_name text, office text, kind text, seat i64,
--    seq i64, room_at text, remote_at text)
SELECT a.person, coalesce(p.name, '') AS name, coalesce(p.title, '') AS title, a.mode,
  a.representing, a.constituency, coalesce(c.name, '') AS constituency_name,
  CASE WHEN a.seat THEN '' ELSE coalesce((SELECT o.office FROM members_officer o
    WHERE o.grp = a.grp AND o.person = a.person AND o.elected_seq < a.seq
      AND (o.ended IS NULL OR o.ended > (SELECT m.starts FROM meeting m
        WHERE m.grp = a.grp AND m.number = :meeting))
    ORDER BY o.office LIMIT 1), '') END AS office,
  CASE WHEN a.seat THEN '' ELSE coalesce(p.kind, '') END AS kind,
  a.seat, a.seq, a.room_at, a.remote_at
FROM (
  SELECT grp, person,
    CASE WHEN sum(mode = 'room') THEN 'room' ELSE 'remote' END AS mode,
    representing, constituency, seat, max(seq) AS seq,
    coalesce(group_concat(CASE WHEN sitting AND mode = 'room' THEN sitting END, ', '), '')
      AS room_at,
    coalesce(group_concat(CASE WHEN sitting AND mode = 'remote' THEN sitting END, ', '), '')
      AS remote_at
  FROM (SELECT * FROM meeting_attendance WHERE grp = :grp AND meeting = :meeting
    ORDER BY person, sitting)
  GROUP BY grp, person) a
LEFT JOIN people_person p ON p.grp = a.grp AND p.person = a.person
LEFT JOIN members_constituency c ON c.grp = a.grp AND c.code = a.constituency
ORDER BY office = '', office, c.place IS NULL, c.place,
  instr('delegate observer expert secretariat captioner interpreter', kind),
  a.representing COLLATE NOCASE, name COLLATE NOCASE, a.person;

-- How many attended each sitting of which that is known, in the room and remotely.
--: many meeting_attended_sittings(grp i64, meeting i64) -> (sitting i64, kind text, room i64,
--    remote i64, seats i64)
SELECT a.sitting, s.kind, sum(a.mode = 'room') AS room, sum(a.mode = 'remote') AS remote,
  count(DISTINCT nullif(a.seat, 0)) AS seats
FROM meeting_attendance a
JOIN meeting_sitting s ON s.grp = a.grp AND s.meeting = a.meeting AND s.sitting = a.sitting
WHERE a.grp = :grp AND a.meeting = :meeting
GROUP BY a.sitting, s.kind, s.starts ORDER BY s.starts, a.sitting;

-- Who attended which sitting (0: the meeting as a whole), for the form.
--: many meeting_recorded(grp i64, meeting i64) -> (sitting i64, person text, mode text)
SELECT sitting, person, mode FROM meeting_attendance WHERE grp = :grp AND meeting = :meeting
ORDER BY sitting, person;

-- The entries that say so.
--: many meeting_attended_entries(grp i64, meeting i64) -> (sitting i64, seq i64)
SELECT DISTINCT sitting, seq FROM meeting_attendance WHERE grp = :grp AND meeting = :meeting
ORDER BY sitting, seq;

--: many meeting_summaries(grp i64, meeting i64) -> (seq i64, sitting i64, time i64,
--    superseded_by i64?)
SELECT seq, sitting, time, superseded_by FROM meeting_summary
WHERE grp = :grp AND meeting = :meeting ORDER BY sitting, seq;

--: many meeting_summary_paragraphs(grp i64, meeting i64, seq i64) -> (place i64, text text)
SELECT place, text FROM meeting_summary_paragraph
WHERE grp = :grp AND meeting = :meeting AND seq = :seq ORDER BY place;

-- Where the records are found; a document that holds one is named by its symbol.
--: many meeting_records(grp i64, meeting i64) -> (seq i64, sitting i64, kind text, url text,
--    document i64?, symbol text, slug text, note text)
SELECT r.seq, r.sitting, r.kind, r.url, r.document, coalesce(d.symbol, '') AS symbol,
  coalesce(d.slug, '') AS slug, r.note
FROM meeting_record r
LEFT JOIN document_document d ON d.grp = r.grp AND d.number = r.document
WHERE r.grp = :grp AND r.meeting = :meeting ORDER BY r.sitting, r.seq;

-- How much was said of which there is a transcript.
--: one meeting_said(grp i64, meeting i64) -> (utterances i64)
SELECT count(*) AS utterances FROM caption_utterance WHERE grp = :grp AND meeting = :meeting;

-- For the calendar; changed is the time of the last act that moved the meeting.
--: many meeting_calendar_days(grp i64) -> (number i64, title text, place text, how text,
--    starts i64, ends i64, state text, changed i64)
SELECT m.number, m.title, m.place, m.how, m.starts, m.ends, m.state, coalesce((SELECT max(s.time)
  FROM meeting_step s
  WHERE s.grp = m.grp AND s.meeting = m.number
    AND s.step IN ('announced', 'changed', 'cancelled')), 0) AS changed
FROM meeting m WHERE m.grp = :grp ORDER BY m.starts, m.number;

--: many meeting_calendar_sittings(grp i64) -> (meeting i64, sitting i64, title text, place text,
--    kind text, starts i64, ends i64, room text, topic text, cancelled bool, changed i64)
SELECT s.meeting, s.sitting, m.title, m.place, s.kind, s.starts, s.ends, s.room, s.topic,
  s.cancelled OR m.state = 'cancelled' AS cancelled, coalesce((SELECT max(x.time)
  FROM meeting_step x
  WHERE x.grp = m.grp AND x.meeting = m.number
    AND x.step IN ('announced', 'changed', 'cancelled')), 0) AS changed
FROM meeting_sitting s JOIN meeting m ON m.grp = s.grp AND m.number = s.meeting
WHERE s.grp = :grp ORDER BY s.starts, s.meeting, s.sitting;

-- For the choices of forms.
--: many meeting_choices(grp i64) -> (number i64, title text, state text)
SELECT number, title, state FROM meeting WHERE grp = :grp ORDER BY number DESC;

-- meeting 0: of all meetings.
--: many meeting_item_choices(grp i64, meeting i64) -> (meeting i64, item i64, title text)
SELECT meeting, item, title FROM meeting_item
WHERE grp = :grp AND (:meeting = 0 OR meeting = :meeting) AND state <> 'withdrawn'
ORDER BY meeting DESC, item;

--: many meeting_sitting_choices(grp i64, meeting i64) -> (meeting i64, sitting i64, kind text,
--    starts i64, zone text)
SELECT s.meeting, s.sitting, s.kind, s.starts, m.zone
FROM meeting_sitting s JOIN meeting m ON m.grp = s.grp AND m.number = s.meeting
WHERE s.grp = :grp AND (:meeting = 0 OR s.meeting = :meeting) AND NOT s.cancelled
ORDER BY s.meeting DESC, s.starts;
