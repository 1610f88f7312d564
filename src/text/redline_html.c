/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Each change is an element that the tab key reaches, with hidden words that say what it is, and
 * an address that can be sent to somebody. dir="auto": an Arabic paragraph is read from the right.
 */
#include "text/markup.h"
#include "text/redline_say.h"
#include "text/rolling_html.h"

#include "base/poison.h"

struct page {
	struct markup m;
	struct arena *arena;
	const struct text_redline *r;
	const struct text_voice *voice;
	const size_t *ordinal;
	size_t changes;
};

/* A sentence in the language of the reader. */
static str redline_voice(const struct page *g, const char *english)
{
	return g->voice && g->voice->say ? g->voice->say(g->voice->ctx, english) : str_of(english);
}

/* Lines end where they ended. */
static void put_lines(struct page *g, str text)
{
	for (str line; str_cut(&text, '\n', &line);) {
		markup_text(&g->m, line);
		if (text.p)
			markup_void(&g->m, "br");
	}
}

static void put_hidden(struct page *g, str words)
{
	markup_open(&g->m, "span");
	markup_class(&g->m, "visually-hidden");
	markup_text(&g->m, words);
	markup_text(&g->m, S(" "));
	markup_close(&g->m);
}

static void put_span(struct page *g, const struct text_span *s)
{
	bool gone = s->op == '-';
	if (s->op == '=') {
		put_lines(g, s->text);
		return;
	}
	markup_open(&g->m, gone ? "del" : "ins");
	put_hidden(g, gone ? redline_voice(g, "deleted:") : redline_voice(g, "inserted:"));
	if (s->border) {
		put_hidden(g, redline_voice(g, "end of the paragraph"));
		markup_open(&g->m, "span");
		markup_attr(&g->m, "aria-hidden", S("true"));
		markup_text(&g->m, S("¶"));
		markup_close(&g->m);
	} else {
		put_lines(g, s->text);
	}
	markup_close(&g->m);
}

static void open_change(struct page *g)
{
	markup_open(&g->m, "span");
	markup_class(&g->m, "change");
	markup_attr(&g->m, "id", arena_printf(g->arena, "change-%zu", ++g->changes));
	markup_attr(&g->m, "tabindex", S("0"));
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
			markup_close(&g->m);
		open = change;
		put_span(g, &p->span[k]);
	}
	if (open)
		markup_close(&g->m);
}

/* A heading is one for the reader, too: h2 to h6. */
static const char *element_of(const struct text_red *p)
{
	static const char *const heading[] = {"h2", "h2", "h3", "h4", "h5", "h6"};
	if (p->kind != TEXT_HEADING)
		return "p";
	return heading[p->level < 5 ? p->level : 5];
}

static void put_par(struct page *g, const struct text_red *p)
{
	static const char *const kind[] = {[TEXT_PARA] = "para",
	    [TEXT_HEADING] = "heading",
	    [TEXT_SUB] = "sub",
	    [TEXT_NOTE] = "note"};
	struct buf class = buf_in(g->arena, 0);
	buf_printf(&class, "%s is-%s", kind[p->kind], text_change_name(p->change).p);
	if (p->level)
		buf_printf(&class, " level-%u", p->level);
	markup_open(&g->m, element_of(p));
	markup_attr(&g->m, "class", buf_str(&class));
	markup_attr(&g->m, "dir", S("auto"));
	put_spans(g, p);
	markup_close(&g->m);
	markup_line(&g->m);
}

/* In front of the paragraph, and not in it: dir="auto" goes by the first letter. */
static void put_note(struct page *g, const struct text_red *p)
{
	const char *english = text_redline_sentence(p);
	if (!english)
		return;
	str olds = text_redline_olds(g->arena, g->r, p, g->ordinal);
	markup_open(&g->m, "p");
	markup_class(&g->m, "what-happened");
	open_change(g);
	markup_text(&g->m, S("("));
	markup_text(&g->m, err_fill(g->arena, redline_voice(g, english), &olds, 1));
	markup_text(&g->m, S(")"));
	markup_close(&g->m);
	markup_close(&g->m);
	markup_line(&g->m);
}

str text_redline_html_in(
    struct arena *a, const struct text_redline *r, const struct text_voice *voice)
{
	struct page g = {.m = markup_in(a),
	    .arena = a,
	    .r = r,
	    .voice = voice,
	    .ordinal = text_redline_ordinals(a, r)};
	markup_open(&g.m, "div");
	markup_class(&g.m, "redline");
	markup_line(&g.m);
	for (size_t i = 0; i < r->n; i++) {
		put_note(&g, &r->par[i]);
		put_par(&g, &r->par[i]);
	}
	markup_close(&g.m);
	markup_line(&g.m);
	return markup_str(&g.m);
}

str text_redline_html(struct arena *a, const struct text_redline *r)
{
	return text_redline_html_in(a, r, NULL);
}
