-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What is not derived from the log: who is signed in, and with what they may sign in.
-- Tokens are kept as hashes only.
-- schema
CREATE TABLE IF NOT EXISTS session_session (
	token BLOB PRIMARY KEY,
	account TEXT NOT NULL,
	csrf TEXT NOT NULL,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS session_link (
	token BLOB PRIMARY KEY,
	account TEXT NOT NULL,
	next TEXT NOT NULL,
	expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS session_secret (
	account TEXT PRIMARY KEY,
	passphrase TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How to sign in to a demonstration, as the program prints it. Empty everywhere else.
CREATE TABLE IF NOT EXISTS session_demo (
	role TEXT PRIMARY KEY,
	email TEXT NOT NULL,
	passphrase TEXT NOT NULL
) STRICT;

--: run session_demo_set(role text, email text, passphrase text)
INSERT OR REPLACE INTO session_demo (role, email, passphrase) VALUES (:role, :email, :passphrase);

--: many session_demo_list() -> (role text, email text, passphrase text)
SELECT role, email, passphrase FROM session_demo ORDER BY rowid;

--: run session_add(token blob, account text, csrf text, created i64, expires i64)
INSERT INTO session_session (token, account, csrf, created, expires)
	VALUES (:token, :account, :csrf, :created, :expires);

--: one session_find(token blob, now i64) -> (account text, csrf text)
SELECT account, csrf FROM session_session WHERE token = :token AND expires > :now;

--: run session_end(token blob)
DELETE FROM session_session WHERE token = :token;

-- A new passphrase ends what somebody else may have begun with the old one.
--: run session_end_others(account text, token blob)
DELETE FROM session_session WHERE account = :account AND token <> :token;

--: run session_sweep(now i64)
DELETE FROM session_session WHERE expires <= :now;

--: run session_link_sweep(now i64)
DELETE FROM session_link WHERE expires <= :now;

--: run session_link_add(token blob, account text, next text, expires i64)
INSERT INTO session_link (token, account, next, expires) VALUES (:token, :account, :next, :expires);

--: one session_link_find(token blob, now i64) -> (account text, next text)
SELECT account, next FROM session_link WHERE token = :token AND expires > :now;

--: run session_link_end(token blob)
DELETE FROM session_link WHERE token = :token;

--: run session_link_end_all(account text)
DELETE FROM session_link WHERE account = :account;

--: one session_secret_of(account text) -> (passphrase text)
SELECT passphrase FROM session_secret WHERE account = :account;

--: run session_secret_set(account text, passphrase text)
INSERT INTO session_secret (account, passphrase) VALUES (:account, :passphrase)
	ON CONFLICT (account) DO UPDATE SET passphrase = excluded.passphrase;
