/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Each change is an element that the tab key reaches, with hidden words that say what it is, and
 * an address that can be sent to somebody. dir="auto": an Arabic paragraph is read from the right.
 */
#include "text/redline_say.h"

#include "base/poison.h"

struct page {
	struct buf b;
	const struct text_redline *r;
	const size_t *ordinal;
	size_t changes;
};

static void put_escaped(struct buf *b, str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		str as = STR_EMPTY;
		switch (s.p[i]) {
		case '&':
			as = S("&amp;");
			break;
		case '<':
			as = S("&lt;");
			break;
		case '>':
			as = S("&gt;");
			break;
		case '"':
			as = S("&quot;");
			break;
		case '\n':
			as = S("<br>\n");
			break;
		default:
			continue;
		}
		buf_put(b, str_from(s.p + from, i - from));
		buf_put(b, as);
		from = i + 1;
	}
	buf_put(b, str_skip(s, from));
}

static void put_span(struct page *g, const struct text_span *s)
{
	bool gone = s->op == '-';
	if (s->op == '=') {
		put_escaped(&g->b, s->text);
		return;
	}
	buf_put(&g->b, gone ? S("<del>") : S("<ins>"));
	buf_put(&g->b, S("<span class=\"visually-hidden\">"));
	buf_put(&g->b, s->border ? S("deleted: end of the paragraph")
	               : gone    ? S("deleted: ")
	                         : S("inserted: "));
	buf_put(&g->b, S("</span>"));
	if (s->border)
		buf_put(&g->b, S("<span aria-hidden=\"true\">¶</span>"));
	else
		put_escaped(&g->b, s->text);
	buf_put(&g->b, gone ? S("</del>") : S("</ins>"));
}

static void open_change(struct page *g)
{
	buf_printf(&g->b, "<span class=\"change\" id=\"change-%zu\" tabindex=\"0\">", ++g->changes);
}

/* What goes and what comes in its place are one change. */
static void put_spans(struct page *g, const struct text_red *p)
{
	bool open = false;
	for (size_t k = 0; k < p->spans_n; k++) {
		bool change = p->span[k].op != '=';
		if (change && !open)
			open_change(g);
		if (!change && open)
			buf_put(&g->b, S("</span>"));
		open = change;
		put_span(g, &p->span[k]);
	}
	if (open)
		buf_put(&g->b, S("</span>"));
}

/* A heading is one for the reader, too: h2 to h6. */
static void put_tag(struct buf *b, const struct text_red *p, bool end)
{
	buf_put(b, end ? S("</") : S("<"));
	if (p->kind == TEXT_HEADING) {
		unsigned level = p->level < 1 ? 1 : p->level > 5 ? 5 : p->level;
		buf_putc(b, 'h');
		buf_put_u64(b, level + 1);
	} else {
		buf_putc(b, 'p');
	}
}

static void put_par(struct page *g, const struct text_red *p)
{
	static const char *const kind[] = {[TEXT_PARA] = "para",
	    [TEXT_HEADING] = "heading",
	    [TEXT_SUB] = "sub",
	    [TEXT_NOTE] = "note"};
	put_tag(&g->b, p, false);
	buf_printf(&g->b, " class=\"%s is-%s", kind[p->kind], text_change_name(p->change).p);
	if (p->level)
		buf_printf(&g->b, " level-%u", p->level);
	buf_put(&g->b, S("\" dir=\"auto\">"));
	put_spans(g, p);
	put_tag(&g->b, p, true);
	buf_put(&g->b, S(">\n"));
}

/* In front of the paragraph, and not in it: dir="auto" goes by the first letter. */
static void put_note(struct page *g, const struct text_red *p)
{
	str note = text_redline_note(g->b.arena, g->r, p, g->ordinal);
	if (!note.n)
		return;
	buf_put(&g->b, S("<p class=\"what-happened\">"));
	open_change(g);
	buf_putc(&g->b, '(');
	put_escaped(&g->b, note);
	buf_put(&g->b, S(")</span></p>\n"));
}

str text_redline_html(struct arena *a, const struct text_redline *r)
{
	struct page g = {.b = buf_in(a, 0), .r = r, .ordinal = text_redline_ordinals(a, r)};
	buf_put(&g.b, S("<div class=\"redline\">\n"));
	for (size_t i = 0; i < r->n; i++) {
		put_note(&g, &r->par[i]);
		put_par(&g, &r->par[i]);
	}
	buf_put(&g.b, S("</div>\n"));
	return buf_str(&g.b);
}
