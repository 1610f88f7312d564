/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * filter: the form above a list or a text that narrows it, by query parameters of the page's own
 * address.
 *
 *     struct filter f = filter_of(v.here);
 *     struct filter_field *x = filter_select(p, &f, "status", "Status");
 *     filter_choice(p, x, S("open"), page_t(p, "Open"));
 *     ...
 *     {% call filter_html(&v->filter) %}
 *
 * What was chosen is shown as chosen, what was typed stays. Threads: each request has its own page.
 */
#ifndef ENGINE_FILTER_H
#define ENGINE_FILTER_H

#include "engine/page.h"

struct filter_choice {
	str value, label;
	bool chosen;
};

/* A list to choose from, or a line to type in. */
struct filter_field {
	const char *name; /* of the query parameter, and id of the control */
	str label;
	bool is_typed;
	str typed;
	str help;  /* how to type it */
	str error; /* what was typed means nothing: why, and the way out */
	bool more; /* folded away until it is used */
	VEC(struct filter_choice) choices;
};

struct filter {
	url here;
	VEC(struct filter_field) fields;
	VEC(struct filter_choice) hidden; /* value by name (label) that the form keeps */
	size_t more;                      /* fields that are folded away */
	bool more_is_open;                /* one of them is used */
};

struct filter filter_of(url here);
/* A list; its first choice is "All", with an empty value. Borrowed from f until the next one. */
struct filter_field *filter_select(
    struct page *p, struct filter *f, const char *name, const char *label);
/* The same without "All". */
struct filter_field *filter_mode(
    struct page *p, struct filter *f, const char *name, const char *label);
void filter_choice(struct page *p, struct filter_field *x, str value, str label);
/* "Kenya (3)" */
void filter_counted(struct page *p, struct filter_field *x, str value, str label, int64_t n);
/* A line to type in; help as a sentence. */
struct filter_field *filter_typed(
    struct page *p, struct filter *f, const char *name, const char *label, const char *help);
/* The field that was made last is folded away with the others of its kind. */
void filter_fold(struct page *p, struct filter *f);
/* A parameter that the form keeps as it is. */
void filter_keep(struct page *p, struct filter *f, str name, str value);

/* Made from filter.html. */
struct page_out;
void filter_html(struct page_out *o, const struct filter *f);

#endif
