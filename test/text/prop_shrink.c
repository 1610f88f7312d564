/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "prop_shrink.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/must.h"
#include "base/utf8.h"
#include "harness/t.h"
#include "world.h"

#include "base/poison.h"

#define TRIES 600

struct shrink {
	const struct prop *p;
	struct arena *a;
	uint64_t seed;
	struct gen_case c;
	size_t tries;
};

/* Plays the case and asks. Crashes where the engine does. */
static bool holds(const struct shrink *s, const struct gen_case *c, struct buf *why)
{
	struct world w = {.a = s->a,
	    .tools = gen_tools_open(s->a),
	    .lexer = text_lexer_open(s->a),
	    .chance = {s->seed}};
	bool there = world_play(&w, c);
	w.chance.s = s->seed; /* the property's choices must not hang on how the case came about */
	bool ok = !there || s->p->holds(&w, why);
	text_lexer_close(w.lexer);
	gen_tools_close(w.tools);
	return ok;
}

static bool breaks(struct shrink *s, struct gen_case *c)
{
	if (s->tries++ > TRIES)
		return false;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		must(null >= 0 && dup2(null, 1) == 1 && dup2(null, 2) == 2);
		struct buf why = buf_in(s->a, 0);
		_exit(holds(s, c, &why) ? 0 : 1);
	}
	int status;
	must(pid > 0 && waitpid(pid, &status, 0) == pid);
	return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

/* Takes the i-th of n elements out if the case still fails without it. */
#define WITHOUT(s, v, i)                                                \
	do {                                                            \
		typeof(*(v)) kept_ = *(v);                              \
		(v)->p = arena_push((s)->a, kept_.n * sizeof *kept_.p); \
		(v)->n = (v)->cap = 0;                                  \
		for (size_t k_ = 0; k_ < kept_.n; k_++)                 \
			if (k_ != (i))                                  \
				(v)->p[(v)->n++] = kept_.p[k_];         \
		(v)->cap = kept_.n;                                     \
		if (breaks((s), &(s)->c))                               \
			progress = true;                                \
		else                                                    \
			*(v) = kept_, (i)++;                            \
	} while (0)

static bool drop_ops(struct shrink *s, struct gen_round *round)
{
	bool progress = false;
	for (size_t i = 0; i < round->list.n; i++) {
		struct gen_amendment *m = &round->list.p[i];
		for (size_t k = 0; k < m->wish.n && m->wish.n + m->reading.n > 1;)
			WITHOUT(s, &m->wish, k);
		for (size_t k = 0; k < m->reading.n && m->wish.n + m->reading.n > 1;)
			WITHOUT(s, &m->reading, k);
	}
	return progress;
}

static bool drop(struct shrink *s)
{
	bool progress = false;
	for (size_t i = 0; i < s->c.rounds; i++) {
		for (size_t k = 0; k < s->c.round[i].list.n;)
			WITHOUT(s, &s->c.round[i].list, k);
		progress |= drop_ops(s, &s->c.round[i]);
	}
	for (size_t i = 0; i < s->c.par.n && s->c.par.n > 1;)
		WITHOUT(s, &s->c.par, i);
	return progress;
}

/* Takes code points off the end of a text: half of them, then one by one. */
static bool shorten(struct shrink *s, str *text)
{
	bool progress = false;
	for (size_t take = utf8_count(*text) / 2 + 1; text->n && take;
	     take = take > 1 ? take / 2 : 0) {
		size_t n = utf8_count(*text);
		str kept = *text;
		if (take > n)
			continue;
		*text = str_head(kept, utf8_prefix(kept, n - take));
		if (breaks(s, &s->c))
			progress = true, take++;
		else
			*text = kept;
	}
	return progress;
}

static bool shorten_all(struct shrink *s)
{
	bool progress = false;
	for (size_t i = 0; i < s->c.par.n; i++)
		progress |= shorten(s, &s->c.par.p[i].text);
	for (size_t i = 0; i < s->c.rounds; i++)
		for (size_t k = 0; k < s->c.round[i].list.n; k++) {
			struct gen_amendment *m = &s->c.round[i].list.p[k];
			for (size_t j = 0; j < m->wish.n; j++)
				progress |= shorten(s, &m->wish.p[j].text);
			for (size_t j = 0; j < m->reading.n; j++)
				progress |= shorten(s, &m->reading.p[j].text);
		}
	return progress;
}

/* The generator's copies may share wishes: each amendment gets its own. */
static void part_twins(struct shrink *s)
{
	for (size_t i = 0; i < s->c.rounds; i++)
		for (size_t k = 0; k < s->c.round[i].list.n; k++) {
			struct gen_amendment *m = &s->c.round[i].list.p[k];
			struct gen_amendment old = *m;
			m->wish.n = m->wish.cap = m->reading.n = m->reading.cap = 0;
			for (size_t j = 0; j < old.wish.n; j++)
				*vec_push(s->a, &m->wish) = old.wish.p[j];
			for (size_t j = 0; j < old.reading.n; j++)
				*vec_push(s->a, &m->reading) = old.reading.p[j];
		}
}

static void show(struct shrink *s)
{
	struct buf b = buf_in(s->a, 0), why = buf_in(s->a, 0);
	gen_print(&b, &s->c);
	printf("# %s, made small in %zu tries:\n%.*s", s->p->name, s->tries, STR(buf_str(&b)));
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		(void)dup2(1, 2);
		if (!holds(s, &s->c, &why))
			printf("# why: %.*s\n", STR(buf_str(&why)));
		fflush(stdout);
		_exit(0);
	}
	int status;
	must(pid > 0 && waitpid(pid, &status, 0) == pid);
	if (!WIFEXITED(status))
		printf("# why: it crashes\n");
}

static bool generate(struct shrink *s, size_t halt)
{
	struct world w = {.a = s->a,
	    .tools = gen_tools_open(s->a),
	    .lexer = text_lexer_open(s->a),
	    .chance = {s->seed},
	    .halt = halt};
	s->c = (struct gen_case){0};
	bool there = world_generate(&w, &s->p->shape, &s->c);
	text_lexer_close(w.lexer);
	gen_tools_close(w.tools);
	return there;
}

/* The case of the seed as data. When the engine crashes on it before all rounds are written, only
 * the rounds before are. */
static void generate_what_can_be(struct shrink *s)
{
	for (size_t halt = GEN_ROUNDS + 1; halt > 0; halt--) {
		fflush(stdout);
		pid_t pid = fork();
		if (pid == 0) {
			int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
			must(null >= 0 && dup2(null, 2) == 2);
			(void)generate(s, halt);
			_exit(0);
		}
		int status;
		must(pid > 0 && waitpid(pid, &status, 0) == pid);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
			(void)generate(s, halt);
			/* An empty round, so that what comes before the crash is played again. */
			if (halt <= GEN_ROUNDS && s->c.rounds < GEN_ROUNDS)
				s->c.rounds++;
			return;
		}
	}
}

void prop_shrink(const struct prop *p, uint64_t seed)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct shrink s = {.p = p, .a = a, .seed = seed};
	generate_what_can_be(&s);
	part_twins(&s);
	if (!breaks(&s, &s.c)) {
		printf("# %s: seed %" PRIu64 " does not fail when played again\n", p->name, seed);
		return;
	}
	t_fail(__FILE__, __LINE__, "%s: seed %" PRIu64, p->name, seed);
	for (bool progress = true; progress && s.tries < TRIES;) {
		progress = drop(&s);
		progress |= shorten_all(&s);
	}
	show(&s);
}
