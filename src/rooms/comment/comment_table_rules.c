/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The commenting table of ISO: eight columns in, rows that are placed in the text out. */
#include "base/csv.h"
#include "base/utf8.h"
#include "rooms/comment/comment.h"

#include "base/poison.h"

enum column { MEMBER, LINE, CLAUSE, PLACE, KIND, TEXT, CHANGE, OBSERVATION };

const char *const comment_columns[COMMENT_COLUMNS] = {
    [MEMBER] = "MB/NC",
    [LINE] = "Line number",
    [CLAUSE] = "Clause/Subclause",
    [PLACE] = "Paragraph/Figure/Table",
    [KIND] = "Type of comment",
    [TEXT] = "Comments",
    [CHANGE] = "Proposed change",
    [OBSERVATION] = "Observations of the secretariat",
};

struct reading {
	struct arena *arena;
	const struct text_doc *doc;
	const char *field;
};

static str digits(const struct reading *r, size_t n)
{
	return arena_printf(r->arena, "%zu", n);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The letters of a title alone: "Type of comment²", "TYPE OF COMMENT". In arena. */
static str letters(struct arena *a, str s)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < s.n; i++)
		if (lower(s.p[i]) >= 'a' && lower(s.p[i]) <= 'z')
			buf_putc(&b, lower(s.p[i]));
	return buf_str(&b);
}

/* Titles may have examples and footnotes behind them, "Line number (e.g. 17)", but no others. */
static bool is_title(struct arena *a, str cell, size_t column)
{
	static const char *const begin[COMMENT_COLUMNS] = {[MEMBER] = "mb",
	    [LINE] = "line",
	    [CLAUSE] = "clause",
	    [PLACE] = "paragraph",
	    [KIND] = "typeofcom",
	    [TEXT] = "comment",
	    [CHANGE] = "proposedchange",
	    [OBSERVATION] = "observations"};
	return str_starts(letters(a, cell), str_of(begin[column]));
}

/* Without the empty cells that some spreadsheets write behind the last column. */
static size_t width(const struct csv_row *row)
{
	size_t n = row->n;
	while (n > COMMENT_COLUMNS && !str_trim(row->cell[n - 1]).n)
		n--;
	return n;
}

static enum rc check_width(const struct reading *r, const struct csv_row *row, struct err *err)
{
	if (width(row) == COMMENT_COLUMNS)
		return OK;
	return ERR(err, INVALID, r->field,
	    "Row {0} has {1} columns; a commenting table has 8 in every row. Take the table of "
	    "this "
	    "draft as a file, and change only what stands in its rows.",
	    digits(r, row->number), digits(r, width(row)));
}

static enum rc check_head(const struct reading *r, const struct csv_row *row, struct err *err)
{
	for (size_t i = 0; i < COMMENT_COLUMNS; i++) {
		str cell = i < row->n ? str_trim(row->cell[i]) : STR_EMPTY;
		if (!is_title(r->arena, cell, i))
			return ERR(err, INVALID, r->field,
			    "The columns were changed: column {0} must be called \"{1}\", and "
			    "reads "
			    "\"{2}\". Put the eight columns back in their order, with their titles "
			    "in "
			    "the first row.",
			    digits(r, i + 1), str_of(comment_columns[i]),
			    str_head(cell, utf8_prefix(cell, 60)));
	}
	return check_width(r, row, err);
}

/* LF line ends, trimmed; in the first five columns, one line. In arena. */
static str clean(struct arena *a, str cell, bool one_line)
{
	struct buf b = buf_in(a, 0);
	cell = csv_unguard(str_trim(cell));
	for (size_t i = 0; i < cell.n; i++) {
		bool crlf = cell.p[i] == '\r' && i + 1 < cell.n && cell.p[i + 1] == '\n';
		bool end = cell.p[i] == '\r' || cell.p[i] == '\n';
		if (!crlf)
			buf_putc(&b, !end ? cell.p[i] : one_line ? ' ' : '\n');
	}
	return str_trim(buf_str(&b));
}

static enum rc read_cell(
    const struct reading *r, const struct csv_row *row, size_t column, str *out, struct err *err)
{
	bool is_short = column <= KIND;
	size_t max = is_short ? COMMENT_SHORT_MAX : COMMENT_CELL_MAX;
	*out = clean(r->arena, row->cell[column], is_short);
	if (!utf8_is_text(*out))
		return ERR(err, INVALID, r->field,
		    "Row {0}, column {1}: there are characters that are no text. Type the cell "
		    "anew.",
		    digits(r, row->number), digits(r, column + 1));
	if (utf8_count(*out) > max)
		return ERR(err, INVALID, r->field,
		    "Row {0}, column {1}: at most {2} characters fit. Shorten the cell, or put it "
		    "in "
		    "two rows.",
		    digits(r, row->number), digits(r, column + 1), digits(r, max));
	return OK;
}

/* --- which paragraph is meant --- */

/* Lower case, without what people write before a number: "Paragraph 12  bis", "¶ 12 bis". */
static str plain_number(struct arena *a, str s)
{
	static const char *const before[] = {
	    "paragraph", "para.", "para", "par.", "\xc2\xb6", "op", "pp", "no."};
	struct buf b = buf_in(a, 0);
	s = str_trim(s);
	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
		str word = str_of(before[i]), rest = str_trim(str_skip(s, word.n));
		bool number =
		    rest.n && ((rest.p[0] >= '0' && rest.p[0] <= '9') || rest.p[0] == '(');
		if (number && str_eq_nocase(str_head(s, word.n), word)) {
			s = rest;
			break;
		}
	}
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' || i + 1 == s.n || s.p[i + 1] != ' ')
			buf_putc(&b, lower(s.p[i]));
	str out = buf_str(&b);
	return str_ends(out, S(".")) ? str_head(out, out.n - 1) : out;
}

str comment_find_par(struct arena *a, const struct text_doc *doc, str name)
{
	str wanted = plain_number(a, name), found = STR_EMPTY;
	size_t hits = 0;
	size_t at = text_doc_find(doc, str_trim(name));
	if (at != TEXT_START && !doc->par[at].is_gone)
		return doc->par[at].id;
	for (size_t i = 0; wanted.n && i < doc->n; i++) {
		const struct text_par *p = &doc->par[i];
		if (p->is_gone || !p->number.n || !str_eq(plain_number(a, p->number), wanted))
			continue;
		found = p->id;
		hits++;
	}
	return hits == 1 ? found : STR_EMPTY;
}

/* --- rows --- */

static enum rc read_kind(const struct reading *r, struct comment_row *row, struct err *err)
{
	static const char *const words[][2] = {
	    {"ge", "general"}, {"te", "technical"}, {"ed", "editorial"}};
	for (size_t i = 0; i < 3; i++)
		if (str_eq_nocase(row->kind, str_of(words[i][0])) ||
		    str_eq_nocase(row->kind, str_of(words[i][1]))) {
			row->kind = str_of(words[i][0]);
			return OK;
		}
	return ERR(err, INVALID, r->field,
	    "Row {0}, column 5: the type of comment is ge (general), te (technical) or ed "
	    "(editorial), and reads \"{1}\".",
	    digits(r, row->number), str_head(row->kind, utf8_prefix(row->kind, 60)));
}

/* "Accepted in principle: with the words of amendment 7." The longest label first. */
static void read_observation(struct comment_row *row)
{
	str whole = row->observation;
	size_t best = 0;
	for (int d = COMMENT_ACCEPTED; d < COMMENT_DISPOSITIONS; d++) {
		str label = str_of(comment_disposition_label((enum comment_disposition)d));
		str rest = str_skip(whole, label.n);
		bool ends = !rest.n || strchr(":.;,\n", rest.p[0]);
		if (label.n <= best || !ends || !str_eq_nocase(str_head(whole, label.n), label))
			continue;
		best = label.n;
		row->disposition = (enum comment_disposition)d;
		row->observation = str_trim(str_skip(rest, 1));
	}
}

static enum rc read_row(
    const struct reading *r, const struct csv_row *from, struct comment_row *row, struct err *err)
{
	str *const cells[COMMENT_COLUMNS] = {&row->code, &row->line, &row->clause, &row->place,
	    &row->kind, &row->text, &row->change, &row->observation};
	row->number = from->number;
	for (size_t i = 0; i < COMMENT_COLUMNS; i++)
		TRY(read_cell(r, from, i, cells[i], err));
	TRY(read_kind(r, row, err));
	if (!row->text.n && !row->change.n)
		return ERR(err, INVALID, r->field,
		    "Row {0}, column 6: the comment is missing. Write it, or take the row out.",
		    digits(r, row->number));
	row->par = comment_find_par(r->arena, r->doc, row->place.n ? row->place : row->clause);
	read_observation(row);
	return OK;
}

static bool is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (str_trim(row->cell[i]).n)
			return false;
	return true;
}

/* What csv_read refuses belongs to the field, too. */
static enum rc split(const struct reading *r, str bytes, struct csv *out, struct err *err)
{
	if (bytes.n > COMMENT_BYTES_MAX)
		return ERR(err, INVALID, r->field,
		    "A commenting table may have 1 MiB. Send it in parts, each with the titles in "
		    "its "
		    "first row.");
	if (!utf8_valid(bytes))
		return ERR(err, INVALID, r->field,
		    "The characters of this table could not be recognised. In your spreadsheet "
		    "choose "
		    "\"CSV UTF-8\" when you save it.");
	enum rc rc = csv_read(r->arena, bytes, COMMENT_ROWS_MAX + 1, 64, out, err);
	if (rc == INVALID && err)
		err->field = r->field;
	return rc;
}

enum rc comment_table_read(struct arena *a, const struct text_doc *doc, str bytes,
    const char *field, struct comment_table *out, struct err *err)
{
	struct reading r = {a, doc, field};
	struct csv csv;
	*out = (struct comment_table){0};
	TRY(split(&r, bytes, &csv, err));
	if (!csv.rows.n)
		return ERR(err, INVALID, field, "The table is empty.");
	TRY(check_head(&r, &csv.rows.p[0], err));
	for (size_t i = 1; i < csv.rows.n; i++) {
		if (is_blank(&csv.rows.p[i]))
			continue;
		TRY(check_width(&r, &csv.rows.p[i], err));
		TRY(read_row(&r, &csv.rows.p[i], vec_push(a, &out->rows), err));
	}
	if (!out->rows.n)
		return ERR(
		    err, INVALID, field, "The table has its titles, but no row with a comment.");
	return OK;
}
