/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "model.h"

#include "base/must.h"

#include "base/poison.h"

/* Everything of one merge. */
struct making {
	struct arena *a;
	const struct text_doc *d;
	const struct text_op **op; /* each proposal once */
	size_t n;
	const struct text_op **here; /* of the paragraph that is edited */
	size_t here_n;
	struct model_doc doc;
	struct model_par **home; /* per old paragraph: where its bytes are */
};

static void collect(struct making *m, const struct text_amendment *set, size_t n)
{
	size_t all = 0;
	for (size_t i = 0; i < n; i++)
		all += set[i].ops_n;
	m->op = arena_array(m->a, const struct text_op *, all + 1);
	m->here = arena_array(m->a, const struct text_op *, all + 1);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < set[i].ops_n; k++) {
			bool there = !text_op_is_live(&set[i].ops[k]);
			for (size_t j = 0; !there && j < m->n; j++)
				there =
				    model_relate(m->d, m->op[j], &set[i].ops[k]) == TEXT_THE_SAME;
			if (!there)
				m->op[m->n++] = &set[i].ops[k];
		}
}

/* --- words --- */

static void put_text(struct making *m, struct model_par *p, str text)
{
	for (size_t i = 0; i < text.n; i++)
		*vec_push(m->a, &p->bytes) = (struct model_byte){.c = text.p[i], .par = TEXT_START};
}

static void look_at(struct making *m, size_t old)
{
	m->here_n = 0;
	for (size_t k = 0; k < m->n; k++)
		if (m->op[k]->par == old &&
		    (m->op[k]->kind == TEXT_EDIT || m->op[k]->kind == TEXT_SPLIT))
			m->here[m->here_n++] = m->op[k];
}

/* At one gap: the paragraph is cut, then comes what is only inserted, then what stands in for the
 * words that follow. */
static void put_gap(struct making *m, struct model_par *p, size_t old, size_t gap)
{
	for (int turn = 0; turn < 3; turn++)
		for (size_t k = 0; k < m->here_n; k++) {
			const struct text_op *o = m->here[k];
			if (o->from != gap)
				continue;
			if (o->kind == TEXT_SPLIT && turn == 0)
				*vec_push(m->a, &p->bytes) = (struct model_byte){
				    .cut = o->news[0].id, .cut_from = m->d->par[old].id};
			else if (o->kind == TEXT_EDIT && turn == (o->to > gap ? 2 : 1))
				put_text(m, p, o->text);
		}
}

static bool is_taken(const struct making *m, size_t at)
{
	for (size_t k = 0; k < m->here_n; k++)
		if (m->here[k]->kind == TEXT_EDIT && m->here[k]->from <= at && at < m->here[k]->to)
			return true;
	return false;
}

static struct model_par *new_par(struct making *m, str id, size_t old)
{
	struct model_par *p = arena_new_of(m->a, struct model_par);
	p->id = id;
	p->old = old;
	return p;
}

/* The bytes of an old paragraph with all edits in them. */
static struct model_par *edited(struct making *m, size_t old)
{
	const struct text_par *from = &m->d->par[old];
	struct model_par *p = new_par(m, from->id, old);
	look_at(m, old);
	p->is_gone = from->is_gone;
	p->split_from = from->split_from;
	for (size_t i = 0; i < from->aliases_n; i++)
		*vec_push(m->a, &p->aliases) = from->aliases[i];
	for (size_t at = 0; at <= from->full.n; at++) {
		put_gap(m, p, old, at);
		if (at == from->full.n)
			break;
		*vec_push(m->a, &p->bytes) = (struct model_byte){.c = from->full.p[at],
		    .gone = text_par_is_gone(from, at, at + 1) || is_taken(m, at),
		    .par = old,
		    .at = at};
	}
	return p;
}

/* --- the list of paragraphs --- */

static size_t place_of(const struct making *m, const struct model_par *p)
{
	for (size_t i = 0; i < m->doc.par.n; i++)
		if (m->doc.par.p[i] == p)
			return i;
	must(!"a paragraph of the list");
	return 0;
}

static void take_at(struct making *m, size_t at)
{
	for (size_t i = at + 1; i < m->doc.par.n; i++)
		m->doc.par.p[i - 1] = m->doc.par.p[i];
	m->doc.par.n--;
}

static void put_at(struct making *m, size_t at, struct model_par *p)
{
	(void)vec_push(m->a, &m->doc.par);
	for (size_t i = m->doc.par.n - 1; i > at; i--)
		m->doc.par.p[i] = m->doc.par.p[i - 1];
	m->doc.par.p[at] = p;
}

static size_t place_behind(const struct making *m, size_t old)
{
	return old == TEXT_START ? 0 : place_of(m, m->home[old]) + 1;
}

static void move(struct making *m, const struct text_op *o)
{
	for (size_t i = o->last + 1; i-- > o->par;) {
		take_at(m, place_of(m, m->home[i]));
		put_at(m, place_behind(m, o->after), m->home[i]);
	}
}

static void insert(struct making *m, const struct text_op *o)
{
	for (size_t i = o->news_n; i-- > 0;) {
		struct model_par *p = new_par(m, o->news[i].id, TEXT_START);
		put_text(m, p, o->news[i].text);
		put_at(m, place_behind(m, o->after), p);
	}
}

/* The right one's bytes, cuts too, go behind the left one's; its id becomes an alias. */
static void join(struct making *m, const struct text_op *o)
{
	struct model_par *left = m->home[o->par], *right = m->home[o->last];
	put_text(m, left, o->text);
	/* Two places stay two: a paragraph mark that is gone parts them. */
	if (!o->text.n)
		*vec_push(m->a, &left->bytes) =
		    (struct model_byte){.c = '\n', .gone = true, .par = TEXT_START};
	*vec_push(m->a, &left->bytes) = (struct model_byte){.alias = right->id};
	for (size_t i = 0; i < right->aliases.n; i++)
		*vec_push(m->a, &left->bytes) = (struct model_byte){.alias = right->aliases.p[i]};
	for (size_t i = 0; i < right->bytes.n; i++)
		*vec_push(m->a, &left->bytes) = right->bytes.p[i];
	take_at(m, place_of(m, right));
	for (size_t i = 0; i < m->d->n; i++)
		if (m->home[i] == right)
			m->home[i] = left;
}

/* Aliases go to the paragraph in which they stand. */
static void take_aliases(struct making *m, struct model_par *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->bytes.n; i++) {
		if (p->bytes.p[i].alias.n)
			*vec_push(m->a, &p->aliases) = p->bytes.p[i].alias;
		else
			p->bytes.p[kept++] = p->bytes.p[i];
	}
	p->bytes.n = kept;
}

/* Whatever stands behind the last cut becomes a paragraph, until no cut is left. */
static void cut(struct making *m, struct model_par *p)
{
	for (size_t i = p->bytes.n; i-- > 0;) {
		if (!p->bytes.p[i].cut.n)
			continue;
		struct model_par *right = new_par(m, p->bytes.p[i].cut, TEXT_START);
		right->split_from = p->bytes.p[i].cut_from;
		for (size_t k = i + 1; k < p->bytes.n; k++)
			*vec_push(m->a, &right->bytes) = p->bytes.p[k];
		p->bytes.n = i;
		take_aliases(m, right);
		put_at(m, place_of(m, p) + 1, right);
	}
	take_aliases(m, p);
}

static void each(struct making *m, enum text_op_kind kind,
    void (*apply)(struct making *m, const struct text_op *o))
{
	for (size_t k = m->n; k-- > 0;)
		if (m->op[k]->kind == kind)
			apply(m, m->op[k]);
}

static void delete_par(struct making *m, const struct text_op *o)
{
	m->home[o->par]->is_gone = true;
}

struct model_doc model_merge(
    struct arena *a, const struct text_doc *d, const struct text_amendment *set, size_t n)
{
	struct making m = {.a = a, .d = d, .home = arena_array(a, struct model_par *, d->n + 1)};
	collect(&m, set, n);
	for (size_t i = 0; i < d->n; i++) {
		m.home[i] = edited(&m, i);
		*vec_push(a, &m.doc.par) = m.home[i];
	}
	each(&m, TEXT_MOVE, move); /* first: what is put inside of what moves goes along */
	each(&m, TEXT_INSERT_PARS, insert);
	each(&m, TEXT_DELETE_PAR, delete_par);
	/* From the right: in a row of joins each takes in what has been joined already. */
	for (size_t left = d->n; left-- > 0;)
		for (size_t k = 0; k < m.n; k++)
			if (m.op[k]->kind == TEXT_JOIN && m.op[k]->par == left)
				join(&m, m.op[k]);
	for (size_t i = 0; i < d->n; i++)
		if (m.home[i]->old == i)
			cut(&m, m.home[i]);
	return m.doc;
}
