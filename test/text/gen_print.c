/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a failing case looks like to people. */
#include "gen.h"

#include "base/poison.h"

static const char *const verbs[] = {
    "insert", "delete", "replace", "insert_par", "delete_par", "move_par", "split_par", "join_par"};
static const char *const kinds[] = {
    "edit", "insert_pars", "delete_par", "move", "split", "join", "restore", "restore_par"};
static const char *const outcomes[] = {"", " partly satisfied", " satisfied", " CONFLICT"};

/* Quoted, so that blanks and marks without a shape of their own can be seen. */
static void quote(struct buf *b, str text)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c == '"' || c == '\\')
			buf_putc(b, '\\');
		if (c < 0x20)
			buf_printf(b, "\\x%02x", c);
		else
			buf_putc(b, (char)c);
	}
	buf_putc(b, '"');
}

static void print_wish(struct buf *b, const struct text_wish *w)
{
	buf_printf(b, " %s", verbs[w->verb]);
	if (w->par.n)
		buf_printf(b, " %.*s", STR(w->par));
	if (w->last.n)
		buf_printf(b, "..%.*s", STR(w->last));
	if (w->verb == TEXT_DO_INSERT_PAR || w->verb == TEXT_DO_MOVE_PAR)
		buf_printf(b, " after %.*s", STR(w->after.n ? w->after : S("START")));
	if (w->verb <= TEXT_DO_REPLACE || w->verb == TEXT_DO_SPLIT_PAR)
		buf_printf(b, " [%zu,%zu)", w->from, w->to);
	if (w->text.n) {
		buf_putc(b, ' ');
		quote(b, w->text);
	}
	buf_putc(b, ';');
}

static void print_reading(struct buf *b, const struct text_reading *r)
{
	buf_printf(b, " %.*s", STR(r->par.n ? r->par : S("NEW")));
	if (r->after.p)
		buf_printf(b, " after %.*s", STR(r->after.n ? r->after : S("START")));
	buf_put(b, S(" = "));
	if (r->text.p)
		quote(b, r->text);
	else
		buf_put(b, S("none"));
	buf_putc(b, ';');
}

void gen_print(struct buf *b, const struct gen_case *c)
{
	for (size_t i = 0; i < c->par.n; i++) {
		buf_printf(b, "#   %.*s: ", STR(c->par.p[i].id));
		quote(b, c->par.p[i].text);
		buf_putc(b, '\n');
	}
	for (size_t i = 0; i < c->rounds; i++) {
		if (c->rounds > 1)
			buf_printf(b, "#  round %zu%s\n", i + 1,
			    i + 1 < c->rounds ? ", of which all that fits is adopted" : "");
		for (size_t j = 0; j < c->round[i].list.n; j++) {
			const struct gen_amendment *m = &c->round[i].list.p[j];
			if (!m->wish.n && !m->reading.n)
				continue;
			buf_printf(b, "#   %.*s:", STR(m->id));
			for (size_t k = 0; k < m->wish.n; k++)
				print_wish(b, &m->wish.p[k]);
			for (size_t k = 0; k < m->reading.n; k++)
				print_reading(b, &m->reading.p[k]);
			buf_putc(b, '\n');
		}
	}
}

/* What is gone stands in braces. */
void gen_print_doc(struct buf *b, const struct text_doc *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct text_par *p = &d->par[i];
		size_t at = 0;
		buf_printf(b, "#   %zu %.*s%s: ", i, STR(p->id), p->is_gone ? " (gone)" : "");
		for (size_t k = 0; k < p->gone_n; k++) {
			str before = str_head(str_skip(p->full, at), p->gone[k].from - at);
			str gone = str_skip(str_head(p->full, p->gone[k].to), p->gone[k].from);
			buf_printf(b, "%.*s{%.*s}", STR(before), STR(gone));
			at = p->gone[k].to;
		}
		buf_printf(b, "%.*s|", STR(str_skip(p->full, at)));
		for (size_t k = 0; k < p->aliases_n; k++)
			buf_printf(b, " alias %.*s", STR(p->aliases[k]));
		if (p->split_from.n)
			buf_printf(b, " from %.*s", STR(p->split_from));
		buf_putc(b, '\n');
	}
}

void gen_print_amendment(struct buf *b, const struct text_amendment *m)
{
	buf_printf(b, "#   %.*s:", STR(m->id));
	for (size_t i = 0; i < m->ops_n; i++) {
		const struct text_op *o = &m->ops[i];
		buf_printf(b, " %s", kinds[o->kind]);
		if (o->kind != TEXT_INSERT_PARS)
			buf_printf(b, " %zu", o->par);
		if (o->kind == TEXT_MOVE || o->kind == TEXT_JOIN)
			buf_printf(b, "..%zu", o->last);
		if (o->kind == TEXT_MOVE || o->kind == TEXT_INSERT_PARS)
			buf_printf(b, " after %td", (ptrdiff_t)o->after);
		if (o->kind == TEXT_EDIT || o->kind == TEXT_SPLIT || o->kind == TEXT_RESTORE)
			buf_printf(b, " [%zu,%zu)", o->from, o->to);
		if (o->text.n) {
			buf_putc(b, ' ');
			quote(b, o->text);
		}
		for (size_t k = 0; k < o->news_n; k++) {
			buf_printf(b, " %.*s ", STR(o->news[k].id));
			quote(b, o->news[k].text);
		}
		buf_printf(b, "%s", outcomes[o->outcome]);
		if (o->with.n)
			buf_printf(b, " with %.*s", STR(o->with));
		buf_putc(b, ';');
	}
	buf_putc(b, '\n');
}
