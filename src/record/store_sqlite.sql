-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The tables of the log. Only these are the record; the views that live beside
-- them are derived. An entry's id is log * 2^40 + seq and a part's is entry * 64 +
-- index, so that a log's entries lie together in the order of the log.

--: schema create_record_log
CREATE TABLE IF NOT EXISTS record_log (
	id INTEGER PRIMARY KEY,
	origin TEXT NOT NULL UNIQUE,
	size INTEGER NOT NULL,
	range BLOB NOT NULL,
	prev BLOB NOT NULL,
	time INTEGER NOT NULL,
	signed_size INTEGER NOT NULL,
	signed_root BLOB NOT NULL
) STRICT;

--: schema create_record_entry
CREATE TABLE IF NOT EXISTS record_entry (
	id INTEGER PRIMARY KEY,
	text BLOB NOT NULL
) STRICT;

--: schema create_record_part
CREATE TABLE IF NOT EXISTS record_part (
	id INTEGER PRIMARY KEY,
	salts BLOB,
	body BLOB,
	file TEXT
) STRICT;

--: schema create_record_part_file
CREATE INDEX IF NOT EXISTS record_part_file ON record_part (file) WHERE file IS NOT NULL;

--: schema create_record_key
CREATE TABLE IF NOT EXISTS record_key (
	log INTEGER NOT NULL,
	key TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (log, key)
) STRICT, WITHOUT ROWID;

--: schema create_record_node
CREATE TABLE IF NOT EXISTS record_node (
	log INTEGER NOT NULL,
	level INTEGER NOT NULL,
	idx INTEGER NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (log, level, idx)
) STRICT, WITHOUT ROWID;

--: run record_begin()
BEGIN IMMEDIATE;

--: run record_begin_read()
BEGIN;

--: run record_commit()
COMMIT;

--: run record_mark()
SAVEPOINT record_mark;

--: run record_undo()
ROLLBACK TO record_mark;

--: run record_keep()
RELEASE record_mark;

--: run record_rollback()
ROLLBACK;

--: one record_log_get(origin str) -> (id i64, size i64, range blob, prev blob, time i64, signed_size i64, signed_root blob)
SELECT id, size, range, prev, time, signed_size, signed_root FROM record_log WHERE origin = ?1;

--: run record_log_add(origin str)
INSERT INTO record_log (origin, size, range, prev, time, signed_size, signed_root)
VALUES (?1, 0, x'', zeroblob(32), -9223372036854775807 - 1, 0, zeroblob(32));

--: run record_log_set(id i64, size i64, range blob, prev blob, time i64, signed_size i64, signed_root blob)
UPDATE record_log SET size = ?2, range = ?3, prev = ?4, time = ?5, signed_size = ?6, signed_root = ?7
WHERE id = ?1;

--: many record_log_list() -> (origin str)
SELECT origin FROM record_log ORDER BY origin;

--: run record_entry_add(id i64, text blob)
INSERT INTO record_entry (id, text) VALUES (?1, ?2);

--: many record_entry_range(first i64, last i64) -> (id i64, text blob)
SELECT id, text FROM record_entry WHERE id BETWEEN ?1 AND ?2 ORDER BY id;

--: run record_part_add(id i64, salts blob, body blob, file str)
INSERT INTO record_part (id, salts, body, file) VALUES (?1, ?2, ?3, ?4);

--: many record_part_range(first i64, last i64) -> (id i64, salts blob, body blob, file str)
SELECT id, salts, body, file FROM record_part WHERE id BETWEEN ?1 AND ?2 ORDER BY id;

--: run record_part_replace(id i64, salts blob, body blob)
UPDATE record_part SET salts = ?2, body = ?3, file = NULL WHERE id = ?1;

--: many record_part_files() -> (file str)
SELECT file FROM record_part WHERE file IS NOT NULL;

--: run record_key_add(log i64, key str, seq i64)
INSERT INTO record_key (log, key, seq) VALUES (?1, ?2, ?3);

--: one record_key_get(log i64, key str) -> (seq i64)
SELECT seq FROM record_key WHERE log = ?1 AND key = ?2;

--: run record_node_add(log i64, level i64, idx i64, hash blob)
INSERT INTO record_node (log, level, idx, hash) VALUES (?1, ?2, ?3, ?4);

--: many record_node_range(log i64, level i64, first i64, last i64) -> (hash blob)
SELECT hash FROM record_node WHERE log = ?1 AND level = ?2 AND idx BETWEEN ?3 AND ?4 ORDER BY idx;

--: pragma pragma_wal
PRAGMA journal_mode = WAL;

-- While a new database is still in rollback mode: the removal of its journal must be on
-- the disk before the WAL exists, or a power cut could bring the journal back.
--: pragma pragma_extra
PRAGMA synchronous = EXTRA;

--: pragma pragma_full
PRAGMA synchronous = FULL;

--: pragma pragma_normal
PRAGMA synchronous = NORMAL;

--: pragma pragma_no_checkpoint
PRAGMA wal_autocheckpoint = 0;

--: pragma pragma_secure_delete
PRAGMA secure_delete = ON;

--: pragma pragma_cache
PRAGMA cache_size = -16384;

--: pragma pragma_memory
PRAGMA temp_store = MEMORY;
