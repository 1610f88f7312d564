/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * token: words, spaces and signs of a text, and its graphemes.
 *
 * Words are those of ICU (UAX 29); every space run and every sign is a token of its own. Thai,
 * Lao, Khmer and Burmese, where a dictionary moves the words about when a letter changes, are cut
 * into graphemes. Tokens decide what is compared and shown; nothing is stored by them, so that
 * another version of ICU moves no anchor.
 * Threads: one at a time for a lexer.
 */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "base/arena.h"
#include "base/err.h"

struct text_lexer; /* ICU's iterators, opened once, and the interned tokens */

/* In arena, with ICU's objects freed by text_lexer_close. */
struct text_lexer *text_lexer_open(struct arena *a);
/* Accepts NULL. */
void text_lexer_close(struct text_lexer *l);

enum text_token_kind { TEXT_WORD, TEXT_SPACE, TEXT_SIGN };

struct text_tokens {
	uint32_t *end; /* the byte behind each token */
	uint32_t
	    *id; /* the same number for the same bytes, per lexer; text_kind_of tells its kind */
	size_t n;
};

/* A word, white space, or a sign (neither letters nor digits). */
static inline enum text_token_kind text_kind_of(uint32_t id)
{
	return (enum text_token_kind)(id & 3);
}

/* The tokens of a valid text of less than 4 GiB. In arena. */
struct text_tokens text_cut(struct arena *a, struct text_lexer *l, str text);
/* True when a token is white space; a sign (neither letters nor digits). */
bool text_token_is_space(str token);
bool text_token_is_sign(str token);
/* True when no token goes over the seam between left and right, written one behind the other. */
bool text_is_edge(struct text_lexer *l, str left, str right);

/* The number of graphemes (UAX 29 extended grapheme clusters). */
size_t text_graphemes(struct text_lexer *l, str text);
/* The byte where the n-th grapheme begins (n == their number: the length); SIZE_MAX: too far. */
size_t text_grapheme_at(struct text_lexer *l, str text, size_t n);

#endif
