/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * stem: what the inflected forms of a word have in common, by the rules of Snowball (libstemmer).
 *
 *     government, governments: "govern"     государства, государствам: "государств"
 *
 * The rules are those of English, French, Spanish, Russian and Arabic; the script says which of
 * them a word may follow, and of the three that write Latin letters the language of its text says
 * it. Words of fewer than three letters, with digits, and of other scripts have no stem. Stems are
 * folded as base/tokenizer.h folds words, and are to be compared with stems of the same language
 * only: they are no words.
 *
 * Threads: a stemmer is for one at a time. Results: in arena. No errors.
 */
#ifndef BASE_STEM_H
#define BASE_STEM_H

#include "base/arena.h"

#define STEMS_MAX 4 /* of one word: three languages, and one more of Spanish */

struct stem {
	const char *lang; /* "en", "fr", "es", "ru" or "ar" */
	str text;
};

struct stemmer;
/* Frees on leaving the scope: AUTO_STEMMER struct stemmer *s = stemmer_new(); caller frees. */
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *s);
void stemmer_auto_free(struct stemmer **s);
#define AUTO_STEMMER __attribute__((cleanup(stemmer_auto_free)))

/*
 * The stems of one word: as it was written, with its accents, and as the tokenizer folded it.
 * lang: the language of its text, "" when nobody said. How many there are; 0: none.
 */
size_t stem_word(struct stemmer *s, struct arena *a, str written, str folded, str lang,
    struct stem out[STEMS_MAX]);

#endif
