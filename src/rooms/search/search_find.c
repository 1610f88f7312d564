/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search_find.h"

#include "search_view.sql.h"

#include "base/poison.h"

struct finding {
	struct arena *a;
	const struct search_ask *ask;
	struct search_found *out;
	struct search_hit now; /* the entry whose rows are being read; id 0: none yet */
	size_t rows;
};

/* --- how rare each term is --- */

/* 1 for a term of every row, 15 for that of one: the bits that are missing to the window. */
static uint8_t rareness(int64_t n)
{
	uint8_t w = 1;
	for (int64_t of = SEARCH_WINDOW; of > n && w < 15; of /= 2)
		w++;
	return w;
}

struct weighing {
	int64_t n[SEARCH_TERMS_MAX]; /* rows of each term, up to one more than the window */
	uint8_t weights[SEARCH_TERMS_MAX];
	int64_t low; /* the id below which nothing is ranked */
	bool rare;   /* a term has its rows within the window */
};

/*
 * Weighs the terms. When all are frequent, what is ranked begins at the earliest of the latest
 * rows of the rarest one. The rows of one term alone need no weighing: they are bounded as they
 * are read.
 */
static enum rc weigh(struct db *db, struct finding *f, const struct search_query *q,
    struct weighing *w, struct err *err)
{
	int64_t high = search_id_high(f->ask->grp), earliest = INT64_MAX;
	*w = (struct weighing){.weights = {1}, .low = search_id_low(f->ask->grp)};
	for (size_t i = 0; i < q->wanted.n && q->wanted.n > 1; i++) {
		struct search_count_row row = {0};
		bool found;
		TRY(search_count(db, f->a, q->wanted.p[i].match, w->low, high, SEARCH_WINDOW + 1,
		    &row, &found, err));
		w->n[i] = row.n;
		w->weights[i] = rareness(row.n);
		w->rare = w->rare || row.n <= SEARCH_WINDOW;
		earliest = row.earliest < earliest ? row.earliest : earliest;
		if (!row.n)
			f->out->no = &q->wanted.p[i];
	}
	if (q->wanted.n > 1 && !w->rare) {
		w->low = earliest;
		f->out->window = true;
	}
	return OK;
}

/* --- rows into entries: those of one entry follow each other --- */

static void end_entry(struct finding *f)
{
	if (!f->now.id)
		return;
	size_t kind = search_id_kind(f->now.id), lang = search_id_lang(f->now.id);
	bool kind_asked = f->ask->kind == SEARCH_KINDS || f->ask->kind == kind;
	bool lang_asked = !f->ask->lang || f->ask->lang == lang;
	if (lang_asked && kind < SEARCH_KINDS)
		f->out->kinds[kind]++;
	if (kind_asked && lang < SEARCH_LANGS)
		f->out->langs[lang]++;
	if (kind_asked && lang_asked)
		*vec_push(f->a, &f->out->hits) = f->now;
	f->now.id = 0;
}

static enum rc take_row(void *ctx, const struct search_matches_row *row, struct err *err)
{
	struct finding *f = ctx;
	(void)err;
	if (++f->rows > SEARCH_WINDOW) {
		f->out->window = true;
		return OK;
	}
	int64_t score = row->score / 2;
	bool in_text = row->score % 2;
	if (f->now.id && search_id_entry(f->now.id) != search_id_entry(row->id))
		end_entry(f);
	if (!f->now.id)
		f->now = (struct search_hit){row->id, score, -1};
	f->now.more += in_text;
	/* Of equals the first of the entry: rows come last first. */
	if (score >= f->now.score) {
		f->now.id = row->id;
		f->now.score = score;
	}
	return OK;
}

static int better_first(const void *a, const void *b)
{
	const struct search_hit *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

static enum rc read_matches(
    struct db *db, struct finding *f, str match, str weights, int64_t low, struct err *err)
{
	f->rows = 0;
	TRY(search_matches(db, NULL, match, weights, low, search_id_high(f->ask->grp),
	    SEARCH_WINDOW + 1, take_row, f, err));
	end_entry(f);
	return OK;
}

/* Of what holds some terms: the frequent ones alone say little beside a rare one. */
static enum rc read_some(struct db *db, struct finding *f, const struct search_query *q,
    const struct weighing *w, struct err *err)
{
	bool among[SEARCH_TERMS_MAX] = {0}, few = false;
	uint8_t weights[SEARCH_TERMS_MAX];
	size_t n = 0;
	for (size_t i = 0; i < q->wanted.n; i++)
		few = few || (w->n[i] > 0 && w->n[i] <= SEARCH_WINDOW);
	for (size_t i = 0; i < q->wanted.n; i++) {
		among[i] = w->n[i] > 0 && (!few || w->n[i] <= SEARCH_WINDOW);
		if (among[i])
			weights[n++] = w->weights[i];
	}
	if (!n)
		return OK;
	f->out->some = true;
	f->out->window = false;
	return read_matches(db, f, search_query_any(f->a, q, among), str_from(weights, n),
	    search_id_low(f->ask->grp), err);
}

enum rc search_find(struct db *db, struct arena *a, const struct search_query *q,
    const struct search_ask *ask, struct search_found *out, struct err *err)
{
	struct finding f = {.a = a, .ask = ask, .out = out};
	struct weighing w;
	*out = (struct search_found){0};
	if (!q->wanted.n)
		return OK;
	TRY(weigh(db, &f, q, &w, err));
	if (!out->no)
		TRY(read_matches(db, &f, q->match, str_from(w.weights, q->wanted.n), w.low, err));
	if (!f.rows && q->wanted.n == 1)
		out->no = &q->wanted.p[0];
	else if (!f.rows)
		TRY(read_some(db, &f, q, &w, err));
	for (size_t i = 0; i < out->hits.n; i++)
		if (out->hits.p[i].more < 0)
			out->hits.p[i].more = 0;
	vec_sort(&out->hits, better_first);
	return OK;
}
