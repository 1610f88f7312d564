/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fts: what we add to SQLite's full text search, on one connection.
 *
 * The tokenizer "comity_icu" (base/tokenizer.h), and the function comity_rank(TABLE, WEIGHTS) for
 * a table whose first column is a head (title, names) and whose second is a text. WEIGHTS is a
 * blob with one byte for each phrase of the query: how rare it is, or FTS_FORM when the phrase is
 * another form of the nearest one before it that is not. The result is an integer, higher for
 * better: twice the score, plus 1 when a phrase stands in the text and not in the head alone. All
 * forms of a word together are worth less than the word as it was asked for, standing there once.
 * Unlike FTS5's bm25 it reads nothing but the matches of its own row, so that its cost does not
 * grow with the number of rows that hold a frequent word; a text is a paragraph, whose length needs
 * no weighing. Threads: that of the connection. db_wrap() and db_open_...() register it.
 */
#ifndef BASE_FTS_H
#define BASE_FTS_H

#include <stdbool.h>

/* The first byte of a string of a query that is a word as the tokenizer makes them: it is not
 * folded once more. */
#define FTS_AS_IT_IS '\x02'
#define FTS_FORM     0x80

struct sqlite3;
/* False: this SQLite has no FTS5. */
bool fts_register(struct sqlite3 *db);

#endif
