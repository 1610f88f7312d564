/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the record says of a meeting, sorted: by item, by constituency, and beside its transcript.
 */
#include "rooms/minutes/minutes.h"

#include "base/hash.h"

#include "base/poison.h"

static int64_t under_consideration(const struct minutes_span *spans, size_t m, usec at)
{
	int64_t item = 0, begun = -1;
	for (size_t i = 0; i < m; i++) {
		const struct minutes_span *s = &spans[i];
		bool runs = s->from <= at && (s->until == USEC_NONE || at < s->until);
		if (runs && s->from_seq > begun) {
			item = s->item;
			begun = s->from_seq;
		}
	}
	return item;
}

void minutes_place(struct minutes_turn *turns, size_t n, const struct minutes_span *spans, size_t m)
{
	for (size_t i = 0; i < n; i++)
		if (!turns[i].item)
			turns[i].item = under_consideration(spans, m, turns[i].at);
}

static bool speaks(const struct minutes_turn *t, const struct minutes_voice *v)
{
	if (t->item && v->item && t->item != v->item)
		return false;
	return t->seat && v->seat ? t->seat == v->seat
	                          : v->speaker.n > 0 && str_eq_nocase(t->party, v->speaker);
}

/* best[i][j]: how many of the turns from i on find their words in the voices from j on. */
void minutes_match(struct arena *a, struct minutes_turn *turns, size_t n,
    const struct minutes_voice *voices, size_t m)
{
	if (!n || !m || n + 1 > MINUTES_CELLS / (m + 1))
		return;
	size_t wide = m + 1;
	uint32_t *best = arena_array(a, uint32_t, (n + 1) * wide);
	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			uint32_t with =
			    speaks(&turns[i], &voices[j]) ? best[(i + 1) * wide + j + 1] + 1 : 0;
			uint32_t later = best[i * wide + j + 1], without = best[(i + 1) * wide + j];
			uint32_t top = later > without ? later : without;
			best[i * wide + j] = with > top ? with : top;
		}
	for (size_t i = 0, j = 0; i < n && j < m;) {
		uint32_t here = best[i * wide + j];
		if (here && speaks(&turns[i], &voices[j]) &&
		    here == best[(i + 1) * wide + j + 1] + 1)
			turns[i++].said = voices[j++].segment;
		else if (best[i * wide + j + 1] == here)
			j++;
		else
			i++;
	}
}

minutes_turns minutes_of_item(
    struct arena *a, const struct minutes_turn *turns, size_t n, int64_t item)
{
	minutes_turns out = {0};
	for (size_t i = 0; i < n; i++)
		if (turns[i].item == item)
			*vec_push(a, &out) = turns[i];
	return out;
}

/* Those with a constituency stand by its place in the composition, the others behind them. */
static bool stands_before(const struct minutes_time *x, const struct minutes_time *y)
{
	if (!x->constituency.n || !y->constituency.n)
		return x->constituency.n > 0 && !y->constituency.n;
	return x->place < y->place;
}

minutes_times minutes_sum(struct arena *a, const struct minutes_turn *turns, size_t n)
{
	minutes_times out = {0};
	for (size_t i = 0; i < n; i++) {
		const struct minutes_turn *t = &turns[i];
		struct minutes_time *of = NULL;
		for (size_t k = 0; k < out.n && !of; k++)
			if (str_eq(out.p[k].constituency, t->constituency))
				of = &out.p[k];
		if (!of) {
			of = vec_push(a, &out);
			*of = (struct minutes_time){
			    .constituency = t->constituency, .place = t->place};
		}
		of->turns++;
		of->seconds += t->seconds;
	}
	for (size_t i = 1; i < out.n; i++)
		for (size_t k = i; k > 0 && stands_before(&out.p[k], &out.p[k - 1]); k--) {
			struct minutes_time t = out.p[k];
			out.p[k] = out.p[k - 1];
			out.p[k - 1] = t;
		}
	return out;
}

/* Each once, in their order. */
static void add_entry(struct arena *a, struct minutes_group *g, int64_t seq)
{
	size_t at = 0;
	while (at < g->entries.n && g->entries.p[at] < seq)
		at++;
	if (at < g->entries.n && g->entries.p[at] == seq)
		return;
	*vec_push(a, &g->entries) = seq;
	for (size_t i = g->entries.n - 1; i > at; i--)
		g->entries.p[i] = g->entries.p[i - 1];
	g->entries.p[at] = seq;
}

static void add_here(struct arena *a, struct minutes_group *g, const struct minutes_here *h)
{
	size_t way = h->remote ? 1 : 0;
	struct minutes_party *of = NULL;
	for (size_t i = 0; i < g->parties[way].n && !of; i++)
		if (str_eq(g->parties[way].p[i].party, h->party))
			of = &g->parties[way].p[i];
	if (!of) {
		of = vec_push(a, &g->parties[way]);
		*of = (struct minutes_party){.party = h->party};
	}
	of->people++;
	g->people[way]++;
	add_entry(a, g, h->seq);
}

static bool seat_counted(const struct minutes_here *here, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (here[i].seat == here[at].seat)
			return true;
	return false;
}

minutes_groups minutes_present(struct arena *a, const struct minutes_here *here, size_t n)
{
	minutes_groups out = {0};
	for (size_t i = 0; i < n; i++) {
		if (!i || !str_eq(here[i].constituency, here[i - 1].constituency)) {
			struct minutes_group *g = vec_push(a, &out);
			*g = (struct minutes_group){.constituency = here[i].constituency};
		}
		struct minutes_group *g = &out.p[out.n - 1];
		g->seats += here[i].seat && !seat_counted(here, i);
		add_here(a, g, &here[i]);
	}
	return out;
}

str minutes_hash(struct arena *a, str text)
{
	struct buf b = buf_in(a, 0);
	digest h = sha256(text);
	buf_put_hex(&b, (str){(const char *)h.b, sizeof h.b});
	return buf_str(&b);
}
