/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/draft/draft_filter_words.h"

#include "base/poison.h"

/* --- paragraphs --- */

/* From this place on, the first that has this number or id; d->n: none. */
static size_t find(const struct text_doc *d, str name, size_t from)
{
	for (size_t i = from; i < d->n; i++)
		if (!d->par[i].is_gone &&
		    (str_eq_nocase(d->par[i].number, name) || str_eq_nocase(d->par[i].id, name)))
			return i;
	return d->n;
}

/* Splits "15-18" at a hyphen or a dash with a name on both sides. */
static bool ends_of(const struct text_doc *d, str piece, size_t *from, size_t *to)
{
	static const char *const dashes[] = {"-", "\u2013", "\u2014"};
	for (size_t k = 0; k < sizeof dashes / sizeof dashes[0]; k++) {
		str dash = str_of(dashes[k]);
		for (size_t at = 1; at + dash.n < piece.n; at++) {
			if (!str_starts(str_skip(piece, at), dash))
				continue;
			*from = find(d, str_trim(str_head(piece, at)), 0);
			if (*from == d->n)
				continue;
			*to = find(d, str_trim(str_skip(piece, at + dash.n)), *from);
			if (*to < d->n)
				return true;
		}
	}
	return false;
}

static enum rc take(const struct text_doc *d, str piece, bool *takes, struct err *err)
{
	size_t from = find(d, piece, 0), to = from;
	if (from == d->n && !ends_of(d, piece, &from, &to))
		return ERR(err, INVALID, "paragraphs",
		    "No paragraph of the text is called {0}. Write numbers as they stand before "
		    "the paragraphs, such as 12 or 15-18, with commas between them.",
		    piece);
	for (size_t i = from; i <= to; i++)
		takes[i] = true;
	return OK;
}

/* Up to the next comma, of any script, or semicolon. */
static str next_piece(str *rest)
{
	static const char *const ends[] = {",", ";", "\u060c", "\u3001", "\uff0c"};
	size_t at = rest->n, end = 0; /* bytes of what ends it */
	for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++) {
		size_t here = str_find(*rest, str_of(ends[k]));
		if (here >= at)
			continue;
		at = here;
		end = str_of(ends[k]).n;
	}
	str piece = str_trim(str_head(*rest, at));
	*rest = str_skip(*rest, at + end);
	return piece;
}

enum rc draft_filter_paragraphs(const struct text_doc *d, str typed, bool *takes, struct err *err)
{
	enum rc rc = OK;
	while (typed.n) {
		str piece = next_piece(&typed);
		enum rc one = piece.n ? take(d, piece, takes, rc == OK ? err : NULL) : OK;
		rc = rc == OK ? one : rc;
	}
	return rc;
}

/* --- amendments --- */

str draft_filter_status(str status, str outcome)
{
	if (str_is(status, "satisfied"))
		return S("in_text");
	if (!str_is(status, "tabled"))
		return status;
	return str_is(outcome, "conflict") ? S("waits") : S("before");
}

bool draft_filter_asks(const struct draft_asked *asked)
{
	return asked->party.n || asked->constituency.n || asked->status.n || asked->since;
}

static bool among(const str *list, size_t n, str wanted)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], wanted))
			return true;
	return false;
}

bool draft_filter_takes(const struct draft_asked *asked, const struct draft_behind *x)
{
	if (asked->party.n && !among(x->party, x->n, asked->party))
		return false;
	if (asked->constituency.n && !among(x->constituency, x->n, asked->constituency))
		return false;
	if (asked->status.n && !str_eq(x->status, asked->status))
		return false;
	return !asked->since || x->touched;
}
