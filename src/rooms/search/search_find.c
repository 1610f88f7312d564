/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search_find.h"

#include "rooms/search/search_forms.h"
#include "search_view.sql.h"

#include "base/fts.h"

#include "base/poison.h"

/* Words that are counted for one search, and for one phrase of it. */
#define COUNTS_MAX    10
#define PHRASE_COUNTS 4
/* What a beginning of words is taken to have. */
#define PREFIX_ROWS (SEARCH_WINDOW / 8)

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
	int64_t n[SEARCH_TERMS_MAX]; /* rows of each term at most; up to one more than the window */
	uint8_t weights[SEARCH_TERMS_MAX];
	int64_t earliest; /* the first of the latest rows of the rarest word so far */
	bool rare;        /* a word has all its rows within the window */
	int counts;       /* asked so far */
	bool exactly;     /* what is known of all groups is not enough */
};

/* Rows of what matches, up to one more than the window. */
static enum rc count_rows(
    struct db *db, struct finding *f, struct weighing *w, str match, int64_t *n, struct err *err)
{
	struct search_count_row row = {.n = SEARCH_WINDOW + 1};
	bool found;
	*n = SEARCH_WINDOW + 1;
	if (w->counts++ >= COUNTS_MAX)
		return OK;
	TRY(search_count(db, f->a, match, search_id_low(f->ask->grp), search_id_high(f->ask->grp),
	    SEARCH_WINDOW + 1, &row, &found, err));
	*n = row.n;
	w->rare = w->rare || row.n <= SEARCH_WINDOW;
	w->earliest = row.earliest < w->earliest ? row.earliest : w->earliest;
	return OK;
}

/* Rows of the last word of a term in all its forms. */
static str last_match(struct arena *a, const struct search_term *t)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, search_word_match(a, t->words.p[t->words.n - 1]));
	for (size_t i = 0; i < t->forms.n; i++) {
		buf_put(&b, S(" OR "));
		buf_put(&b, search_word_match(a, t->forms.p[i]));
	}
	return buf_str(&b);
}

/*
 * A phrase has no more rows than its rarest word, whose rows are quickly counted while those of
 * the phrase are not.
 */
static enum rc weigh_phrase(struct db *db, struct finding *f, struct weighing *w,
    const struct search_term *t, int64_t *n, struct err *err)
{
	*n = SEARCH_WINDOW + 1;
	for (size_t i = 0; i < t->words.n && i<PHRASE_COUNTS && * n> SEARCH_WINDOW; i++) {
		int64_t rows;
		str match = i + 1 < t->words.n ? search_word_match(f->a, t->words.p[i])
		                               : last_match(f->a, t);
		TRY(count_rows(db, f, w, match, &rows, err));
		*n = rows < *n ? rows : *n;
	}
	*n = *n ? *n : 1;
	return OK;
}

/*
 * What begins with some letters is not counted: it costs as much as to find it. Nor is what is
 * known to stand in few rows, until nothing was found and the word that stands nowhere in the group
 * is asked for.
 */
static enum rc weigh_term(struct db *db, struct finding *f, struct weighing *w,
    const struct search_term *t, int64_t *n, struct err *err)
{
	if (!w->exactly && t->often >= 0 && t->often <= SEARCH_WINDOW) {
		w->rare = true;
		*n = t->often;
		return OK;
	}
	if (t->words.n > 1)
		return weigh_phrase(db, f, w, t, n, err);
	*n = PREFIX_ROWS;
	return t->prefix ? OK : count_rows(db, f, w, t->match, n, err);
}

static enum rc weigh(struct db *db, struct finding *f, const struct search_query *q, bool exactly,
    struct weighing *w, struct err *err)
{
	*w = (struct weighing){.weights = {1}, .earliest = INT64_MAX, .exactly = exactly};
	if (q->wanted.n == 1 && q->wanted.p[0].words.n == 1)
		return OK;
	for (size_t i = 0; i < q->wanted.n; i++) {
		TRY(weigh_term(db, f, w, &q->wanted.p[i], &w->n[i], err));
		w->weights[i] = rareness(w->n[i]);
		if (!w->n[i])
			f->out->no = &q->wanted.p[i];
	}
	return OK;
}

/*
 * Where the matches of all terms are read from: when all words are frequent, from the earliest of
 * the latest rows of the rarest one, so that no more than a window of rows is looked at. One word
 * alone is bounded as it is read.
 */
static int64_t low_of(struct finding *f, const struct weighing *w)
{
	if (w->rare || w->earliest == INT64_MAX)
		return search_id_low(f->ask->grp);
	f->out->window = true;
	return w->earliest;
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

/* A byte for each phrase of the terms that are `among` (NULL: all), as comity_rank wants them. */
static str weights_of(
    struct arena *a, const struct search_query *q, const struct weighing *w, const bool *among)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < q->wanted.n; i++) {
		if (among && !among[i])
			continue;
		buf_putc(&b, (char)w->weights[i]);
		for (size_t k = 0; k < q->wanted.p[i].forms.n; k++)
			buf_putc(&b, (char)(w->weights[i] | FTS_FORM));
	}
	return buf_str(&b);
}

/* Of what holds some terms: the frequent ones alone say little beside a rare one. */
static enum rc read_some(struct db *db, struct finding *f, const struct search_query *q,
    const struct weighing *w, struct err *err)
{
	bool among[SEARCH_TERMS_MAX] = {0}, few = false, any = false;
	for (size_t i = 0; i < q->wanted.n; i++)
		few = few || (w->n[i] > 0 && w->n[i] <= SEARCH_WINDOW);
	for (size_t i = 0; i < q->wanted.n; i++) {
		among[i] = w->n[i] > 0 && (!few || w->n[i] <= SEARCH_WINDOW);
		any = any || among[i];
	}
	if (!any)
		return OK;
	f->out->some = true;
	f->out->window = false;
	return read_matches(db, f, search_query_any(f->a, q, among), weights_of(f->a, q, w, among),
	    search_id_low(f->ask->grp), err);
}

enum rc search_find(struct db *db, struct arena *a, struct search_query *q,
    const struct search_ask *ask, struct search_found *out, struct err *err)
{
	struct finding f = {.a = a, .ask = ask, .out = out};
	struct weighing w;
	*out = (struct search_found){0};
	if (!q->wanted.n)
		return OK;
	TRY(search_forms_find(db, a, q, err));
	TRY(weigh(db, &f, q, false, &w, err));
	if (!out->no)
		TRY(read_matches(
		    db, &f, q->match, weights_of(a, q, &w, NULL), low_of(&f, &w), err));
	if (!f.rows && q->wanted.n == 1)
		out->no = &q->wanted.p[0];
	else if (!f.rows) {
		TRY(weigh(db, &f, q, true, &w, err));
		TRY(read_some(db, &f, q, &w, err));
	}
	for (size_t i = 0; i < out->hits.n; i++)
		if (out->hits.p[i].more < 0)
			out->hits.p[i].more = 0;
	vec_sort(&out->hits, better_first);
	return OK;
}
