/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The report as plain text: numbered paragraphs with hanging numbers, footnotes at the end. */
#include "base/utf8.h"
#include "rooms/report/report_doc.h"

#include "base/poison.h"

#define COLUMNS 76

/* A paragraph being set. */
struct setter {
	struct buf *out;
	size_t indent; /* of every line but the first */
	size_t column;
	bool fresh; /* nothing on this line but the indent */
};

static void spaces(struct buf *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_putc(out, ' ');
}

static void set_word(struct setter *s, str word)
{
	size_t width = utf8_count(word);
	if (!s->fresh && s->column + 1 + width > COLUMNS) {
		buf_putc(s->out, '\n');
		spaces(s->out, s->indent);
		s->column = s->indent;
		s->fresh = true;
	}
	if (!s->fresh) {
		buf_putc(s->out, ' ');
		s->column++;
	}
	buf_put(s->out, word);
	s->column += width;
	s->fresh = false;
}

static bool white(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* `lead` hangs before the first line, the rest is indented as far. */
static void set_paragraph(struct buf *out, str lead, size_t indent, str words)
{
	size_t width = utf8_count(lead);
	struct setter s = {.out = out, .indent = indent, .column = indent, .fresh = true};
	buf_put(out, lead);
	if (width < indent)
		spaces(out, indent - width);
	else if (width > 0)
		buf_putc(out, ' ');
	for (size_t i = 0; i < words.n;) {
		size_t start = i;
		while (i < words.n && !white(words.p[i]))
			i++;
		if (i > start)
			set_word(&s, str_head(str_skip(words, start), i - start));
		while (i < words.n && white(words.p[i]))
			i++;
	}
	buf_put(out, S("\n\n"));
}

/* The words of a line with [n] for its footnotes. */
static str line_words(struct arena *a, const struct report_line *line)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < line->spans.n; i++) {
		const struct report_span *s = &line->spans.p[i];
		buf_put(&b, s->words);
		if (s->note)
			buf_printf(&b, "[%lld]", (long long)s->note);
	}
	return buf_str(&b);
}

static void rule(struct buf *out)
{
	for (size_t i = 0; i < COLUMNS; i++)
		buf_putc(out, '-');
	buf_put(out, S("\n\n"));
}

static void set_block(struct buf *out, const struct report_block *b)
{
	struct arena *a = out->arena;
	str words = line_words(a, &b->line);
	switch (b->kind) {
	case REPORT_HEADING:
		if (b->mark.n)
			words = arena_printf(a, "%.*s. %.*s", STR(b->mark), STR(words));
		buf_putc(out, '\n');
		set_paragraph(out, STR_EMPTY, b->level == 2 ? 0 : 4, words);
		return;
	case REPORT_PARAGRAPH:
		if (b->number)
			set_paragraph(
			    out, arena_printf(a, "%lld.", (long long)b->number), 5, words);
		else
			set_paragraph(out, STR_EMPTY, 5, words);
		return;
	case REPORT_LIST:
		for (size_t i = 0; i < b->items.n; i++)
			set_paragraph(out,
			    i < 26 ? arena_printf(a, "     (%c)", (char)('a' + i))
			           : arena_printf(a, "     (%zu)", i + 1),
			    10, line_words(a, &b->items.p[i]));
		return;
	case REPORT_QUOTE:
		words = arena_printf(a, "“%.*s%s%.*s” (%.*s)", STR(b->mark), b->mark.n ? ". " : "",
		    STR(words), STR(b->source));
		set_paragraph(out, STR_EMPTY, 10, words);
		return;
	}
}

static void set_annexes(struct buf *out, const struct report_doc *d)
{
	struct arena *a = out->arena;
	rule(out);
	set_paragraph(out, STR_EMPTY, 0, S("Annex I: Members"));
	for (size_t i = 0; i < d->facts->constituencies.n; i++) {
		const struct report_fact_constituency *c = &d->facts->constituencies.p[i];
		set_paragraph(out, STR_EMPTY, 5, c->name);
		for (size_t k = 0; k < c->delegations.n; k++)
			buf_printf(out, "          %.*s\n", STR(c->delegations.p[k]));
		buf_putc(out, '\n');
	}
	set_paragraph(out, STR_EMPTY, 0, S("Annex II: Documents"));
	for (size_t i = 0; i < d->documents.n; i++)
		set_paragraph(out, STR_EMPTY, 5, line_words(a, &d->documents.p[i]));
	set_paragraph(out, STR_EMPTY, 0, S("Annex III: Proposals in full"));
	for (size_t i = 0; i < d->proposals.n; i++) {
		const struct report_annexed *x = &d->proposals.p[i];
		str number = arena_printf(a, "%lld.", (long long)x->row->number);
		set_paragraph(out, number, 5, x->withheld ? x->row->section : x->row->title);
		set_paragraph(out, STR_EMPTY, 5,
		    arena_printf(a, "(%.*s; %.*s)", STR(x->row->sponsors), STR(x->status)));
		if (x->withheld)
			set_paragraph(out, STR_EMPTY, 5, S("Its words are found on its page."));
		for (size_t k = 0; k < x->paragraphs.n && !x->withheld; k++)
			set_paragraph(out, STR_EMPTY, 5, x->paragraphs.p[k]);
	}
}

void report_plain(const struct report_doc *d, struct buf *out)
{
	struct arena *a = out->arena;
	set_paragraph(out, STR_EMPTY, 0, d->group);
	if (d->symbol.n)
		set_paragraph(out, STR_EMPTY, 0,
		    arena_printf(a, "%.*s    %.*s", STR(d->symbol), STR(d->date)));
	rule(out);
	set_paragraph(out, STR_EMPTY, 0, d->title);
	set_paragraph(out, STR_EMPTY, 0, d->statement);
	for (size_t i = 0; i < d->blocks.n; i++)
		set_block(out, &d->blocks.p[i]);
	set_annexes(out, d);
	rule(out);
	for (size_t i = 0; i < d->notes.n; i++) {
		const struct report_endnote *n = &d->notes.p[i];
		str words = n->words.n
		                ? n->words
		                : arena_printf(a, "Record of the group, %s %.*s.",
		                      n->proofs.n == 1 ? "entry" : "entries", STR(n->ranges));
		set_paragraph(out, arena_printf(a, "[%lld]", (long long)n->number), 6, words);
	}
}
