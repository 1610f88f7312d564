-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Accounts (group 0), the persons of each group, the offices they hold and their roles.
-- Addresses and accounts stand here for signing in; no statement that a page lists with returns them.
-- needs rooms/members/members_view.sql
-- schema
CREATE TABLE people_account (
	grp INTEGER NOT NULL,
	account TEXT NOT NULL,
	email TEXT NOT NULL,
	name TEXT NOT NULL,
	admin INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (grp, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_account_of_email ON people_account (email);

CREATE TABLE people_person (
	grp INTEGER NOT NULL,
	person TEXT NOT NULL,
	name TEXT NOT NULL,
	title TEXT NOT NULL,
	representing TEXT NOT NULL,
	kind TEXT NOT NULL,
	account TEXT NOT NULL,
	email TEXT NOT NULL,
	seq INTEGER NOT NULL,
	card_seq INTEGER NOT NULL,
	time INTEGER NOT NULL,
	PRIMARY KEY (grp, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_person_of_account ON people_person (grp, account);
CREATE INDEX people_person_of_email ON people_person (grp, email);

CREATE TABLE people_office (
	grp INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	person TEXT NOT NULL,
	office TEXT NOT NULL,
	constituency TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER,
	until_seq INTEGER,
	PRIMARY KEY (grp, seq)
) STRICT, WITHOUT ROWID;

-- The roles of a person as group_roles() gives them: what a session needs without the state.
CREATE TABLE people_role (
	grp INTEGER NOT NULL,
	person TEXT NOT NULL,
	roles INTEGER NOT NULL,
	PRIMARY KEY (grp, person)
) STRICT, WITHOUT ROWID;

--: run people_account_put(account text, email text, name text, seq i64)
INSERT INTO people_account VALUES (0, :account, lower(:email), :name, 0, :seq);

--: run people_account_set_admin(account text)
UPDATE people_account SET admin = 1 WHERE grp = 0 AND account = :account;

-- Signing in: the account that an address belongs to. Never for an address that was erased.
--: one people_account_by_email(email text) -> (account text, name text, admin bool)
SELECT account, name, admin FROM people_account WHERE email = lower(:email) AND email <> '';

--: one people_account_by_id(account text) -> (email text, name text, admin bool)
SELECT email, name, admin FROM people_account WHERE grp = 0 AND account = :account;

-- For the choice of an administrator.
--: many people_accounts() -> (account text, name text, admin bool)
SELECT account, name, admin FROM people_account WHERE grp = 0 ORDER BY name, account;

-- Persons who were registered with this address in any group: whoever proves to own it may sign in.
--: one people_person_by_email(email text) -> (name text)
SELECT name FROM people_person WHERE email = lower(:email) AND email <> '' AND name <> ''
	ORDER BY grp, seq LIMIT 1;

-- The person of an account in a group: by the account itself, or by its address.
-- Asked for every page of somebody signed in. Without statistics SQLite takes all persons of the
-- group for fewer than those of one address, hence the indexes by name.
--: one people_person_of(grp i64, account text, email text) -> (person text, name text, roles i64)
SELECT p.person, p.name, coalesce(r.roles, 1) AS roles
FROM (SELECT 0 AS by_email, seq, grp, person, name
		FROM people_person INDEXED BY people_person_of_account
		WHERE grp = :grp AND account = :account AND account <> ''
	UNION ALL SELECT 1, seq, grp, person, name
		FROM people_person INDEXED BY people_person_of_email
		WHERE grp = :grp AND email = lower(:email) AND email <> '') p
	LEFT JOIN people_role r ON r.grp = p.grp AND r.person = p.person
ORDER BY p.by_email, p.seq LIMIT 1;

--: run people_person_put(grp i64, person text, name text, title text, representing text, kind text,
--    account text, email text, seq i64, time i64)
INSERT INTO people_person VALUES (:grp, :person, :name, :title, :representing, :kind, :account,
	lower(:email), :seq, :seq, :time);

-- An empty address leaves the address as it is.
--: run people_person_card(grp i64, person text, name text, title text, representing text,
--    email text, seq i64)
UPDATE people_person SET name = :name, title = :title, representing = :representing,
	email = CASE WHEN :email = '' THEN email ELSE lower(:email) END, card_seq = :seq
WHERE grp = :grp AND person = :person;

--: run people_office_put(grp i64, seq i64, person text, office text, constituency text, since i64)
INSERT INTO people_office VALUES (:grp, :seq, :person, :office, :constituency, :since, NULL, NULL);

-- An empty constituency: of all of them.
--: run people_office_end(grp i64, person text, office text, constituency text, until i64, seq i64)
UPDATE people_office SET until = :until, until_seq = :seq
WHERE grp = :grp AND person = :person AND office = :office AND until IS NULL
	AND (:constituency = '' OR constituency = :constituency);

--: many people_roles_shown(grp i64) -> (person text, roles i64)
SELECT person, roles FROM people_role WHERE grp = :grp;

--: run people_role_set(grp i64, person text, roles i64)
INSERT INTO people_role VALUES (:grp, :person, :roles)
	ON CONFLICT (grp, person) DO UPDATE SET roles = excluded.roles;

-- The participants, for everyone; q narrows to names, functions and organisations with these words.
--: many people_list(grp i64, q text) -> (person text, name text, title text, representing text,
--    kind text, seat i64?, role text?, seq i64)
SELECT p.person, p.name, p.title, p.representing, p.kind, r.seat, r.role, p.seq
FROM people_person p
LEFT JOIN members_representative r ON r.grp = p.grp AND r.person = p.person AND r.until IS NULL
WHERE p.grp = :grp AND (:q = '' OR
	instr(lower(p.name || ' ' || p.title || ' ' || p.representing), lower(:q)) > 0)
ORDER BY p.representing COLLATE NOCASE, r.role = 'head' DESC, p.name COLLATE NOCASE, p.person;

--: one people_card(grp i64, person text) -> (name text, title text, representing text, kind text,
--    roles i64, seq i64, card_seq i64, time i64)
SELECT p.name, p.title, p.representing, p.kind, coalesce(r.roles, 1) AS roles, p.seq, p.card_seq,
	p.time
FROM people_person p LEFT JOIN people_role r ON r.grp = p.grp AND r.person = p.person
WHERE p.grp = :grp AND p.person = :person;

--: many people_offices(grp i64, person text) -> (office text, constituency text, code text,
--    since i64, until i64?, seq i64, until_seq i64?)
SELECT o.office, coalesce(c.name, '') AS constituency, o.constituency AS code, o.since, o.until,
	o.seq, o.until_seq
FROM people_office o
LEFT JOIN members_constituency c ON c.grp = o.grp AND c.code = o.constituency
WHERE o.grp = :grp AND o.person = :person ORDER BY o.since, o.seq;

-- Those who hold an office now, the Chair first.
--: many people_in_office(grp i64) -> (person text, name text, representing text, office text,
--    constituency text, since i64, seq i64)
SELECT o.person, p.name, p.representing, o.office, o.constituency, o.since, o.seq
FROM (
	SELECT CASE office WHEN 'chair' THEN 1 ELSE 2 END AS place, person, office, '' AS constituency,
		elected AS since, elected_seq AS seq
	FROM members_officer WHERE grp = :grp AND state = 'in_office'
	UNION ALL
	SELECT CASE f.office WHEN 'secretariat' THEN 3 WHEN 'focal_point' THEN 4 ELSE 5 END, f.person,
		f.office, coalesce(c.name, ''), f.since, f.seq
	FROM people_office f
	LEFT JOIN members_constituency c ON c.grp = f.grp AND c.code = f.constituency
	WHERE f.grp = :grp AND f.until IS NULL
) o JOIN people_person p ON p.grp = :grp AND p.person = o.person
ORDER BY o.place, o.seq;

-- The seats that a person has represented.
--: many people_seats(grp i64, person text) -> (seat i64, role text, delegation text, since i64,
--    until i64?, seq i64)
SELECT seat, role, delegation, since, until, seq FROM members_representative
WHERE grp = :grp AND person = :person ORDER BY since, seq;

-- What a person was elected to, or stood for.
--: many people_elections(grp i64, person text) -> (office text, state text, proposed i64,
--    elected i64?, ended i64?, seq i64)
SELECT office, state, proposed, elected, ended, seq FROM members_officer
WHERE grp = :grp AND person = :person ORDER BY seq;
