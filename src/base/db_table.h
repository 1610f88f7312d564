/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * db_table: whole tables by name, for those who rebuild and compare views.
 *
 * Threads: that of the db. Errors: FAULT.
 */
#ifndef BASE_DB_TABLE_H
#define BASE_DB_TABLE_H

#include "base/db.h"
#include "base/hash.h"

/* Drops a table if it exists. The name is quoted. */
enum rc db_table_drop(struct db *db, str table, struct err *err) MUST_USE;
/*
 * Adds every row to a hash, ordered by all columns, each value with its type and length: two
 * tables with the same rows have the same hash, whatever their rowids.
 */
enum rc db_table_hash(struct db *db, str table, struct sha256 *hash, struct err *err) MUST_USE;

#endif
