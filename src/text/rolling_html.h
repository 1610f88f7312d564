/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_html: the rolling text as HTML: ins and del in brackets that say who proposes what.
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
	const void *ctx; /* of all three; each may be NULL */
};

/* The fragment. In arena. */
str text_rolling_html(
    struct arena *a, const struct text_rolling *r, const struct text_voice *voice);
/*
 * A whole page by itself: title and lang (BCP 47) as given, css the text of the stylesheet (ours,
 * it is not escaped). In arena.
 */
str text_rolling_html_page(struct arena *a, const struct text_rolling *r,
    const struct text_voice *voice, str title, str lang, str css);

#endif
