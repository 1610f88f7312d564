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
	bool clean;                 /* marks for brackets (rolling_clean.c) */
	bool in_stretch;            /* clean: in words that get one mark for all */
	uint32_t *seen; /* clean: for each amendment the round in which it was counted */
	uint32_t round;
	size_t at; /* the place of the paragraph, or TEXT_START */
};

/* The whole fragment. */
str roll_put_page(struct roll_page *p);
/* False: the page leaves this place out, TEXT_START too. */
bool roll_is_shown(const struct roll_page *p, size_t par);
/* Headings of the text stand below the title of the page. */
const char *roll_element_of(enum text_kind kind, unsigned level);

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
/* The address of list[who] in the page. In arena. */
str roll_link(const struct roll_page *p, size_t who);
/* The id of what voice->contested writes at the place p->at. In arena. */
str roll_place(const struct roll_page *p);
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

/* White space at both ends of a branch, which stands outside of its brackets. */
struct roll_ends {
	size_t lead, trail;
};
struct roll_ends roll_ends_of(const struct text_nodes *n);
/* Words between them. */
void roll_put_inner(struct roll_page *p, const struct text_nodes *n, struct roll_ends e);
/* White space that roll_ends_of has left outside. */
void roll_put_lead(struct roll_page *p, const struct text_nodes *n, struct roll_ends e);
void roll_put_trail(struct roll_page *p, const struct text_nodes *n, struct roll_ends e);

/* Clean: the words of a bracket and its mark; the mark of a split; a paragraph; what is behind. */
void roll_clean_span(struct roll_page *p, const struct text_node *span);
void roll_clean_split(struct roll_page *p, const struct text_node *n);
void roll_clean_block(struct roll_page *p, const struct text_rolling_par *rp);
void roll_clean_behind(struct roll_page *p, const struct text_rolling_par *rp);

/* The words of a paragraph. */
void roll_put_nodes(struct roll_page *p, const struct text_nodes *n);
/* A whole paragraph in versions, each a block of its own; end: the sign that all of them have. */
void roll_put_versions(
    struct roll_page *p, const char *element, str number, const struct text_node *span, str end);
/* The list of amendments below the text. */
void roll_put_list(struct roll_page *p);

#endif
