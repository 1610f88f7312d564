/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * gen_text: the words of which generated documents are made, and graphemes as ICU counts them.
 *
 * Tiny texts have an alphabet of two to five symbols, so that different edits often give the same
 * text; prose has words; scripts are the Universal Declaration in six languages (shared data)
 * with combining marks, joiners and directional marks thrown in. Threads: one.
 */
#ifndef TEST_TEXT_GEN_TEXT_H
#define TEST_TEXT_GEN_TEXT_H

#include "base/vec.h"
#include "harness/t_rand.h"

enum gen_style { GEN_TINY, GEN_PROSE, GEN_SCRIPTS };

#define GEN_LANGUAGES 6

struct gen_tools {
	struct arena *a;
	void *chars; /* ICU's iterator */
	struct {
		str *p;
		size_t n;
	} declaration[GEN_LANGUAGES]; /* its paragraphs; read when first asked for */
};

/* In arena; closed by gen_tools_close. */
struct gen_tools *gen_tools_open(struct arena *a);
void gen_tools_close(struct gen_tools *t);

/* Where graphemes begin: at[0] is 0, at[n] the length of the text. */
struct gen_cuts {
	size_t *at;
	size_t n;
};
/* In arena. */
struct gen_cuts gen_graphemes(struct arena *a, struct gen_tools *t, str text);

/* In Unicode's normal form C, as all text of a revision is. In arena. */
str gen_nfc(struct arena *a, str text);
/* True when two texts are canonically equivalent. */
bool gen_same_text(struct arena *a, str x, str y);

/* How one document speaks. */
struct gen_voice {
	enum gen_style style;
	size_t alphabet, symbols, seam; /* tiny: which, how many of it, how words are parted */
	size_t language;                /* scripts */
};
struct gen_voice gen_voice(struct t_rand *r, enum gen_style style);

/* A paragraph, in NFC; a few words to be inserted (now and then none). In arena. */
str gen_paragraph(
    struct arena *a, struct gen_tools *t, struct t_rand *r, const struct gen_voice *v);
str gen_words(struct arena *a, struct gen_tools *t, struct t_rand *r, const struct gen_voice *v);

/* The paragraphs of shared data as one plain text each, tags taken out. In arena. */
struct gen_lines {
	VEC(str) list;
};
struct gen_lines gen_read_html(struct arena *a, const char *path);

#endif
