/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Whether the words of an operation stand in what the facilitator wrote: the stretch that both
 * bear on is read as it was, as the source would have it, and as the facilitator has it, and the
 * three are compared word by word.
 */
#include "base/buf.h"
#include "text/diff.h"
#include "text/streamline_inner.h"

#include "base/poison.h"

/* A text cut into words, with a mark for some of them. */
struct words {
	str s;
	struct text_tokens t;
	bool *mark;
};

static struct words cut(struct text_judge *j, str s)
{
	struct words w = {.s = s, .t = text_cut(j->arena, j->lexer, s)};
	w.mark = arena_array(j->arena, bool, w.t.n + 1);
	return w;
}

static str word(const struct words *w, size_t i)
{
	size_t from = i ? w->t.end[i - 1] : 0;
	return (str){w->s.p + from, w->t.end[i] - from};
}

/* Marks what of x is not in y, in the order of both. */
static void mark_changed(struct text_judge *j, struct words *x, const struct words *y)
{
	struct text_hunks h = text_diff_words(j->arena, &x->t, &y->t);
	for (size_t i = 0; i < h.list.n; i++)
		for (size_t k = h.list.p[i].a_from; k < h.list.p[i].a_to; k++)
			x->mark[k] = true;
}

/* How many words are asked for, and how many of them were taken up. */
struct score {
	size_t all, taken;
	bool broken; /* others stand between them */
	struct buf kept, left_out;
};

static void put_word(struct buf *b, str w, bool goes_on)
{
	if (!goes_on && b->n)
		buf_put(b, S(" … "));
	buf_put(b, w);
}

/* Where y has words between two that follow each other in x. */
static bool *breaks_of(struct text_judge *j, const struct words *x, const struct words *y)
{
	bool *breaks = arena_array(j->arena, bool, x->t.n + 1);
	struct text_hunks h = text_diff_words(j->arena, &x->t, &y->t);
	for (size_t i = 0; i < h.list.n; i++)
		if (h.list.p[i].b_from < h.list.p[i].b_to)
			breaks[h.list.p[i].a_from] = true;
	return breaks;
}

/*
 * Counts the words of `asked` that are in `got`. fresh: new words, which are also listed and must
 * stand together. Without any word, spaces count.
 */
static void count_words(struct text_judge *j, struct score *s, const struct words *asked,
    struct words *again, const struct words *got)
{
	bool *breaks = breaks_of(j, again, got);
	mark_changed(j, again, got);
	bool was_new = false, was_left = false;
	for (size_t i = 0; i < asked->t.n; i++) {
		bool is_new = asked->mark[i], left = again->mark[i];
		if (is_new) {
			bool counts = !text_token_is_space(word(asked, i));
			s->all += counts;
			s->taken += counts && !left;
			s->broken = s->broken || (was_new && breaks[i]);
			put_word(left ? &s->left_out : &s->kept, word(asked, i),
			    was_new && was_left == left);
		}
		was_new = is_new;
		was_left = left;
	}
}

/* Counts the words that `gone` marks and that `got` has taken out, too. */
static void count_gone(struct score *s, const struct words *gone, const struct words *got)
{
	for (size_t i = 0; i < gone->t.n; i++)
		if (gone->mark[i] && !text_token_is_space(word(gone, i))) {
			s->all++;
			s->taken += got->mark[i];
		}
}

/* base as it was; mine as the source would have it; theirs as the facilitator has it. */
static struct score compare(struct text_judge *j, str base, str mine, str theirs)
{
	struct score s = {.kept = buf_in(j->arena, 0), .left_out = buf_in(j->arena, 0)};
	struct words b = cut(j, base), c = cut(j, base), m = cut(j, mine), n = cut(j, mine);
	struct words t = cut(j, theirs);
	mark_changed(j, &b, &m); /* what the source takes out */
	mark_changed(j, &c, &t); /* what the facilitator takes out */
	mark_changed(j, &m, &b); /* what the source puts in */
	count_words(j, &s, &m, &n, &t);
	count_gone(&s, &b, &c);
	if (!s.all && str_eq(mine, theirs))
		s.all = s.taken = 1;
	return s;
}

/* --- the stretch that both bear on --- */

struct stretch {
	size_t from, to;
};

static bool is_edit_of(const struct text_op *op, size_t par)
{
	return op->kind == TEXT_EDIT && op->par == par && text_op_is_live(op);
}

/* Widened until no edit of the facilitator reaches over its ends. */
static struct stretch stretch_of(const struct text_judge *j, const struct text_op *op)
{
	struct stretch s = {op->from, op->to};
	for (bool grown = true; grown;) {
		grown = false;
		for (size_t i = 0; i < j->merged->ops_n; i++) {
			const struct text_op *f = &j->merged->ops[i];
			if (!is_edit_of(f, op->par) || f->from > s.to || f->to < s.from ||
			    (f->from >= s.from && f->to <= s.to))
				continue;
			s.from = f->from < s.from ? f->from : s.from;
			s.to = f->to > s.to ? f->to : s.to;
			grown = true;
		}
	}
	return s;
}

static bool deletes_par(const struct text_judge *j, size_t par)
{
	for (size_t i = 0; i < j->merged->ops_n; i++)
		if (j->merged->ops[i].kind == TEXT_DELETE_PAR && j->merged->ops[i].par == par)
			return true;
	return false;
}

static int by_from(const void *x, const void *y)
{
	const struct text_op *const *p = x, *const *q = y;
	if ((*p)->from != (*q)->from)
		return (*p)->from < (*q)->from ? -1 : 1;
	return ((*p)->to > (*q)->to) - ((*p)->to < (*q)->to);
}

/* The stretch as the facilitator has it. */
static str theirs_of(struct text_judge *j, const struct text_par *p, size_t par, struct stretch s)
{
	struct buf b = buf_in(j->arena, 0);
	VEC(const struct text_op *) edits = {0};
	if (deletes_par(j, par))
		return STR_EMPTY;
	for (size_t i = 0; i < j->merged->ops_n; i++) {
		const struct text_op *f = &j->merged->ops[i];
		if (is_edit_of(f, par) && f->from >= s.from && f->to <= s.to)
			*vec_push(j->arena, &edits) = f;
	}
	vec_sort(&edits, by_from);
	size_t at = s.from;
	for (size_t i = 0; i < edits.n; i++) {
		buf_put(&b, text_par_between(j->arena, p, at, edits.p[i]->from));
		buf_put(&b, edits.p[i]->text);
		at = edits.p[i]->to;
	}
	buf_put(&b, text_par_between(j->arena, p, at, s.to));
	return buf_str(&b);
}

/* --- verdicts --- */

struct places {
	VEC(size_t) list;
};

static void give(struct text_provenance *row, const struct score *s, const struct places *by)
{
	if (!s->taken || s->taken * 4 < s->all)
		return;
	row->taken = s->taken == s->all && !s->broken ? TEXT_TAKEN : TEXT_TAKEN_IN_PART;
	row->kept = str_trim(buf_str(&s->kept));
	row->left_out = str_trim(buf_str(&s->left_out));
	row->by = by->list.p;
	row->by_n = by->list.n;
}

static str all_text(struct arena *a, const struct text_op *op)
{
	struct buf b = buf_in(a, 0);
	if (op->kind == TEXT_EDIT)
		return op->text;
	for (size_t i = 0; op->kind == TEXT_INSERT_PARS && i < op->news_n; i++) {
		buf_sep(&b, S("\n"));
		buf_put(&b, op->news[i].text);
	}
	return buf_str(&b);
}

/* New words that stand as they are in another place of the facilitator's text. */
static bool is_elsewhere(struct text_judge *j, const struct text_op *op, struct places *by)
{
	str wanted = str_trim(all_text(j->arena, op));
	if (!wanted.n || op->from < op->to)
		return false;
	for (size_t i = 0; i < j->merged->ops_n; i++) {
		if (str_find(all_text(j->arena, &j->merged->ops[i]), wanted) == SIZE_MAX)
			continue;
		*vec_push(j->arena, &by->list) = i;
		return true;
	}
	return false;
}

static void judge_edit(struct text_judge *j, const struct text_op *op, struct text_provenance *row)
{
	const struct text_par *p = &j->doc->par[op->par];
	struct stretch s = stretch_of(j, op);
	struct buf mine = buf_in(j->arena, 0);
	buf_put(&mine, text_par_between(j->arena, p, s.from, op->from));
	buf_put(&mine, op->text);
	buf_put(&mine, text_par_between(j->arena, p, op->to, s.to));
	struct score score = compare(j, text_par_between(j->arena, p, s.from, s.to), buf_str(&mine),
	    theirs_of(j, p, op->par, s));
	struct places by = {0}, other = {0};
	if (score.taken < score.all && is_elsewhere(j, op, &other)) {
		row->taken = TEXT_TAKEN;
		row->kept = str_trim(op->text);
		row->left_out = STR_EMPTY;
		row->by = other.list.p;
		row->by_n = other.list.n;
		return;
	}
	for (size_t i = 0; i < j->merged->ops_n; i++) {
		const struct text_op *f = &j->merged->ops[i];
		bool touches = is_edit_of(f, op->par) && f->from <= op->to && f->to >= op->from;
		if (touches || (f->kind == TEXT_DELETE_PAR && f->par == op->par))
			*vec_push(j->arena, &by.list) = i;
	}
	give(row, &score, &by);
}

/* New paragraphs: compared with the new text of the facilitator that has most of their words. */
static void judge_pars(struct text_judge *j, const struct text_op *op, struct text_provenance *row)
{
	str mine = all_text(j->arena, op);
	struct score best = {0};
	struct places by = {0};
	for (size_t i = 0; i < j->merged->ops_n; i++) {
		str theirs = all_text(j->arena, &j->merged->ops[i]);
		if (!theirs.n)
			continue;
		struct score s = compare(j, STR_EMPTY, mine, theirs);
		if (by.list.n && (s.taken < best.taken || (s.taken == best.taken && s.broken)))
			continue;
		best = s;
		by.list.n = 0;
		*vec_push(j->arena, &by.list) = i;
	}
	if (by.list.n)
		give(row, &best, &by);
}

static void judge_deletion(
    struct text_judge *j, const struct text_op *op, struct text_provenance *row)
{
	const struct text_par *p = &j->doc->par[op->par];
	struct stretch s = {0, p->full.n};
	struct score score =
	    compare(j, text_par_read(j->arena, p), STR_EMPTY, theirs_of(j, p, op->par, s));
	struct places by = {0};
	for (size_t i = 0; i < j->merged->ops_n; i++)
		if (is_edit_of(&j->merged->ops[i], op->par))
			*vec_push(j->arena, &by.list) = i;
	give(row, &score, &by);
	/* All words gone is not yet a paragraph gone. */
	if (row->taken == TEXT_TAKEN)
		row->taken = TEXT_TAKEN_IN_PART;
}

static void judge_move(struct text_judge *j, const struct text_op *op, struct text_provenance *row)
{
	for (size_t i = 0; i < j->merged->ops_n; i++) {
		const struct text_op *f = &j->merged->ops[i];
		if (f->kind != TEXT_MOVE || f->par > op->last || f->last < op->par)
			continue;
		row->taken = TEXT_TAKEN_IN_PART;
		row->by = arena_new_of(j->arena, size_t);
		row->by[row->by_n++] = i;
		return;
	}
}

void text_judge_op(struct text_judge *j, const struct text_op *op, struct text_provenance *row)
{
	row->taken = TEXT_NOT_TAKEN;
	row->left_out = str_trim(all_text(j->arena, op));
	if (!text_op_is_live(op))
		return;
	for (size_t i = 0; i < j->merged->ops_n; i++)
		if (text_op_same(op, &j->merged->ops[i])) {
			row->taken = TEXT_TAKEN;
			row->kept = row->left_out;
			row->left_out = STR_EMPTY;
			row->by = arena_new_of(j->arena, size_t);
			row->by[row->by_n++] = i;
			return;
		}
	if (op->kind == TEXT_EDIT)
		judge_edit(j, op, row);
	else if (op->kind == TEXT_INSERT_PARS)
		judge_pars(j, op, row);
	else if (op->kind == TEXT_DELETE_PAR)
		judge_deletion(j, op, row);
	else if (op->kind == TEXT_MOVE)
		judge_move(j, op, row);
}
