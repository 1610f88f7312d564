/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/db_table.h"

#include "base/buf.h"

#include <sqlite3.h>

#include "base/poison.h"

static void put_name(struct buf *b, str name)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, name.p[i]);
	}
	buf_putc(b, '"');
}

enum rc db_table_drop(struct db *db, str table, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("DROP TABLE IF EXISTS "));
	put_name(&b, table);
	return db_script(db, buf_str(&b), err);
}

static void hash_row(sqlite3_stmt *stmt, struct sha256 *hash)
{
	for (int i = 0; i < sqlite3_column_count(stmt); i++) {
		int32_t head[2] = {sqlite3_column_type(stmt, i), 0};
		const void *p = sqlite3_column_blob(stmt, i);
		head[1] = sqlite3_column_bytes(stmt, i);
		sha256_add(hash, str_from(head, sizeof head));
		sha256_add(hash, str_from(p, (size_t)head[1]));
	}
}

static int columns_of(struct db *db, const char *select)
{
	sqlite3_stmt *stmt = NULL;
	int n = sqlite3_prepare_v2(db_handle(db), select, -1, &stmt, NULL) == SQLITE_OK
	            ? sqlite3_column_count(stmt)
	            : 0;
	sqlite3_finalize(stmt);
	return n;
}

enum rc db_table_hash(struct db *db, str table, struct sha256 *hash, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("SELECT * FROM "));
	put_name(&b, table);
	int columns = columns_of(db, arena_z(a, buf_str(&b)));
	for (int i = 1; i <= columns; i++)
		buf_printf(&b, "%s%d", i == 1 ? " ORDER BY " : ", ", i);

	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db_handle(db), arena_z(a, buf_str(&b)), -1, &stmt, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		hash_row(stmt, hash);
		rc = SQLITE_OK;
	}
	sqlite3_finalize(stmt);
	if (rc != SQLITE_DONE)
		return ERR(err, FAULT, NULL, "The table {0} cannot be read.", table);
	return OK;
}
