/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/op.h"

#include "base/poison.h"

bool text_op_is_live(const struct text_op *op)
{
	return op->outcome == TEXT_UNCHANGED || op->outcome == TEXT_PARTLY_SATISFIED;
}

bool text_op_is_deletion(const struct text_op *op)
{
	return op->kind == TEXT_EDIT && op->from < op->to && op->text.n == 0;
}

bool text_op_is_insertion(const struct text_op *op)
{
	return op->kind == TEXT_EDIT && op->from == op->to;
}

size_t text_op_home(const struct text_op *op)
{
	return op->kind == TEXT_INSERT_PARS ? op->after : op->par;
}

static int by_size(size_t x, size_t y)
{
	return (x > y) - (x < y);
}

static int by_news(const struct text_op *x, const struct text_op *y)
{
	for (size_t i = 0; i < x->news_n && i < y->news_n; i++) {
		const struct text_new *m = &x->news[i], *n = &y->news[i];
		int c = str_cmp(m->text, n->text);
		c = c ? c : by_size(m->kind, n->kind);
		c = c ? c : by_size(m->level, n->level);
		if (c)
			return c;
	}
	return by_size(x->news_n, y->news_n);
}

int text_op_order(const struct text_op *x, const struct text_op *y)
{
	/* TEXT_START + 1 is 0: what comes before the first paragraph is first. */
	int c = by_size(text_op_home(x) + 1, text_op_home(y) + 1);
	c = c ? c : by_size(x->kind, y->kind);
	c = c ? c : by_size(x->from, y->from);
	c = c ? c : by_size(x->to, y->to);
	c = c ? c : by_size(x->last, y->last);
	c = c ? c : by_size(x->after + 1, y->after + 1);
	c = c ? c : str_cmp(x->text, y->text);
	if (c || x->kind != TEXT_INSERT_PARS)
		return c;
	return by_news(x, y);
}

bool text_op_same(const struct text_op *x, const struct text_op *y)
{
	return text_op_order(x, y) == 0;
}
