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

str text_redline_olds(
    struct arena *a, const struct text_redline *r, const struct text_red *p, const size_t *ordinal)
{
	struct buf b = buf_in(a, 0);
	for (size_t k = 0; k < p->olds_n; k++) {
		str number = r->x->par[p->old[k]].number;
		buf_sep(&b, S(", "));
		if (number.n)
			buf_put(&b, number);
		else
			buf_put_u64(&b, ordinal[p->old[k]] + 1);
	}
	return buf_str(&b);
}

const char *text_redline_sentence(const struct text_red *p)
{
	switch (p->change) {
	case TEXT_IS_SAME:
	case TEXT_IS_CHANGED:
	case TEXT_IS_INSERTED:
	case TEXT_IS_DELETED:
		return NULL;
	case TEXT_IS_MOVED:
		return "moved here; it was paragraph {0}";
	case TEXT_IS_SPLIT:
		return "split from the paragraph before; both were paragraph {0}";
	case TEXT_IS_JOINED:
		return "joined from paragraphs {0}";
	}
	return NULL;
}

str text_redline_text(struct arena *a, const struct text_redline *r)
{
	struct buf b = buf_in(a, 0);
	const size_t *ordinal = text_redline_ordinals(a, r);
	for (size_t i = 0; i < r->n; i++) {
		const struct text_red *p = &r->par[i];
		buf_sep(&b, S("\n"));
		const char *note = text_redline_sentence(p);
		if (note) {
			str olds = text_redline_olds(a, r, p, ordinal);
			buf_putc(&b, '(');
			buf_put(&b, err_fill(a, str_of(note), &olds, 1));
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
