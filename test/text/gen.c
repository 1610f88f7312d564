/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "gen.h"

#include "base/must.h"

#include "base/poison.h"

#define PARTIES 40

/* What the generator of one round knows. */
struct round {
	struct arena *a;
	struct gen_tools *t;
	struct t_rand *r;
	const struct gen_shape *s;
	const struct text_doc *d;
	const struct gen_voice *voice;
	size_t *seen; /* places of the paragraphs that are not gone */
	size_t seen_n;
	struct gen_round *out;
};

static bool chance(struct t_rand *r, size_t of_hundred)
{
	return t_rand_below(r, 100) < of_hundred;
}

/* The lower the more often: about half of everything bears on the first. */
static size_t hot(struct t_rand *r, size_t n)
{
	return t_rand_below(r, 1 + t_rand_below(r, n));
}

void gen_start(struct arena *a, struct gen_tools *t, struct t_rand *r, const struct gen_shape *s,
    struct gen_case *out)
{
	*out = (struct gen_case){.voice = gen_voice(r, s->style)};
	size_t n = 1 + t_rand_below(r, s->pars);
	for (size_t i = 0; i < n; i++) {
		struct gen_par *p = vec_push(a, &out->par);
		p->id = arena_printf(a, "p%zu", i + 1);
		p->kind = chance(r, 80) ? TEXT_PARA : (enum text_kind)t_rand_below(r, 4);
		p->level = p->kind == TEXT_HEADING || p->kind == TEXT_SUB;
		/* Paragraphs that say the same are what confuses those who look for text. */
		p->text = i && chance(r, 15) ? out->par.p[t_rand_below(r, i)].text
		                             : gen_paragraph(a, t, r, &out->voice);
	}
}

struct text_doc gen_doc(struct arena *a, const struct gen_case *c)
{
	struct text_doc d = {arena_array(a, struct text_par, c->par.n), c->par.n, {0}};
	for (size_t i = 0; i < d.n; i++) {
		const struct gen_par *from = &c->par.p[i];
		d.par[i] = (struct text_par){.id = from->id,
		    .kind = from->kind,
		    .level = from->level,
		    .full = from->text,
		    .order = arena_printf(a, "%06zu", i + 1)};
	}
	struct err err = {0};
	must(text_doc_index(a, &d, &err) == OK);
	return d;
}

/* --- wishes --- */

static size_t any_par(const struct round *g)
{
	return g->seen[hot(g->r, g->seen_n)];
}

static str any_after(const struct round *g)
{
	return chance(g->r, 12) ? STR_EMPTY : g->d->par[any_par(g)].id;
}

/* Mostly where words begin and end, as people choose; otherwise anywhere. */
static size_t any_place(const struct round *g, str text, const struct gen_cuts *c)
{
	size_t at = t_rand_below(g->r, c->n + 1);
	if (chance(g->r, 30))
		return at;
	while (at > 0 && at < c->n && text.p[c->at[at]] != ' ' && text.p[c->at[at] - 1] != ' ')
		at++;
	return at;
}

static struct text_wish edit(const struct round *g)
{
	const struct text_par *p = &g->d->par[any_par(g)];
	str text = text_par_read(g->a, p);
	struct gen_cuts c = gen_graphemes(g->a, g->t, text);
	size_t x = any_place(g, text, &c), y = chance(g->r, 35) ? x : any_place(g, text, &c);
	/* Long changes hide everything else; most are short. */
	if (chance(g->r, 60) && y > x + 6)
		y = x + 1 + t_rand_below(g->r, 6);
	struct text_wish w = {.verb = TEXT_DO_REPLACE, .par = p->id, .from = x, .to = y};
	if (x > y)
		w.from = y, w.to = x;
	if (w.from == w.to || chance(g->r, 60))
		w.text = gen_words(g->a, g->t, g->r, g->voice);
	if (w.from == w.to)
		w.verb = TEXT_DO_INSERT;
	else if (!w.text.n)
		w.verb = TEXT_DO_DELETE;
	return w;
}

static struct text_wish structural(const struct round *g)
{
	size_t i = any_par(g);
	const struct text_par *p = &g->d->par[i];
	struct text_wish w = {.par = p->id};
	switch (t_rand_below(g->r, 5)) {
	case 0:
		return (struct text_wish){.verb = TEXT_DO_INSERT_PAR,
		    .after = any_after(g),
		    .text = gen_paragraph(g->a, g->t, g->r, g->voice),
		    .kind = TEXT_PARA};
	case 1:
		w.verb = TEXT_DO_DELETE_PAR;
		return w;
	case 2: {
		w.verb = TEXT_DO_MOVE_PAR;
		w.after = any_after(g);
		size_t last = text_doc_next(g->d, i);
		if (last != TEXT_START && chance(g->r, 20))
			w.last = g->d->par[last].id;
		return w;
	}
	case 3: {
		str text = text_par_read(g->a, p);
		struct gen_cuts c = gen_graphemes(g->a, g->t, text);
		w.verb = TEXT_DO_SPLIT_PAR;
		w.from = w.to = any_place(g, text, &c);
		return w;
	}
	default:
		w.verb = TEXT_DO_JOIN_PAR;
		w.text = chance(g->r, 50) ? S(" ") : STR_EMPTY;
		return w;
	}
}

/* --- readings --- */

/* The paragraph after one to three edits by hand. */
static str reword(const struct round *g, str text)
{
	for (size_t times = 1 + t_rand_below(g->r, 3); times > 0; times--) {
		struct gen_cuts c = gen_graphemes(g->a, g->t, text);
		size_t x = any_place(g, text, &c);
		size_t y = c.n - x < 4 ? c.n : x + t_rand_below(g->r, 4);
		str in = chance(g->r, 70) ? gen_words(g->a, g->t, g->r, g->voice) : STR_EMPTY;
		text = arena_printf(g->a, "%.*s%.*s%.*s", STR(str_head(text, c.at[x])), STR(in),
		    STR(str_skip(text, c.at[y])));
	}
	return text;
}

static void read_as(const struct round *g, struct gen_amendment *m)
{
	struct text_reading *reading = vec_push(g->a, &m->reading);
	const struct text_par *p = &g->d->par[any_par(g)];
	if (!chance(g->r, g->s->structural)) {
		*reading =
		    (struct text_reading){.par = p->id, .text = reword(g, text_par_read(g->a, p))};
		return;
	}
	switch (t_rand_below(g->r, 3)) {
	case 0:
		reading->par = p->id;
		return;
	case 1:
		reading->par = p->id;
		reading->after = any_after(g);
		reading->text = chance(g->r, 50) ? reword(g, text_par_read(g->a, p)) : (str){0};
		return;
	default:
		reading->after = any_after(g);
		reading->text = gen_paragraph(g->a, g->t, g->r, g->voice);
	}
}

/* --- a round --- */

/* Somebody who wants the same, or nearly: the place of another's wish with words of one's own. */
static bool copy_wish(const struct round *g, struct text_wish *out)
{
	if (g->out->list.n < 2)
		return false;
	const struct gen_amendment *m = &g->out->list.p[t_rand_below(g->r, g->out->list.n - 1)];
	if (!m->wish.n)
		return false;
	*out = m->wish.p[t_rand_below(g->r, m->wish.n)];
	if (chance(g->r, 50) && (out->verb == TEXT_DO_INSERT || out->verb == TEXT_DO_REPLACE))
		out->text = gen_words(g->a, g->t, g->r, g->voice);
	return true;
}

static void write_amendment(const struct round *g, struct gen_amendment *m)
{
	if (chance(g->r, g->s->readings)) {
		for (size_t n = 1 + t_rand_below(g->r, g->s->ops); n > 0; n--)
			read_as(g, m);
		return;
	}
	for (size_t n = 1 + t_rand_below(g->r, g->s->ops); n > 0; n--) {
		struct text_wish *w = vec_push(g->a, &m->wish);
		if (chance(g->r, 25) && copy_wish(g, w))
			continue;
		*w = chance(g->r, g->s->structural) ? structural(g) : edit(g);
	}
}

static void sign(const struct round *g, struct gen_amendment *m)
{
	m->party = arena_printf(g->a, "party %zu", 1 + t_rand_below(g->r, PARTIES));
	for (size_t n = chance(g->r, 20) ? t_rand_below(g->r, 4) : 0; n > 0; n--)
		*vec_push(g->a, &m->cosponsors) =
		    arena_printf(g->a, "party %zu", 1 + t_rand_below(g->r, PARTIES));
}

void gen_next_round(struct arena *a, struct gen_tools *t, struct t_rand *r,
    const struct gen_shape *s, size_t amendments, const struct text_doc *d, struct gen_case *c)
{
	must(c->rounds < GEN_ROUNDS);
	struct round g = {
	    a, t, r, s, d, &c->voice, arena_array(a, size_t, d->n), 0, &c->round[c->rounds++]};
	for (size_t i = 0; i < d->n; i++)
		if (!d->par[i].is_gone)
			g.seen[g.seen_n++] = i;
	if (!g.seen_n)
		return;
	/* Which paragraphs are hot is a matter of chance, too. */
	for (size_t i = 0, j; i < g.seen_n; i++) {
		j = t_rand_below(r, g.seen_n);
		size_t x = g.seen[i];
		g.seen[i] = g.seen[j];
		g.seen[j] = x;
	}
	for (size_t i = 0; i < amendments; i++) {
		struct gen_amendment *m = vec_push(a, &g.out->list);
		m->id = arena_printf(a, "%c%zu", (char)('a' + c->rounds - 1), i + 1);
		sign(&g, m);
		/* Exact duplicates are what unifying is for. */
		if (i && chance(r, 10)) {
			const struct gen_amendment *twin = &g.out->list.p[t_rand_below(r, i)];
			m->wish.p = twin->wish.p;
			m->wish.n = twin->wish.n;
			m->reading.p = twin->reading.p;
			m->reading.n = twin->reading.n;
			m->wish.cap = m->reading.cap = 0;
			continue;
		}
		write_amendment(&g, m);
	}
}
