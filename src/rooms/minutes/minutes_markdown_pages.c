/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The draft as Markdown that reads well as it is: references by name, their addresses at the end.
 */
#include "rooms/minutes/minutes_pages.h"

#include "base/poison.h"

struct references {
	VEC(const struct minutes_link *) v;
};

/* One label has one address in a draft. */
static void keep(struct arena *a, struct references *r, const struct minutes_link *link)
{
	for (size_t i = 0; i < r->v.n; i++)
		if (str_eq(r->v.p[i]->label, link->label))
			return;
	*vec_push(a, &r->v) = link;
}

static void put_links(
    struct arena *a, struct buf *b, const struct minutes_line *l, struct references *r)
{
	for (size_t i = 0; i < l->links.n; i++) {
		buf_printf(b, " [%.*s]", STR(l->links.p[i].label));
		keep(a, r, &l->links.p[i]);
	}
}

/* Every line of a text behind the same sign, so that it stays one block. */
static void put_text(struct arena *a, struct buf *b, str text, str sign)
{
	str rest = minutes_escape(a, text, true), line;
	bool first = true;
	while (str_cut(&rest, '\n', &line)) {
		if (!first) {
			buf_putc(b, '\n');
			buf_put(b, sign);
		}
		first = false;
		buf_put(b, line);
	}
}

static void put_line(struct arena *a, struct buf *b, enum minutes_kind kind, size_t number,
    const struct minutes_line *l, struct references *r)
{
	static const char *const signs[] = {
	    [MINUTES_TITLE] = "# ",
	    [MINUTES_HEADING] = "## ",
	    [MINUTES_SUBHEADING] = "### ",
	    [MINUTES_TEXT] = "",
	    [MINUTES_POINTS] = "- ",
	    [MINUTES_QUOTE] = "> ",
	};
	if (kind == MINUTES_NUMBERS)
		buf_printf(b, "%zu. ", number);
	else
		buf_put(b, str_of(signs[kind]));
	bool heading = kind <= MINUTES_SUBHEADING;
	if (heading)
		buf_put(b, minutes_escape(a, l->text, false));
	else
		put_text(a, b, l->text, kind == MINUTES_QUOTE ? S("> ") : S("   "));
	put_links(a, b, l, r);
}

str minutes_markdown(struct arena *a, const struct minutes_block *blocks, size_t n, str site)
{
	struct buf b = buf_in(a, 0);
	struct references r = {0};
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_put(&b, S("\n\n"));
		for (size_t k = 0; k < blocks[i].lines.n; k++) {
			if (k)
				buf_putc(&b, '\n');
			put_line(a, &b, blocks[i].kind, k + 1, &blocks[i].lines.p[k], &r);
		}
	}
	for (size_t i = 0; i < r.v.n; i++)
		buf_printf(&b, "%s[%.*s]: %.*s%.*s", i ? "\n" : "\n\n", STR(r.v.p[i]->label),
		    STR(site), STR(r.v.p[i]->to.s));
	buf_putc(&b, '\n');
	return buf_str(&b);
}
