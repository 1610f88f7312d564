/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * One paragraph of the rolling text: edits become spans that are apart or nested, never crossing,
 * by one sweep with a stack; spans become brackets, by one walk over them in order.
 */
#include "text/rolling_inner.h"

#include "base/buf.h"

#include "base/poison.h"

#define NOWHERE SIZE_MAX

/* What stands at one place, in the order in which it is read there. */
enum class {
	SPLIT,     /* what is inserted where it stands begins the new paragraph (as in a merge) */
	INSERTION, /* before a range that begins where it stands */
	RANGE,
};

struct place {
	size_t from, to;
	enum class class;
	size_t edit; /* place in the edits, which are in the order of their amendments */
	str id;      /* SPLIT */
};

/* A bracket to be, or a split. */
struct span {
	size_t from, to;
	enum class class;
	size_t head, tail; /* its members, linked by next */
	bool dead;         /* it became part of another */
};

struct spans {
	VEC(struct span) list; /* by place; of two that begin together the longer one first */
	size_t *next;          /* for each edit the next of its span */
};

struct paragraph {
	struct roll_work *work;
	const struct text_par *par;
	struct roll_print print; /* of the words without what is gone */
	size_t *before;          /* bytes gone before each run of what is gone */
	const struct roll_edit *edit;
	size_t edits;
	struct spans spans;
	size_t at; /* the next of spans.list */
};

static enum class class_of(const struct roll_edit *e) {
	return e->splits          ? SPLIT
	       : e->from == e->to ? INSERTION
	                          : RANGE;
}

/* --- the text that is read --- */

static void read_paragraph(struct paragraph *p)
{
	const struct text_par *par = p->par;
	struct arena *a = p->work->arena;
	if (!par->gone_n) {
		p->print.shown = par->full;
		return;
	}
	struct buf b = buf_in(a, 0);
	p->before = arena_array(a, size_t, par->gone_n + 1);
	size_t at = 0, gone = 0;
	for (size_t i = 0; i < par->gone_n; i++) {
		p->before[i] = gone;
		buf_put(&b, (str){par->full.p + at, par->gone[i].from - at});
		at = par->gone[i].to;
		gone += par->gone[i].to - par->gone[i].from;
	}
	p->before[par->gone_n] = gone;
	buf_put(&b, str_skip(par->full, at));
	p->print.shown = buf_str(&b);
}

/* Bytes that are read before a position of the full text. */
static size_t shown_before(const struct paragraph *p, size_t at)
{
	size_t low = 0, high = p->par->gone_n; /* the first run that does not end before `at` */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->par->gone[middle].to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	size_t gone = p->before ? p->before[low] : 0;
	if (low < p->par->gone_n && p->par->gone[low].from < at)
		gone += at - p->par->gone[low].from;
	return at - gone;
}

/* --- nodes --- */

struct nodes {
	VEC(struct text_node) list;
};

static void add_words(struct paragraph *p, struct nodes *n, size_t from, size_t to)
{
	if (from >= to)
		return;
	size_t first = shown_before(p, from), end = shown_before(p, to);
	if (first == end)
		return;
	*vec_push(p->work->arena, &n->list) = (struct text_node){.kind = TEXT_NODE_TEXT,
	    .from = from,
	    .to = to,
	    .text = {p->print.shown.p + first, end - first}};
}

static void add_edit(struct paragraph *p, struct nodes *n, const struct roll_edit *e)
{
	struct text_node node = {.kind = TEXT_NODE_TEXT, .from = e->from, .to = e->to};
	node.text = e->text;
	node.fresh = true;
	if (e->splits) {
		node = (struct text_node){.kind = TEXT_NODE_SPLIT, .from = e->from, .to = e->to};
		node.id = e->id;
		node.by.p = arena_new_of(p->work->arena, size_t);
		node.by.p[node.by.n++] = e->who;
	}
	if (e->splits || e->text.n)
		*vec_push(p->work->arena, &n->list) = node;
}

static struct text_nodes as_nodes(const struct nodes *n)
{
	return (struct text_nodes){n->list.p, n->list.n};
}

/* --- edits to spans --- */

static int compare_size(size_t x, size_t y)
{
	return x < y ? -1 : x > y;
}

static int compare_places(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	int c = compare_size(a->from, b->from);
	if (!c)
		c = compare_size(a->class, b->class);
	if (!c)
		c = compare_size(b->to, a->to);
	if (!c)
		c = str_cmp(a->id, b->id);
	return c ? c : compare_size(a->edit, b->edit);
}

static int compare_edits(const void *x, const void *y)
{
	const struct roll_edit *a = x, *b = y;
	int c = compare_size(a->who, b->who);
	if (!c)
		c = compare_size(a->from, b->from);
	if (!c)
		c = compare_size(class_of(a), class_of(b));
	return c ? c : compare_size(a->to, b->to);
}

static void join_members(struct spans *s, struct span *into, const struct span *from)
{
	s->next[into->tail] = from->head;
	into->tail = from->tail;
}

/* Spans that are open at the place of the sweep, each inside the one before it. */
struct stack {
	size_t open[TEXT_ROLL_DEPTH];
	size_t n;
};

/* The innermost span has grown: what it now crosses, or equals, becomes one with it. */
static void absorb(struct spans *s, struct stack *k)
{
	while (k->n > 1) {
		struct span *top = &s->list.p[k->open[k->n - 1]];
		struct span *around = &s->list.p[k->open[k->n - 2]];
		bool crosses = around->to < top->to;
		if (!crosses && (around->from != top->from || around->to != top->to))
			return;
		if (crosses)
			around->to = top->to;
		join_members(s, around, top);
		top->dead = true;
		k->n--;
	}
}

static void sweep_one(struct arena *a, struct spans *s, struct stack *k, const struct span *g)
{
	while (k->n && s->list.p[k->open[k->n - 1]].to <= g->from)
		k->n--;
	struct span *top = k->n ? &s->list.p[k->open[k->n - 1]] : NULL;
	if (top && g->to > top->to) {
		top->to = g->to;
		join_members(s, top, g);
		absorb(s, k);
		return;
	}
	/* At the bottom of the stack what is nested is put into alternatives instead. */
	if (top && (k->n == TEXT_ROLL_DEPTH || (top->from == g->from && top->to == g->to))) {
		join_members(s, top, g);
		return;
	}
	k->open[k->n++] = s->list.n;
	*vec_push(a, &s->list) = *g;
}

static bool at_one_place(const struct place *x, const struct place *y)
{
	return x->from == y->from && x->to == y->to && x->class == y->class && str_eq(x->id, y->id);
}

static struct spans sweep(struct arena *a, const struct roll_edit *edit, size_t n)
{
	struct spans s = {.next = arena_array(a, size_t, n + 1)};
	struct place *place = arena_array(a, struct place, n + 1);
	for (size_t i = 0; i < n; i++)
		place[i] = (struct place){.from = edit[i].from,
		    .to = edit[i].to,
		    .class = class_of(&edit[i]),
		    .edit = i,
		    .id = edit[i].splits ? edit[i].id : STR_EMPTY};
	vec_sort_(place, n, sizeof *place, compare_places);
	struct stack k = {0};
	for (size_t i = 0; i < n;) {
		size_t first = place[i].edit;
		struct span g = {place[i].from, place[i].to, place[i].class, first, first, false};
		for (const struct place *p = &place[i]; i < n && at_one_place(p, &place[i]); i++) {
			s.next[g.tail] = place[i].edit;
			g.tail = place[i].edit;
		}
		s.next[g.tail] = NOWHERE;
		if (g.class == SPLIT)
			*vec_push(a, &s.list) = g;
		else
			sweep_one(a, &s, &k, &g);
	}
	return s;
}

/* --- alternatives --- */

/* The members of a span whose amendments have not spoken yet, one of each. */
struct members {
	size_t *edit;
	size_t n;
};

static int compare_sizes(const void *x, const void *y)
{
	return compare_size(*(const size_t *)x, *(const size_t *)y);
}

static struct members members_of(struct paragraph *p, const struct span *s)
{
	size_t n = 0;
	for (size_t e = s->head; e != NOWHERE; e = p->spans.next[e])
		n += !p->work->spoken[p->edit[e].who];
	struct members m = {.edit = arena_array(p->work->arena, size_t, n + 1)};
	for (size_t e = s->head; e != NOWHERE; e = p->spans.next[e])
		if (!p->work->spoken[p->edit[e].who])
			m.edit[m.n++] = e;
	vec_sort_(m.edit, m.n, sizeof *m.edit, compare_sizes);
	size_t kept = 0;
	for (size_t i = 0; i < m.n; i++)
		if (!kept || p->edit[m.edit[kept - 1]].who != p->edit[m.edit[i]].who)
			m.edit[kept++] = m.edit[i];
	m.n = kept;
	return m;
}

static bool is_inside(const struct span *s, const struct roll_edit *e)
{
	if (s->class == INSERTION)
		return e->from == s->from && class_of(e) == INSERTION;
	if (e->from < s->from || e->to > s->to)
		return false;
	return e->from < e->to || (e->from > s->from && e->to < s->to);
}

/* The words of the span with all that the amendment of this edit does inside it. */
static struct text_nodes alternative(struct paragraph *p, const struct span *s, size_t edit)
{
	size_t who = p->edit[edit].who, first = edit, end = edit + 1;
	if (p->edit[edit].on_text)
		return (struct text_nodes){0};
	while (first && p->edit[first - 1].who == who && is_inside(s, &p->edit[first - 1]))
		first--;
	while (end < p->edits && p->edit[end].who == who && is_inside(s, &p->edit[end]))
		end++;
	struct nodes n = {0};
	n.list.cap = 2 * (end - first) + 1;
	n.list.p = arena_array(p->work->arena, struct text_node, n.list.cap);
	size_t at = s->from;
	for (size_t i = first; i < end; i++) {
		add_words(p, &n, at, p->edit[i].from);
		add_edit(p, &n, &p->edit[i]);
		at = p->edit[i].to;
	}
	add_words(p, &n, at, s->to);
	return as_nodes(&n);
}

/* Sorted by their keys: those beside each other that have the same read the same. */
static bool are_true(const struct roll_wish *w, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (str_eq(w[i - 1].key, w[i].key) && !roll_same_words(w[i - 1].what, w[i].what))
			return false;
	return true;
}

static struct roll_proposals unify(struct paragraph *p, struct roll_wish *wish, size_t n)
{
	struct arena *a = p->work->arena;
	for (size_t i = 0; n > 1 && i < n; i++)
		wish[i].key = roll_print_key(a, &p->print, wish[i].what);
	struct roll_proposals all = roll_unify(a, wish, n);
	if (are_true(wish, n))
		return all;
	for (size_t i = 0; i < n && !arena_spent(a); i++)
		wish[i].key = roll_words_key(a, wish[i].what);
	return roll_unify(a, wish, n);
}

static void give_alternatives(
    struct paragraph *p, const struct span *s, const struct members *m, struct text_node *node)
{
	struct arena *a = p->work->arena;
	struct roll_wish *wish = arena_array(a, struct roll_wish, m->n + 1);
	for (size_t i = 0; i < m->n; i++) {
		struct text_nodes *n = arena_new_of(a, struct text_nodes);
		*n = alternative(p, s, m->edit[i]);
		wish[i] = (struct roll_wish){STR_EMPTY, p->edit[m->edit[i]].who, n};
	}
	struct roll_proposals all = unify(p, wish, m->n);
	node->alternative = arena_array(a, struct text_alternative, all.n + 1);
	node->alternatives_n = all.n;
	for (size_t i = 0; i < all.n; i++) {
		struct text_alternative *alt = &node->alternative[i];
		alt->content = *(const struct text_nodes *)all.p[i].what;
		alt->by = all.p[i].by;
		for (size_t j = 0; j < alt->content.n; j++)
			if (alt->content.p[j].kind == TEXT_NODE_SPLIT)
				alt->content.p[j].by = alt->by;
	}
}

/* --- spans to brackets --- */

static struct text_nodes content(struct paragraph *p, size_t from, size_t to, bool whole);

static struct text_node bracket(
    struct paragraph *p, const struct span *s, const struct members *members)
{
	struct text_node node = {.kind = TEXT_NODE_SPAN, .from = s->from, .to = s->to};
	give_alternatives(p, s, members, &node);
	for (size_t i = 0; i < members->n; i++)
		p->work->spoken[p->edit[members->edit[i]].who]++;
	node.base = content(p, s->from, s->to, false);
	for (size_t i = 0; i < members->n; i++)
		p->work->spoken[p->edit[members->edit[i]].who]--;
	return node;
}

static struct text_node split(
    struct paragraph *p, const struct span *s, const struct members *members)
{
	struct text_node node = {.kind = TEXT_NODE_SPLIT, .from = s->from, .to = s->to};
	node.id = p->edit[s->head].id;
	node.by.p = arena_array(p->work->arena, size_t, members->n);
	for (size_t i = 0; i < members->n; i++)
		node.by.p[node.by.n++] = p->edit[members->edit[i]].who;
	return node;
}

/* The nodes of a stretch; whole: of the paragraph, with what stands at its very end. */
static struct text_nodes content(struct paragraph *p, size_t from, size_t to, bool whole)
{
	struct nodes n = {0};
	size_t at = from;
	while (p->at < p->spans.list.n) {
		const struct span *s = &p->spans.list.p[p->at];
		if (!whole && s->from >= to)
			break;
		p->at++;
		/* Without anybody who has not spoken: what is nested in it stands here. */
		struct members m = {0};
		if (!s->dead)
			m = members_of(p, s);
		if (!m.n)
			continue;
		add_words(p, &n, at, s->from);
		struct text_node node = s->class == SPLIT ? split(p, s, &m) : bracket(p, s, &m);
		*vec_push(p->work->arena, &n.list) = node;
		at = s->to;
	}
	add_words(p, &n, at, to);
	return as_nodes(&n);
}

struct text_nodes roll_paragraph(
    struct roll_work *w, const struct text_par *par, struct roll_edit *edit, size_t n)
{
	struct paragraph p = {.work = w, .par = par, .edit = edit, .edits = n};
	read_paragraph(&p);
	if (n) {
		vec_sort_(edit, n, sizeof *edit, compare_edits);
		p.spans = sweep(w->arena, edit, n);
	}
	return content(&p, 0, par->full.n, true);
}
