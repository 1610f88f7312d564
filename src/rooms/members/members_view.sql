-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The composition of a group, now and in time. Names of persons are joined from people, so that
-- an erased name is gone everywhere.
-- needs rooms/people/people_view.sql
-- schema
CREATE TABLE members_constituency (
	grp INTEGER NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	parent TEXT NOT NULL,
	quota INTEGER NOT NULL,
	route TEXT NOT NULL,
	states INTEGER NOT NULL,
	place INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE members_seat (
	grp INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	constituency TEXT NOT NULL,
	state TEXT NOT NULL,
	delegation TEXT NOT NULL,
	nomination INTEGER NOT NULL,
	since INTEGER,
	seq INTEGER,
	PRIMARY KEY (grp, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE members_representative (
	grp INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	person TEXT NOT NULL,
	role TEXT NOT NULL,
	delegation TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER,
	until_seq INTEGER,
	PRIMARY KEY (grp, seat, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_representative_of_person ON members_representative (grp, person);

CREATE TABLE members_nomination (
	grp INTEGER NOT NULL,
	nomination INTEGER NOT NULL,
	constituency TEXT NOT NULL,
	delegation TEXT NOT NULL,
	person TEXT NOT NULL,
	note TEXT NOT NULL,
	proposer TEXT NOT NULL,
	state TEXT NOT NULL,
	reason TEXT NOT NULL,
	time INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	state_seq INTEGER NOT NULL,
	PRIMARY KEY (grp, nomination)
) STRICT, WITHOUT ROWID;

CREATE TABLE members_observer (
	grp INTEGER NOT NULL,
	observer INTEGER NOT NULL,
	organisation TEXT NOT NULL,
	category TEXT NOT NULL,
	person TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER,
	reason TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, observer)
) STRICT, WITHOUT ROWID;

CREATE TABLE members_officer (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	person TEXT NOT NULL,
	office TEXT NOT NULL,
	state TEXT NOT NULL,
	proposed INTEGER NOT NULL,
	elected INTEGER,
	elected_seq INTEGER,
	meeting INTEGER,
	words TEXT NOT NULL,
	ended INTEGER,
	reason TEXT NOT NULL,
	PRIMARY KEY (grp, seq)
) STRICT, WITHOUT ROWID;

-- What happened to a seat: endorsed, taken, head_replaced, joined, left, vacated.
CREATE TABLE members_change (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	seat INTEGER NOT NULL,
	what TEXT NOT NULL,
	delegation TEXT NOT NULL,
	person TEXT NOT NULL,
	former TEXT NOT NULL,
	role TEXT NOT NULL,
	reason TEXT NOT NULL,
	time INTEGER NOT NULL,
	PRIMARY KEY (grp, seq)
) STRICT, WITHOUT ROWID;

-- ---- writing

--: run members_put_constituency(grp i64, code text, name text, parent text, quota i64, route text,
--    states bool, seq i64)
INSERT INTO members_constituency VALUES (:grp, :code, :name, :parent, :quota, :route, :states,
	(SELECT count(*) + 1 FROM members_constituency WHERE grp = :grp), :seq);

-- The seat as the state has it; when it was taken is kept beside.
--: run members_put_seat(grp i64, seat i64, constituency text, state text, delegation text,
--    nomination i64)
INSERT INTO members_seat VALUES (:grp, :seat, :constituency, :state, :delegation, :nomination,
	NULL, NULL)
	ON CONFLICT (grp, seat) DO UPDATE SET constituency = excluded.constituency,
	state = excluded.state, delegation = excluded.delegation, nomination = excluded.nomination
	WHERE constituency <> excluded.constituency OR state <> excluded.state
	OR delegation <> excluded.delegation OR nomination <> excluded.nomination;

--: run members_seat_since(grp i64, seat i64, since i64?, seq i64?)
UPDATE members_seat SET since = :since, seq = :seq WHERE grp = :grp AND seat = :seat;

--: run members_representative_put(grp i64, seat i64, seq i64, person text, role text,
--    delegation text, since i64)
INSERT INTO members_representative VALUES (:grp, :seat, :seq, :person, :role, :delegation, :since,
	NULL, NULL);

-- Ends what the person is at the seat; with an empty person, of everyone; with a role, of that role.
--: run members_representative_end(grp i64, seat i64, person text, role text, until i64, seq i64)
UPDATE members_representative SET until = :until, until_seq = :seq
WHERE grp = :grp AND seat = :seat AND until IS NULL
	AND (:person = '' OR person = :person) AND (:role = '' OR role = :role);

--: one members_head(grp i64, seat i64) -> (person text)
SELECT person FROM members_representative
WHERE grp = :grp AND seat = :seat AND role = 'head' AND until IS NULL;

--: run members_put_nomination(grp i64, nomination i64, constituency text, delegation text,
--    person text, note text, proposer text, time i64, seq i64)
INSERT INTO members_nomination VALUES (:grp, :nomination, :constituency, :delegation, :person, :note,
	:proposer, 'submitted', '', :time, :seq, :seq);

--: run members_set_nomination(grp i64, nomination i64, state text, reason text, seq i64)
UPDATE members_nomination SET state = :state, reason = :reason, state_seq = :seq
WHERE grp = :grp AND nomination = :nomination;

--: run members_put_observer(grp i64, observer i64, organisation text, category text, person text,
--    since i64, seq i64)
INSERT INTO members_observer VALUES (:grp, :observer, :organisation, :category, :person, :since,
	NULL, '', :seq);

--: run members_end_observer(grp i64, observer i64, until i64, reason text)
UPDATE members_observer SET until = :until, reason = :reason
WHERE grp = :grp AND observer = :observer;

--: run members_put_officer(grp i64, seq i64, person text, office text, proposed i64)
INSERT INTO members_officer VALUES (:grp, :seq, :person, :office, 'candidate', :proposed, NULL, NULL,
	NULL, '', NULL, '');

--: run members_officer_elected(grp i64, person text, office text, elected i64, seq i64,
--    meeting i64?, words text)
UPDATE members_officer SET state = 'in_office', elected = :elected, elected_seq = :seq,
	meeting = :meeting, words = :words
WHERE grp = :grp AND person = :person AND office = :office AND state = 'candidate';

--: run members_officer_ended(grp i64, person text, office text, ended i64, reason text)
UPDATE members_officer SET state = 'ended', ended = :ended, reason = :reason
WHERE grp = :grp AND person = :person AND office = :office AND state <> 'ended';

--: run members_change_put(grp i64, seq i64, seat i64, what text, delegation text, person text,
--    former text, role text, reason text, time i64)
INSERT INTO members_change VALUES (:grp, :seq, :seat, :what, :delegation, :person, :former, :role,
	:reason, :time);

-- ---- questions

-- The constituencies in the order of the mandate, with the seats of all their parts.
--: many members_constituencies(grp i64) -> (code text, name text, parent text, quota i64,
--    route text, states bool, filled i64, open i64, seq i64)
WITH RECURSIVE inside (outer_code, code) AS (
	SELECT code, code FROM members_constituency WHERE grp = :grp
	UNION ALL
	SELECT i.outer_code, c.code FROM inside i
	JOIN members_constituency c ON c.grp = :grp AND c.parent = i.code
)
SELECT c.code, c.name, c.parent, c.quota, c.route, c.states,
	(SELECT count(*) FROM members_seat s JOIN inside i ON i.code = s.constituency
	WHERE s.grp = c.grp AND i.outer_code = c.code AND s.state = 'filled') AS filled,
	(SELECT count(*) FROM members_seat s JOIN inside i ON i.code = s.constituency
	WHERE s.grp = c.grp AND i.outer_code = c.code AND s.state IN ('vacant', 'nominated')) AS open,
	c.seq
FROM members_constituency c WHERE c.grp = :grp ORDER BY c.place;

--: many members_seats(grp i64) -> (seat i64, constituency text, state text, delegation text,
--    nominee text?, nomination i64, since i64?, seq i64?)
SELECT s.seat, s.constituency, s.state, s.delegation, n.delegation AS nominee, s.nomination, s.since,
	s.seq
FROM members_seat s
LEFT JOIN members_nomination n ON n.grp = s.grp AND n.nomination = s.nomination
WHERE s.grp = :grp ORDER BY s.seat;

--: one members_one_seat(grp i64, seat i64) -> (constituency text, code text, state text,
--    delegation text, nominee text?, nomination i64, since i64?, seq i64?, route text)
SELECT c.name AS constituency, c.code, s.state, s.delegation, n.delegation AS nominee, s.nomination,
	s.since, s.seq, c.route
FROM members_seat s
JOIN members_constituency c ON c.grp = s.grp AND c.code = s.constituency
LEFT JOIN members_nomination n ON n.grp = s.grp AND n.nomination = s.nomination
WHERE s.grp = :grp AND s.seat = :seat;

-- Who speaks for the seats, now; seat 0: for all of them.
--: many members_representatives(grp i64, seat i64) -> (seat i64, person text, name text, title text,
--    role text, since i64, seq i64)
SELECT r.seat, r.person, p.name, p.title, r.role, r.since, r.seq
FROM members_representative r JOIN people_person p ON p.grp = r.grp AND p.person = r.person
WHERE r.grp = :grp AND (:seat = 0 OR r.seat = :seat) AND r.until IS NULL
ORDER BY r.seat, CASE r.role WHEN 'head' THEN 1 WHEN 'alternate' THEN 2 ELSE 3 END, r.since, r.seq;

-- Who has ever spoken for a seat.
--: many members_service(grp i64, seat i64) -> (person text, name text, role text, delegation text,
--    since i64, until i64?, seq i64, until_seq i64?)
SELECT r.person, p.name, r.role, r.delegation, r.since, r.until, r.seq, r.until_seq
FROM members_representative r JOIN people_person p ON p.grp = r.grp AND p.person = r.person
WHERE r.grp = :grp AND r.seat = :seat ORDER BY r.since, r.seq;

-- What happened to the seats, newest first. seat 0: replacements at all of them; else everything.
--: many members_changes(grp i64, seat i64) -> (seq i64, seat i64, what text, delegation text,
--    person text, name text?, former text, former_name text?, role text, reason text, time i64)
SELECT c.seq, c.seat, c.what, c.delegation, c.person, p.name, c.former, f.name AS former_name, c.role,
	c.reason, c.time
FROM members_change c
LEFT JOIN people_person p ON p.grp = c.grp AND p.person = c.person
LEFT JOIN people_person f ON f.grp = c.grp AND f.person = c.former
WHERE c.grp = :grp AND (c.seat = :seat OR (:seat = 0 AND c.what IN ('head_replaced', 'vacated')))
ORDER BY c.seq DESC;

--: many members_nominations(grp i64, pending bool) -> (nomination i64, constituency text, code text,
--    delegation text, person text, name text?, note text, state text, reason text, time i64, seq i64)
SELECT n.nomination, c.name AS constituency, c.code, n.delegation, n.person, p.name, n.note, n.state,
	n.reason, n.time, n.seq
FROM members_nomination n
JOIN members_constituency c ON c.grp = n.grp AND c.code = n.constituency
LEFT JOIN people_person p ON p.grp = n.grp AND p.person = n.person
WHERE n.grp = :grp AND (NOT :pending OR n.state IN ('submitted', 'eligible'))
ORDER BY n.nomination;

--: many members_observers(grp i64) -> (observer i64, organisation text, category text, person text,
--    name text?, since i64, until i64?, reason text, seq i64)
SELECT o.observer, o.organisation, o.category, o.person, p.name, o.since, o.until, o.reason, o.seq
FROM members_observer o LEFT JOIN people_person p ON p.grp = o.grp AND p.person = o.person
WHERE o.grp = :grp ORDER BY o.until IS NOT NULL, o.organisation COLLATE NOCASE, o.observer;

-- The Chair first, then vice-chairs, candidates, and those who have left office.
--: many members_officers(grp i64) -> (person text, name text, title text, representing text,
--    office text, state text, proposed i64, elected i64?, elected_seq i64?, meeting i64?, words text,
--    ended i64?, reason text, seq i64)
SELECT o.person, p.name, p.title, p.representing, o.office, o.state, o.proposed, o.elected,
	o.elected_seq, o.meeting, o.words, o.ended, o.reason, o.seq
FROM members_officer o JOIN people_person p ON p.grp = o.grp AND p.person = o.person
WHERE o.grp = :grp
ORDER BY CASE o.state WHEN 'in_office' THEN 1 WHEN 'candidate' THEN 2 ELSE 3 END,
	o.office <> 'chair', o.seq;

-- The figures of the report and of the group's own page.
--: one members_figures(grp i64) -> (seats i64, filled i64, member_states i64, other_members i64,
--    observers i64)
SELECT count(*) AS seats, coalesce(sum(s.state = 'filled'), 0) AS filled,
	coalesce(sum(s.state = 'filled' AND c.states), 0) AS member_states,
	coalesce(sum(s.state = 'filled' AND NOT c.states), 0) AS other_members,
	(SELECT count(*) FROM members_observer o WHERE o.grp = :grp AND o.until IS NULL) AS observers
FROM members_seat s JOIN members_constituency c ON c.grp = s.grp AND c.code = s.constituency
WHERE s.grp = :grp;

-- The Chair in office, for pages of other rooms.
--: one members_chair_now(grp i64) -> (person text, name text, representing text, elected i64,
--    elected_seq i64)
SELECT o.person, p.name, p.representing, o.elected, o.elected_seq
FROM members_officer o JOIN people_person p ON p.grp = o.grp AND p.person = o.person
WHERE o.grp = :grp AND o.office = 'chair' AND o.state = 'in_office';
