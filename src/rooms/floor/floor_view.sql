-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Lists of speakers, who asked for the floor and had it, and what was put to the group. Names of
-- people are joined from people, so that an erased name is gone everywhere.
-- needs rooms/people/people_view.sql
-- needs rooms/members/members_view.sql
-- needs rooms/document/document_view.sql
-- needs rooms/meeting/meeting_view.sql
-- schema
CREATE TABLE floor_list (
	grp INTEGER NOT NULL,
	list INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	sitting INTEGER NOT NULL, -- 0: the meeting as a whole
	item INTEGER NOT NULL,    -- 0: none
	policy TEXT NOT NULL,
	minutes INTEGER NOT NULL, -- for one statement; 0: no limit
	budget INTEGER NOT NULL,  -- minutes for each constituency; 0: none
	apart INTEGER NOT NULL,   -- points of order are not counted to the constituency
	replies_apart INTEGER NOT NULL, -- nor are rights of reply
	closed INTEGER NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	closed_at INTEGER,
	closed_seq INTEGER,
	closed_words TEXT,
	PRIMARY KEY (grp, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE floor_request (
	grp INTEGER NOT NULL,
	request INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	list INTEGER NOT NULL,
	seat INTEGER NOT NULL,   -- 0: none
	person TEXT NOT NULL,    -- who speaks; empty: whoever speaks for the seat
	party TEXT NOT NULL,
	constituency TEXT NOT NULL,
	observer INTEGER NOT NULL,
	kind TEXT NOT NULL,
	category TEXT NOT NULL, -- of a point of order; empty: the conduct of the proceedings
	rule TEXT NOT NULL,
	mode TEXT NOT NULL,
	item INTEGER NOT NULL,
	paragraph TEXT NOT NULL,
	lang TEXT NOT NULL,
	note TEXT NOT NULL,
	statement INTEGER NOT NULL, -- a written one that is listed at the meeting; 0: none
	minutes INTEGER NOT NULL,
	state TEXT NOT NULL,
	since INTEGER,            -- speaking: since when
	seconds INTEGER NOT NULL, -- used, without what runs now
	place INTEGER,            -- in the queue, from 1
	why TEXT NOT NULL,        -- it stands there
	overridden INTEGER NOT NULL,
	reason TEXT NOT NULL,     -- why the order was changed, or the request removed
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	given_at INTEGER,
	ended_at INTEGER,
	state_seq INTEGER NOT NULL,
	PRIMARY KEY (grp, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX floor_request_of_list ON floor_request (grp, list);

CREATE TABLE floor_time (
	grp INTEGER NOT NULL,
	list INTEGER NOT NULL,
	constituency TEXT NOT NULL, -- empty: observers and others
	seconds INTEGER NOT NULL,
	speakers INTEGER NOT NULL,
	PRIMARY KEY (grp, list, constituency)
) STRICT, WITHOUT ROWID;

CREATE TABLE floor_put (
	grp INTEGER NOT NULL,
	put INTEGER NOT NULL,
	meeting INTEGER NOT NULL,
	item INTEGER NOT NULL,
	text TEXT NOT NULL,
	hash TEXT NOT NULL,
	state TEXT NOT NULL,
	words TEXT NOT NULL, -- of the Chair, or why it was taken back
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	ended_at INTEGER,
	ended_seq INTEGER,
	PRIMARY KEY (grp, put)
) STRICT, WITHOUT ROWID;

CREATE TABLE floor_objection (
	grp INTEGER NOT NULL,
	put INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	party TEXT NOT NULL,
	reason TEXT NOT NULL,
	at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, put, seat)
) STRICT, WITHOUT ROWID;

--: run floor_add_list(grp i64, list i64, meeting i64, sitting i64, item i64, policy text,
--    minutes i64, budget i64, apart bool, replies_apart bool, at i64, seq i64)
INSERT INTO floor_list (grp, list, meeting, sitting, item, policy, minutes, budget, apart,
	replies_apart, closed, at, seq)
VALUES (:grp, :list, :meeting, :sitting, :item, :policy, :minutes, :budget, :apart, :replies_apart,
	0, :at, :seq);

--: run floor_end_list(grp i64, list i64, words text, at i64, seq i64)
UPDATE floor_list SET closed = 1, closed_at = :at, closed_seq = :seq, closed_words = :words
WHERE grp = :grp AND list = :list;

--: run floor_add_request(grp i64, request i64, meeting i64, list i64, seat i64, person text,
--    party text, constituency text, observer bool, kind text, category text, rule text, mode text,
--    item i64, paragraph text, lang text, note text, statement i64, minutes i64, state text,
--    at i64, seq i64)
INSERT INTO floor_request (grp, request, meeting, list, seat, person, party, constituency, observer,
	kind, category, rule, mode, item, paragraph, lang, note, statement, minutes, state, seconds, why,
	overridden, reason, at, seq, state_seq)
VALUES (:grp, :request, :meeting, :list, :seat, :person, :party, :constituency, :observer, :kind,
	:category, :rule, :mode, :item, :paragraph, :lang, :note, :statement, :minutes, :state, 0, '', 0, '', :at, :seq, :seq);

--: run floor_put_state(grp i64, request i64, list i64, state text, since i64?, seconds i64, seq i64)
UPDATE floor_request SET list = :list, state = :state, since = :since, seconds = :seconds,
	state_seq = :seq
WHERE grp = :grp AND request = :request;

--: run floor_put_given(grp i64, request i64, overridden bool, reason text, at i64)
UPDATE floor_request SET given_at = :at, overridden = :overridden, reason = :reason
WHERE grp = :grp AND request = :request;

--: run floor_put_ended(grp i64, request i64, at i64)
UPDATE floor_request SET ended_at = :at WHERE grp = :grp AND request = :request;

--: run floor_put_reason(grp i64, request i64, reason text)
UPDATE floor_request SET reason = :reason WHERE grp = :grp AND request = :request;

--: run floor_drop_places(grp i64, meeting i64)
UPDATE floor_request SET place = NULL, why = ''
WHERE grp = :grp AND meeting = :meeting AND place IS NOT NULL;

--: run floor_put_place(grp i64, request i64, place i64, why text)
UPDATE floor_request SET place = :place, why = :why WHERE grp = :grp AND request = :request;

--: run floor_put_time(grp i64, list i64, constituency text, seconds i64, speakers i64)
INSERT INTO floor_time (grp, list, constituency, seconds, speakers)
VALUES (:grp, :list, :constituency, :seconds, :speakers)
ON CONFLICT (grp, list, constituency) DO UPDATE SET seconds = :seconds, speakers = :speakers;

--: run floor_add_put(grp i64, put i64, meeting i64, item i64, text text, hash text, state text,
--    at i64, seq i64)
INSERT INTO floor_put (grp, put, meeting, item, text, hash, state, words, at, seq)
VALUES (:grp, :put, :meeting, :item, :text, :hash, :state, '', :at, :seq);

--: run floor_end_put(grp i64, put i64, state text, words text, at i64, seq i64)
UPDATE floor_put SET state = :state, words = :words, ended_at = coalesce(ended_at, :at),
	ended_seq = coalesce(ended_seq, :seq)
WHERE grp = :grp AND put = :put;

--: run floor_add_objection(grp i64, put i64, seat i64, party text, reason text, at i64, seq i64)
INSERT INTO floor_objection (grp, put, seat, party, reason, at, seq)
VALUES (:grp, :put, :seat, :party, :reason, :at, :seq);

-- The meeting, and the sitting that is held now: that of the newest list, else the plenary that
-- began last or begins within half an hour; 0: none in particular, and what the meeting says holds.
--: one floor_meeting(grp i64, number i64, now i64) -> (number i64, title text, state text, zone text,
--    remote bool, url text, sitting i64, publicity text)
SELECT m.number, m.title, m.state, m.zone, m.remote, coalesce(nullif(s.url, ''), m.url) AS url,
	coalesce(s.sitting, 0) AS sitting, coalesce(s.publicity, m.publicity) AS publicity
FROM meeting m
LEFT JOIN meeting_sitting s ON s.grp = m.grp AND s.meeting = m.number AND s.sitting = coalesce(
	nullif((SELECT sitting FROM floor_list WHERE grp = :grp AND meeting = :number
		ORDER BY list DESC LIMIT 1), 0),
	(SELECT sitting FROM meeting_sitting WHERE grp = :grp AND meeting = :number
		AND kind = 'plenary' AND cancelled = 0 AND starts <= :now + 1800000000
		ORDER BY starts DESC LIMIT 1))
WHERE m.grp = :grp AND m.number = :number;

-- The lists of a meeting, oldest first.
--: many floor_lists(grp i64, meeting i64) -> (list i64, sitting i64, item i64, item_title text,
--    policy text, minutes i64, budget i64, apart bool, replies_apart bool, closed bool, at i64,
--    seq i64, closed_at i64?,
--    closed_seq i64?, closed_words text?)
SELECT l.list, l.sitting, l.item, coalesce(i.title, '') AS item_title, l.policy, l.minutes,
	l.budget, l.apart, l.replies_apart, l.closed, l.at, l.seq, l.closed_at, l.closed_seq, l.closed_words
FROM floor_list l
LEFT JOIN meeting_item i ON i.grp = l.grp AND i.meeting = l.meeting AND i.item = l.item
WHERE l.grp = :grp AND l.meeting = :meeting ORDER BY l.list;

-- Everyone who asked, of one list: those who wait in their order, then the others as they came.
--: many floor_requests(grp i64, list i64) -> (request i64, seat i64, person text, name text,
--    party text, constituency text, constituency_name text, observer bool, kind text,
--    category text, rule text, mode text, item i64, paragraph text, lang text, note text, statement i64, minutes i64, state text, since i64?,
--    seconds i64, place i64?, why text, overridden bool, reason text, at i64, seq i64,
--    given_at i64?, ended_at i64?, state_seq i64)
SELECT r.request, r.seat, r.person, coalesce(p.name, '') AS name, r.party, r.constituency,
	coalesce(c.name, '') AS constituency_name, r.observer, r.kind, r.category, r.rule, r.mode, r.item,
	r.paragraph, r.lang, r.note, r.statement, r.minutes, r.state, r.since, r.seconds, r.place, r.why,
	r.overridden, r.reason, r.at, r.seq, r.given_at, r.ended_at, r.state_seq
FROM floor_request r
LEFT JOIN people_person p ON p.grp = r.grp AND p.person = r.person
LEFT JOIN members_constituency c ON c.grp = r.grp AND c.code = r.constituency
WHERE r.grp = :grp AND r.list = :list
ORDER BY r.place IS NULL, r.place, coalesce(r.given_at, r.at), r.request;

-- Who asked for the floor or had it in a time, and was there when called; as they did last. For a
-- seat without a name it is the head of the delegation.
--: many floor_present(grp i64, meeting i64, from i64, until i64) -> (person text, mode text)
SELECT person, mode FROM (
	SELECT person, mode, max(request) FROM (
		SELECT CASE WHEN r.person <> '' THEN r.person ELSE coalesce((
			SELECT h.person FROM members_representative h
			WHERE h.grp = r.grp AND h.seat = r.seat AND h.role = 'head' AND h.until IS NULL), '')
			END AS person, r.mode, r.request
		FROM floor_request r
		WHERE r.grp = :grp AND r.meeting = :meeting AND r.state <> 'not_present'
			AND (r.at BETWEEN :from AND :until OR r.given_at BETWEEN :from AND :until))
	WHERE person <> '' GROUP BY person)
ORDER BY person;

-- Everyone who has spoken; all: and every constituency with seats.
--: many floor_times(grp i64, list i64, all bool) -> (constituency text, name text, seconds i64, speakers i64)
SELECT constituency, name, seconds, speakers FROM (
	SELECT t.constituency, coalesce(c.name, '') AS name, t.seconds, t.speakers
	FROM floor_time t LEFT JOIN members_constituency c ON c.grp = t.grp AND c.code = t.constituency
	WHERE t.grp = :grp AND t.list = :list
	UNION ALL SELECT c.code, c.name, 0, 0 FROM members_constituency c
	WHERE c.grp = :grp AND :all
		AND EXISTS (SELECT 1 FROM members_seat s WHERE s.grp = c.grp AND s.constituency = c.code)
		AND NOT EXISTS (SELECT 1 FROM floor_time t WHERE t.grp = c.grp AND t.list = :list
			AND t.constituency = c.code))
ORDER BY constituency = '', constituency;

-- What was put to the group in a meeting, newest first.
--: many floor_puts(grp i64, meeting i64) -> (put i64, item i64, text text, hash text, state text,
--    words text, at i64, seq i64, ended_at i64?, ended_seq i64?)
SELECT put, item, text, hash, state, words, at, seq, ended_at, ended_seq
FROM floor_put WHERE grp = :grp AND meeting = :meeting ORDER BY put DESC;

--: many floor_objections(grp i64, meeting i64) -> (put i64, seat i64, party text, reason text,
--    at i64, seq i64)
SELECT o.put, o.seat, o.party, o.reason, o.at, o.seq
FROM floor_objection o JOIN floor_put p ON p.grp = o.grp AND p.put = o.put
WHERE p.grp = :grp AND p.meeting = :meeting ORDER BY o.put, o.seq;

-- Who can still be chosen in a meeting, for forms.
--: many floor_choices(grp i64, meeting i64) -> (request i64, party text, kind text, state text)
SELECT request, party, kind, state FROM floor_request
WHERE grp = :grp AND meeting = :meeting AND state IN ('requested', 'on_list', 'called', 'speaking',
	'paused')
ORDER BY place IS NULL, place, request;

-- The seat that a person represents now.
--: one floor_own_seat(grp i64, person text) -> (seat i64, party text)
SELECT s.seat, s.delegation AS party FROM members_representative r
JOIN members_seat s ON s.grp = r.grp AND s.seat = r.seat
WHERE r.grp = :grp AND r.person = :person AND r.until IS NULL;

-- What a person ('': nobody in particular) does in a channel: has the floor, oneself or for one's
-- seat; interprets into it; or into any language. And whether anybody interprets into it.
--: one floor_voice(grp i64, meeting i64, person text, channel text) -> (speaks bool,
--    interprets bool, serves bool, interpreted bool)
SELECT :person <> '' AND EXISTS (SELECT 1 FROM floor_request r
		WHERE r.grp = :grp AND r.meeting = :meeting AND r.state = 'speaking'
		AND (r.person = :person OR (r.person = '' AND r.seat IN (
			SELECT seat FROM members_representative
			WHERE grp = :grp AND person = :person AND until IS NULL)))) AS speaks,
	EXISTS (SELECT 1 FROM meeting_interpreter WHERE grp = :grp AND meeting = :meeting
		AND person = :person AND lang = :channel) AS interprets,
	EXISTS (SELECT 1 FROM meeting_interpreter WHERE grp = :grp AND meeting = :meeting
		AND person = :person) AS serves,
	EXISTS (SELECT 1 FROM meeting_interpreter WHERE grp = :grp AND meeting = :meeting
		AND lang = :channel) AS interpreted;

-- The languages of interpretation, and whether the person interprets into them.
--: many floor_channels(grp i64, meeting i64, person text) -> (lang text, mine bool)
SELECT lang, max(person = :person) AS mine FROM meeting_interpreter
WHERE grp = :grp AND meeting = :meeting GROUP BY lang ORDER BY lang;
