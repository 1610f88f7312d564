/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_html: the rolling text as HTML: ins and del in brackets that say who proposes what; or
 * clean, the words of the revision alone, as one would read them aloud, with marks where they are
 * contested.
 *
 * A fragment for web/css/rolling.css: no script, no style, everything escaped. Each bracket is a
 * group with a name for screen readers and is reached by the links of its sponsors, which lead to
 * the list of amendments below the text. Paragraphs find their direction by themselves, names
 * are isolated. data- attributes carry the ids of amendments and paragraphs, so that the text can
 * be read back from the markup alone: what they mean stands in doc/format/rolling.md.
 * Pure. Threads: any.
 */
#ifndef TEXT_ROLLING_HTML_H
#define TEXT_ROLLING_HTML_H

#include "text/markup.h"
#include "text/rolling.h"

/* In whose words the program speaks; NULL for the whole, or for say: English. */
struct text_voice {
	str (*say)(const void *ctx, const char *english);
	/* What a reader can do here: put at the end of a paragraph, of an amendment in the list. */
	void (*at_par)(const void *ctx, struct markup *m, const struct text_par *par);
	void (*at_amendment)(const void *ctx, struct markup *m, const struct text_amendment *who);
	/*
	 * False: the paragraph is left out, with all that is proposed behind it. par NULL: the
	 * place before the first paragraph. The list of amendments stays whole; a page that filters
	 * has no_list. NULL: all are shown.
	 */
	bool (*shows)(const void *ctx, const struct text_par *par);
	/*
	 * What a page says of the amendments of a place, its own list of them say: put behind what
	 * at_par puts, in an element to which the marks of the clean text lead. Called for every
	 * place that is shown: with NULL for the one before the first paragraph, and for deleted
	 * paragraphs too (is_gone), behind which something may be proposed.
	 */
	void (*contested)(const void *ctx, struct markup *m, const struct text_par *par);
	/*
	 * No list of amendments below the text. The links of sponsors lead there: the page gives
	 * the id text_rolling_anchor(a, i) to one element for each list[i] that is not on_text.
	 */
	bool no_list;
	const void *ctx; /* of all functions; each may be NULL */
};

/* The id of the element that tells of list[i] of a rolling text: "amendment-1". In arena. */
str text_rolling_anchor(struct arena *a, size_t i);

/* The fragment. In arena. */
str text_rolling_html(
    struct arena *a, const struct text_rolling *r, const struct text_voice *voice);
/*
 * The same without brackets and names: the words of the revision, each contested stretch with a
 * mark "[…]" behind it that says how many amendments bear on it and leads to them: to what
 * voice->contested wrote at the place, else to the first of them in the list. What bears on the
 * paragraph as a whole (deletion, move, join; moves and joins at the first of the paragraphs) is a
 * mark at its end, what would come behind it a line. In arena.
 */
str text_rolling_clean(
    struct arena *a, const struct text_rolling *r, const struct text_voice *voice);
/*
 * A whole page by itself: title and lang (BCP 47) as given, css the text of the stylesheet (ours,
 * it is not escaped). In arena.
 */
str text_rolling_html_page(struct arena *a, const struct text_rolling *r,
    const struct text_voice *voice, str title, str lang, str css);

#endif
