/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/trace.h"

#include "base/must.h"
#include "base/poison.h"

struct text_spot text_trace_byte(const struct text_trace *t, size_t at)
{
	size_t lo = 0, hi = t->pieces_n;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (t->piece[mid].from <= at)
			lo = mid;
		else
			hi = mid;
	}
	must(t->pieces_n && t->piece[lo].from <= at && at < t->piece[lo].to);
	const struct text_piece *p = &t->piece[lo];
	return (struct text_spot){p->par, p->at + (at - p->from)};
}

struct text_spot text_trace_gap(const struct text_trace *t, size_t at)
{
	if (at == 0)
		return (struct text_spot){t->par, t->at};
	struct text_spot s = text_trace_byte(t, at - 1);
	s.at++;
	return s;
}

struct text_spot text_trace_insertion(const struct text_trace *t, size_t at)
{
	struct text_spot s = text_trace_gap(t, at);
	if (at == 0 || !t->pieces_n || at >= t->piece[t->pieces_n - 1].to)
		return s;
	struct text_spot behind = text_trace_byte(t, at);
	return behind.par == s.par ? s : (struct text_spot){behind.par, 0};
}
