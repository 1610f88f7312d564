/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Amendments carried over a revision, against libgit2's git_merge_file of whole documents, and
 * what the rolling text costs.
 *
 *     text_rebase_bench rebase DRAFT [ROUNDS]    of the first 120 amendments up to 92 are adopted
 *     text_rebase_bench rolling DRAFT [ROUNDS]
 *
 * DRAFT is JSON (text_draft.py). Prints "WHAT ours X peer Y ms" lines, processor time, the median
 * of rounds; and counts: what the plain model of test/text makes of the adopted ones with one more
 * is the exact text. An amendment that the model says goes with all adopted ones must come to it.
 */
#include <git2.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/must.h"
#include "text/json_read.h"
#include "text/model.h"
#include "text/rebase.h"
#include "text/rolling.h"
#include "text/rolling_text.h"

#include "base/poison.h"

#define FIRST       120
#define ADOPTED     92
#define MOST_ROUNDS 51

struct bench {
	struct arena *a;
	struct text_lexer *lexer;
	struct text_file f;
	size_t rounds;
	/* Of rebase: */
	struct text_amendment *adopted;
	size_t adopted_n;
	struct text_amendment *rest; /* all behind the first 120 */
	size_t rest_n;
};

static double now_ms(void)
{
	struct timespec t;
	must(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *x, const void *y)
{
	double p = *(const double *)x, q = *(const double *)y;
	return (p > q) - (p < q);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
	return v[n / 2];
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

static void choose(struct bench *b)
{
	struct text_clashes c = text_find_clashes(b->a, &b->f.doc, b->f.list, b->f.n);
	bool *in = arena_array(b->a, bool, b->f.n + 1);
	size_t k = 0;
	b->adopted = arena_array(b->a, struct text_amendment, ADOPTED);
	for (size_t i = 0; i < b->f.n; i++)
		in[i] = i < FIRST;
	for (; k < c.list.n; k++)
		if (c.list.p[k].b < FIRST && in[c.list.p[k].a])
			in[c.list.p[k].b] = false;
	for (size_t i = 0; i < FIRST && b->adopted_n < ADOPTED; i++)
		if (in[i])
			b->adopted[b->adopted_n++] = b->f.list[i];
	b->rest = b->f.list + FIRST;
	b->rest_n = b->f.n - FIRST;
}

static struct text_revision merge(
    struct arena *a, const struct text_doc *d, const struct text_amendment *set, size_t n)
{
	struct text_revision r;
	struct err err = {0};
	must(text_merge(a, d, set, n, false, &r, &err) == OK);
	return r;
}

/* --- time --- */

/* Adoption, and all others carried over; with `whole`, each also made a text. */
static double run_ours(struct bench *b, bool whole)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	double start = now_ms();
	struct text_revision r = merge(a, &b->f.doc, b->adopted, b->adopted_n);
	for (size_t i = 0; i < b->rest_n; i++) {
		struct text_amendment now = text_rebase(a, &r, &b->rest[i]);
		if (whole && now.outcome != TEXT_IN_CONFLICT)
			(void)merge(a, &r.doc, &now, 1);
	}
	return now_ms() - start;
}

/* A whole document, a token a line. */
static str lines_of(struct bench *b, const struct text_doc *d)
{
	struct buf out = buf_in(b->a, 0);
	for (size_t i = text_doc_next(d, TEXT_START); i != TEXT_START; i = text_doc_next(d, i)) {
		str text = text_par_read(b->a, &d->par[i]);
		struct text_tokens t = text_cut(b->a, b->lexer, text);
		for (size_t k = 0, at = 0; k < t.n; at = t.end[k++]) {
			buf_put(&out, str_from(text.p + at, t.end[k] - at));
			buf_putc(&out, '\n');
		}
		buf_put(&out, S("\u00b6\n"));
	}
	return buf_str(&out);
}

struct peer {
	str base, revision;
	str *one; /* base with one of the rest in it */
	str *merged;
	bool *clean;
};

static git_merge_file_input input_of(str lines)
{
	git_merge_file_input in;
	must(git_merge_file_input_init(&in, GIT_MERGE_FILE_INPUT_VERSION) == 0);
	in.ptr = lines.p;
	in.size = lines.n;
	return in;
}

static double run_git(struct bench *b, struct peer *p)
{
	git_merge_file_input base = input_of(p->base), ours = input_of(p->revision);
	double took = 0;
	for (size_t i = 0; i < b->rest_n; i++) {
		git_merge_file_input theirs = input_of(p->one[i]);
		git_merge_file_result out = {0};
		double start = now_ms();
		must(git_merge_file(&out, &base, &ours, &theirs, NULL) == 0);
		took += now_ms() - start;
		p->clean[i] = out.automergeable;
		if (!p->merged[i].p)
			p->merged[i] = arena_str(b->a, str_from(out.ptr, out.len));
		git_merge_file_result_free(&out);
	}
	return took;
}

static struct peer prepare(struct bench *b, const struct text_revision *r)
{
	struct peer p = {.base = lines_of(b, &b->f.doc), .revision = lines_of(b, &r->doc)};
	p.one = arena_array(b->a, str, b->rest_n);
	p.merged = arena_array(b->a, str, b->rest_n);
	p.clean = arena_array(b->a, bool, b->rest_n);
	for (size_t i = 0; i < b->rest_n; i++) {
		struct text_revision one = merge(b->a, &b->f.doc, &b->rest[i], 1);
		p.one[i] = lines_of(b, &one.doc);
	}
	return p;
}

/* --- right and wrong --- */

struct score {
	size_t compatible, exact, refused, wrong, duplicates, against, silent;
	size_t git_exact, git_refused, git_wrong;
};

static bool is_model(struct arena *a, const struct model_doc *m, const struct text_doc *d)
{
	size_t at = TEXT_START;
	for (size_t i = 0; i < m->par.n; i++) {
		const struct model_par *p = m->par.p[i];
		if (p->is_gone)
			continue;
		struct buf b = buf_in(a, 0);
		for (size_t k = 0; k < p->bytes.n; k++)
			if (!p->bytes.p[k].gone)
				buf_putc(&b, p->bytes.p[k].c);
		at = text_doc_next(d, at);
		if (at == TEXT_START || !str_eq(p->id, d->par[at].id) ||
		    !str_eq(buf_str(&b), text_par_read(a, &d->par[at])))
			return false;
	}
	return text_doc_next(d, at) == TEXT_START;
}

/* The model's document with every adopted one and one more. */
static struct model_doc with_one(struct bench *b, struct arena *a, const struct text_amendment *m)
{
	struct text_amendment *set = arena_array(a, struct text_amendment, b->adopted_n + 1);
	for (size_t i = 0; i < b->adopted_n; i++)
		set[i] = b->adopted[i];
	set[b->adopted_n] = *m;
	return model_merge(a, &b->f.doc, set, b->adopted_n + 1);
}

static void judge_git(struct bench *b, struct arena *a, const struct peer *p, size_t i,
    const struct model_doc *want, struct score *s)
{
	struct buf lines = buf_in(a, 0);
	for (size_t k = 0; k < want->par.n; k++) {
		struct buf text = buf_in(a, 0);
		const struct model_par *par = want->par.p[k];
		for (size_t j = 0; j < par->bytes.n; j++)
			if (!par->bytes.p[j].gone)
				buf_putc(&text, par->bytes.p[j].c);
		if (!par->is_gone)
			buf_printf(&lines, "%.*s\u00b6", STR(buf_str(&text)));
	}
	struct buf got = buf_in(a, 0);
	for (size_t k = 0; k < p->merged[i].n; k++)
		if (p->merged[i].p[k] != '\n')
			buf_putc(&got, p->merged[i].p[k]);
	bool exact = str_eq(buf_str(&got), buf_str(&lines));
	(void)b;
	s->git_refused += !p->clean[i];
	s->git_exact += p->clean[i] && exact;
	s->git_wrong += p->clean[i] && !exact;
}

static void judge(
    struct bench *b, const struct text_revision *r, const struct peer *p, size_t i, struct score *s)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	const struct text_amendment *m = &b->rest[i];
	struct text_amendment now = text_rebase(a, r, m);
	bool fits = true, same = false;
	for (size_t k = 0; k < b->adopted_n; k++) {
		fits = fits && model_fits(&b->f.doc, m, &b->adopted[k]);
		same = same || model_same(m, &b->adopted[k]);
	}
	if (!fits) {
		s->against++;
		s->silent += now.outcome != TEXT_IN_CONFLICT;
		return;
	}
	s->compatible++;
	s->duplicates += same;
	if (now.outcome == TEXT_IN_CONFLICT) {
		s->refused++;
		return;
	}
	struct model_doc want = with_one(b, a, m);
	struct text_revision then = merge(a, &r->doc, &now, 1);
	bool exact = is_model(a, &want, &then.doc) && same == (now.outcome == TEXT_SATISFIED);
	s->exact += exact;
	s->wrong += !exact;
	judge_git(b, a, p, i, &want, s);
}

static void bench_rebase(struct bench *b)
{
	double ours[MOST_ROUNDS], whole[MOST_ROUNDS], git[MOST_ROUNDS];
	struct score s = {0};
	choose(b);
	struct text_revision r = merge(b->a, &b->f.doc, b->adopted, b->adopted_n);
	struct peer p = prepare(b, &r);
	size_t git_rounds = b->rounds < 3 ? b->rounds : 3;
	for (size_t i = 0; i < b->rounds; i++) {
		ours[i] = run_ours(b, false);
		whole[i] = run_ours(b, true);
		if (i < git_rounds)
			git[i] = run_git(b, &p);
	}
	double peer = median(git, git_rounds);
	printf("rebase ours %.4f peer %.4f ms\n", median(ours, b->rounds), peer);
	printf("rebase, whole texts ours %.4f peer %.4f ms\n", median(whole, b->rounds), peer);
	for (size_t i = 0; i < b->rest_n; i++)
		judge(b, &r, &p, i, &s);
	printf("adopted %zu rebased %zu\n", b->adopted_n, b->rest_n);
	printf("compatible %zu exact %zu wrong %zu refused %zu duplicates %zu\n", s.compatible,
	    s.exact, s.wrong, s.refused, s.duplicates);
	printf("against %zu silent %zu\n", s.against, s.silent);
	printf("git exact %zu git wrong %zu git refused %zu\n", s.git_exact, s.git_wrong,
	    s.git_refused);
}

/* --- the rolling text --- */

static void bench_rolling(struct bench *b)
{
	double roll[MOST_ROUNDS], text[MOST_ROUNDS];
	size_t bytes = 0;
	for (size_t i = 0; i < b->rounds; i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		double start = now_ms();
		struct text_rolling r = text_roll(a, &b->f.doc, b->f.list, b->f.n);
		roll[i] = now_ms() - start;
		bytes = text_rolling_text(a, &r).n;
		text[i] = now_ms() - start;
	}
	printf("rolling ours %.4f peer 0 ms\n", median(roll, b->rounds));
	printf("rolling, as text ours %.4f peer 0 ms\n", median(text, b->rounds));
	printf("amendments %zu bytes %zu\n", b->f.n, bytes);
}

int main(int argc, char **argv)
{
	int64_t rounds = 11;
	if (argc < 3 || (argc > 3 && !str_to_i64(str_of(argv[3]), &rounds)) || rounds < 1 ||
	    rounds > MOST_ROUNDS)
		return 2;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct bench b = {.a = a, .lexer = text_lexer_open(a), .rounds = (size_t)rounds};
	struct err err = {0};
	git_libgit2_init();
	/* What the system takes to hand out memory counts in the first round, and not for the large
	 * more than for the small. */
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 30);
	(void)mallopt(M_TRIM_THRESHOLD, INT32_MAX);
	if (text_json_read(a, b.lexer, read_all(a, argv[2]), &b.f, &err) != OK) {
		fprintf(stderr, "%.*s\n", STR(err_text(&err, a)));
		return 1;
	}
	if (str_is(str_of(argv[1]), "rolling"))
		bench_rolling(&b);
	else
		bench_rebase(&b);
	text_lexer_close(b.lexer);
	git_libgit2_shutdown();
	return 0;
}
