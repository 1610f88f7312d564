/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Most characters are graphemes of their own, whatever stands around them, and two such side by
 * side need no iterator: only the stretches between them are shown to ICU.
 */
#include "base/must.h"
#include "text/lexer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/poison.h"

uint32_t char_before(str text, size_t at)
{
	const uint8_t *p = (const uint8_t *)text.p;
	int64_t i = (int64_t)at;
	int32_t c;
	U8_PREV_UNSAFE(p, i, c);
	return (uint32_t)c;
}

uint32_t char_at(str text, size_t at)
{
	const uint8_t *p = (const uint8_t *)text.p;
	int32_t c;
	U8_NEXT_UNSAFE(p, at, c);
	return (uint32_t)c;
}

enum sort { PLAIN, CONTROL, JOINING };

static enum sort sort_of(uint32_t c)
{
	if (c < 0x300 && c != 0xAD)
		return c < ' ' || (c >= 0x7F && c < 0xA0) ? CONTROL : PLAIN;
	switch (u_getIntPropertyValue((UChar32)c, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
	case U_GCB_OTHER:
		return PLAIN;
	case U_GCB_CONTROL:
		return CONTROL;
	default:
		return JOINING;
	}
}

/* UAX 29, GB3 to GB5 and GB999. */
int grapheme_ends_between(uint32_t left, uint32_t right)
{
	if (left == '\r' && right == '\n')
		return 0;
	enum sort l = sort_of(left);
	enum sort r = sort_of(right);
	if (l == CONTROL || r == CONTROL || (l == PLAIN && r == PLAIN))
		return 1;
	return -1;
}

void lexer_look_at(UBreakIterator **it, UBreakIteratorType type, str text)
{
	UErrorCode status = U_ZERO_ERROR;
	UText t = UTEXT_INITIALIZER;
	must(text.n < INT32_MAX);
	/* "" is the root locale: the same cuts whatever language the machine speaks. */
	if (!*it)
		*it = ubrk_open(type, "", NULL, 0, &status);
	utext_openUTF8(&t, text.p, (int64_t)text.n, &status);
	ubrk_setUText(*it, &t, &status);
	must(U_SUCCESS(status));
	utext_close(&t);
}

/* A walk over the edges of graphemes. */
struct walk {
	struct text_lexer *lexer;
	str text;
	size_t at;      /* an edge */
	size_t base;    /* of what ICU looks at */
	size_t decided; /* ICU knows up to here; <= at: it need not be asked */
};

/* The next place behind `at` that is an edge whatever else stands in the text. */
static size_t next_certain(str text, size_t at)
{
	size_t i = at;
	uint32_t left;
	U8_NEXT_UNSAFE((const uint8_t *)text.p, i, left);
	while (i < text.n) {
		uint32_t right = char_at(text, i);
		if (grapheme_ends_between(left, right) == 1)
			return i;
		left = right;
		U8_FWD_1_UNSAFE(text.p, i);
	}
	return text.n;
}

/* True when nothing but one character stands in [from, to). */
static bool is_one(str text, size_t from, size_t to)
{
	U8_FWD_1_UNSAFE(text.p, from);
	return from == to;
}

/* To the next edge; the walk must not be at the end. */
static void step(struct walk *w)
{
	str t = w->text;
	if (w->at >= w->decided) {
		const unsigned char *p = (const unsigned char *)t.p + w->at;
		bool ascii = p[0] < 128 && (w->at + 1 == t.n || p[1] < 128);
		if (ascii && p[0] != '\r') {
			w->at++;
			return;
		}
		size_t to = next_certain(t, w->at);
		if (is_one(t, w->at, to)) {
			w->at = to;
			return;
		}
		w->base = w->at;
		w->decided = to;
		lexer_look_at(
		    &w->lexer->grapheme, UBRK_CHARACTER, str_from(t.p + w->base, to - w->base));
	}
	int32_t next = ubrk_following(w->lexer->grapheme, (int32_t)(w->at - w->base));
	w->at = next == UBRK_DONE ? w->decided : w->base + (size_t)next;
}

size_t text_graphemes(struct text_lexer *l, str text)
{
	struct walk w = {.lexer = l, .text = text};
	size_t n = 0;
	for (; w.at < text.n; n++)
		step(&w);
	return n;
}

size_t text_grapheme_at(struct text_lexer *l, str text, size_t n)
{
	struct walk w = {.lexer = l, .text = text};
	while (n && w.at < text.n) {
		step(&w);
		n--;
	}
	return n ? SIZE_MAX : w.at;
}
