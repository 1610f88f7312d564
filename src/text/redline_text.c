/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/redline_say.h"

#include "base/poison.h"

size_t *text_redline_ordinals(struct arena *a, const struct text_redline *r)
{
	size_t *n = arena_array(a, size_t, r->x->n + 1);
	size_t all = 0;
	for (size_t i = 0; i < r->x->n; i++) {
		n[i] = all;
		all += !r->x->par[i].is_gone;
	}
	return n;
}

/* "paragraph 3", "paragraphs 3, 4 and 5": by the numbers they show, or by counting. */
static void put_names(
    struct buf *b, const struct text_redline *r, const struct text_red *p, const size_t *ordinal)
{
	buf_put(b, p->olds_n == 1 ? S("paragraph ") : S("paragraphs "));
	for (size_t k = 0; k < p->olds_n; k++) {
		if (k)
			buf_put(b, k + 1 < p->olds_n ? S(", ") : S(" and "));
		str number = r->x->par[p->old[k]].number;
		if (number.n)
			buf_put(b, number);
		else
			buf_put_u64(b, ordinal[p->old[k]] + 1);
	}
}

str text_redline_note(
    struct arena *a, const struct text_redline *r, const struct text_red *p, const size_t *ordinal)
{
	struct buf b = buf_in(a, 0);
	switch (p->change) {
	case TEXT_IS_SAME:
	case TEXT_IS_CHANGED:
	case TEXT_IS_INSERTED:
	case TEXT_IS_DELETED:
		return STR_EMPTY;
	case TEXT_IS_MOVED:
		buf_put(&b, S("moved here; it was "));
		put_names(&b, r, p, ordinal);
		break;
	case TEXT_IS_SPLIT:
		buf_put(&b, S("split from the paragraph before; both were "));
		put_names(&b, r, p, ordinal);
		break;
	case TEXT_IS_JOINED:
		buf_put(&b, S("joined from "));
		put_names(&b, r, p, ordinal);
		break;
	}
	return buf_str(&b);
}

str text_redline_text(struct arena *a, const struct text_redline *r)
{
	struct buf b = buf_in(a, 0);
	const size_t *ordinal = text_redline_ordinals(a, r);
	for (size_t i = 0; i < r->n; i++) {
		const struct text_red *p = &r->par[i];
		buf_sep(&b, S("\n"));
		str note = text_redline_note(a, r, p, ordinal);
		if (note.n) {
			buf_putc(&b, '(');
			buf_put(&b, note);
			buf_put(&b, S(")\n"));
		}
		for (size_t k = 0; k < p->spans_n; k++) {
			const struct text_span *s = &p->span[k];
			bool both = s->op == '=';
			if (!both)
				buf_put(&b, s->op == '-' ? S("[-") : S("{+"));
			/* The end of a paragraph that is none any more. */
			buf_put(&b, s->border ? S("¶") : s->text);
			if (!both)
				buf_put(&b, s->op == '-' ? S("-]") : S("+}"));
		}
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}
