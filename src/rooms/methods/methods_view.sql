-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The versions of the methods of work: their text, and their settings with the values of the
-- preset filled in. `set_by` names the settings that the group chose itself, between commas.
-- schema
CREATE TABLE methods (
  grp INTEGER NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  preset TEXT NOT NULL,
  quorum_percent INTEGER NOT NULL,
  may_propose TEXT NOT NULL,
  may_amend TEXT NOT NULL,
  may_break_silence TEXT NOT NULL,
  silence_hours INTEGER NOT NULL,
  readings INTEGER NOT NULL,
  deadline_days INTEGER NOT NULL,
  speaking_minutes INTEGER NOT NULL,
  rights_of_reply INTEGER NOT NULL,
  reply_minutes INTEGER NOT NULL,
  second_reply_minutes INTEGER NOT NULL,
  correction_days INTEGER NOT NULL,
  observers_speak TEXT NOT NULL,
  informals_public INTEGER NOT NULL,
  list_non_consensus INTEGER NOT NULL,
  languages TEXT NOT NULL,
  set_by TEXT NOT NULL,
  state TEXT NOT NULL,
  drafted INTEGER NOT NULL,
  draft_seq INTEGER NOT NULL,
  adopted INTEGER,
  adopted_seq INTEGER,
  meeting INTEGER,
  words TEXT NOT NULL,
  superseded_by INTEGER,
  PRIMARY KEY (grp, number)
) STRICT;
CREATE TABLE methods_paragraph (
  grp INTEGER NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (grp, number, place)
) STRICT;

--: run methods_put(grp i64, number i64, title text, preset text, quorum_percent i64,
--    may_propose text, may_amend text, may_break_silence text, silence_hours i64, readings i64,
--    deadline_days i64, speaking_minutes i64, rights_of_reply i64, reply_minutes i64,
--    second_reply_minutes i64, correction_days i64, observers_speak text, informals_public bool,
--    list_non_consensus bool, languages text, set_by text, drafted i64, seq i64)
INSERT INTO methods VALUES (:grp, :number, :title, :preset, :quorum_percent, :may_propose,
  :may_amend, :may_break_silence, :silence_hours, :readings, :deadline_days, :speaking_minutes,
  :rights_of_reply, :reply_minutes, :second_reply_minutes, :correction_days,
  :observers_speak, :informals_public, :list_non_consensus, :languages, :set_by, 'draft', :drafted,
  :seq, NULL, NULL, NULL, '', NULL);

--: run methods_put_paragraph(grp i64, number i64, place i64, text text)
INSERT INTO methods_paragraph VALUES (:grp, :number, :place, :text);

--: run methods_supersede(grp i64, by i64)
UPDATE methods SET state = 'superseded', superseded_by = :by
WHERE grp = :grp AND state = 'adopted';

--: run methods_adopt(grp i64, number i64, adopted i64, seq i64, meeting i64?, words text)
UPDATE methods SET state = 'adopted', adopted = :adopted, adopted_seq = :seq, meeting = :meeting,
  words = :words
WHERE grp = :grp AND number = :number;

-- All versions, the one in force first, then drafts and superseded ones, newest first.
--: many methods_list(grp i64) -> (number i64, title text, preset text, quorum_percent i64,
--    may_propose text, may_amend text, may_break_silence text, silence_hours i64, readings i64,
--    deadline_days i64, speaking_minutes i64, rights_of_reply i64, reply_minutes i64,
--    second_reply_minutes i64, correction_days i64, observers_speak text, informals_public bool,
--    list_non_consensus bool, languages text, set_by text, state text, drafted i64, draft_seq i64,
--    adopted i64?, adopted_seq i64?, meeting i64?, words text, superseded_by i64?)
SELECT number, title, preset, quorum_percent, may_propose, may_amend, may_break_silence,
  silence_hours, readings, deadline_days, speaking_minutes, rights_of_reply, reply_minutes,
  second_reply_minutes, correction_days, observers_speak, informals_public,
  list_non_consensus, languages, set_by, state, drafted, draft_seq, adopted, adopted_seq, meeting,
  words, superseded_by
FROM methods WHERE grp = :grp
ORDER BY CASE state WHEN 'adopted' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, number DESC;

--: many methods_paragraphs(grp i64, number i64) -> (place i64, text text)
SELECT place, text FROM methods_paragraph WHERE grp = :grp AND number = :number ORDER BY place;
