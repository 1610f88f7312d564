/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The rolling text of a whole revision: operations are dealt out to the paragraphs that show
 * them, equal ones become one proposal, and text/rolling_spans.c sets the words of each paragraph.
 */
#include "text/rolling.h"

#include "base/buf.h"
#include "base/must.h"
#include "text/rolling_inner.h"

#include "base/poison.h"

/* --- proposals --- */

static int compare_wishes(const void *x, const void *y)
{
	const struct roll_wish *a = x, *b = y;
	int c = str_cmp(a->key, b->key);
	if (c)
		return c;
	return a->who < b->who ? -1 : a->who > b->who;
}

/* One amendment may be the first backer of several (moves to behind one place, say). */
static int compare_proposals(const void *x, const void *y)
{
	const struct roll_proposal *a = x, *b = y;
	if (a->by.p[0] != b->by.p[0])
		return a->by.p[0] < b->by.p[0] ? -1 : 1;
	return str_cmp(a->key, b->key);
}

struct roll_proposals roll_unify(struct arena *a, struct roll_wish *w, size_t n)
{
	struct roll_proposals all = {.p = arena_array(a, struct roll_proposal, n + 1)};
	size_t *who = arena_array(a, size_t, n + 1);
	vec_sort_(w, n, sizeof *w, compare_wishes);
	for (size_t i = 0; i < n;) {
		struct roll_proposal *p = &all.p[all.n++];
		*p = (struct roll_proposal){
		    .key = w[i].key, .what = w[i].what, .by = {.p = &who[i]}};
		for (size_t first = i; i < n && str_eq(w[first].key, w[i].key); i++)
			if (!p->by.n || p->by.p[p->by.n - 1] != w[i].who)
				p->by.p[p->by.n++] = w[i].who;
	}
	vec_sort_(all.p, all.n, sizeof *all.p, compare_proposals);
	return all;
}

bool text_backs(const struct text_backers *by, size_t who)
{
	size_t low = 0, high = by->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by->p[middle] < who)
			low = middle + 1;
		else
			high = middle;
	}
	return low < by->n && by->p[low] == who;
}

/* --- dealing out --- */

/* Where an operation is shown. */
enum slot { IN_WORDS, DELETED, RESTORED, JOINED, MOVED_OUT, MOVED_IN, PROPOSED, SLOTS };

struct card {
	size_t who;
	enum slot slot;
	const struct text_op *op;
};

/* Place i of par[] of the rolling text is paragraph i - 1; 0 is what stands before the first. */
struct deal {
	size_t
	    *end; /* for each place: its cards end here, those of the place before it begin them */
	struct card *card;
};

static size_t place_of(size_t par)
{
	return par == TEXT_START ? 0 : par + 1;
}

/* The places (one or two) and slots where an operation is shown. */
static size_t places(const struct text_op *op, size_t place[2], enum slot slot[2])
{
	place[0] = place_of(op->par);
	switch (op->kind) {
	case TEXT_EDIT:
	case TEXT_SPLIT:
	case TEXT_RESTORE:
		slot[0] = IN_WORDS;
		return 1;
	case TEXT_DELETE_PAR:
		slot[0] = DELETED;
		return 1;
	case TEXT_RESTORE_PAR:
		slot[0] = RESTORED;
		return 1;
	case TEXT_JOIN:
		slot[0] = JOINED;
		return 1;
	case TEXT_INSERT_PARS:
		place[0] = place_of(op->after);
		slot[0] = PROPOSED;
		return 1;
	case TEXT_MOVE:
		slot[0] = MOVED_OUT;
		place[1] = place_of(op->after);
		slot[1] = MOVED_IN;
		return 2;
	}
	return 0;
}

/* Calls with card == NULL count; the others put a card where end says, and move end on. */
static void deal_one(
    const struct text_rolling *r, struct deal *deal, size_t who, const struct text_op *op)
{
	size_t place[2];
	enum slot slot[2];
	size_t n = places(op, place, slot);
	for (size_t i = 0; i < n; i++) {
		must(place[i] < r->n);
		if (deal->card)
			deal->card[deal->end[place[i]]] = (struct card){who, slot[i], op};
		deal->end[place[i]]++;
	}
}

static void deal_all(const struct text_rolling *r, struct deal *deal)
{
	for (size_t i = 0; i < r->list_n; i++)
		for (size_t j = 0; j < r->list[i].ops_n; j++)
			if (text_op_is_live(&r->list[i].ops[j]))
				deal_one(r, deal, i, &r->list[i].ops[j]);
}

static struct deal deal_out(struct arena *a, const struct text_rolling *r)
{
	struct deal deal = {.end = arena_array(a, size_t, r->n + 1)};
	deal_all(r, &deal);
	size_t all = 0;
	for (size_t i = 0; i < r->n; i++) {
		size_t n = deal.end[i];
		deal.end[i] = all;
		all += n;
	}
	deal.card = arena_array(a, struct card, all + 1);
	deal_all(r, &deal);
	return deal;
}

/* --- a paragraph --- */

struct hand {
	const struct card *card;
	size_t n;
};

struct edits {
	VEC(struct roll_edit) list;
};

/* What has gone of the stretch that an operation would have back: each run is an edit. */
static void restore(
    struct arena *a, struct edits *edits, const struct text_par *p, const struct card *card)
{
	for (size_t i = 0; i < p->gone_n; i++) {
		struct roll_edit e = {.who = card->who};
		e.from = p->gone[i].from > card->op->from ? p->gone[i].from : card->op->from;
		e.to = p->gone[i].to < card->op->to ? p->gone[i].to : card->op->to;
		if (e.from >= e.to)
			continue;
		e.text = (str){p->full.p + e.from, e.to - e.from};
		*vec_push(a, &edits->list) = e;
	}
}

static struct text_nodes words(
    struct roll_work *w, const struct text_rolling *r, const struct text_par *p, struct hand h)
{
	struct edits edits = {0};
	for (size_t i = 0; i < h.n; i++) {
		const struct text_op *op = h.card[i].op;
		if (h.card[i].slot != IN_WORDS)
			continue;
		must(op->from <= op->to && op->to <= p->full.n);
		if (op->kind == TEXT_RESTORE) {
			restore(w->arena, &edits, p, &h.card[i]);
			continue;
		}
		struct roll_edit *e = vec_push(w->arena, &edits.list);
		*e =
		    (struct roll_edit){h.card[i].who, op->from, op->to, op->text, false, STR_EMPTY};
		e->on_text = r->list[h.card[i].who].on_text;
		e->splits = op->kind == TEXT_SPLIT;
		if (e->splits)
			e->id = op->news[0].id;
	}
	return roll_paragraph(w, p, edits.list.p, edits.list.n);
}

static void put_size(struct buf *b, size_t n)
{
	buf_put_u64(b, n);
	buf_putc(b, ' ');
}

/* The same for two operations that propose the same in one slot of one place. */
static str wish_key(struct arena *a, enum slot slot, const struct text_op *op)
{
	struct buf b = buf_in(a, 0);
	if (slot == JOINED) {
		put_size(&b, op->last);
		buf_put(&b, op->text);
	} else if (slot == MOVED_OUT || slot == MOVED_IN) {
		put_size(&b, op->par);
		put_size(&b, op->last);
		put_size(&b, op->after);
	} else if (slot == PROPOSED) {
		for (size_t i = 0; i < op->news_n; i++) {
			put_size(&b, op->news[i].kind);
			put_size(&b, op->news[i].level);
			put_size(&b, op->news[i].id.n);
			buf_put(&b, op->news[i].id);
			put_size(&b, op->news[i].text.n);
			buf_put(&b, op->news[i].text);
		}
	}
	return buf_str(&b);
}

static struct roll_proposals in_slot(struct arena *a, struct hand h, enum slot slot)
{
	VEC(struct roll_wish) wishes = {0};
	for (size_t i = 0; i < h.n; i++)
		if (h.card[i].slot == slot)
			*vec_push(a, &wishes) = (struct roll_wish){
			    wish_key(a, slot, h.card[i].op), h.card[i].who, h.card[i].op};
	if (!wishes.n)
		return (struct roll_proposals){0};
	return roll_unify(a, wishes.p, wishes.n);
}

static struct text_backers backers(struct arena *a, struct hand h, enum slot slot)
{
	struct roll_proposals all = in_slot(a, h, slot);
	return all.n ? all.p[0].by : (struct text_backers){0};
}

static struct text_moving *moves(struct arena *a, struct hand h, enum slot slot, size_t *n)
{
	struct roll_proposals all = in_slot(a, h, slot);
	struct text_moving *m = arena_array(a, struct text_moving, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct text_op *op = all.p[i].what;
		m[i] = (struct text_moving){op->par, op->last, op->after, all.p[i].by};
	}
	*n = all.n;
	return m;
}

static void propose(struct arena *a, struct hand h, struct text_rolling_par *p)
{
	struct roll_proposals all = in_slot(a, h, PROPOSED);
	p->proposed = arena_array(a, struct text_proposed, all.n);
	p->proposed_n = all.n;
	for (size_t i = 0; i < all.n; i++) {
		const struct text_op *op = all.p[i].what;
		p->proposed[i] = (struct text_proposed){op->news, op->news_n, all.p[i].by};
	}
}

static void join(struct arena *a, struct hand h, struct text_rolling_par *p)
{
	struct roll_proposals all = in_slot(a, h, JOINED);
	p->join = arena_array(a, struct text_joining, all.n);
	p->joins_n = all.n;
	for (size_t i = 0; i < all.n; i++) {
		const struct text_op *op = all.p[i].what;
		p->join[i] = (struct text_joining){op->last, op->text, all.p[i].by};
	}
}

static struct text_rolling_par paragraph(
    struct roll_work *w, const struct text_rolling *r, size_t place, struct hand h)
{
	struct text_rolling_par p = {.par = place ? place - 1 : TEXT_START};
	if (place)
		p.content = words(w, r, &r->doc->par[place - 1], h);
	if (!h.n)
		return p;
	p.deleted = backers(w->arena, h, DELETED);
	p.restored = backers(w->arena, h, RESTORED);
	p.out = moves(w->arena, h, MOVED_OUT, &p.outs_n);
	p.in = moves(w->arena, h, MOVED_IN, &p.ins_n);
	join(w->arena, h, &p);
	propose(w->arena, h, &p);
	return p;
}

/* Amendments of an outcome. */
static struct text_backers of_outcome(
    struct arena *a, const struct text_rolling *r, enum text_outcome outcome)
{
	VEC(size_t) found = {0};
	for (size_t i = 0; i < r->list_n; i++)
		if (r->list[i].outcome == outcome)
			*vec_push(a, &found) = i;
	return (struct text_backers){found.p, found.n};
}

struct text_rolling text_roll(
    struct arena *a, const struct text_doc *d, const struct text_amendment *list, size_t n)
{
	struct text_rolling r = {.doc = d, .list = list, .list_n = n, .n = d->n + 1};
	struct roll_work w = {.arena = a, .spoken = arena_array(a, uint32_t, n + 1)};
	struct deal deal = deal_out(a, &r);
	r.par = arena_array(a, struct text_rolling_par, r.n);
	for (size_t i = 0, from = 0; i < r.n; from = deal.end[i++])
		r.par[i] =
		    paragraph(&w, &r, i, (struct hand){deal.card + from, deal.end[i] - from});
	r.waiting = of_outcome(a, &r, TEXT_IN_CONFLICT);
	r.settled = of_outcome(a, &r, TEXT_SATISFIED);
	return r;
}
