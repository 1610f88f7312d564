/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tokenizer: text into the words that search compares, in any language.
 *
 * A word is a run of letters, digits and their marks, folded so that readers find what they mean:
 * case, width and compatibility forms (NFKC case folding), accents of Latin, Greek and Cyrillic
 * (except that of й), Arabic harakat and tatweel, the forms of alef, ya and ta marbuta, and every
 * script's digits. The Arabic article (al-, wal-, bil-, lil- ...) is cut off. "l'accès" is two
 * words, and so is A/RES of a symbol: nothing but letters and digits counts, so a phrase finds it.
 *
 * Chinese, Japanese and Thai do not write spaces: every two neighbouring characters are one word,
 * and in documents each character alone stands beside it. A query of n characters is then the
 * phrase of its n - 1 pairs, which finds exactly the texts that hold these characters in a row,
 * from one character on, whatever any dictionary thinks the words are.
 *
 * FTS5 knows it as "comity_icu" (base/fts.h). Threads: any; nothing is kept. Any bytes are taken:
 * what is not UTF-8 separates words. No errors, but what the callback returns.
 */
#ifndef BASE_TOKENIZER_H
#define BASE_TOKENIZER_H

#include "base/str.h"

enum token_use { TOKEN_DOCUMENT, TOKEN_QUERY };

struct token {
	str text;          /* folded; borrowed until the callback returns */
	size_t start, end; /* the bytes of the source that it was made of */
	bool beside;       /* in the same place as the token before it */
};

/* Anything but 0 ends the walk. */
typedef int token_fn(void *ctx, const struct token *t);
/* Calls fn for each token of s, in order. Returns what fn returned last. */
int tokenize(str s, enum token_use use, token_fn *fn, void *ctx);

/* True for characters of a script that is written without spaces. */
bool tokenizer_is_unspaced(int32_t cp);
/*
 * True for white space, and for the punctuation of scripts beyond ASCII: what parts the words of a
 * query. ASCII signs, hyphens and apostrophes do not: A/RES/70/125 is one.
 */
bool tokenizer_is_break(int32_t cp);
/* Calls fn for the words of a run without spaces, by ICU's dictionaries. False: it has none. */
bool tokenizer_cut(str s, void (*fn)(void *ctx, str word), void *ctx);

#endif
