/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/stream.h"

#include "base/buf.h"

#include "base/poison.h"

static bool brings(enum word_layer layer)
{
	return layer == WORD_INS || layer == WORD_MOVE_TO;
}

bool word_is_there(
    const struct word_stream *s, const struct word_state *at, const struct word_set *set)
{
	for (uint32_t i = 0; i < at->n; i++) {
		bool in = set && set->in[at->change[i]];
		if (in != brings(s->changes.p[at->change[i]].layer))
			return false;
	}
	return true;
}

bool word_is_base(const struct word_stream *s, const struct word_state *at)
{
	for (uint32_t i = 0; i < at->n; i++)
		if (brings(s->changes.p[at->change[i]].layer))
			return false;
	return true;
}

uint32_t word_layer_in(
    const struct word_stream *s, const struct word_state *at, enum word_layer layer)
{
	for (uint32_t i = 0; i < at->n; i++)
		if (s->changes.p[at->change[i]].layer == layer)
			return at->change[i];
	return WORD_NONE;
}

struct word_texts word_read(
    struct arena *a, const struct word_stream *s, const struct word_set *set)
{
	struct word_texts out = {0};
	struct buf b = buf_in(a, 0);
	bool open = false; /* words of a paragraph whose mark is not there wait for the next */
	for (size_t i = 0; i < s->par.n; i++) {
		const struct word_par *p = &s->par.p[i];
		if (!p->in_note)
			out.notes = SIZE_MAX;
		else if (out.notes == SIZE_MAX)
			out.notes = out.list.n;
		for (size_t k = 0; k < p->runs.n; k++)
			if (!p->runs.p[k].alt && word_is_there(s, &p->runs.p[k].state, set)) {
				buf_put(&b, p->runs.p[k].text);
				open = true;
			}
		bool there = word_is_there(s, &p->mark, set);
		/* The last mark of a cell or of the whole stays, and goes only when it is empty. */
		bool last = p->ends || i + 1 == s->par.n;
		if (there || (last && open)) {
			if (!p->is_end || b.n)
				*vec_push(a, &out.list) = buf_str(&b);
			b = buf_in(a, 0);
			open = false;
		}
	}
	if (out.notes > out.list.n)
		out.notes = out.list.n;
	return out;
}

struct word_set word_all(struct arena *a, const struct word_stream *s)
{
	struct word_set set = {arena_array(a, bool, s->changes.n + 1)};
	for (size_t i = 0; i < s->changes.n; i++)
		set.in[i] = true;
	return set;
}
