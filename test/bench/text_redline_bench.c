/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The redline in process: two plain texts whose paragraphs stand between empty lines, against
 * libgit2's patience diff of one token a line, the same tokens; and the shortest way through all
 * tokens as one sequence against libgit2's minimal diff, which is an exact Myers.
 *
 *     text_redline_bench BASE REVISED [ROUNDS]
 *
 * Prints "WHAT ours X peer Y ms" lines: medians of rounds that alternate, by the processor.
 */
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/must.h"
#include "text/redline.h"

#include "base/poison.h"

#define MOST_ROUNDS 201

static double now_ms(void)
{
	struct timespec t;
	must(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static str read_all(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	must(f);
	struct buf b = buf_in(a, 0);
	char piece[65536];
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, str_from(piece, n));
	must(!ferror(f));
	must(fclose(f) == 0);
	return buf_str(&b);
}

/* Paragraphs without ids, which are never asked for. */
static struct text_doc doc_of(struct arena *a, str text)
{
	VEC(struct text_par) list = {0};
	while (text.n) {
		size_t n = str_find(text, S("\n\n"));
		str par = str_trim(str_head(text, n == SIZE_MAX ? text.n : n));
		text = str_skip(text, n == SIZE_MAX ? text.n : n + 2);
		if (par.n)
			*vec_push(a, &list) = (struct text_par){.full = par};
	}
	return (struct text_doc){.par = list.p, .n = list.n};
}

/* What libgit2 gets: each token on a line of its own. */
static str lines_of(struct arena *a, const struct text_doc *d, const struct text_tokens *t)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < d->n; i++) {
		for (size_t k = 0, at = 0; k < t[i].n; at = t[i].end[k++]) {
			buf_put(&b, str_from(d->par[i].full.p + at, t[i].end[k] - at));
			buf_putc(&b, '\n');
		}
		buf_put(&b, S("¶\n"));
	}
	return buf_str(&b);
}

static int take_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
    const git_diff_line *line, void *payload)
{
	size_t *changed = payload;
	(void)delta;
	(void)hunk;
	*changed += line->origin == '+' || line->origin == '-';
	return 0;
}

static double run_libgit2(str x, str y, uint32_t flags, size_t *changed)
{
	git_diff_options o = GIT_DIFF_OPTIONS_INIT;
	o.flags = flags;
	o.context_lines = 0;
	*changed = 0;
	double start = now_ms();
	must(git_diff_buffers(
	         x.p, x.n, NULL, y.p, y.n, NULL, &o, NULL, NULL, NULL, take_line, changed) == 0);
	return now_ms() - start;
}

struct pair {
	struct text_doc x, y;
	struct text_lexer *lexer;
	const struct text_tokens *xt, *yt; /* NULL: cut in each round */
};

static double run_ours(const struct pair *p)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	double start = now_ms();
	struct text_lexer *l = p->xt ? p->lexer : text_lexer_open(a);
	struct text_redline r = text_redline_cut(a, l, &p->x, p->xt, &p->y, p->yt, false);
	double took = now_ms() - start;
	must(r.n > 0);
	if (!p->xt)
		text_lexer_close(l);
	return took;
}

static double run_cut(const struct pair *p)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	double start = now_ms();
	struct text_lexer *l = text_lexer_open(a);
	(void)text_cut_all(a, l, &p->x);
	(void)text_cut_all(a, l, &p->y);
	double took = now_ms() - start;
	text_lexer_close(l);
	return took;
}

/* All tokens as one sequence, a zero behind each paragraph. */
struct sequence {
	VEC(uint32_t) id;
};

static struct sequence sequence_of(
    struct arena *a, const struct text_doc *d, const struct text_tokens *t)
{
	struct sequence s = {0};
	for (size_t i = 0; i < d->n; i++) {
		for (size_t k = 0; k < t[i].n; k++)
			*vec_push(a, &s.id) = t[i].id[k];
		*vec_push(a, &s.id) = 0;
	}
	return s;
}

static double run_flat(const struct sequence *x, const struct sequence *y, size_t *changed)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	double start = now_ms();
	struct text_hunks h = text_diff(a, x->id.p, x->id.n, y->id.p, y->id.n);
	double took = now_ms() - start;
	*changed = 0;
	for (size_t k = 0; k < h.list.n; k++)
		*changed +=
		    h.list.p[k].a_to - h.list.p[k].a_from + h.list.p[k].b_to - h.list.p[k].b_from;
	return took;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_size);
	return v[n / 2];
}

static void measure(struct arena *a, const struct pair *cached, const struct pair *cold, size_t n)
{
	static const char *const what[] = {
	    "redline, tokens cached", "redline, nothing cached", "cutting both texts"};
	str x = lines_of(a, &cached->x, cached->xt);
	str y = lines_of(a, &cached->y, cached->yt);
	struct sequence xs = sequence_of(a, &cached->x, cached->xt);
	struct sequence ys = sequence_of(a, &cached->y, cached->yt);
	double took[6][MOST_ROUNDS];
	size_t ours = 0;
	size_t peer = 0;
	for (size_t i = 0; i < n; i++) {
		took[0][i] = run_ours(cached);
		took[3][i] = run_libgit2(x, y, GIT_DIFF_PATIENCE, &peer);
		took[1][i] = run_ours(cold);
		took[2][i] = run_cut(cold);
		took[4][i] = run_flat(&xs, &ys, &ours);
		took[5][i] = run_libgit2(x, y, GIT_DIFF_MINIMAL, &peer);
	}
	double libgit2 = median(took[3], n);
	for (size_t k = 0; k < 3; k++)
		printf("%s ours %.4f peer %.4f ms\n", what[k], median(took[k], n), libgit2);
	printf("one sequence ours %.4f peer %.4f ms\n", median(took[4], n), median(took[5], n));
	printf("tokens changed ours %zu peer %zu tokens\n", ours, peer);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	int64_t rounds = 21;
	if (argc > 3)
		must(str_to_i64(str_of(argv[3]), &rounds) && rounds > 0 && rounds <= MOST_ROUNDS);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct pair cold = {.x = doc_of(a, read_all(a, argv[1])),
	    .y = doc_of(a, read_all(a, argv[2])),
	    .lexer = text_lexer_open(a)};
	struct pair cached = cold;
	cached.xt = text_cut_all(a, cold.lexer, &cold.x);
	cached.yt = text_cut_all(a, cold.lexer, &cold.y);
	git_libgit2_init();
	measure(a, &cached, &cold, (size_t)rounds);
	git_libgit2_shutdown();
	text_lexer_close(cold.lexer);
	return 0;
}
