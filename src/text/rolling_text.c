/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_text.h"

#include "base/buf.h"
#include "text/number.h"
#include "text/rolling_says.h"

#include "base/poison.h"

struct printer {
	struct roll_cast cast;
	struct buf out;
	bool own_brackets; /* the text itself has brackets */
	bool pluses;       /* brackets that are not alternatives stand beside each other */
	bool inside;       /* an alternative: its splits are its sponsors', named behind it */
};

/* --- words --- */

/* How a sign that would be taken for one of ours is shown; empty: as it is. */
static str shown_sign(struct printer *p, str rest)
{
	if (rest.p[0] == '[' || rest.p[0] == ']') {
		p->own_brackets = true;
		return rest.p[0] == '[' ? S("⟦") : S("⟧");
	}
	if (rest.p[0] != '\xe2')
		return STR_EMPTY;
	if (str_starts(rest, S("⟦")) || str_starts(rest, S("⟧")))
		return S("\\\xe2");
	return STR_EMPTY;
}

/* Brackets of the text are shown as others, since ours nest and touch. */
static void put_words(struct printer *p, struct buf *b, str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		str sign = shown_sign(p, str_skip(s, i));
		if (!sign.n)
			continue;
		buf_put(b, (str){s.p + from, i - from});
		buf_put(b, sign);
		from = i + 1;
	}
	buf_put(b, str_skip(s, from));
}

static void put_names(struct printer *p, struct buf *b, const struct roll_item *item)
{
	struct buf names = buf_in(p->cast.arena, 0);
	for (size_t i = 0; i < item->n; i++) {
		buf_sep(&names, S(", "));
		put_words(p, &names, item->name[i].name);
	}
	str said = buf_str(&names);
	buf_put(b, err_fill(p->cast.arena, str_of(item->label), &said, 1));
}

static void put_tail(struct printer *p, struct buf *b, const struct roll_tail *t)
{
	for (size_t i = 0; i < t->n; i++) {
		buf_put(b, i ? S("; ") : S(" – "));
		put_names(p, b, &t->item[i]);
	}
}

static void put_nodes(struct printer *p, struct buf *b, const struct text_nodes *n);

/* The words of a branch, to be put between brackets. */
struct piece {
	str lead, core, trail;
	struct roll_tail tail;
};

static struct piece piece_of(struct printer *p, const struct text_nodes *n, struct roll_tail tail)
{
	struct piece piece = {.tail = tail};
	struct buf b = buf_in(p->cast.arena, 0);
	put_nodes(p, &b, n);
	roll_trim(buf_str(&b), &piece.lead, &piece.core, &piece.trail);
	return piece;
}

struct pieces {
	VEC(struct piece) list;
};

/* What a bracket shows: the words of the revision, then each alternative that has words. */
static struct pieces pieces_of(struct printer *p, const struct text_node *span)
{
	struct pieces all = {0};
	bool has_base = roll_has_base(span);
	if (has_base)
		*vec_push(p->cast.arena, &all.list) =
		    piece_of(p, &span->base, roll_tail_base(&p->cast, span));
	for (size_t i = 0; i < span->alternatives_n; i++) {
		const struct text_alternative *alt = &span->alternative[i];
		if (!roll_shows(&alt->content))
			continue;
		struct roll_tail t = has_base ? roll_tail_instead(&p->cast, &alt->by)
		                              : roll_tail_new(&p->cast, &alt->by);
		p->inside = true;
		*vec_push(p->cast.arena, &all.list) = piece_of(p, &alt->content, t);
		p->inside = false;
	}
	return all;
}

/* end: a sign that all versions of a paragraph have. */
static void put_piece(
    struct printer *p, struct buf *b, str number, const struct piece *piece, str end)
{
	buf_putc(b, '[');
	if (number.n)
		buf_printf(b, "%.*s ", STR(text_number_point(p->cast.arena, number)));
	buf_put(b, piece->core);
	buf_put(b, str_trim(end));
	put_tail(p, b, &piece->tail);
	buf_putc(b, ']');
}

/* Brackets directly beside each other would be taken for alternatives. */
static void keep_apart(struct printer *p, struct buf *b)
{
	if (!b->n || b->p[b->n - 1] != ']')
		return;
	buf_putc(b, '+');
	p->pluses = true;
}

static void put_span(struct printer *p, struct buf *b, const struct text_node *span)
{
	struct pieces all = pieces_of(p, span);
	str lead = STR_EMPTY, trail = STR_EMPTY;
	for (size_t i = 0; i < all.list.n; i++) {
		lead = lead.n ? lead : all.list.p[i].lead;
		trail = trail.n ? trail : all.list.p[i].trail;
	}
	buf_put(b, lead);
	keep_apart(p, b);
	for (size_t i = 0; i < all.list.n; i++)
		put_piece(p, b, STR_EMPTY, &all.list.p[i], STR_EMPTY);
	buf_put(b, trail);
}

static void put_split(struct printer *p, struct buf *b, const struct text_node *n)
{
	if (p->inside) {
		buf_put(b, S(" ¶ "));
		return;
	}
	struct roll_tail t = roll_tail_change(&p->cast, &n->by);
	keep_apart(p, b);
	buf_put(b, S("[¶ new paragraph"));
	put_tail(p, b, &t);
	buf_put(b, S("] "));
}

static void put_nodes(struct printer *p, struct buf *b, const struct text_nodes *n)
{
	for (size_t i = 0; i < n->n; i++)
		switch (n->p[i].kind) {
		case TEXT_NODE_TEXT:
			put_words(p, b, n->p[i].text);
			break;
		case TEXT_NODE_SPAN:
			put_span(p, b, &n->p[i]);
			break;
		case TEXT_NODE_SPLIT:
			put_split(p, b, &n->p[i]);
			break;
		}
}

/* --- paragraphs --- */

static void put_indent(struct buf *b, enum text_kind kind, unsigned level)
{
	for (unsigned i = 0; kind == TEXT_SUB && i < (level ? level : 1); i++)
		buf_put(b, S("    "));
}

/* A paragraph of which some propose another version: each on a line of its own. */
static void put_versions(struct printer *p, const struct text_par *par, str number,
    const struct text_node *span, str end)
{
	struct pieces all = pieces_of(p, span);
	for (size_t i = 0; i < all.list.n; i++) {
		str shown = number;
		if (i && number.n)
			shown = text_number_alt(p->cast.arena, number, i - 1);
		put_indent(&p->out, par->kind, par->level);
		put_piece(p, &p->out, shown, &all.list.p[i], end);
		buf_put(&p->out, S("\n\n"));
	}
}

static void put_paragraph(struct printer *p, const struct text_rolling_par *rp)
{
	const struct text_par *par = &p->cast.r->doc->par[rp->par];
	str number = p->cast.number[rp->par];
	str end;
	const struct text_node *whole = roll_whole(&rp->content, &end);
	if (par->is_gone && !rp->restored.n)
		return;
	bool bracket = rp->deleted.n || par->is_gone;
	if (whole && !bracket) {
		put_versions(p, par, number, whole, end);
		return;
	}
	put_indent(&p->out, par->kind, par->level);
	if (bracket)
		buf_putc(&p->out, '[');
	if (par->kind == TEXT_NOTE)
		buf_put(&p->out, S("Note "));
	if (number.n)
		buf_printf(&p->out, "%.*s ", STR(text_number_point(p->cast.arena, number)));
	struct buf words = buf_in(p->cast.arena, 0);
	put_nodes(p, &words, &rp->content);
	buf_put(&p->out, str_trim(buf_str(&words)));
	if (bracket) {
		struct roll_tail t = par->is_gone ? roll_tail_new(&p->cast, &rp->restored)
		                                  : roll_tail_deleted(&p->cast, &rp->deleted);
		put_tail(p, &p->out, &t);
		buf_putc(&p->out, ']');
	}
	buf_put(&p->out, S("\n\n"));
}

/* A sentence in brackets on a line of its own. */
static void put_sentence(struct printer *p, const char *english, const str *args, size_t n,
    const struct text_backers *by)
{
	struct roll_tail t = roll_tail_change(&p->cast, by);
	struct buf said = buf_in(p->cast.arena, 0);
	put_words(p, &said, err_fill(p->cast.arena, str_of(english), args, n));
	buf_putc(&p->out, '[');
	buf_put(&p->out, buf_str(&said));
	put_tail(p, &p->out, &t);
	buf_put(&p->out, S("]\n\n"));
}

/* nth: of the alternatives of one place. */
static void put_proposed(
    struct printer *p, size_t after, const struct text_proposed *proposed, size_t nth)
{
	str *number = text_number_new(
	    p->cast.arena, p->cast.r->doc, p->cast.number, after, proposed->news, proposed->news_n);
	struct roll_tail t = roll_tail_new(&p->cast, &proposed->by);
	for (size_t i = 0; i < proposed->news_n; i++) {
		const struct text_new *new = &proposed->news[i];
		str shown = number[i];
		if (shown.n && nth)
			shown = text_number_alt(p->cast.arena, shown, nth - 1);
		put_indent(&p->out, new->kind, new->level);
		if (i == 0)
			buf_putc(&p->out, '[');
		if (shown.n)
			buf_printf(&p->out, "%.*s ", STR(text_number_point(p->cast.arena, shown)));
		put_words(p, &p->out, str_trim(new->text));
		if (i + 1 < proposed->news_n)
			buf_put(&p->out, S("\n\n"));
	}
	put_tail(p, &p->out, &t);
	buf_put(&p->out, S("]\n\n"));
}

static void put_place(struct printer *p, const struct text_rolling_par *rp)
{
	str args[3];
	if (rp->par != TEXT_START)
		put_paragraph(p, rp);
	for (size_t i = 0; i < rp->joins_n; i++)
		put_sentence(p, roll_say_join(&rp->join[i]), args,
		    roll_join_args(&p->cast, rp->par, &rp->join[i], args), &rp->join[i].by);
	for (size_t i = 0; i < rp->outs_n; i++)
		put_sentence(p, roll_say_move(&rp->out[i]), args,
		    roll_move_args(&p->cast, &rp->out[i], args), &rp->out[i].by);
	for (size_t i = 0; i < rp->ins_n; i++)
		put_sentence(p, roll_say_moved_here(&rp->in[i]), args,
		    roll_move_args(&p->cast, &rp->in[i], args), &rp->in[i].by);
	for (size_t i = 0; i < rp->proposed_n; i++)
		put_proposed(p, rp->par, &rp->proposed[i], i);
}

/* --- what stands below the text --- */

static void put_waiting(struct printer *p, const struct text_amendment *m)
{
	buf_printf(&p->out, "– %.*s (%.*s)", STR(roll_party(m)), STR(m->id));
	if (m->why.n)
		buf_printf(&p->out, ": %.*s", STR(m->why));
	buf_putc(&p->out, '\n');
	for (size_t i = 0; i < m->ops_n; i++) {
		const struct text_op *op = &m->ops[i];
		if (op->outcome != TEXT_IN_CONFLICT)
			continue;
		buf_put(&p->out, S("  "));
		if (op->where.n)
			buf_printf(&p->out, "paragraph %.*s: ", STR(op->where));
		buf_printf(&p->out, "“%.*s”", STR(op->was));
		if (op->text.n)
			buf_printf(&p->out, " → “%.*s”", STR(op->text));
		for (size_t k = 0; k < op->news_n; k++)
			if (op->news[k].text.n)
				buf_printf(&p->out, " + “%.*s”", STR(op->news[k].text));
		if (op->with.n)
			buf_printf(&p->out, " (against %.*s)", STR(op->with));
		buf_putc(&p->out, '\n');
	}
}

static void put_end(struct printer *p)
{
	const struct text_rolling *r = p->cast.r;
	if (r->waiting.n)
		buf_put(&p->out, S("Waiting for their authors:\n"));
	for (size_t i = 0; i < r->waiting.n; i++)
		put_waiting(p, &r->list[r->waiting.p[i]]);
	if (r->settled.n)
		buf_put(&p->out, S("In the text already:\n"));
	for (size_t i = 0; i < r->settled.n; i++) {
		const struct text_amendment *m = &r->list[r->settled.p[i]];
		buf_printf(&p->out, "– %.*s (%.*s)\n", STR(roll_party(m)), STR(m->id));
	}
	if (p->own_brackets)
		buf_put(&p->out, S("⟦ ⟧ are brackets of the text itself.\n"));
	if (p->pluses)
		buf_put(&p->out, S("Brackets with + between them are not alternatives.\n"));
}

str text_rolling_text(struct arena *a, const struct text_rolling *r)
{
	struct printer p = {.cast = roll_cast_of(a, r), .out = buf_in(a, 0)};
	for (size_t i = 0; i < r->n; i++)
		put_place(&p, &r->par[i]);
	put_end(&p);
	return buf_str(&p.out);
}
