/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/order.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/poison.h"

static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
#define BASE ((int)sizeof digits - 1)

/* The value of digit i of a key: past its end a low key has 0s, and no high key means "above". */
static int digit(str key, size_t i, int past_end)
{
	if (i >= key.n)
		return past_end;
	const char *d = memchr(digits, key.p[i], BASE);
	return d ? (int)(d - digits) : 0;
}

str text_order_between(struct arena *a, str lo, str hi)
{
	struct buf b = buf_in(a, 0);
	bool below = hi.n == 0; /* what has been written is below hi whatever follows */
	for (size_t i = 0;; i++) {
		int low = digit(lo, i, 0);
		int high = below ? BASE : digit(hi, i, 0);
		if (high - low > 1) {
			/* One step when there is no end: a list that only grows keeps short keys.
			 */
			int step = hi.n == 0 && low + 1 < BASE - 1 ? 1 : (high - low) / 2;
			buf_putc(&b, digits[low + step]);
			return buf_str(&b);
		}
		buf_putc(&b, digits[low]);
		below = below || high > low;
	}
}

/* Keys for par[from, to) between lo and hi, halving, so that none grows long. */
static void fill(struct arena *a, struct text_doc *d, size_t from, size_t to, str lo, str hi)
{
	while (from < to) {
		size_t mid = hi.n ? from + (to - from) / 2 : from;
		str key = text_order_between(a, lo, hi);
		d->par[mid].order = key;
		fill(a, d, from, mid, lo, key);
		from = mid + 1;
		lo = key;
	}
}

void text_order_fill(struct arena *a, struct text_doc *d)
{
	str lo = STR_EMPTY;
	for (size_t i = 0; i < d->n;) {
		if (str_cmp(d->par[i].order, lo) > 0) {
			lo = d->par[i++].order;
			continue;
		}
		size_t end = i;
		while (end < d->n && str_cmp(d->par[end].order, lo) <= 0)
			end++;
		fill(a, d, i, end, lo, end < d->n ? d->par[end].order : STR_EMPTY);
		lo = d->par[end - 1].order;
		i = end;
	}
}
