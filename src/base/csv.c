/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/csv.h"

#include "base/poison.h"

#define BOM "\xef\xbb\xbf"

struct reader {
	struct arena *arena;
	str s;
	size_t at;
	char separator;
	size_t row; /* that is being read, from 1 */
};

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* The one that stands most often in the first row, outside of quotation marks. */
static char guess_separator(str s)
{
	static const char signs[] = {',', ';', '\t'};
	size_t count[sizeof signs] = {0}, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < s.n && (quoted || !ends_line(s.p[i])); i++) {
		quoted ^= s.p[i] == '"';
		for (size_t k = 0; k < sizeof signs; k++)
			count[k] += !quoted && s.p[i] == signs[k];
	}
	for (size_t k = 1; k < sizeof signs; k++)
		if (count[k] > count[best])
			best = k;
	return signs[best];
}

static str digits(struct arena *a, size_t n)
{
	return arena_printf(a, "%zu", n);
}

/* Behind the opening mark. A doubled one stands for one. */
static enum rc read_quoted(struct reader *r, str *cell, struct err *err)
{
	struct buf b = buf_in(r->arena, 0);
	for (; r->at < r->s.n; r->at++) {
		bool mark = r->s.p[r->at] == '"';
		bool doubled = mark && r->at + 1 < r->s.n && r->s.p[r->at + 1] == '"';
		if (mark && !doubled) {
			r->at++;
			*cell = buf_str(&b);
			return OK;
		}
		r->at += doubled;
		buf_putc(&b, r->s.p[r->at]);
	}
	return ERR(err, INVALID, NULL, "Row {0}: a quotation mark is opened and never closed.",
	    digits(r->arena, r->row));
}

static bool ends_cell(const struct reader *r)
{
	return r->at == r->s.n || r->s.p[r->at] == r->separator || ends_line(r->s.p[r->at]);
}

static enum rc read_cell(struct reader *r, str *cell, bool *quoted, struct err *err)
{
	*quoted = r->at < r->s.n && r->s.p[r->at] == '"';
	if (*quoted) {
		r->at++;
		TRY(read_quoted(r, cell, err));
		return ends_cell(r)
		           ? OK
		           : ERR(err, INVALID, NULL,
		                 "Row {0}: words follow a closed quotation mark. Inside of a "
		                 "cell it is written twice.",
		                 digits(r->arena, r->row));
	}
	size_t from = r->at;
	while (!ends_cell(r))
		r->at++;
	*cell = str_head(str_skip(r->s, from), r->at - from);
	return OK;
}

static void skip_line_end(struct reader *r)
{
	bool cr = r->at < r->s.n && r->s.p[r->at] == '\r';
	r->at += cr;
	if (r->at < r->s.n && r->s.p[r->at] == '\n')
		r->at++;
}

/* *is_empty: nothing stood in the line, not even quotation marks. */
static enum rc read_row(
    struct reader *r, size_t cells, struct csv_row *row, bool *is_empty, struct err *err)
{
	VEC(str) list = {0};
	bool quoted, more = true;
	*is_empty = ends_cell(r) && (r->at == r->s.n || r->s.p[r->at] != r->separator);
	while (more) {
		if (list.n == cells)
			return ERR(err, INVALID, NULL, "Row {0} has more than {1} cells.",
			    digits(r->arena, r->row), digits(r->arena, cells));
		TRY(read_cell(r, vec_push(r->arena, &list), &quoted, err));
		more = r->at < r->s.n && r->s.p[r->at] == r->separator;
		r->at += more;
	}
	skip_line_end(r);
	*row = (struct csv_row){.number = r->row, .cell = list.p, .n = list.n};
	return OK;
}

enum rc csv_read(
    struct arena *a, str s, size_t rows, size_t cells, struct csv *out, struct err *err)
{
	if (str_starts(s, S(BOM)))
		s = str_skip(s, sizeof BOM - 1);
	*out = (struct csv){.separator = guess_separator(s)};
	struct reader r = {.arena = a, .s = s, .separator = out->separator};
	while (r.at < s.n) {
		struct csv_row row;
		bool is_empty;
		r.row++;
		TRY(read_row(&r, cells, &row, &is_empty, err));
		if (is_empty)
			continue;
		if (out->rows.n == rows)
			return ERR(
			    err, INVALID, NULL, "There are more than {0} rows.", digits(a, rows));
		*vec_push(a, &out->rows) = row;
	}
	return OK;
}

/* Also where only a careless reader would go wrong: other separators, spaces at the edge. */
static bool needs_quotes(str cell)
{
	if (cell.n && (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ' || cell.p[0] == BOM[0]))
		return true;
	for (size_t i = 0; i < cell.n; i++)
		if (strchr(",;\t\"\r\n", cell.p[i]))
			return true;
	return false;
}

void csv_write(struct buf *b, const str *cell, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool quotes = needs_quotes(cell[i]) || (n == 1 && !cell[i].n);
		if (i)
			buf_putc(b, ',');
		if (quotes)
			buf_putc(b, '"');
		for (size_t k = 0; k < cell[i].n; k++) {
			if (cell[i].p[k] == '"')
				buf_putc(b, '"');
			buf_putc(b, cell[i].p[k]);
		}
		if (quotes)
			buf_putc(b, '"');
	}
	buf_put(b, S("\r\n"));
}

/* After apostrophes, so that a cell that had one of its own keeps it on the way back. */
static bool looks_like_formula(str cell)
{
	size_t i = 0;
	while (i < cell.n && cell.p[i] == '\'')
		i++;
	return i < cell.n && cell.p[i] && strchr("=+-@\t\r", cell.p[i]);
}

str csv_guard(struct arena *a, str cell)
{
	if (!looks_like_formula(cell))
		return cell;
	struct buf b = buf_in(a, cell.n + 1);
	buf_putc(&b, '\'');
	buf_put(&b, cell);
	return buf_str(&b);
}

str csv_unguard(str cell)
{
	bool guarded = str_starts(cell, S("'")) && looks_like_formula(cell);
	return guarded ? str_skip(cell, 1) : cell;
}
