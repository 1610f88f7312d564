/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/number.h"

#include "base/buf.h"

#include "base/poison.h"

/* --- how numbers are written --- */

static str letters(struct arena *a, size_t n, char first)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i <= (n - 1) / 26; i++)
		buf_putc(&b, (char)(first + (char)((n - 1) % 26)));
	return buf_str(&b);
}

static str roman(struct arena *a, size_t n, bool capital)
{
	static const struct {
		size_t value;
		const char *small, *capital;
	} digit[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
	    {100, "c", "C"}, {90, "xc", "XC"}, {50, "l", "L"}, {40, "xl", "XL"}, {10, "x", "X"},
	    {9, "ix", "IX"}, {5, "v", "V"}, {4, "iv", "IV"}, {1, "i", "I"}};
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < sizeof digit / sizeof *digit; i++)
		for (; n >= digit[i].value; n -= digit[i].value)
			buf_put(&b, str_of(capital ? digit[i].capital : digit[i].small));
	return buf_str(&b);
}

str text_number_latin(struct arena *a, size_t nth)
{
	static const char *const low[] = {
	    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"};
	static const char *const one[] = {
	    "", "un", "duo", "ter", "quater", "quin", "sex", "sept", "octo", "novo"};
	static const char *const ten[] = {"decies", "vicies", "tricies", "quadragies",
	    "quinquagies", "sexagies", "septuagies", "octogies", "nonagies"};
	if (nth >= 2 && nth <= 10)
		return str_of(low[nth - 2]);
	if (nth > 10 && nth < 100)
		return arena_printf(a, "%s%s", one[nth % 10], ten[nth / 10 - 1]);
	return arena_printf(a, "(%zu)", nth);
}

str text_number_alt(struct arena *a, str number, size_t nth)
{
	if (!nth)
		return arena_printf(a, "%.*s alt", STR(number));
	return arena_printf(a, "%.*s alt %zu", STR(number), nth + 1);
}

str text_number_point(struct arena *a, str number)
{
	if (!number.n || str_ends(number, S(")")))
		return number;
	return arena_printf(a, "%.*s.", STR(number));
}

/* --- rows of numbers --- */

/* Paragraphs that count together; a sub-paragraph's row begins anew under what is above it. */
enum {
	ROW_PARA,
	ROW_NOTE,
	ROW_HEADING, /* three levels */
	ROW_SUB = ROW_HEADING + 3,
	SUB_LEVELS = 8,
	ROWS = ROW_SUB + SUB_LEVELS,
	NO_ROW = ROWS,
};

static size_t row_of(enum text_kind kind, unsigned level)
{
	size_t down = level ? level - 1 : 0;
	switch (kind) {
	case TEXT_PARA:
		return ROW_PARA;
	case TEXT_NOTE:
		return ROW_NOTE;
	case TEXT_HEADING:
		return ROW_HEADING + (down < 3 ? down : 2);
	case TEXT_SUB:
		return ROW_SUB + (down < SUB_LEVELS ? down : SUB_LEVELS - 1);
	}
	return NO_ROW;
}

/* A paragraph of row `above` begins those of row `below` anew. */
static bool begins_anew(size_t above, size_t below)
{
	if (above == ROW_NOTE)
		return false;
	if (below >= ROW_SUB)
		return above < below;
	return above >= ROW_HEADING && below >= ROW_HEADING && above < below;
}

static str nth_of_row(struct arena *a, size_t row, size_t n)
{
	switch (row >= ROW_SUB ? (row - ROW_SUB) % 4 : 4 + row) {
	case 0:
		return arena_printf(a, "(%.*s)", STR(letters(a, n, 'a')));
	case 1:
		return arena_printf(a, "(%.*s)", STR(roman(a, n, false)));
	case 2:
		return letters(a, n, 'a');
	case 3:
		return roman(a, n, false);
	case 4 + ROW_HEADING:
		return roman(a, n, true);
	case 4 + ROW_HEADING + 1:
		return letters(a, n, 'A');
	default:
		return arena_printf(a, "%zu", n);
	}
}

str *text_number_anew(struct arena *a, const struct text_doc *d, enum text_headings headings)
{
	str *out = arena_array(a, str, d->n + 1);
	size_t count[ROWS + 1] = {0};
	for (size_t i = 0; i < d->n; i++) {
		const struct text_par *p = &d->par[i];
		size_t row = row_of(p->kind, p->level);
		out[i] = STR_EMPTY;
		if (p->is_gone)
			continue;
		for (size_t k = 0; k < ROWS; k++)
			if (begins_anew(row, k))
				count[k] = 0;
		count[row]++;
		if (p->kind != TEXT_HEADING || headings == TEXT_HEADINGS_ROMAN)
			out[i] = nth_of_row(a, row, count[row]);
	}
	return out;
}

/* --- between two numbers --- */

/* "5 bis" is the 2nd of "5"; a number without Latin is the first of itself. */
static size_t latin_of(struct arena *a, str number, str *stem)
{
	*stem = number;
	size_t at = number.n;
	while (at && number.p[at - 1] != ' ')
		at--;
	for (size_t nth = 2; at && nth < 100; nth++)
		if (str_eq(str_skip(number, at), text_number_latin(a, nth))) {
			*stem = str_head(number, at - 1);
			return nth;
		}
	return 1;
}

/* Numbers that stand already: by scope and number. */
struct taken {
	struct map map; /* any value */
	size_t scope;
};

static str taken_key(struct arena *a, size_t scope, str number)
{
	return arena_printf(a, "%zu %.*s", scope, STR(number));
}

static bool is_taken(struct arena *a, const struct taken *t, str number)
{
	return t->map.arena && map_get(&t->map, taken_key(a, t->scope, number));
}

static str count_on(struct arena *a, const struct taken *t, str stem, size_t nth)
{
	for (;; nth++) {
		str number = stem;
		if (nth > 1)
			number =
			    arena_printf(a, "%.*s %.*s", STR(stem), STR(text_number_latin(a, nth)));
		if (!is_taken(a, t, number))
			return number;
	}
}

/* The number of a new paragraph behind `before` and in front of `next`; either may be empty. */
static str between(struct arena *a, const struct taken *t, str before, str next)
{
	if (before.n) {
		str stem;
		size_t nth = latin_of(a, before, &stem) + 1;
		str number =
		    arena_printf(a, "%.*s %.*s", STR(stem), STR(text_number_latin(a, nth)));
		if (!str_eq(number, next) && !is_taken(a, t, number))
			return number;
		if (!next.n)
			return count_on(a, t, stem, nth);
	}
	return count_on(a, t, arena_printf(a, "%.*s ante", STR(next)), 1);
}

/* --- numbers that are kept --- */

struct keeping {
	struct arena *arena;
	const struct text_doc *d;
	str *out;
	str *next;      /* of the next in its row that has a number, up to where rows begin anew */
	bool has[ROWS]; /* somebody in the row has a number */
	struct taken taken;
	str last[ROWS];     /* the number before, in the row */
	size_t count[ROWS]; /* of those numbered by us, where nobody in the row had a number */
	size_t scope[ROWS]; /* the paragraph under which the row began anew */
};

static void look_ahead(struct keeping *k)
{
	str next[ROWS] = {0};
	for (size_t i = k->d->n; i-- > 0;) {
		const struct text_par *p = &k->d->par[i];
		size_t row = row_of(p->kind, p->level);
		k->next[i] = next[row];
		if (p->number.n) {
			next[row] = p->number;
			k->has[row] = true;
		}
		for (size_t r = 0; r < ROWS; r++)
			if (begins_anew(row, r))
				next[r] = STR_EMPTY;
	}
}

static void note_taken(struct keeping *k)
{
	size_t scope[ROWS] = {0};
	k->taken.map = map_in(k->arena);
	for (size_t i = 0; i < k->d->n; i++) {
		const struct text_par *p = &k->d->par[i];
		size_t row = row_of(p->kind, p->level);
		if (p->number.n)
			map_put(&k->taken.map,
			    taken_key(k->arena, row + ROWS * scope[row], p->number), k->d->par);
		for (size_t r = 0; r < ROWS; r++)
			if (begins_anew(row, r))
				scope[r] = i + 1;
	}
}

static str give(struct keeping *k, size_t i, size_t row)
{
	k->taken.scope = row + ROWS * k->scope[row];
	if (!k->next[i].n && (!k->last[row].n || k->count[row]))
		return nth_of_row(k->arena, row, ++k->count[row]);
	return between(k->arena, &k->taken, k->last[row], k->next[i]);
}

static void keep_one(struct keeping *k, size_t i)
{
	const struct text_par *p = &k->d->par[i];
	size_t row = row_of(p->kind, p->level);
	k->out[i] = p->number;
	if (!p->number.n && !p->is_gone && k->has[row]) {
		k->out[i] = give(k, i, row);
		map_put(&k->taken.map, taken_key(k->arena, k->taken.scope, k->out[i]), k->d->par);
	} else if (p->number.n) {
		k->count[row] = 0;
	}
	if (k->out[i].n)
		k->last[row] = k->out[i];
	for (size_t r = 0; r < ROWS; r++)
		if (begins_anew(row, r)) {
			k->last[r] = STR_EMPTY;
			k->count[r] = 0;
			k->scope[r] = i + 1;
		}
}

str *text_number_kept(struct arena *a, const struct text_doc *d)
{
	struct keeping k = {.arena = a, .d = d};
	k.next = arena_array(a, str, d->n + 1);
	look_ahead(&k);
	bool any = false;
	for (size_t r = 0; r < ROWS; r++)
		any = any || k.has[r];
	if (!any)
		return text_number_anew(a, d, TEXT_HEADINGS_PLAIN);
	/* The first sub-paragraphs of a text have nobody to learn from, and are numbered. */
	for (size_t i = 0; i < d->n; i++)
		if (d->par[i].kind == TEXT_SUB && !d->par[i].is_gone)
			k.has[row_of(TEXT_SUB, d->par[i].level)] = true;
	note_taken(&k);
	k.out = arena_array(a, str, d->n + 1);
	for (size_t i = 0; i < d->n; i++)
		keep_one(&k, i);
	return k.out;
}

str *text_number_shown(struct arena *a, const struct text_doc *d)
{
	bool has[ROWS] = {0};
	str *out = text_number_kept(a, d);
	for (size_t i = 0; i < d->n; i++)
		if (d->par[i].number.n)
			has[row_of(d->par[i].kind, d->par[i].level)] = true;
	for (size_t i = 0; i < d->n; i++)
		if (!d->par[i].number.n && has[row_of(d->par[i].kind, d->par[i].level)])
			out[i] = STR_EMPTY;
	return out;
}

/* --- numbers of what is proposed --- */

static bool has_numbers(const struct text_doc *d, const str *numbers, size_t row)
{
	bool any = false;
	for (size_t i = 0; i < d->n; i++)
		if (!d->par[i].is_gone && row_of(d->par[i].kind, d->par[i].level) == row) {
			if (numbers[i].n)
				return true;
			any = true;
		}
	return !any && (row < ROW_HEADING || row >= ROW_SUB);
}

/* The number of the nearest of the row at or before place i, or behind it; empty: none. */
static str nearest(const struct text_doc *d, const str *numbers, size_t i, size_t row, bool behind)
{
	if (behind)
		i++; /* TEXT_START + 1 == 0 */
	while (i < d->n) {
		size_t here = row_of(d->par[i].kind, d->par[i].level);
		if (here == row && numbers[i].n)
			return numbers[i];
		if (begins_anew(here, row) && (behind || !d->par[i].is_gone))
			return STR_EMPTY;
		i = behind ? i + 1 : i - 1; /* 0 - 1 == TEXT_START */
	}
	return STR_EMPTY;
}

str *text_number_new(struct arena *a, const struct text_doc *d, const str *numbers, size_t after,
    const struct text_new *news, size_t n)
{
	str *out = arena_array(a, str, n + 1);
	const struct taken none = {0};
	str last[ROWS] = {0};
	size_t count[ROWS] = {0};
	bool anew[ROWS] = {0}; /* the row began under one of the new ones */
	for (size_t j = 0; j < n; j++) {
		size_t row = row_of(news[j].kind, news[j].level);
		str next = anew[row] ? STR_EMPTY : nearest(d, numbers, after, row, true);
		if (!anew[row] && !last[row].n)
			last[row] = nearest(d, numbers, after, row, false);
		if (!has_numbers(d, numbers, row))
			out[j] = STR_EMPTY;
		else if (!next.n && (!last[row].n || count[row]))
			out[j] = nth_of_row(a, row, ++count[row]);
		else
			out[j] = between(a, &none, last[row], next);
		last[row] = out[j];
		for (size_t r = 0; r < ROWS; r++)
			if (begins_anew(row, r)) {
				anew[r] = true;
				last[r] = STR_EMPTY;
				count[r] = 0;
			}
	}
	return out;
}
