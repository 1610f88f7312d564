/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>

#include "base/buf.h"
#include "text/merge.h"
#include "text/rolling_inner.h"
#include "text/rolling_world.h"

#include "base/poison.h"

/* A note of the tree: [base|alternative:backers|...], splits as ¶backers. */
static void note_nodes(struct buf *b, const struct text_nodes *n);

static void note_backers(struct buf *b, const struct text_backers *by)
{
	for (size_t i = 0; i < by->n; i++)
		buf_put_u64(b, by->p[i]);
}

static void note_node(struct buf *b, const struct text_node *n)
{
	if (n->kind == TEXT_NODE_TEXT) {
		buf_put(b, n->text);
	} else if (n->kind == TEXT_NODE_SPLIT) {
		buf_put(b, S("¶"));
		note_backers(b, &n->by);
	} else {
		buf_putc(b, '[');
		note_nodes(b, &n->base);
		for (size_t i = 0; i < n->alternatives_n; i++) {
			buf_putc(b, '|');
			note_nodes(b, &n->alternative[i].content);
			buf_putc(b, ':');
			note_backers(b, &n->alternative[i].by);
		}
		buf_putc(b, ']');
	}
}

static void note_nodes(struct buf *b, const struct text_nodes *n)
{
	for (size_t i = 0; i < n->n; i++)
		note_node(b, &n->p[i]);
}

/* The note of a paragraph "abcdefghij" with one edit an amendment, unless who says otherwise. */
struct one {
	size_t from, to;
	const char *text; /* NULL: a split */
	size_t who;
};

static str note(struct arena *a, const struct one *e, size_t n)
{
	static const char *const base[] = {"abcdefghij", NULL};
	struct text_doc *d = arena_new_of(a, struct text_doc);
	*d = world_doc(a, base);
	struct text_amendment *list = arena_array(a, struct text_amendment, n);
	size_t all = 0;
	for (size_t i = 0; i < n; i++) {
		struct text_amendment *m = &list[e[i].who];
		if (e[i].who >= all)
			all = e[i].who + 1;
		if (!m->ops)
			m->ops = arena_array(a, struct text_op, n);
		struct text_op *op = &m->ops[m->ops_n++];
		op->from = e[i].from;
		op->to = e[i].to;
		op->kind = e[i].text ? TEXT_EDIT : TEXT_SPLIT;
		op->text = e[i].text ? str_of(e[i].text) : STR_EMPTY;
		op->news = arena_new_of(a, struct text_new);
		op->news_n = !e[i].text;
		op->news[0].id = S("new");
	}
	struct text_rolling r = text_roll(a, d, list, all);
	struct buf b = buf_in(a, 0);
	note_nodes(&b, &r.par[1].content);
	return buf_str(&b);
}

#define NOTE(want, ...)                                                           \
	do {                                                                      \
		const struct one edits_[] = {__VA_ARGS__};                        \
		CHECK_STR(note(a, edits_, sizeof edits_ / sizeof *edits_), want); \
	} while (0)

TEST(spans_are_apart_nested_or_one)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	NOTE("[ab|x:0]cdefghij", {0, 2, "x", 0});
	/* Equal ones unify; different ones are alternatives. */
	NOTE("[ab|x:02|y:1]cdefghij", {0, 2, "x", 0}, {0, 2, "y", 1}, {0, 2, "x", 2});
	/* Nested stay nested, also when they begin or end together. */
	NOTE("[a[bc|x:0]d|:1]efghij", {1, 3, "x", 0}, {0, 4, "", 1});
	NOTE("[[ab|x:0]cd|y:1]efghij", {0, 2, "x", 0}, {0, 4, "y", 1});
	NOTE("[ab[cd|x:0]|y:1]efghij", {2, 4, "x", 0}, {0, 4, "y", 1});
	/* Crossing ones are one span of the words of both. */
	NOTE("[abcd|xd:0|ay:1]efghij", {0, 3, "x", 0}, {1, 4, "y", 1});
	/* Touching ones are apart. */
	NOTE("[ab|x:0][cd|y:1]efghij", {0, 2, "x", 0}, {2, 4, "y", 1});
	/* Crossing goes on: the second crosses both others. */
	NOTE("[abcdef|xcdef:0|ayef:1|abcz:2]ghij", {0, 2, "x", 0}, {1, 4, "y", 1}, {3, 6, "z", 2});
	/* One that crosses something nested takes what is around it along. */
	NOTE("[abcdef|xef:0|aydef:1|abz:2]ghij", {0, 4, "x", 0}, {1, 3, "y", 1}, {2, 6, "z", 2});
	/* Grown until it equals what is around it. */
	NOTE("[abcdef|:0|xdef:1|abz:2]ghij", {0, 6, "", 0}, {0, 3, "x", 1}, {2, 6, "z", 2});
}

TEST(insertions_stand_beside_what_they_touch)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	NOTE("ab[|x:0|y:1]cdefghij", {2, 2, "x", 0}, {2, 2, "y", 1});
	NOTE("[|x:0][ab|y:1][|z:2]cdefghij", {0, 0, "x", 0}, {0, 2, "y", 1}, {2, 2, "z", 2});
	NOTE("[a[|x:0]b|y:1]cdefghij", {1, 1, "x", 0}, {0, 2, "y", 1});
	NOTE("abcdefghij[|x:0]", {10, 10, "x", 0});
	NOTE("ab¶1[|x:0]cdefghij", {2, 2, "x", 0}, {2, 2, NULL, 1});
	NOTE("ab¶01cdefghij", {2, 2, NULL, 0}, {2, 2, NULL, 1});
	/* One that splits where it has a bracket of its own. */
	NOTE("[abcd|xc¶0d:0|ay:1]efghij", {0, 2, "x", 0}, {3, 3, NULL, 0}, {1, 4, "y", 1});
	/* The split of another stays in the text of the revision. */
	NOTE("[abc¶2d|xcd:0|ay:1]efghij", {0, 2, "x", 0}, {3, 3, NULL, 2}, {1, 4, "y", 1});
}

TEST(who_has_spoken_does_not_speak_again_inside)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	NOTE("[abcdef|xcdey:0|aq:1]ghij", {0, 2, "x", 0}, {5, 6, "y", 0}, {1, 6, "q", 1});
	/* Others do, also when they say the same as the one that has spoken. */
	NOTE("[abcde[f|y:2]|xcdey:0|aq:1]ghij", {0, 2, "x", 0}, {5, 6, "y", 0}, {1, 6, "q", 1},
	    {5, 6, "y", 2});
}

TEST(brackets_nest_so_deep_and_no_deeper)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	enum { N = 200 };
	static char text[2 * N + 1];
	for (size_t i = 0; i < 2 * N; i++)
		text[i] = (char)('a' + i % 26);
	const char *const base[] = {text, NULL};
	struct text_doc d = world_doc(a, base);
	struct text_amendment *list = arena_array(a, struct text_amendment, N);
	for (size_t i = 0; i < N; i++) {
		list[i].ops = arena_new_of(a, struct text_op);
		list[i].ops_n = 1;
		list[i].ops[0] = (struct text_op){.kind = TEXT_EDIT, .from = i, .to = 2 * N - i};
	}
	struct text_rolling r = text_roll(a, &d, list, N);
	size_t deep = 0, seen = 0;
	for (const struct text_nodes *n = &r.par[1].content; n;) {
		const struct text_node *span = NULL;
		for (size_t i = 0; i < n->n; i++)
			if (n->p[i].kind == TEXT_NODE_SPAN)
				span = &n->p[i];
		for (size_t i = 0; span && i < span->alternatives_n; i++)
			seen += span->alternative[i].by.n;
		deep += span != NULL;
		n = span ? &span->base : NULL;
	}
	CHECK_EQ(deep, TEXT_ROLL_DEPTH);
	CHECK_EQ(seen, N);
	struct world w = {.arena = a, .doc = d, .list = list, .n = N};
	for (size_t i = 0; i < N; i++) {
		struct text_reads got = text_roll_read(a, &r, i), want = world_apply(&w, i);
		CHECK_STREQ(world_say(a, &got), world_say(a, &want));
	}
}

/* --- properties --- */

/* The revision that a merge of this amendment alone makes. */
static struct text_reads merged(const struct world *w, size_t who)
{
	struct text_reads out = {0};
	struct text_revision rev = {0};
	struct err err = {0};
	size_t n = who < w->n;
	if (text_merge(w->arena, &w->doc, n ? &w->list[who] : NULL, n, false, &rev, &err) != OK)
		t_fail(__FILE__, __LINE__, "no merge: %.*s", STR(err_text(&err, w->arena)));
	for (size_t i = 0; i < rev.doc.n; i++) {
		const struct text_par *p = &rev.doc.par[i];
		if (!p->is_gone)
			*vec_push(w->arena, &out.list) =
			    (struct text_read){p->id, text_par_read(w->arena, p)};
	}
	return out;
}

static void check_world(const struct world *w, uint64_t seed)
{
	struct text_rolling r = text_roll(w->arena, &w->doc, w->list, w->n);
	for (size_t i = 0; i <= w->n; i++) {
		size_t who = i < w->n ? i : TEXT_START;
		struct text_reads got = text_roll_read(w->arena, &r, who);
		struct text_reads want = world_apply(w, who);
		str g = world_say(w->arena, &got), x = world_say(w->arena, &want);
		if (!str_eq(g, x))
			t_fail(__FILE__, __LINE__, "case %zu, read for %zu:\n%.*s---\n%.*s",
			    (size_t)seed, i, STR(g), STR(x));
		want = merged(w, who);
		x = world_say(w->arena, &want);
		if (!str_eq(g, x))
			t_fail(__FILE__, __LINE__, "case %zu, merged for %zu:\n%.*s---\n%.*s",
			    (size_t)seed, i, STR(g), STR(x));
	}
}

static void each_world(size_t cases, const struct world_size *size, uint64_t first,
    void (*check)(const struct world *w, uint64_t seed))
{
	struct arena *a = arena_new(0);
	for (size_t i = 0; i < cases && !t_failures(); i++) {
		struct t_rand dice = {first + i};
		struct world w = world_make(a, &dice, size);
		check(&w, first + i);
		arena_reset(a);
	}
	arena_free(a);
}

static const struct world_size in_one = {
    .pars = 1, .words = 8, .list = 6, .ops = 4, .only_text = true};
static const struct world_size in_many = {.pars = 6, .words = 6, .list = 6, .ops = 5};
static const struct world_size odd = {.pars = 4, .words = 6, .list = 5, .ops = 4, .odd = true};

TEST(read_for_one_it_is_the_adoption_of_that_one)
{
	each_world(30000, &in_one, 1, check_world);
}

TEST(read_for_one_it_is_the_adoption_of_that_one_with_structure)
{
	each_world(30000, &in_many, 100000, check_world);
	each_world(10000, &odd, 200000, check_world);
}

static void meet(bool *seen, const struct text_backers *by)
{
	for (size_t i = 0; i < by->n; i++) {
		CHECK(i == 0 || by->p[i - 1] < by->p[i]);
		seen[by->p[i]] = true;
	}
}

static void meet_nodes(bool *seen, const struct text_nodes *n)
{
	for (size_t i = 0; i < n->n; i++) {
		meet(seen, &n->p[i].by);
		meet_nodes(seen, &n->p[i].base);
		for (size_t j = 0; j < n->p[i].alternatives_n; j++)
			meet(seen, &n->p[i].alternative[j].by);
	}
}

static void check_nobody_lost(const struct world *w, uint64_t seed)
{
	struct text_rolling r = text_roll(w->arena, &w->doc, w->list, w->n);
	bool *seen = arena_array(w->arena, bool, w->n);
	for (size_t i = 0; i < r.n; i++) {
		const struct text_rolling_par *p = &r.par[i];
		meet_nodes(seen, &p->content);
		meet(seen, &p->deleted);
		for (size_t j = 0; j < p->joins_n; j++)
			meet(seen, &p->join[j].by);
		for (size_t j = 0; j < p->outs_n; j++)
			meet(seen, &p->out[j].by);
		for (size_t j = 0; j < p->proposed_n; j++)
			meet(seen, &p->proposed[j].by);
	}
	for (size_t i = 0; i < w->n; i++)
		if (w->list[i].ops_n && !seen[i])
			t_fail(
			    __FILE__, __LINE__, "case %zu: amendment %zu is lost", (size_t)seed, i);
}

TEST(no_amendment_is_lost)
{
	each_world(10000, &in_one, 1, check_nobody_lost);
	each_world(20000, &in_many, 100000, check_nobody_lost);
}

/* --- the order of the list --- */

static int compare_strings(const void *x, const void *y)
{
	return str_cmp(*(const str *)x, *(const str *)y);
}

struct strings {
	VEC(str) list;
};

static str sorted(struct arena *a, struct strings *s)
{
	struct buf b = buf_in(a, 0);
	vec_sort(&s->list, compare_strings);
	for (size_t i = 0; i < s->list.n; i++) {
		buf_put(&b, s->list.p[i]);
		buf_putc(&b, ',');
	}
	return buf_str(&b);
}

static str ids_of(struct arena *a, const struct text_rolling *r, const struct text_backers *by)
{
	struct strings s = {0};
	for (size_t i = 0; i < by->n; i++)
		*vec_push(a, &s.list) = r->list[by->p[i]].id;
	return sorted(a, &s);
}

/* The words of an alternative: two that come to the same words by other edits are one. */
static str words_of(struct arena *a, const struct text_nodes *n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < n->n; i++)
		buf_printf(&b, "%.*s%.*s", STR(n->p[i].text), STR(n->p[i].id));
	return buf_str(&b);
}

/* The nodes without any order that the list has given them. */
static str shape_of(struct arena *a, const struct text_rolling *r, const struct text_nodes *n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < n->n; i++) {
		const struct text_node *node = &n->p[i];
		struct strings all = {0};
		buf_printf(
		    &b, "(%zu-%zu %.*s %.*s", node->from, node->to, STR(node->text), STR(node->id));
		buf_put(&b, ids_of(a, r, &node->by));
		buf_put(&b, shape_of(a, r, &node->base));
		for (size_t k = 0; k < node->alternatives_n; k++) {
			const struct text_alternative *alt = &node->alternative[k];
			str content = words_of(a, &alt->content);
			*vec_push(a, &all.list) =
			    arena_printf(a, "%.*s:%.*s", STR(content), STR(ids_of(a, r, &alt->by)));
		}
		buf_put(&b, sorted(a, &all));
		buf_putc(&b, ')');
	}
	return buf_str(&b);
}

static void check_order(const struct world *w, uint64_t seed)
{
	struct text_amendment *other = arena_array(w->arena, struct text_amendment, w->n);
	for (size_t i = 0; i < w->n; i++)
		other[i] = w->list[i];
	for (size_t i = w->n; i > 1; i--) {
		size_t j = t_rand_below(w->dice, i);
		struct text_amendment m = other[i - 1];
		other[i - 1] = other[j];
		other[j] = m;
	}
	struct text_rolling x = text_roll(w->arena, &w->doc, w->list, w->n);
	struct text_rolling y = text_roll(w->arena, &w->doc, other, w->n);
	for (size_t i = 0; i < x.n; i++) {
		str s = shape_of(w->arena, &x, &x.par[i].content);
		str t = shape_of(w->arena, &y, &y.par[i].content);
		if (!str_eq(s, t))
			t_fail(__FILE__, __LINE__, "case %zu:\n%.*s\n%.*s", (size_t)seed, STR(s),
			    STR(t));
	}
}

TEST(the_tree_depends_on_the_set_alone)
{
	each_world(10000, &in_one, 1, check_order);
	each_world(10000, &in_many, 100000, check_order);
}

/* --- the trap --- */

/* The wrong rule: of the amendment's edits in a span only the one that made it. */
static void read_wrongly(
    struct buf *b, const struct world *w, const struct text_nodes *n, size_t who)
{
	for (size_t i = 0; i < n->n; i++) {
		const struct text_node *node = &n->p[i];
		bool speaks = false;
		for (size_t j = 0; j < node->alternatives_n; j++)
			speaks = speaks || text_backs(&node->alternative[j].by, who);
		if (node->kind == TEXT_NODE_TEXT)
			buf_put(b, node->text);
		if (!speaks) {
			read_wrongly(b, w, &node->base, who);
			continue;
		}
		const struct text_op *made = NULL;
		for (size_t j = 0; j < w->list[who].ops_n; j++) {
			const struct text_op *op = &w->list[who].ops[j];
			bool in =
			    op->from >= node->from && op->to <= node->to &&
			    (op->from < op->to || op->from == node->to || op->from > node->from);
			if (in && (!made || op->to - op->from > made->to - made->from))
				made = op;
		}
		if (!made)
			continue;
		const struct text_par *p = &w->doc.par[0];
		buf_put(b, text_par_between(w->arena, p, node->from, made->from));
		buf_put(b, made->text);
		buf_put(b, text_par_between(w->arena, p, made->to, node->to));
	}
}

TEST(taking_only_the_op_that_made_the_span_loses_text)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	size_t wrong = 0, ours = 0, cases = 30000;
	for (uint64_t seed = 1; seed <= cases; seed++) {
		struct t_rand dice = {seed};
		struct world w = world_make(a, &dice, &in_one);
		struct text_rolling r = text_roll(a, &w.doc, w.list, w.n);
		bool lost = false, bad = false;
		for (size_t i = 0; i < w.n && !w.doc.par[0].is_gone; i++) {
			struct text_reads want = world_apply(&w, i), got = text_roll_read(a, &r, i);
			struct buf b = buf_in(a, 0);
			read_wrongly(&b, &w, &r.par[1].content, i);
			lost = lost || !str_eq(buf_str(&b), want.list.p[0].text);
			bad = bad || !str_eq(got.list.p[0].text, want.list.p[0].text);
		}
		wrong += lost;
		ours += bad;
		arena_reset(a);
	}
	CHECK_EQ(ours, 0);
	/* In the model 929 of 30,000; it depends on how much the amendments meet. */
	if (wrong < cases / 100)
		t_fail(__FILE__, __LINE__, "the wrong rule lost text in %zu cases only", wrong);
	printf("# the wrong rule lost text in %zu of %zu cases, ours in %zu\n", wrong, cases, ours);
}

/* --- keys of alternatives --- */

static struct text_node piece(struct roll_print *p, size_t from, size_t to, const char *fresh)
{
	struct text_node n = {.from = from, .to = to, .fresh = fresh != NULL};
	n.text = fresh ? str_of(fresh) : (str){p->shown.p + from, to - from};
	return n;
}

TEST(keys_are_of_the_words_not_of_their_pieces)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct roll_print p = {.shown = S("abcdefghij")};
	struct text_node split = {.kind = TEXT_NODE_SPLIT, .id = S("x")};
	struct text_node one[] = {
	    piece(&p, 0, 3, NULL), piece(&p, 0, 0, "de"), piece(&p, 5, 10, NULL)};
	struct text_node two[] = {piece(&p, 0, 0, "a"), piece(&p, 1, 10, NULL)};
	struct text_node cut[] = {piece(&p, 0, 3, NULL), split, piece(&p, 3, 10, NULL)};
	struct text_node late[] = {piece(&p, 0, 4, NULL), split, piece(&p, 4, 10, NULL)};
	struct text_node other[] = {piece(&p, 0, 9, NULL), piece(&p, 0, 0, "J")};
	const struct text_nodes all[] = {
	    {one, 3}, {two, 2}, {cut, 3}, {late, 3}, {other, 2}, {NULL, 0}};
	for (size_t i = 0; i < 6; i++)
		for (size_t k = 0; k < 6; k++) {
			bool same = i == k || i + k == 1; /* one and two read the same */
			str x = roll_print_key(a, &p, &all[i]), y = roll_print_key(a, &p, &all[k]);
			CHECK_EQ(str_eq(x, y), same);
			x = roll_words_key(a, &all[i]);
			CHECK_EQ(str_eq(x, roll_words_key(a, &all[k])), same);
			CHECK_EQ(roll_same_words(&all[i], &all[k]), same);
		}
}

/* --- by hand --- */

TEST(what_has_gone_is_not_shown_and_keeps_its_place)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"States shall must ensure", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_run gone = {12, 17};
	d.par[0].gone = &gone;
	d.par[0].gone_n = 1;
	struct text_op ops[3] = {world_edit(&d, 0, "shall must", "should"),
	    {.kind = TEXT_EDIT, .from = 14, .to = 14, .text = S("x")},
	    {.kind = TEXT_RESTORE, .from = 0, .to = 24}};
	struct text_amendment list[3] = {0};
	for (size_t i = 0; i < 3; i++)
		list[i] = (struct text_amendment){.ops = &ops[i], .ops_n = 1};
	struct text_rolling r = text_roll(a, &d, list, 3);
	struct buf b = buf_in(a, 0);
	note_nodes(&b, &r.par[1].content);
	CHECK_STR(buf_str(&b), "States [shall[[|x:1]| must:2]|should:0] ensure");
}

TEST(what_waits_and_what_is_settled_is_named)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const base[] = {"one two", NULL};
	struct text_doc d = world_doc(a, base);
	struct text_op ops[3] = {world_edit(&d, 0, "one", "1"), world_edit(&d, 0, "two", "2"),
	    world_edit(&d, 0, "two", "3")};
	ops[1].outcome = TEXT_IN_CONFLICT;
	ops[2].outcome = TEXT_SATISFIED;
	struct text_amendment list[3] = {{.ops = &ops[0], .ops_n = 1},
	    {.ops = &ops[1], .ops_n = 1, .outcome = TEXT_IN_CONFLICT},
	    {.ops = &ops[2], .ops_n = 1, .outcome = TEXT_SATISFIED}};
	struct text_rolling r = text_roll(a, &d, list, 3);
	struct buf b = buf_in(a, 0);
	note_nodes(&b, &r.par[1].content);
	CHECK_STR(buf_str(&b), "[one|1:0] two");
	CHECK_EQ(r.waiting.n, 1);
	CHECK_EQ(r.waiting.p[0], 1);
	CHECK_EQ(r.settled.n, 1);
	CHECK_EQ(r.settled.p[0], 2);
}

/* What a rolling text takes must grow with the amendments and what they say, not faster. */
static size_t memory_of(size_t amendments)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand dice = {7};
	struct world_size size = {.pars = 1, .words = 400, .list = 1, .ops = 1, .only_text = true};
	struct world w = {0};
	do
		w = world_make(a, &dice, &size);
	while (w.doc.par[0].full.n < 600 || w.doc.par[0].is_gone);
	struct text_amendment *list = arena_array(a, struct text_amendment, amendments);
	for (size_t i = 0; i < amendments; i++) {
		list[i].ops = arena_new_of(a, struct text_op);
		list[i].ops_n = 1;
		list[i].ops[0].from = t_rand_below(&dice, 500);
		list[i].ops[0].to = list[i].ops[0].from + t_rand_below(&dice, 12);
		list[i].ops[0].text = arena_printf(a, "new words %zu", i);
	}
	size_t before = arena_used(a);
	struct text_rolling r = text_roll(a, &w.doc, list, amendments);
	CHECK_EQ(r.n, 2);
	return arena_used(a) - before;
}

TEST(five_thousand_amendments_to_one_paragraph_take_their_share)
{
	size_t few = memory_of(1250), many = memory_of(5000);
	CHECK(many < few * 5);
	CHECK(many < (size_t)5000 * 4096);
}
