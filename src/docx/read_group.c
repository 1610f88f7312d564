/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whose change is whose: as our own part says, where it is still true, else by author. */
#include "base/buf.h"
#include "docx/read_inner.h"

#include "base/poison.h"

static str author_of(struct arena *a, const struct scan_amendment *m)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, m->party);
	for (size_t i = 0; i < m->cosponsors.n; i++) {
		buf_sep(&b, S("; "));
		buf_put(&b, m->cosponsors.p[i]);
	}
	return buf_str(&b);
}

/* Dates in the file have whole seconds. */
static usec second_of(usec t)
{
	usec part = t % USEC_SECOND;
	return t - (part < 0 ? part + USEC_SECOND : part);
}

/* --- what our own part says --- */

struct owners {
	VEC(size_t) who; /* amendments of the part */
};

struct sharing {
	struct reading_in *r;
	str *author;      /* one an amendment of the part */
	struct map by_id; /* w:id: struct owners * */
	bool holds;       /* every change that it lists is in the file as it was */
};

static str key_of(struct arena *a, uint32_t id)
{
	return arena_printf(a, "%u", id);
}

static void index_part(struct sharing *x)
{
	struct arena *a = x->r->arena;
	x->by_id = map_in(a);
	x->author = arena_array(a, str, x->r->scan.amendments.n + 1);
	for (size_t i = 0; i < x->r->scan.amendments.n; i++) {
		const struct scan_amendment *m = &x->r->scan.amendments.p[i];
		x->author[i] = author_of(a, m);
		for (size_t k = 0; k < m->changes.n; k++) {
			str key = key_of(a, m->changes.p[k]);
			struct owners *o = map_get(&x->by_id, key);
			if (!o) {
				o = arena_new_of(a, struct owners);
				map_put(&x->by_id, key, o);
			}
			*vec_push(a, &o->who) = i;
		}
	}
}

/* True when a change is by all of these, on the date of the first of them. */
static bool is_theirs(struct sharing *x, const struct word_change *c, const struct owners *o)
{
	struct buf author = buf_in(x->r->arena, 0);
	usec date = 0;
	for (size_t i = 0; i < o->who.n; i++) {
		usec filed = x->r->scan.amendments.p[o->who.p[i]].filed;
		buf_sep(&author, S("; "));
		buf_put(&author, x->author[o->who.p[i]]);
		if (filed && (!date || filed < date))
			date = filed;
	}
	return str_eq(buf_str(&author), c->author) && second_of(date) == c->date;
}

static bool all_seen(
    const struct sharing *x, const struct scan_amendment *m, const struct map *seen)
{
	for (size_t k = 0; k < m->changes.n; k++)
		if (!map_get(seen, key_of(x->r->arena, m->changes.p[k])))
			return false;
	return true;
}

/* Word numbers changes anew when it saves: then the numbers of the part say nothing. */
static bool part_holds(struct sharing *x)
{
	const struct word_stream *s = &x->r->scan.stream;
	struct map seen = map_in(x->r->arena);
	for (size_t i = 0; i < s->changes.n; i++) {
		str key = key_of(x->r->arena, s->changes.p[i].id);
		const struct owners *o = map_get(&x->by_id, key);
		if (o && is_theirs(x, &s->changes.p[i], o))
			map_put(&seen, key, x);
	}
	for (size_t i = 0; i < x->r->scan.amendments.n; i++)
		if (!all_seen(x, &x->r->scan.amendments.p[i], &seen))
			return false;
	return true;
}

static void own(struct reading_in *r, struct word_change *c, const size_t *who, size_t n)
{
	c->who = arena_array(r->arena, size_t, n);
	for (size_t i = 0; i < n; i++)
		c->who[i] = who[i];
	c->who_n = n;
}

/* Authors and date alone, when they are those of one amendment of the part. */
static void share_by_author(struct sharing *x, struct word_change *c)
{
	size_t n = 0, who = 0;
	for (size_t i = 0; i < x->r->scan.amendments.n; i++)
		if (str_eq(x->author[i], c->author) &&
		    second_of(x->r->scan.amendments.p[i].filed) == c->date) {
			n++;
			who = i;
		}
	if (n == 1)
		own(x->r, c, &who, 1);
}

static void add_part_groups(struct sharing *x)
{
	for (size_t i = 0; i < x->r->scan.amendments.n; i++) {
		const struct scan_amendment *m = &x->r->scan.amendments.p[i];
		*vec_push(x->r->arena, &x->r->groups) = (struct group){.author = x->author[i],
		    .id = m->id,
		    .party = m->party,
		    .cosponsors = m->cosponsors.p,
		    .cosponsors_n = m->cosponsors.n,
		    .date = m->filed,
		    .part = m};
	}
}

/* --- everybody else --- */

/* "Kenya; Peru": a party and those who are with it. */
static void name_parties(struct arena *a, struct group *g)
{
	VEC(str) names = {0};
	str rest = g->author, one;
	while (str_cut(&rest, ';', &one))
		if (str_trim(one).n)
			*vec_push(a, &names) = str_trim(one);
	g->party = names.n ? names.p[0] : S("?");
	g->cosponsors = names.n ? names.p + 1 : NULL;
	g->cosponsors_n = names.n ? names.n - 1 : 0;
}

static void share_new(struct reading_in *r)
{
	struct word_stream *s = &r->scan.stream;
	struct map by_author = map_in(r->arena);
	for (size_t i = 0; i < s->changes.n; i++) {
		struct word_change *c = &s->changes.p[i];
		if (c->who_n || c->fixed)
			continue;
		size_t *known = map_get(&by_author, c->author);
		if (!known) {
			known = arena_new_of(r->arena, size_t);
			*known = r->groups.n;
			map_put(&by_author, c->author, known);
			struct group *g = vec_push(r->arena, &r->groups);
			*g = (struct group){.author = c->author};
			name_parties(r->arena, g);
		}
		own(r, c, known, 1);
		struct group *g = &r->groups.p[*known];
		g->date = c->date > g->date ? c->date : g->date;
	}
}

/* --- what each takes along --- */

/*
 * Who deletes words that another inserted speaks of the text as it would be with that insertion:
 * for this group it counts as made.
 */
static void take_outer(
    struct reading_in *r, struct group *g, const struct word_state *at, uint32_t n)
{
	for (uint32_t o = 0; o < n; o++) {
		const struct word_change *outer = &r->scan.stream.changes.p[at->change[o]];
		if (outer->layer != WORD_INS || g->set.in[at->change[o]] || outer->fixed)
			continue;
		g->set.in[at->change[o]] = true;
		g->inside = outer->author;
	}
}

static void take_along(struct reading_in *r, const struct word_state *at)
{
	for (uint32_t i = 1; i < at->n; i++) {
		const struct word_change *c = &r->scan.stream.changes.p[at->change[i]];
		for (size_t k = 0; k < c->who_n && c->layer == WORD_DEL; k++)
			take_outer(r, &r->groups.p[c->who[k]], at, i);
	}
}

static void use(struct reading_in *r, const struct word_state *at)
{
	for (uint32_t i = 0; i < at->n; i++)
		r->used[at->change[i]] = true;
}

static void fill_sets(struct reading_in *r)
{
	struct word_stream *s = &r->scan.stream;
	for (size_t i = 0; i < r->groups.n; i++)
		r->groups.p[i].set.in = arena_array(r->arena, bool, s->changes.n + 1);
	for (size_t i = 0; i < s->par.n; i++) {
		const struct word_par *p = &s->par.p[i];
		use(r, &p->mark);
		for (size_t k = 0; k < p->runs.n; k++)
			use(r, &p->runs.p[k].state);
	}
	for (size_t i = 0; i < s->changes.n; i++)
		for (size_t k = 0; k < s->changes.p[i].who_n; k++) {
			struct group *g = &r->groups.p[s->changes.p[i].who[k]];
			g->set.in[i] = true;
			g->changes++;
			g->has_words = g->has_words || r->used[i];
		}
	for (size_t i = 0; i < s->par.n; i++) {
		const struct word_par *p = &s->par.p[i];
		take_along(r, &p->mark);
		for (size_t k = 0; k < p->runs.n; k++)
			take_along(r, &p->runs.p[k].state);
	}
}

void read_group(struct reading_in *r)
{
	struct word_stream *s = &r->scan.stream;
	struct sharing x = {.r = r};
	index_part(&x);
	x.holds = part_holds(&x);
	add_part_groups(&x);
	for (size_t i = 0; i < s->changes.n; i++) {
		struct word_change *c = &s->changes.p[i];
		const struct owners *o = map_get(&x.by_id, key_of(r->arena, c->id));
		if (c->fixed)
			continue;
		if (x.holds && o && is_theirs(&x, c, o))
			own(r, c, o->who.p, o->who.n);
		else
			share_by_author(&x, c);
	}
	share_new(r);
	fill_sets(r);
}
