/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Stretches of ASCII are cut by hand, by the rules of UAX 29 as ICU has them; what lies around
 * other characters is shown to ICU, from space to space, since no word goes over a space.
 */
#include "base/must.h"
#include "text/lexer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/poison.h"

/* Another stretch for ICU that begins within so many bytes is shown to it in one go. */
#define NEAR 24

struct text_lexer *text_lexer_open(struct arena *a)
{
	struct text_lexer *l = arena_new_of(a, struct text_lexer);
	l->arena = a;
	l->seam = buf_in(a, 0);
	intern_open(&l->intern, a);
	return l;
}

void text_lexer_close(struct text_lexer *l)
{
	if (!l)
		return;
	if (l->word)
		ubrk_close(l->word);
	if (l->grapheme)
		ubrk_close(l->grapheme);
	l->word = l->grapheme = NULL;
}

bool text_token_is_space(str token)
{
	for (size_t i = 0; i < token.n;) {
		int32_t c;
		U8_NEXT_UNSAFE((const uint8_t *)token.p, i, c);
		if (!u_isUWhiteSpace(c))
			return false;
	}
	return token.n > 0;
}

bool text_token_is_sign(str token)
{
	bool space = true;
	for (size_t i = 0; i < token.n;) {
		int32_t c;
		U8_NEXT_UNSAFE((const uint8_t *)token.p, i, c);
		if (u_isalnum(c))
			return false;
		space = space && u_isUWhiteSpace(c);
	}
	return !space;
}

/* Notes a token; spaces behind spaces are one. */
static void note(struct text_lexer *l, size_t to, bool space)
{
	if (space && l->in_space)
		l->end.p[l->end.n - 1] = (uint32_t)to;
	else
		*vec_push(l->arena, &l->end) = (uint32_t)to;
	l->in_space = space;
}

/* --- ASCII ------------------------------------------------------------------------------------ */

enum class { SIGN, SPACE, LETTER, DIGIT, LOW_LINE, STOP, QUOTE, COMMA };

static const uint8_t class_of[128] = {
    ['\t'] = SPACE,
    ['\n'] = SPACE,
    ['\v'] = SPACE,
    ['\f'] = SPACE,
    ['\r'] = SPACE,
    [' '] = SPACE,
    ['@'] = LETTER, /* so that an address is a word */
    ['A' ... 'Z'] = LETTER,
    ['a' ... 'z'] = LETTER,
    ['0' ... '9'] = DIGIT,
    ['_'] = LOW_LINE,
    ['.'] = STOP,
    ['\''] = QUOTE,
    [','] = COMMA,
    [';'] = COMMA,
};

static enum class class_at(str text, size_t at) {
	return (enum class)class_of[(unsigned char)text.p[at] & 127];
}

static bool is_word(enum class c)
{
	return c == LETTER || c == DIGIT || c == LOW_LINE;
}

/* A sign that joins what stands on both its sides: WB6, WB7, WB11, WB12. */
static bool joins(enum class before, enum class sign, enum class after)
{
	if (before != after || (before != LETTER && before != DIGIT))
		return false;
	return sign == STOP || sign == QUOTE || (sign == COMMA && before == DIGIT);
}

/* The end of the word that begins at `at`. */
static size_t word_end(str text, size_t at, size_t to)
{
	for (;;) {
		while (at < to && is_word(class_at(text, at)))
			at++;
		if (at + 1 >= to ||
		    !joins(class_at(text, at - 1), class_at(text, at), class_at(text, at + 1)))
			return at;
		at++;
	}
}

static void cut_ascii(struct text_lexer *l, str text, size_t from, size_t to)
{
	for (size_t at = from; at < to;) {
		enum class c = class_at(text, at);
		if (c == SPACE)
			while (at < to && class_at(text, at) == SPACE)
				at++;
		else
			at = is_word(c) ? word_end(text, at, to) : at + 1;
		note(l, at, c == SPACE);
	}
}

/* --- what is left to ICU ---------------------------------------------------------------------- */

/* A script whose words only a dictionary knows, other than Han, where it is steady. */
static bool is_complex(uint32_t c)
{
	if (c < 0xE00 || (c >= 0x2000 && c < 0xA900))
		return false;
	return u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

static bool has_complex(str token)
{
	for (size_t i = 0; i < token.n;) {
		int32_t c;
		U8_NEXT_UNSAFE((const uint8_t *)token.p, i, c);
		if (is_complex((uint32_t)c))
			return true;
	}
	return false;
}

/* A stretch that ICU looks at. */
struct stretch {
	str text;
	size_t base;          /* of text in the whole */
	bool graphemes_ready; /* the iterator of graphemes looks at it, too */
};

static UBreakIterator *graphemes(struct text_lexer *l, struct stretch *s)
{
	if (!s->graphemes_ready)
		lexer_look_at(&l->grapheme, UBRK_CHARACTER, s->text);
	s->graphemes_ready = true;
	return l->grapheme;
}

/* No token ends inside a grapheme, which words alone do not promise. */
static bool is_edge(struct text_lexer *l, struct stretch *s, size_t at)
{
	if (at == 0 || at == s->text.n)
		return true;
	int certain = grapheme_ends_between(char_before(s->text, at), char_at(s->text, at));
	return certain == -1 ? ubrk_isBoundary(graphemes(l, s), (int32_t)at) : certain;
}

static void note_in(struct text_lexer *l, const struct stretch *s, size_t from, size_t to)
{
	if (to > from)
		note(l, s->base + to, text_token_is_space(str_from(s->text.p + from, to - from)));
}

/* Graphemes of the complex scripts by themselves, what stands between them together. */
static void note_complex(struct text_lexer *l, struct stretch *s, size_t from, size_t to)
{
	UBreakIterator *g = graphemes(l, s);
	size_t noted = from;
	for (size_t at = from; at < to;) {
		size_t next = (size_t)ubrk_following(g, (int32_t)at);
		if (is_complex(char_at(s->text, at))) {
			note_in(l, s, noted, at);
			note_in(l, s, at, next);
			noted = next;
		}
		at = next;
	}
	note_in(l, s, noted, to);
}

static void cut_by_icu(struct text_lexer *l, str text, size_t from, size_t to)
{
	struct stretch s = {.text = str_from(text.p + from, to - from), .base = from};
	lexer_look_at(&l->word, UBRK_WORD, s.text);
	size_t at = 0;
	for (int32_t b = ubrk_first(l->word); (b = ubrk_next(l->word)) != UBRK_DONE;) {
		if (!is_edge(l, &s, (size_t)b))
			continue;
		str token = str_from(s.text.p + at, (size_t)b - at);
		if (has_complex(token))
			note_complex(l, &s, at, (size_t)b);
		else
			note_in(l, &s, at, (size_t)b);
		at = (size_t)b;
	}
}

/* --- both ------------------------------------------------------------------------------------- */

/* The first byte from `at` on that is not ASCII, or `to`. */
static size_t skip_ascii(str text, size_t at, size_t to)
{
	while (at < to && (unsigned char)text.p[at] < 128)
		at++;
	return at;
}

bool lexer_is_gap(str text, size_t at)
{
	if (at == 0 || text.p[at] != ' ')
		return false;
	if ((unsigned char)text.p[at - 1] < 128)
		return class_at(text, at - 1) != SPACE;
	int32_t left = (int32_t)char_before(text, at);
	return !u_isUWhiteSpace(left) &&
	       u_getIntPropertyValue(left, UCHAR_GRAPHEME_CLUSTER_BREAK) != U_GCB_PREPEND;
}

/* The first gap behind `at` that is followed by enough ASCII to be worth it, or the end. */
static size_t end_of_stretch(str text, size_t at)
{
	size_t to = at;
	while (to < text.n) {
		if (lexer_is_gap(text, to)) {
			size_t near = text.n - to < NEAR ? text.n : to + NEAR;
			if (skip_ascii(text, to, near) == near)
				return to;
		}
		to++;
	}
	return text.n;
}

static void cut(struct text_lexer *l, str text)
{
	must(text.n < UINT32_MAX);
	l->end.n = 0;
	l->in_space = false;
	for (size_t at = 0; at < text.n;) {
		size_t foreign = skip_ascii(text, at, text.n);
		size_t ours = foreign;
		while (foreign < text.n && ours > at && !lexer_is_gap(text, ours))
			ours--;
		cut_ascii(l, text, at, ours);
		if (foreign == text.n)
			return;
		at = end_of_stretch(text, foreign);
		cut_by_icu(l, text, ours, at);
	}
}

struct text_tokens text_cut(struct arena *a, struct text_lexer *l, str text)
{
	cut(l, text);
	struct text_tokens t = {.n = l->end.n};
	t.end = arena_array(a, uint32_t, t.n);
	t.id = arena_array(a, uint32_t, t.n);
	if (t.n)
		mem_copy(t.end, t.n * sizeof *t.end, l->end.p, t.n * sizeof *t.end);
	for (size_t i = 0, at = 0; i < t.n; at = t.end[i++])
		t.id[i] = intern_id(&l->intern, text.p + at, t.end[i] - at);
	return t;
}

/* The place of the last gap before the end, and of the first behind the beginning. */
static size_t last_gap(str text)
{
	size_t at = text.n ? text.n - 1 : 0;
	while (at > 0 && !lexer_is_gap(text, at))
		at--;
	return at;
}

static size_t first_gap(str text)
{
	size_t at = 1;
	while (at < text.n && !lexer_is_gap(text, at))
		at++;
	return at < text.n ? at : text.n;
}

bool text_is_edge(struct text_lexer *l, str left, str right)
{
	if (!left.n || !right.n)
		return true;
	left = str_skip(left, last_gap(left));
	right = str_head(right, first_gap(right));
	buf_clear(&l->seam);
	buf_put(&l->seam, left);
	buf_put(&l->seam, right);
	cut(l, buf_str(&l->seam));
	for (size_t i = 0; i < l->end.n && l->end.p[i] <= left.n; i++)
		if (l->end.p[i] == left.n)
			return true;
	return false;
}
