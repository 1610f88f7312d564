/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_page: what the parts of the HTML of a rolling text share: words, names, brackets.
 */
#ifndef TEXT_ROLLING_PAGE_H
#define TEXT_ROLLING_PAGE_H

#include "text/markup.h"
#include "text/rolling_html.h"
#include "text/rolling_says.h"

struct roll_page {
	struct markup m;
	struct roll_cast cast;
	const struct text_voice *voice;
	const struct text_par *par; /* whose words are being written; NULL: new ones */
	bool inside;                /* an alternative: its splits are its sponsors' */
	bool after_bracket;         /* nothing stands between here and a bracket's end */
};

/* A sentence in the language of the reader. */
str roll_voice(const struct roll_page *p, const char *english);
/* Something of ours beside the text: brackets, numbers, names. Text in it is not of the document.
 */
void roll_open_sign(struct roll_page *p, const char *class);
void roll_sign(struct roll_page *p, const char *class, str s);
/* "a1 a2": ids of amendments, blanks and percent signs in them as %20 and %25. In arena. */
str roll_ids(struct roll_page *p, const struct text_backers *by);
/* " – Kenya, Peru; support: Ghana": sponsors are links to the list of amendments. */
void roll_put_tail(struct roll_page *p, const struct roll_tail *t);
/* The first names of an item in plain letters, for a label. In arena. */
str roll_some_names(struct roll_page *p, const struct roll_item *item);
/*
 * The element of words of the revision in a bracket: "del" when somebody would have others or none
 * there, "span" when there are only stances that want neither.
 */
const char *roll_base_element(const struct roll_tail *t, bool only_stances);
bool roll_only_stances(const struct roll_page *p, const struct text_backers *by);
/* What a bracket is called: of words of the revision, of a proposal. In arena. */
str roll_label_base(struct roll_page *p, const struct roll_tail *t);
str roll_label_proposal(struct roll_page *p, const struct roll_tail *t);
/* Makes the element that has just been opened a bracket with this name. */
void roll_group(struct roll_page *p, str label);
/* A name, isolated. */
void roll_put_name(struct roll_page *p, str name);
/* A number and a blank behind it, unless empty. */
void roll_put_number(struct roll_page *p, str number);

/* The words of a paragraph. */
void roll_put_nodes(struct roll_page *p, const struct text_nodes *n);
/* A whole paragraph in versions, each a block of its own; end: the sign that all of them have. */
void roll_put_versions(
    struct roll_page *p, const char *element, str number, const struct text_node *span, str end);
/* The list of amendments below the text. */
void roll_put_list(struct roll_page *p);

#endif
