-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The mandates of a group, what each asks in its own words, the line that it came down,
-- and which sections of the report answer which paragraph.
-- schema
CREATE TABLE mandate (
  grp INTEGER NOT NULL,
  number INTEGER NOT NULL,
  parent_body TEXT NOT NULL,
  symbol TEXT NOT NULL,
  title TEXT NOT NULL,
  date INTEGER NOT NULL,
  url TEXT NOT NULL,
  report_back_session TEXT NOT NULL,
  report_back_date INTEGER,
  state TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, number)
) STRICT;
CREATE TABLE mandate_step (
  grp INTEGER NOT NULL,
  mandate INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (grp, mandate, seq)
) STRICT;
CREATE TABLE mandate_paragraph (
  grp INTEGER NOT NULL,
  number INTEGER NOT NULL,
  mandate INTEGER NOT NULL,
  paragraph TEXT NOT NULL,
  text TEXT NOT NULL,
  lang TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, number)
) STRICT;
CREATE TABLE mandate_body (
  grp INTEGER NOT NULL,
  place INTEGER NOT NULL,
  body TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, place)
) STRICT;
CREATE TABLE mandate_coverage (
  grp INTEGER NOT NULL,
  report INTEGER NOT NULL,
  section INTEGER NOT NULL,
  number INTEGER NOT NULL,
  heading TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (grp, report, section, number)
) STRICT;

--: run mandate_put(grp i64, number i64, parent_body text, symbol text, title text, date i64,
--    url text, session text, due i64?, seq i64)
INSERT INTO mandate
VALUES (:grp, :number, :parent_body, :symbol, :title, :date, :url, :session, :due, 'noted', :seq);

--: run mandate_put_step(grp i64, mandate i64, seq i64, state text, reason text, time i64)
INSERT INTO mandate_step VALUES (:grp, :mandate, :seq, :state, :reason, :time);

--: run mandate_set_state(grp i64, mandate i64, state text)
UPDATE mandate SET state = :state WHERE grp = :grp AND number = :mandate;

--: run mandate_put_paragraph(grp i64, number i64, mandate i64, paragraph text, text text,
--    lang text, seq i64)
INSERT INTO mandate_paragraph VALUES (:grp, :number, :mandate, :paragraph, :text, :lang, :seq);

--: run mandate_clear_line(grp i64)
DELETE FROM mandate_body WHERE grp = :grp;

--: run mandate_put_body(grp i64, place i64, body text, seq i64)
INSERT INTO mandate_body VALUES (:grp, :place, :body, :seq);

-- A paragraph named twice by one section counts once.
--: run mandate_put_coverage(grp i64, report i64, section i64, number i64, heading text, seq i64)
INSERT OR IGNORE INTO mandate_coverage VALUES (:grp, :report, :section, :number, :heading, :seq);

-- All mandates of a group, in the order in which they were recorded.
--: many mandate_list(grp i64) -> (number i64, parent_body text, symbol text, title text, date i64,
--    url text, report_back_session text, report_back_date i64?, state text, seq i64)
SELECT number, parent_body, symbol, title, date, url, report_back_session, report_back_date, state,
  seq
FROM mandate WHERE grp = :grp ORDER BY number;

-- How each came to its present state, oldest first.
--: many mandate_steps(grp i64) -> (mandate i64, seq i64, state text, reason text, time i64)
SELECT mandate, seq, state, reason, time FROM mandate_step WHERE grp = :grp ORDER BY mandate, seq;

-- The quoted paragraphs in the order of the resolution; `covered` counts the sections of the
-- report that answer the paragraph, in whichever language they found it quoted.
--: many mandate_paragraphs(grp i64) -> (number i64, mandate i64, symbol text, paragraph text,
--    text text, lang text, seq i64, covered i64)
SELECT p.number, p.mandate, m.symbol, p.paragraph, p.text, p.lang, p.seq,
  (SELECT count(DISTINCT c.report || '/' || c.section)
   FROM mandate_coverage c JOIN mandate_paragraph q ON q.grp = c.grp AND q.number = c.number
   WHERE c.grp = p.grp AND q.mandate = p.mandate AND q.paragraph = p.paragraph COLLATE NOCASE)
  AS covered
FROM mandate_paragraph p JOIN mandate m ON m.grp = p.grp AND m.number = p.mandate
WHERE p.grp = :grp ORDER BY p.mandate, p.number;

-- Which section answers which quoted paragraph.
--: many mandate_answers(grp i64) -> (number i64, report i64, section i64, heading text, seq i64)
SELECT DISTINCT p.number, c.report, c.section, c.heading, c.seq
FROM mandate_paragraph p
JOIN mandate_paragraph q ON q.grp = p.grp AND q.mandate = p.mandate
  AND q.paragraph = p.paragraph COLLATE NOCASE
JOIN mandate_coverage c ON c.grp = q.grp AND c.number = q.number
WHERE p.grp = :grp ORDER BY p.number, c.report, c.section;

-- The reporting line, from the parent body down to the group.
--: many mandate_line(grp i64) -> (place i64, body text, seq i64)
SELECT place, body, seq FROM mandate_body WHERE grp = :grp ORDER BY place;
