/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * csv: tables as text, by RFC 4180 and as spreadsheets write it.
 *
 * Read: a mark at the beginning (BOM), commas, semicolons (where the comma is the decimal sign) or
 * tabs between cells, CRLF or LF between rows, cells in quotation marks with anything in them.
 * Written: commas, CRLF, quotation marks where another reader could go wrong. What is written is
 * read as the same cells. Results in the arena passed in. Threads: any.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

struct csv_row {
	size_t number; /* in the spreadsheet, from 1: empty rows are left out but counted */
	str *cell;
	size_t n;
};

struct csv {
	VEC(struct csv_row) rows;
	char separator;
};

/*
 * INVALID, of no field: a quotation mark that is not closed, or more than `rows` rows or `cells`
 * cells in one; names the row. Bytes are not checked to be UTF-8.
 */
enum rc csv_read(
    struct arena *a, str s, size_t rows, size_t cells, struct csv *out, struct err *err) MUST_USE;
/* One row, with its end of line. */
void csv_write(struct buf *b, const str *cell, size_t n);

/*
 * A cell that a spreadsheet would take for a formula, begun with an apostrophe, so that it is shown
 * and not calculated; other cells as they are. csv_unguard takes back exactly that.
 */
str csv_guard(struct arena *a, str cell);
str csv_unguard(str cell);

#endif
