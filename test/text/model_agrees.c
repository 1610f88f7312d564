/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "model.h"

#include "base/must.h"

#include "base/poison.h"

static bool gone_at(const struct text_par *p, size_t at)
{
	for (size_t k = 0; k < p->gone_n; k++)
		if (p->gone[k].from <= at && at < p->gone[k].to)
			return true;
	return false;
}

static bool same_bytes(const struct model_par *m, const struct text_par *p)
{
	bool same = m->bytes.n == p->full.n;
	for (size_t i = 0; same && i < m->bytes.n; i++)
		same = m->bytes.p[i].c == p->full.p[i] && m->bytes.p[i].gone == gone_at(p, i);
	return same;
}

static bool has_alias(const struct text_par *p, str id)
{
	for (size_t i = 0; i < p->aliases_n; i++)
		if (str_eq(p->aliases[i], id))
			return true;
	return false;
}

static bool same_par(const struct model_par *m, const struct text_par *p)
{
	bool same = str_eq(m->id, p->id) && m->is_gone == p->is_gone && same_bytes(m, p) &&
	            m->aliases.n == p->aliases_n && str_eq(m->split_from, p->split_from);
	for (size_t i = 0; same && i < m->aliases.n; i++)
		same = has_alias(p, m->aliases.p[i]);
	return same;
}

static void print_model(const struct model_doc *m, struct buf *why)
{
	for (size_t i = 0; i < m->par.n; i++) {
		const struct model_par *p = m->par.p[i];
		bool gone = false;
		buf_printf(why, "#   %zu %.*s%s: ", i, STR(p->id), p->is_gone ? " (gone)" : "");
		for (size_t k = 0; k < p->bytes.n; k++) {
			if (p->bytes.p[k].gone != gone)
				buf_putc(why, gone ? '}' : '{');
			gone = p->bytes.p[k].gone;
			buf_putc(why, p->bytes.p[k].c);
		}
		buf_put(why, gone ? S("}|") : S("|"));
		for (size_t k = 0; k < p->aliases.n; k++)
			buf_printf(why, " alias %.*s", STR(p->aliases.p[k]));
		if (p->split_from.n)
			buf_printf(why, " from %.*s", STR(p->split_from));
		buf_putc(why, '\n');
	}
}

/* Where the trace of an old paragraph says that one of its bytes is. */
static bool traced(const struct text_trace *t, size_t at, size_t par, size_t now)
{
	for (size_t i = 0; i < t->pieces_n; i++)
		if (t->piece[i].from <= at && at < t->piece[i].to)
			return t->piece[i].par == par &&
			       t->piece[i].at + at - t->piece[i].from == now;
	return false;
}

/* The pieces of a trace lie side by side and cover the whole of the old text. */
static bool covers(const struct text_trace *t, size_t n)
{
	size_t at = 0;
	for (size_t i = 0; i < t->pieces_n; i++) {
		if (t->piece[i].from != at || t->piece[i].to <= at)
			return false;
		at = t->piece[i].to;
	}
	return at == n;
}

static bool traces_agree(const struct model_doc *m, const struct text_revision *r, struct buf *why)
{
	for (size_t i = 0; i < r->old->n; i++)
		if (!covers(&r->trace[i], r->old->par[i].full.n)) {
			buf_printf(why, "the trace of paragraph %zu does not cover it", i);
			return false;
		}
	for (size_t i = 0; i < m->par.n; i++)
		for (size_t k = 0; k < m->par.p[i]->bytes.n; k++) {
			const struct model_byte *b = &m->par.p[i]->bytes.p[k];
			size_t now = text_doc_find(&r->doc, m->par.p[i]->id);
			if (b->par == TEXT_START || traced(&r->trace[b->par], b->at, now, k))
				continue;
			buf_printf(why,
			    "byte %zu of paragraph %zu is at %zu of %zu; its trace is wrong", b->at,
			    b->par, k, i);
			return false;
		}
	return true;
}

bool model_agrees(const struct model_doc *m, const struct text_revision *r, struct buf *why)
{
	bool same = m->par.n == r->doc.n;
	size_t shown = TEXT_START;
	for (size_t i = 0; same && i < m->par.n; i++) {
		const struct model_par *p = m->par.p[i];
		size_t at = text_doc_find(&r->doc, p->id);
		if (!p->is_gone)
			shown = text_doc_next(&r->doc, shown);
		same =
		    at != TEXT_START && (p->is_gone || at == shown) && same_par(p, &r->doc.par[at]);
	}
	if (same)
		return traces_agree(m, r, why);
	buf_put(why, S("model and engine differ:\n"));
	print_model(m, why);
	buf_put(why, S("#   --\n"));
	for (size_t i = 0; i < r->doc.n; i++) {
		const struct text_par *p = &r->doc.par[i];
		buf_printf(why, "#   %zu %.*s: %.*s", i, STR(p->id), STR(p->full));
		for (size_t k = 0; k < p->gone_n; k++)
			buf_printf(why, " {%zu,%zu}", p->gone[k].from, p->gone[k].to);
		buf_put(why, S("|"));
		for (size_t k = 0; k < p->aliases_n; k++)
			buf_printf(why, " alias %.*s", STR(p->aliases[k]));
		if (p->split_from.n)
			buf_printf(why, " from %.*s", STR(p->split_from));
		buf_putc(why, '\n');
	}
	return false;
}
