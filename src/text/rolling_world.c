/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_world.h"

#include "base/buf.h"
#include "base/must.h"
#include "text/relate.h"

#include "base/poison.h"

static const char *const plain_words[] = {
    "a ", "b ", "c ", "a ", "b, ", "des ", "États ", "and ", "shall "};
static const char *const odd_words[] = {"a ", "[b] ", "<I>", "&amp; ", "\"q\" ", "– Kenya] ",
    "المادة ", "e\xcc\x81", "\xe2\x80\x8f", "权利", "  ", "\n", "]", "👩‍🌾", "⟦x⟧ "};
static const char *const parties[] = {
    "Kenya", "Peru", "Norway", "Chad", "Japan", "Côte d’Ivoire", "مصر", "A & <B>", "中国", "Fiji"};

#define PICK(w, list) str_of((list)[t_rand_below((w)->dice, sizeof(list) / sizeof *(list))])

static str words(struct world *w, const struct world_size *size, size_t most)
{
	struct buf b = buf_in(w->arena, 0);
	for (size_t n = t_rand_below(w->dice, most + 1); n; n--)
		buf_put(&b, size->odd && t_rand_below(w->dice, 2) ? PICK(w, odd_words)
		                                                  : PICK(w, plain_words));
	return buf_str(&b);
}

/* A place in the full text between two characters. */
static size_t place_in(struct world *w, str full)
{
	size_t at = t_rand_below(w->dice, full.n + 1);
	while (at < full.n && ((unsigned char)full.p[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static void add_gone(struct world *w, struct text_par *p)
{
	size_t at = 0;
	p->gone = arena_array(w->arena, struct text_run, 3);
	while (p->gone_n < 3 && t_rand_below(w->dice, 3)) {
		str rest = str_skip(p->full, at);
		size_t from = at + place_in(w, rest),
		       to = from + place_in(w, str_skip(p->full, from));
		if (from == to || (p->gone_n && from == at))
			break;
		p->gone[p->gone_n++] = (struct text_run){from, to};
		at = to;
	}
}

static void make_doc(struct world *w, const struct world_size *size)
{
	w->doc.n = 1 + t_rand_below(w->dice, size->pars);
	w->doc.par = arena_array(w->arena, struct text_par, w->doc.n);
	for (size_t i = 0; i < w->doc.n; i++) {
		struct text_par *p = &w->doc.par[i];
		p->id = arena_printf(w->arena, "p%zu", i + 1);
		p->full = words(w, size, size->words);
		p->kind = t_rand_below(w->dice, 6) ? TEXT_PARA : TEXT_SUB;
		p->level = p->kind == TEXT_SUB;
		if (t_rand_below(w->dice, 2))
			add_gone(w, p);
		p->is_gone = t_rand_below(w->dice, 8) == 0;
	}
	struct err err = {0};
	must(text_doc_index(w->arena, &w->doc, &err) == OK);
}

static bool edit(struct world *w, const struct world_size *size, struct text_op *op)
{
	const struct text_par *p = &w->doc.par[op->par];
	size_t x = place_in(w, p->full), y = place_in(w, p->full);
	op->kind = TEXT_EDIT;
	op->from = x < y ? x : y;
	op->to = t_rand_below(w->dice, 4) ? (x < y ? y : x) : op->from;
	op->text = words(w, size, 2);
	return op->from < op->to || op->text.n;
}

/* False: nothing came of it. */
static bool make_op(struct world *w, const struct world_size *size, size_t nth, struct text_op *op)
{
	size_t kind = size->only_text ? 0 : t_rand_below(w->dice, 12);
	*op = (struct text_op){.par = t_rand_below(w->dice, w->doc.n)};
	bool gone = w->doc.par[op->par].is_gone;
	op->news = arena_array(w->arena, struct text_new, 2);
	if (kind == 7) {
		op->kind = TEXT_DELETE_PAR;
		return !gone;
	}
	if (kind == 8) {
		op->kind = TEXT_SPLIT;
		op->from = op->to = place_in(w, w->doc.par[op->par].full);
		op->news_n = 1;
		op->news[0].id = arena_printf(w->arena, "%zu.%zu", op->par, op->from);
		return !gone;
	}
	if (kind == 9) {
		op->kind = TEXT_JOIN;
		op->last = text_doc_next(&w->doc, op->par);
		op->text = t_rand_below(w->dice, 2) ? S(" ") : S("");
		return !gone && op->last != TEXT_START;
	}
	if (kind == 10) {
		op->kind = TEXT_MOVE;
		op->last = op->par + t_rand_below(w->dice, w->doc.n - op->par);
		op->after = t_rand_below(w->dice, w->doc.n + 1) - 1;
		return op->after == TEXT_START ? op->par > 0
		                               : op->after + 1 < op->par || op->after > op->last;
	}
	if (kind == 11) {
		op->kind = TEXT_INSERT_PARS;
		op->par = 0;
		op->after = t_rand_below(w->dice, w->doc.n + 1) - 1;
		op->news_n = 1 + t_rand_below(w->dice, 2);
		for (size_t i = 0; i < op->news_n; i++) {
			op->news[i].text = words(w, size, 2);
			op->news[i].id =
			    arena_printf(w->arena, "new%zu.%zu.%zu", nth % 3, op->after + 1, i);
		}
		return true;
	}
	return edit(w, size, op) && !gone;
}

static void make_amendment(struct world *w, const struct world_size *size, size_t nth)
{
	struct text_amendment *m = &w->list[nth];
	size_t most = 1 + t_rand_below(w->dice, size->ops);
	*m = (struct text_amendment){.id = arena_printf(w->arena, "a%zu", nth + 1)};
	m->party = PICK(w, parties);
	m->ops = arena_array(w->arena, struct text_op, most);
	for (size_t i = 0; i < most; i++) {
		struct text_op op;
		if (!make_op(w, size, nth, &op))
			continue;
		bool fits = true;
		for (size_t j = 0; j < m->ops_n; j++)
			fits = fits && text_relate(&w->doc, &op, &m->ops[j], NULL) == TEXT_APART;
		if (fits)
			m->ops[m->ops_n++] = op;
	}
	m->stances = arena_array(w->arena, struct text_stance, 2);
	while (m->stances_n < 2 && t_rand_below(w->dice, 3) == 0)
		m->stances[m->stances_n++] = (struct text_stance){
		    (enum text_stance_kind)t_rand_below(w->dice, TEXT_STANCE_KINDS),
		    PICK(w, parties)};
	/* The tree may not depend on the order of the list. */
	for (size_t i = m->ops_n; i > 1; i--) {
		size_t j = t_rand_below(w->dice, i);
		struct text_op op = m->ops[i - 1];
		m->ops[i - 1] = m->ops[j];
		m->ops[j] = op;
	}
}

struct world world_make(struct arena *a, struct t_rand *dice, const struct world_size *size)
{
	struct world w = {.arena = a, .dice = dice};
	make_doc(&w, size);
	w.n = 1 + t_rand_below(dice, size->list);
	w.list = arena_array(a, struct text_amendment, w.n);
	for (size_t i = 0; i < w.n; i++) {
		/* Some propose what another has proposed. */
		make_amendment(&w, size, i);
		if (i && t_rand_below(dice, 4) == 0) {
			const struct text_amendment *other = &w.list[t_rand_below(dice, i)];
			w.list[i].ops = other->ops;
			w.list[i].ops_n = other->ops_n;
		}
	}
	return w;
}

/* --- the oracle: a list that is cut and pasted --- */

struct block {
	size_t par; /* or TEXT_START: new */
	str id;
	str text;
};

struct blocks {
	struct block *p;
	size_t n;
};

static size_t block_of(const struct blocks *b, size_t par)
{
	for (size_t i = 0; i < b->n; i++)
		if (par != TEXT_START && b->p[i].par == par)
			return i;
	return TEXT_START;
}

/* Moves p[from, from + n) to before p[to], one step of one block at a time. */
static void shift(struct blocks *b, size_t from, size_t n, size_t to)
{
	for (; from > to; from--)
		for (size_t i = 0; i < n; i++) {
			struct block t = b->p[from - 1 + i];
			b->p[from - 1 + i] = b->p[from + i];
			b->p[from + i] = t;
		}
	for (; from + n < to; from++)
		for (size_t i = n; i-- > 0;) {
			struct block t = b->p[from + i];
			b->p[from + i] = b->p[from + i + 1];
			b->p[from + i + 1] = t;
		}
}

static void arrange(struct blocks *b, const struct text_op *op)
{
	if (op->kind == TEXT_INSERT_PARS) {
		for (size_t i = 0; i < op->news_n; i++)
			b->p[b->n + i] =
			    (struct block){TEXT_START, op->news[i].id, op->news[i].text};
		b->n += op->news_n;
		shift(b, b->n - op->news_n, op->news_n, block_of(b, op->after) + 1);
	} else if (op->kind == TEXT_MOVE) {
		size_t from = block_of(b, op->par);
		shift(b, from, block_of(b, op->last) + 1 - from, block_of(b, op->after) + 1);
	}
}

struct writing {
	const struct world *w;
	const struct text_amendment *m; /* NULL: none */
	struct text_reads out;
	struct buf b;
	str id;
	bool open;
};

static bool has(
    const struct writing *x, enum text_op_kind kind, size_t par, const struct text_op **op)
{
	for (size_t i = 0; x->m && i < x->m->ops_n; i++) {
		*op = &x->m->ops[i];
		if ((*op)->kind == kind && (*op)->par == par)
			return true;
	}
	return false;
}

static void finish(struct writing *x)
{
	*vec_push(x->w->arena, &x->out.list) = (struct text_read){x->id, buf_str(&x->b)};
}

static void open_one(struct writing *x, str id)
{
	x->b = buf_in(x->w->arena, 0);
	x->id = id;
}

/* What the amendment does at this very place; returns where reading goes on. */
static size_t act_at(struct writing *x, size_t par, size_t at)
{
	size_t on = at;
	for (int rank = 0; rank < 3; rank++)
		for (size_t i = 0; x->m && i < x->m->ops_n; i++) {
			const struct text_op *op = &x->m->ops[i];
			bool splits = op->kind == TEXT_SPLIT;
			if (op->par != par || op->from != at ||
			    (!splits && op->kind != TEXT_EDIT) ||
			    rank != (splits                  ? 0
			                : op->from == op->to ? 1
			                                     : 2))
				continue;
			if (splits) {
				finish(x);
				open_one(x, op->news[0].id);
			} else {
				buf_put(&x->b, op->text);
				on = op->to;
			}
		}
	return on;
}

static void write_block(struct writing *x, const struct block *b)
{
	const struct text_op *op;
	if (b->par == TEXT_START) {
		open_one(x, b->id);
		buf_put(&x->b, b->text);
		finish(x);
		return;
	}
	const struct text_par *p = &x->w->doc.par[b->par];
	if (p->is_gone || has(x, TEXT_DELETE_PAR, b->par, &op))
		return;
	if (!x->open)
		open_one(x, p->id);
	for (size_t at = 0;;) {
		size_t on = act_at(x, b->par, at);
		if (on > at) {
			at = on;
			continue;
		}
		if (at == p->full.n)
			break;
		if (!text_par_is_gone(p, at, at + 1))
			buf_putc(&x->b, p->full.p[at]);
		at++;
	}
	x->open = has(x, TEXT_JOIN, b->par, &op);
	if (x->open)
		buf_put(&x->b, op->text);
	else
		finish(x);
}

struct text_reads world_apply(const struct world *w, size_t who)
{
	struct writing x = {.w = w, .m = who == TEXT_START ? NULL : &w->list[who]};
	struct blocks b = {.n = w->doc.n};
	b.p = arena_array(w->arena, struct block, w->doc.n + 2 * (x.m ? x.m->ops_n : 0));
	for (size_t i = 0; i < w->doc.n; i++)
		b.p[i].par = i;
	for (size_t i = 0; x.m && i < x.m->ops_n; i++)
		arrange(&b, &x.m->ops[i]);
	for (size_t i = 0; i < b.n; i++)
		write_block(&x, &b.p[i]);
	return x.out;
}

str world_say(struct arena *a, const struct text_reads *r)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < r->list.n; i++) {
		buf_put(&b, r->list.p[i].id);
		buf_put(&b, S(": "));
		buf_put(&b, r->list.p[i].text);
		buf_put(&b, S("|\n"));
	}
	return buf_str(&b);
}

struct text_op world_edit(const struct text_doc *d, size_t par, const char *old, const char *text)
{
	str full = d->par[par].full;
	size_t at = str_find(full, str_of(old));
	must(at != SIZE_MAX);
	return (struct text_op){.kind = TEXT_EDIT,
	    .par = par,
	    .from = at,
	    .to = at + str_of(old).n,
	    .text = str_of(text)};
}

struct text_doc world_doc(struct arena *a, const char *const *texts)
{
	struct text_doc d = {0};
	while (texts[d.n])
		d.n++;
	d.par = arena_array(a, struct text_par, d.n);
	for (size_t i = 0; i < d.n; i++) {
		d.par[i].id = arena_printf(a, "p%zu", i + 1);
		d.par[i].full = str_of(texts[i]);
	}
	struct err err = {0};
	must(text_doc_index(a, &d, &err) == OK);
	return d;
}

struct text_amendment world_amendment(
    struct arena *a, const char *id, const char *party, struct text_op op)
{
	struct text_amendment m = {.id = str_of(id), .party = str_of(party), .ops_n = 1};
	m.ops = arena_new_of(a, struct text_op);
	m.ops[0] = op;
	return m;
}

bool world_has(str s, const char *z)
{
	return str_find(s, str_of(z)) != SIZE_MAX;
}
