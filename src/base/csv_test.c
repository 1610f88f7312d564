/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Tables as text: what spreadsheets write, and that what is written is read as the same. */
#include "base/csv.h"
#include "harness/t.h"
#include "harness/t_rand.h"

#include "base/poison.h"

/* "cell|cell/cell|cell" of what is read; the sentence when it is refused. */
static str read(struct arena *a, const char *text, size_t rows, size_t cells)
{
	struct csv c;
	struct err err = {0};
	struct buf b = buf_in(a, 0);
	if (csv_read(a, str_of(text), rows, cells, &c, &err) != OK)
		return err_text(&err, a);
	for (size_t i = 0; i < c.rows.n; i++) {
		buf_put(&b, i ? S("/") : STR_EMPTY);
		for (size_t k = 0; k < c.rows.p[i].n; k++) {
			buf_put(&b, k ? S("|") : STR_EMPTY);
			buf_put(&b, c.rows.p[i].cell[k]);
		}
	}
	return buf_str(&b);
}

TEST(what_spreadsheets_write)
{
	static const struct {
		const char *text, *cells;
	} cases[] = {
	    {"", ""},
	    {"a,b\r\nc,d\r\n", "a|b/c|d"},
	    {"a,b\nc,d", "a|b/c|d"},
	    {"a,b\rc,d\r", "a|b/c|d"},
	    {"\xef\xbb\xbf"
	     "a;b,c;d\r\ne;f\r\n",
	        "a|b,c|d/e|f"},
	    {"a\tb;c\td\n", "a|b;c|d"},
	    {"\"a,b\",c\n", "a,b|c"},
	    {"\"one\r\ntwo\",\"say \"\"no\"\"\"\r\n", "one\r\ntwo|say \"no\""},
	    {"a,,\n,,b\n", "a||/||b"},
	    {"a,b\n\n\nc,d\n", "a|b/c|d"},
	    {"\"\"\n", ""},
	    {"5\" wide,b\n", "5\" wide|b"},
	    {"\"a", "Row 1: a quotation mark is opened and never closed."},
	    {"a,b\n\nc,\"d\ne", "Row 3: a quotation mark is opened and never closed."},
	    {"\"a\"b,c",
	        "Row 1: words follow a closed quotation mark. Inside of a cell it is written "
	        "twice."},
	    {"a\nb\nc\nd\n", "There are more than 3 rows."},
	    {"a,b\na,b,c,d,e\n", "Row 2 has more than 4 cells."},
	};
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_STR(read(a, cases[i].text, 3, 4), cases[i].cells);
}

TEST(rows_keep_the_numbers_that_a_spreadsheet_shows)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct csv c;
	NEED(csv_read(a, S("a,b\n\n\nc,d\n"), 9, 9, &c, NULL) == OK);
	NEED(c.rows.n == 2);
	CHECK_EQ(c.rows.p[0].number, 1);
	CHECK_EQ(c.rows.p[1].number, 4);
}

TEST(a_formula_is_shown_and_not_calculated)
{
	static const struct {
		const char *cell, *guarded;
	} cases[] = {
	    {"=1+1", "'=1+1"},
	    {"+49", "'+49"},
	    {"-2", "'-2"},
	    {"@SUM(A1)", "'@SUM(A1)"},
	    {"\t=1", "'\t=1"},
	    {"'=1", "''=1"},
	    {"'tis", "'tis"},
	    {"a=b", "a=b"},
	    {"", ""},
	    {"'", "'"},
	};
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str guarded = csv_guard(a, str_of(cases[i].cell));
		CHECK_STR(guarded, cases[i].guarded);
		CHECK_STR(csv_unguard(guarded), cases[i].cell);
	}
}

/* Of the characters on which readers stumble. */
static str random_cell(struct arena *a, struct t_rand *r)
{
	static const char *const pieces[] = {"a", "\"", ",", ";", "\t", "\r", "\n", "\r\n", " ",
	    "'", "=", "-", "\xef\xbb\xbf", "\xd8\xb4", "word"};
	struct buf b = buf_in(a, 0);
	for (size_t n = t_rand_below(r, 6); n; n--)
		buf_put(&b, str_of(pieces[t_rand_below(r, sizeof pieces / sizeof pieces[0])]));
	return buf_str(&b);
}

TEST(what_is_written_is_read_as_the_same)
{
	struct t_rand r = {.s = 4180};
	for (int round = 0; round < 5000; round++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct buf b = buf_in(a, 0);
		size_t rows = 1 + t_rand_below(&r, 4), n = 1 + t_rand_below(&r, 8);
		str *cell = arena_array(a, str, rows * n);
		struct csv c;
		for (size_t i = 0; i < rows * n; i++)
			cell[i] = random_cell(a, &r);
		for (size_t i = 0; i < rows; i++) {
			str *guarded = arena_array(a, str, n);
			for (size_t k = 0; k < n; k++)
				guarded[k] = csv_guard(a, cell[i * n + k]);
			csv_write(&b, guarded, n);
		}
		NEED(csv_read(a, buf_str(&b), rows, n, &c, NULL) == OK);
		NEED(c.rows.n == rows);
		for (size_t i = 0; i < rows * n; i++) {
			NEED(c.rows.p[i / n].n == n);
			CHECK_STREQ(csv_unguard(c.rows.p[i / n].cell[i % n]), cell[i]);
		}
	}
}
