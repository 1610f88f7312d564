/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * smell: slips of the pen that a set of amendments would leave in a text.
 *
 * Each amendment reads well, and together they leave ", ," or "the the" behind. What is looked for
 * is what hardly ever is meant; a text may still mean it ("that that"), so it is shown to a person
 * and nothing is changed. What stood in the paragraph before is not told again.
 * Pure. Threads: as the lexer. No errors.
 */
#ifndef TEXT_SMELL_H
#define TEXT_SMELL_H

#include "base/vec.h"
#include "text/doc.h"
#include "text/token.h"

enum text_smell_kind {
	TEXT_SMELL_SIGN,   /* ", ," ",;" ".." : two signs where one is enough */
	TEXT_SMELL_SPACES, /* two spaces */
	TEXT_SMELL_WORD,   /* "the the" */
	TEXT_SMELL_SPACE, /* "actors , and": before a sign that closes; French has it before some */
	TEXT_SMELL_GLUED, /* "actors,and" "end.The" "globalInternet" "publicpolicy": none at all */
};

struct text_smell {
	enum text_smell_kind kind;
	size_t par; /* place in the new text */
	str words;  /* with the word before and the word behind */
};

struct text_smells {
	VEC(struct text_smell) list; /* in the order of the text */
};

/*
 * What the paragraphs of `now` have and those that they came from in `base` (the same id, one that
 * was joined to it, one that it was cut off) have not. `lang`: "fr", of the text. In arena.
 */
struct text_smells text_find_smells(struct arena *a, struct text_lexer *l,
    const struct text_doc *base, const struct text_doc *now, str lang);

#endif
