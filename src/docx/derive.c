/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/derive.h"

#include "docx/derive_units.h"

#include "base/poison.h"

struct deriving {
	struct arena *arena;
	struct text_lexer *lexer;
	const struct scan *scan;
	const struct base *b;
	bool fine;
	bool failed;
	str after;        /* the id behind which what is new comes */
	size_t after_par; /* its base paragraph, or TEXT_START */
	struct derived *out;
};

static void wish(struct deriving *d, struct text_wish w, size_t k)
{
	*vec_push(d->arena, &d->out->wishes.list) = w;
	*vec_push(d->arena, &d->out->par_of_wish) = k;
}

static str id_of(const struct deriving *d, size_t k)
{
	return d->b->par.p[k].id;
}

static bool is_base_id(const struct deriving *d, str id)
{
	for (size_t k = 0; k < d->b->par.n; k++)
		if (str_eq(d->b->par.p[k].id, id))
			return true;
	return false;
}

/* What a new paragraph says that it is called; empty when that is somebody else's id. */
static str new_id(const struct deriving *d, size_t first)
{
	str id = base_said_id(d->scan, &d->scan->stream.par.p[first]);
	return id.p && !is_base_id(d, id) ? id : STR_EMPTY;
}

static void say_new(struct deriving *d, const struct unit_piece *p)
{
	const struct word_par *w = &d->scan->stream.par.p[p->first];
	wish(d,
	    (struct text_wish){.verb = TEXT_DO_INSERT_PAR,
	        .after = d->after,
	        .text = buf_str(&p->reads),
	        .kind = w->kind,
	        .level = w->level,
	        .id = new_id(d, p->first)},
	    d->after_par);
}

static void say_delete(struct deriving *d, size_t k)
{
	wish(d, (struct text_wish){.verb = TEXT_DO_DELETE_PAR, .par = id_of(d, k)}, k);
}

/* --- words --- */

/* To edges of graphemes, taking what is between along. */
static void widen(struct deriving *d, str text, size_t *from, size_t *to, str *fresh)
{
	size_t lo = text_graphemes(d->lexer, str_head(text, *from));
	size_t begin = text_grapheme_at(d->lexer, text, lo);
	while (begin == SIZE_MAX || begin > *from)
		begin = text_grapheme_at(d->lexer, text, --lo);
	size_t hi = lo, end = begin;
	while (end < *to)
		end = text_grapheme_at(d->lexer, text, ++hi);
	if (begin < *from || end > *to)
		*fresh = arena_printf(d->arena, "%.*s%.*s%.*s", (int)(*from - begin),
		    text.p + begin, STR(*fresh), (int)(end - *to), text.p + *to);
	*from = lo;
	*to = hi;
}

static void say_edit(struct deriving *d, size_t k, size_t from, size_t to, str fresh)
{
	if (from == to && !fresh.n)
		return;
	str text = d->b->par.p[k].text;
	widen(d, text, &from, &to, &fresh);
	struct text_wish w = {
	    .verb = TEXT_DO_REPLACE, .par = id_of(d, k), .from = from, .to = to, .text = fresh};
	if (from == to)
		w.verb = TEXT_DO_INSERT;
	else if (!fresh.n)
		w.verb = TEXT_DO_DELETE;
	wish(d, w, k);
}

static void say_edits(struct deriving *d, const struct unit *u, const struct unit_piece *p)
{
	for (size_t i = 0; i < p->edits.n; i++)
		say_edit(
		    d, u->k, p->edits.p[i].from, p->edits.p[i].to, buf_str(&p->edits.p[i].text));
}

/* Words put in right before a cut would come to stand behind it. */
static bool can_split(const struct unit *u)
{
	for (size_t i = u->own; i < u->halves; i++) {
		const struct unit_piece *p = &u->pieces.p[i], *next = p + 1;
		const struct unit_edit *last = p->edits.n ? &p->edits.p[p->edits.n - 1] : NULL;
		bool hangs = last && last->from == last->to && last->from == p->to && last->text.n;
		if (!p->has_base || !next->has_base || hangs)
			return false;
	}
	return true;
}

static void say_split(struct deriving *d, const struct unit *u)
{
	str text = d->b->par.p[u->k].text;
	for (size_t i = u->own; i <= u->halves; i++) {
		const struct unit_piece *p = &u->pieces.p[i];
		if (i > u->own)
			wish(d,
			    (struct text_wish){.verb = TEXT_DO_SPLIT_PAR,
			        .par = id_of(d, u->k),
			        .from = text_graphemes(d->lexer, str_head(text, p->from)),
			        .id = new_id(d, p->first)},
			    u->k);
		say_edits(d, u, p);
	}
}

/* The first piece alone is the paragraph; the words of the others leave it. */
static void say_cut_short(struct deriving *d, const struct unit *u)
{
	const struct unit_piece *p = &u->pieces.p[u->own];
	size_t end = d->b->par.p[u->k].text.n;
	for (size_t i = 0; i < p->edits.n; i++) {
		const struct unit_edit *e = &p->edits.p[i];
		bool reaches = e->to == p->to && p->to < end;
		say_edit(d, u->k, e->from, reaches ? end : e->to, buf_str(&e->text));
		if (reaches)
			return;
	}
	say_edit(d, u->k, p->to, end, STR_EMPTY);
}

/* --- a paragraph --- */

static void say_lead(struct deriving *d, const struct unit *u)
{
	for (size_t i = 0; i < u->lead && i < u->pieces.n; i++)
		say_new(d, &u->pieces.p[i]);
}

/* What a unit's own words become; where its pieces behind become new paragraphs, they follow. */
static void say_unit(struct deriving *d, const struct unit *u, bool deleted)
{
	bool splits = d->fine && can_split(u);
	d->failed = d->failed || (d->fine && u->halves > u->own && !splits);
	size_t rest = splits ? u->halves + 1 : u->own + 1;
	if (deleted)
		say_delete(d, u->k);
	else if (splits)
		say_split(d, u);
	else
		say_cut_short(d, u);
	for (size_t i = rest; i < u->pieces.n; i++)
		say_new(d, &u->pieces.p[i]);
}

static bool shows(const struct unit *u)
{
	for (size_t i = u->own; i < u->pieces.n; i++)
		if (u->pieces.p[i].has_shown)
			return true;
	return false;
}

/* --- marks that go --- */

static bool has_space(str text, size_t at)
{
	return at < text.n && text.p[at] == ' ';
}

/* The text that joins: a space that was put between two that have none. */
static str take_joint(struct deriving *d, struct unit *u, size_t right)
{
	struct unit_piece *p = &u->pieces.p[u->pieces.n - 1];
	struct unit_edit *last = p->edits.n ? &p->edits.p[p->edits.n - 1] : NULL;
	str left = d->b->par.p[u->k].text;
	if (has_space(left, left.n - 1) || has_space(d->b->par.p[right].text, 0))
		return STR_EMPTY;
	if (!last || last->to != p->to || !last->text.n || last->text.p[last->text.n - 1] != ' ')
		return STR_EMPTY;
	last->text.n--;
	return S(" ");
}

/* Units i..last are one paragraph in the end: the marks of all but the last are gone. */
static void say_chain(struct deriving *d, struct units *all, size_t i, size_t last)
{
	size_t first_shown = SIZE_MAX, last_shown = i;
	for (size_t u = i; u <= last; u++)
		if (shows(&all->list.p[u])) {
			first_shown = first_shown == SIZE_MAX ? u : first_shown;
			last_shown = u;
		}
	bool none = first_shown == SIZE_MAX;
	bool stays = all->list.p[last].mark_there;
	struct buf whole = buf_in(d->arena, 0);
	for (size_t u = i; u <= last; u++) {
		struct unit *x = &all->list.p[u];
		bool deleted = none ? u < last || !stays : u < first_shown || u > last_shown;
		if (x->is_goal && !deleted && u > i && d->fine &&
		    x->move != all->list.p[u - 1].move)
			d->failed = true;
		say_lead(d, x);
		d->after = x->is_goal ? d->after : id_of(d, x->k);
		d->after_par = x->is_goal ? d->after_par : x->k;
		if (!deleted && !none && u < last_shown && d->fine) {
			struct text_wish join = {.verb = TEXT_DO_JOIN_PAR,
			    .par = id_of(d, x->k),
			    .last = id_of(d, all->list.p[u + 1].k),
			    .text = take_joint(d, x, all->list.p[u + 1].k),
			    .exact = true};
			wish(d, join, x->k);
		}
		if (d->fine || none || first_shown == last_shown) {
			say_unit(d, x, deleted);
			continue;
		}
		/* Coarse: the first says it all. */
		for (size_t k = x->own; k < x->pieces.n; k++)
			buf_put(&whole, buf_str(&x->pieces.p[k].reads));
		if (u != first_shown)
			say_delete(d, x->k);
	}
	if (!d->fine && !none && first_shown < last_shown) {
		size_t k = all->list.p[first_shown].k;
		*vec_push(d->arena, &d->out->readings) =
		    (struct text_reading){.par = id_of(d, k), .text = buf_str(&whole)};
		*vec_push(d->arena, &d->out->par_of_reading) = k;
	}
}

/*
 * A mark deleted and another put in right behind it: the last of these units that shows something
 * goes on with what stands before the new mark, and has a mark in the end.
 */
static void keep_mark(struct deriving *d, struct units *all, size_t first, size_t last)
{
	struct unit *next = &all->list.p[last + 1], *u = NULL;
	for (size_t i = first; i <= last; i++)
		u = shows(&all->list.p[i]) ? &all->list.p[i] : u;
	if (!u)
		return;
	struct unit_piece *p = &u->pieces.p[u->pieces.n - 1], *lead = &next->pieces.p[0];
	struct unit_edit *e = p->edits.n ? &p->edits.p[p->edits.n - 1] : NULL;
	if (!e || e->to != p->to) {
		e = vec_push(d->arena, &p->edits);
		*e = (struct unit_edit){p->to, p->to, buf_in(d->arena, 0)};
	}
	buf_put(&e->text, buf_str(&lead->reads));
	buf_put(&p->reads, buf_str(&lead->reads));
	for (size_t i = 1; i < next->pieces.n; i++)
		next->pieces.p[i - 1] = next->pieces.p[i];
	next->pieces.n--;
	next->own--;
	next->lead--;
	next->halves--;
	u->mark_there = true;
}

static bool same_place(const struct unit *x, const struct unit *y)
{
	return x->is_goal == y->is_goal && y->k != SIZE_MAX && !y->is_away &&
	       (!x->is_goal || x->move == y->move);
}

/* --- moves --- */

/* Consecutive ones of one block follow each other. */
static void say_move(struct deriving *d, const struct units *all, size_t i)
{
	const struct unit *u = &all->list.p[i], *before = i ? u - 1 : NULL;
	bool follows = before && before->is_goal && before->move == u->move;
	wish(d,
	    (struct text_wish){.verb = TEXT_DO_MOVE_PAR,
	        .par = id_of(d, u->k),
	        .after = follows ? id_of(d, before->k) : d->after},
	    u->k);
}

/* All moves before anything else: those of one block must follow each other. */
static void say_moves(struct deriving *d, const struct units *all)
{
	for (size_t i = 0; i < all->list.n; i++) {
		if (all->list.p[i].is_goal)
			say_move(d, all, i);
		else if (all->list.p[i].k != SIZE_MAX)
			d->after = id_of(d, all->list.p[i].k);
	}
	d->after = STR_EMPTY;
}

/* A moved paragraph: new ones in front of it stand behind the one before it in its block. */
static size_t say_goal(struct deriving *d, struct units *all, size_t i)
{
	str after = d->after;
	size_t after_par = d->after_par, last = i;
	while (!all->list.p[last].mark_there && last + 1 < all->list.n &&
	       same_place(&all->list.p[last], &all->list.p[last + 1]))
		last++;
	if (i && all->list.p[i - 1].is_goal && all->list.p[i - 1].move == all->list.p[i].move) {
		d->after = id_of(d, all->list.p[i - 1].k);
		d->after_par = all->list.p[i - 1].k;
	}
	say_chain(d, all, i, last);
	d->after = after;
	d->after_par = after_par;
	return last + 1;
}

static size_t say_next(struct deriving *d, struct units *all, size_t i)
{
	struct unit *u = &all->list.p[i];
	if (u->is_goal)
		return say_goal(d, all, i);
	if (u->k == SIZE_MAX) {
		say_lead(d, u);
		return i + 1;
	}
	if (u->is_away) {
		say_lead(d, u);
		d->after = id_of(d, u->k);
		d->after_par = u->k;
		return i + 1;
	}
	size_t last = i;
	while (!all->list.p[last].mark_there && !all->list.p[last].ends && last + 1 < all->list.n) {
		struct unit *x = &all->list.p[last], *next = x + 1;
		if (!same_place(x, next) && next->k != SIZE_MAX)
			break;
		if (next->lead) {
			keep_mark(d, all, i, last);
			break;
		}
		if (next->k == SIZE_MAX)
			break;
		last++;
	}
	say_chain(d, all, i, last);
	return last + 1;
}

bool derive(struct arena *a, struct text_lexer *l, const struct scan *scan, const struct base *b,
    const struct word_set *set, bool fine, struct derived *out)
{
	*out = (struct derived){0};
	struct units all = units_of(a, &scan->stream, b, set, fine);
	struct deriving d = {.arena = a,
	    .lexer = l,
	    .scan = scan,
	    .b = b,
	    .fine = fine,
	    .after = STR_EMPTY,
	    .after_par = TEXT_START,
	    .out = out};
	say_moves(&d, &all);
	for (size_t i = 0; i < all.list.n;)
		i = say_next(&d, &all, i);
	return !d.failed;
}
