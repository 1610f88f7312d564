/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/relate.h"

#include "base/must.h"
#include "base/poison.h"

/* What a pair comes to; why is static. */
struct verdict {
	enum text_relation relation;
	const char *why;
};

static const struct verdict apart = {TEXT_APART, NULL};

static struct verdict conflict(const char *why)
{
	return (struct verdict){TEXT_CONFLICT, why};
}

static struct verdict alternatives(const char *why)
{
	return (struct verdict){TEXT_ALTERNATIVES, why};
}

/* The paragraph p is one of those that a move takes along. */
static bool moves(const struct text_op *move, size_t p)
{
	return p != TEXT_START && move->par <= p && p <= move->last;
}

/* The gap behind p lies between the two paragraphs of a join. */
static bool is_seam(const struct text_op *join, size_t p)
{
	return p != TEXT_START && join->par <= p && p < join->last;
}

static struct verdict edit_edit(const struct text_op *x, const struct text_op *y)
{
	bool point = x->from == x->to;
	if (point && y->from == y->to)
		return x->from == y->from
		           ? alternatives("Both insert different words at the same place.")
		           : apart;
	if (point || y->from == y->to) {
		const struct text_op *in = point ? x : y, *range = point ? y : x;
		return range->from < in->from && in->from < range->to
		           ? conflict("One inserts words inside words that the other takes out.")
		           : apart;
	}
	if (x->to <= y->from || y->to <= x->from)
		return apart;
	if (x->text.n == 0 && y->text.n == 0)
		return (struct verdict){TEXT_OVERLAP, NULL};
	return conflict("Both change the same words.");
}

static struct verdict edit_split(const struct text_op *edit, const struct text_op *split)
{
	return edit->from < split->from && split->from < edit->to
	           ? conflict("One splits the paragraph inside words that the other changes.")
	           : apart;
}

/* Text of the paragraph, or its shape, against its deletion. */
static struct verdict inside_delete(const struct text_op *x, const struct text_op *gone)
{
	return x->par == gone->par ? conflict("One changes a paragraph that the other deletes.")
	                           : apart;
}

static struct verdict delete_move(const struct text_op *gone, const struct text_op *move)
{
	return moves(move, gone->par) ? conflict("One moves a paragraph that the other deletes.")
	                              : apart;
}

static struct verdict delete_join(const struct text_op *gone, const struct text_op *join)
{
	return gone->par == join->par || gone->par == join->last
	           ? conflict("One joins a paragraph that the other deletes.")
	           : apart;
}

static struct verdict insert_move(const struct text_op *insert, const struct text_op *move)
{
	if (insert->after == move->after)
		return alternatives("Both put a paragraph at the same place.");
	if (insert->after == move->last)
		return conflict("One puts a paragraph behind one that the other moves away.");
	return apart;
}

static struct verdict insert_join(const struct text_op *insert, const struct text_op *join)
{
	return is_seam(join, insert->after)
	           ? conflict("One puts a paragraph between two that the other joins.")
	           : apart;
}

static struct verdict insert_insert(const struct text_op *x, const struct text_op *y)
{
	return x->after == y->after ? alternatives("Both put a paragraph at the same place.")
	                            : apart;
}

static struct verdict move_move(const struct text_op *x, const struct text_op *y)
{
	if (x->par <= y->last && y->par <= x->last)
		return conflict("Both move the same paragraph to different places.");
	if (moves(y, x->after) || moves(x, y->after))
		return conflict("One moves a paragraph behind one that the other moves away.");
	if (x->after == y->after)
		return alternatives("Both put a paragraph at the same place.");
	return apart;
}

static struct verdict move_join(const struct text_op *move, const struct text_op *join)
{
	if (moves(move, join->par) != moves(move, join->last))
		return conflict("One moves a paragraph that the other joins.");
	if (is_seam(join, move->after))
		return conflict("One puts a paragraph between two that the other joins.");
	return apart;
}

/* By position alone: what else is adopted must not change what two operations are to each other. */
static struct verdict split_join(
    const struct text_doc *d, const struct text_op *split, const struct text_op *join)
{
	bool at_end = split->par == join->par && split->from == d->par[split->par].full.n;
	bool at_start = split->par == join->last && split->from == 0;
	return at_end || at_start ? conflict("One splits where the other joins.") : apart;
}

static struct verdict join_join(const struct text_op *x, const struct text_op *y)
{
	return x->par == y->par || x->last == y->last
	           ? conflict("Both join the same paragraph with different ones.")
	           : apart;
}

static struct verdict same_par(struct verdict v, const struct text_op *x, const struct text_op *y)
{
	return x->par == y->par ? v : apart;
}

/* x->kind <= y->kind, and they are not the same. */
static struct verdict relate(
    const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
#define PAIR(a, b) ((unsigned)(a)*8 + (unsigned)(b))
	switch (PAIR(x->kind, y->kind)) {
	case PAIR(TEXT_EDIT, TEXT_EDIT):
		return same_par(edit_edit(x, y), x, y);
	case PAIR(TEXT_EDIT, TEXT_SPLIT):
		return same_par(edit_split(x, y), x, y);
	case PAIR(TEXT_EDIT, TEXT_DELETE_PAR):
		return inside_delete(x, y);
	case PAIR(TEXT_DELETE_PAR, TEXT_SPLIT):
	case PAIR(TEXT_DELETE_PAR, TEXT_RESTORE):
		return inside_delete(y, x);
	case PAIR(TEXT_EDIT, TEXT_RESTORE):
		return x->from < x->to && x->from < y->to && y->from < x->to
		           ? same_par(
		                 conflict("One takes out words that the other puts back."), x, y)
		           : apart;
	case PAIR(TEXT_INSERT_PARS, TEXT_INSERT_PARS):
		return insert_insert(x, y);
	case PAIR(TEXT_INSERT_PARS, TEXT_MOVE):
		return insert_move(x, y);
	case PAIR(TEXT_INSERT_PARS, TEXT_JOIN):
		return insert_join(x, y);
	case PAIR(TEXT_DELETE_PAR, TEXT_MOVE):
		return delete_move(x, y);
	case PAIR(TEXT_DELETE_PAR, TEXT_JOIN):
		return delete_join(x, y);
	case PAIR(TEXT_MOVE, TEXT_MOVE):
		return move_move(x, y);
	case PAIR(TEXT_MOVE, TEXT_JOIN):
		return move_join(x, y);
	case PAIR(TEXT_SPLIT, TEXT_JOIN):
		return split_join(d, x, y);
	case PAIR(TEXT_JOIN, TEXT_JOIN):
		return join_join(x, y);
	default: /* a move carries what is inside along; splits, restorations do not meet */
		return apart;
	}
#undef PAIR
}

enum text_relation text_relate(
    const struct text_doc *d, const struct text_op *x, const struct text_op *y, const char **why)
{
	struct verdict v = {TEXT_THE_SAME, NULL};
	if (!text_op_same(x, y))
		v = x->kind <= y->kind ? relate(d, x, y) : relate(d, y, x);
	if (why)
		*why = v.why;
	return v.relation;
}
