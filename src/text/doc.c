/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/doc.h"

#include "text/order.h"

#include "base/must.h"
#include "base/poison.h"

static enum rc put_id(struct text_doc *d, str id, struct text_par *p, struct err *err)
{
	if (!id.n)
		return ERR(err, INVALID, "id", "A paragraph has no id.");
	if (map_get(&d->by_id, id))
		return ERR(err, INVALID, "id", "Two paragraphs have the id {0}.", id);
	map_put(&d->by_id, id, p);
	return OK;
}

enum rc text_doc_index(struct arena *a, struct text_doc *d, struct err *err)
{
	d->by_id = map_in(a);
	for (size_t i = 0; i < d->n; i++) {
		struct text_par *p = &d->par[i];
		TRY(put_id(d, p->id, p, err));
		for (size_t k = 0; k < p->aliases_n; k++)
			TRY(put_id(d, p->aliases[k], p, err));
	}
	text_order_fill(a, d);
	return OK;
}

size_t text_doc_find(const struct text_doc *d, str id)
{
	const struct text_par *p = map_get(&d->by_id, id);
	return p ? (size_t)(p - d->par) : TEXT_START;
}

size_t text_doc_next(const struct text_doc *d, size_t i)
{
	for (i++; i < d->n; i++) /* TEXT_START + 1 == 0 */
		if (!d->par[i].is_gone)
			return i;
	return TEXT_START;
}

size_t text_doc_before(const struct text_doc *d, size_t i)
{
	while (i-- > 0)
		if (!d->par[i].is_gone)
			return i;
	return TEXT_START;
}

str text_par_read(struct arena *a, const struct text_par *p)
{
	return text_par_between(a, p, 0, p->full.n);
}

str text_par_between(struct arena *a, const struct text_par *p, size_t from, size_t to)
{
	must(from <= to && to <= p->full.n);
	size_t shown = text_par_shown(p, to) - text_par_shown(p, from);
	if (shown == to - from)
		return (str){p->full.p + from, to - from};
	char *z = arena_push(a, shown + 1);
	size_t n = 0;
	for (size_t k = 0; k <= p->gone_n; k++) {
		size_t begin = k ? p->gone[k - 1].to : 0;
		size_t end = k < p->gone_n ? p->gone[k].from : p->full.n;
		begin = begin < from ? from : begin;
		end = end > to ? to : end;
		if (begin < end) {
			mem_copy(z + n, shown - n, p->full.p + begin, end - begin);
			n += end - begin;
		}
	}
	must(n == shown);
	return (str){z, n};
}

/* The first run that ends behind `at`, or gone_n. */
static size_t run_behind(const struct text_par *p, size_t at)
{
	size_t lo = 0, hi = p->gone_n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (p->gone[mid].to > at)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

size_t text_par_shown(const struct text_par *p, size_t at)
{
	size_t shown = at;
	for (size_t k = 0; k < p->gone_n && p->gone[k].from < at; k++)
		shown -= (p->gone[k].to < at ? p->gone[k].to : at) - p->gone[k].from;
	return shown;
}

size_t text_par_at(const struct text_par *p, size_t shown, size_t past)
{
	size_t seen = 0, at = 0;
	for (size_t k = 0; k < p->gone_n; k++) {
		struct text_run run = p->gone[k];
		size_t stretch = run.from - at;
		if (shown < seen + stretch)
			break;
		if (shown == seen + stretch)
			return past <= run.to - run.from ? run.from + past : TEXT_START;
		seen += stretch;
		at = run.to;
	}
	at += shown - seen;
	return past == 0 && at <= p->full.n ? at : TEXT_START;
}

size_t text_par_past(const struct text_par *p, size_t at)
{
	size_t k = run_behind(p, at);
	if (k < p->gone_n && p->gone[k].from < at)
		return at - p->gone[k].from;
	return k > 0 && p->gone[k - 1].to == at ? at - p->gone[k - 1].from : 0;
}

bool text_par_is_gone(const struct text_par *p, size_t from, size_t to)
{
	size_t k = run_behind(p, from);
	return from >= to || (k < p->gone_n && p->gone[k].from <= from && to <= p->gone[k].to);
}
