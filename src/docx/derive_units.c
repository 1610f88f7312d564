/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/derive_units.h"

#include "base/poison.h"

/* A paragraph being gathered: where it stands, or where it is moved to. */
struct side {
	struct unit unit;
	struct unit_piece piece;
	size_t at; /* bytes of base text so far */
	bool begun;
};

struct cutting {
	struct arena *arena;
	const struct word_stream *s;
	const struct base *b;
	const struct word_set *set;
	struct units out;
	bool *paired;  /* one a move */
	size_t *goals; /* one a move: how many goals have been seen */
	struct side here, goal;
};

typedef VEC(size_t) places;

/* The change of this layer, if it is in the set and moves something; or WORD_NONE. */
static uint32_t moving(const struct cutting *c, const struct word_state *at, enum word_layer layer)
{
	uint32_t i = word_layer_in(c->s, at, layer);
	return i != WORD_NONE && c->set->in[i] && c->s->changes.p[i].move != WORD_NONE
	           ? c->s->changes.p[i].move
	           : WORD_NONE;
}

static bool is_goal_base(const struct cutting *c, const struct word_state *at)
{
	return word_layer_in(c->s, at, WORD_INS) == WORD_NONE;
}

/* --- which moves have both their ends --- */

static void pair_moves(struct cutting *c, places *sources)
{
	size_t *goals = arena_array(c->arena, size_t, c->s->moves.n + 1);
	for (size_t k = 0; k < c->b->par.n; k++) {
		uint32_t m = moving(c, &c->s->par.p[c->b->par.p[k].last].mark, WORD_MOVE_FROM);
		if (m != WORD_NONE)
			*vec_push(c->arena, &sources[m]) = k;
	}
	for (size_t i = 0; i < c->s->par.n; i++) {
		uint32_t m = moving(c, &c->s->par.p[i].mark, WORD_MOVE_TO);
		if (m != WORD_NONE && is_goal_base(c, &c->s->par.p[i].mark))
			goals[m]++;
	}
	for (size_t m = 0; m < c->s->moves.n; m++)
		c->paired[m] = goals[m] > 0 && goals[m] == sources[m].n;
}

/* --- gathering --- */

static void begin_piece(struct cutting *c, struct side *x, size_t first)
{
	x->piece = (struct unit_piece){
	    .from = x->at, .to = x->at, .reads = buf_in(c->arena, 0), .first = first};
}

static void begin_side(struct cutting *c, struct side *x, size_t first)
{
	*x = (struct side){0};
	begin_piece(c, x, first);
	x->begun = true;
}

static void close_piece(struct cutting *c, struct side *x)
{
	x->piece.to = x->at;
	*vec_push(c->arena, &x->unit.pieces) = x->piece;
}

static struct unit_edit *edit_at(struct cutting *c, struct side *x)
{
	struct unit_piece *p = &x->piece;
	struct unit_edit *last = p->edits.n ? &p->edits.p[p->edits.n - 1] : NULL;
	if (last && last->to == x->at)
		return last;
	struct unit_edit *e = vec_push(c->arena, &p->edits);
	*e = (struct unit_edit){x->at, x->at, buf_in(c->arena, 0)};
	return e;
}

static void take_run(struct cutting *c, struct side *x, const struct word_run *r, bool is_base)
{
	bool there = word_is_there(c->s, &r->state, c->set);
	if (!r->text.n)
		return;
	if (is_base) {
		x->piece.has_base = true;
		if (!there)
			edit_at(c, x)->to = x->at + r->text.n;
		x->at += r->text.n;
	} else if (there) {
		buf_put(&edit_at(c, x)->text, r->text);
	}
	if (there) {
		x->piece.has_shown = true;
		buf_put(&x->piece.reads, r->text);
	}
}

static void close_unit(struct cutting *c, struct side *x, size_t k, bool there)
{
	close_piece(c, x);
	x->unit.k = k;
	x->unit.mark_there = there;
	struct unit *u = vec_push(c->arena, &c->out.list);
	*u = x->unit;
	u->own = u->pieces.n - 1;
	for (size_t i = u->pieces.n; i-- > 0;)
		if (u->pieces.p[i].has_base)
			u->own = i;
	u->lead = u->own;
	u->halves = u->own;
	for (size_t i = u->own; i < u->pieces.n; i++)
		if (u->pieces.p[i].has_base)
			u->halves = i;
	x->begun = false;
}

/* The paragraphs of a goal: of what moves, and what is new between them. */
static bool take_goal(struct cutting *c, size_t i, places *sources)
{
	const struct word_par *p = &c->s->par.p[i];
	uint32_t m = moving(c, &p->mark, WORD_MOVE_TO);
	if (m == WORD_NONE || !c->paired[m])
		return false;
	struct side *x = &c->goal;
	if (!x->begun)
		begin_side(c, x, i);
	for (size_t r = 0; r < p->runs.n; r++) {
		const struct word_state *at = &p->runs.p[r].state;
		bool is_base =
		    word_layer_in(c->s, at, WORD_MOVE_TO) != WORD_NONE && is_goal_base(c, at);
		take_run(c, x, &p->runs.p[r], is_base);
	}
	bool there = word_is_there(c->s, &p->mark, c->set);
	if (is_goal_base(c, &p->mark)) {
		x->unit.is_goal = true;
		x->unit.move = m;
		close_unit(c, x, sources[m].p[c->goals[m]++], there);
	} else if (there) {
		close_piece(c, x);
		begin_piece(c, x, i + 1);
	}
	return true;
}

static void take_here(struct cutting *c, size_t i)
{
	const struct word_par *p = &c->s->par.p[i];
	struct side *x = &c->here;
	if (!x->begun)
		begin_side(c, x, i);
	/* Paragraphs of others that are not there say nothing of what begins here. */
	if (!x->piece.has_base && !x->piece.edits.n)
		x->piece.first = i;
	for (size_t r = 0; r < p->runs.n; r++)
		take_run(c, x, &p->runs.p[r], word_is_base(c->s, &p->runs.p[r].state));
	size_t k = c->b->of[i];
	bool there = word_is_there(c->s, &p->mark, c->set);
	if (k < c->b->par.n && c->b->par.p[k].last == i) {
		uint32_t m = moving(c, &p->mark, WORD_MOVE_FROM);
		x->unit.ends = p->ends;
		x->unit.is_away = m != WORD_NONE && c->paired[m];
		close_unit(c, x, k, there || !word_is_base(c->s, &p->mark));
	} else if (there || (p->ends && x->piece.has_shown)) {
		close_piece(c, x);
		begin_piece(c, x, i + 1);
	}
}

/* The empty paragraph that we put behind the last one is nobody's. */
static bool is_bare_end(const struct cutting *c, size_t i)
{
	const struct word_par *p = &c->s->par.p[i];
	if (!p->is_end || (c->b->of[i] < c->b->par.n && c->b->par.p[c->b->of[i]].last == i))
		return false;
	for (size_t r = 0; r < p->runs.n; r++)
		if (word_is_there(c->s, &p->runs.p[r].state, c->set))
			return false;
	return true;
}

struct units units_of(struct arena *a, const struct word_stream *s, const struct base *b,
    const struct word_set *set, bool fine)
{
	struct cutting c = {.arena = a, .s = s, .b = b, .set = set};
	places *sources = arena_array(a, places, s->moves.n + 1);
	c.paired = arena_array(a, bool, s->moves.n + 1);
	c.goals = arena_array(a, size_t, s->moves.n + 1);
	if (fine)
		pair_moves(&c, sources);
	for (size_t i = 0; i < s->par.n; i++)
		if (!take_goal(&c, i, sources) && !is_bare_end(&c, i))
			take_here(&c, i);
	/* What stands behind the last base paragraph: new ones only. */
	if (c.here.begun && (c.here.unit.pieces.n || c.here.piece.has_shown)) {
		if (c.here.piece.has_shown)
			close_piece(&c, &c.here);
		c.here.unit.k = SIZE_MAX;
		c.here.unit.mark_there = true;
		*vec_push(a, &c.out.list) = c.here.unit;
		struct unit *u = &c.out.list.p[c.out.list.n - 1];
		u->own = u->lead = u->halves = u->pieces.n;
	}
	return c.out;
}
