/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "prop.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/must.h"
#include "harness/t.h"
#include "prop_shrink.h"
#include "world.h"

#include "base/poison.h"

#define LEXER_CASES 5000 /* then a new one: it keeps every word that it has seen */

/*      style, paragraphs, amendments, ops, structural, readings, two rounds */
static const struct gen_shape shapes[PROP_SHAPES] = {
    {GEN_TINY, 2, 8, 2, 0, 20, 25},
    {GEN_TINY, 5, 9, 3, 35, 20, 30},
    {GEN_PROSE, 4, 12, 3, 20, 30, 30},
    {GEN_SCRIPTS, 3, 8, 2, 20, 30, 30},
};
static const char *const shape_names[PROP_SHAPES] = {"words", "paragraphs", "prose", "scripts"};

/* What the process of the cases tells the one that waits. */
struct told {
	uint64_t seed; /* of the case that runs */
	size_t done, useful, settled, fit, two_rounds;
};

static uint64_t case_seed(const struct prop *p, size_t i)
{
	return p->seed * 1000000 + i;
}

static void run_case(const struct prop *p, struct world *w, struct told *told)
{
	struct gen_case *c = arena_new_of(w->a, struct gen_case);
	struct buf why = buf_in(w->a, 0);
	w->chance.s = told->seed;
	w->two_rounds = false;
	w->useful = 0;
	bool there = world_generate(w, &p->shape, c);
	w->chance.s = told->seed; /* as when it is played again */
	if (there && !p->holds(w, &why))
		exit(1);
	told->done++;
	told->useful += w->useful;
	told->settled += w->n;
	told->fit += w->fit_n;
	told->two_rounds += w->two_rounds;
}

/* In a process of its own. */
static void run_cases(const struct prop *p, struct told *told, size_t from, size_t to)
{
	AUTO_ARENA struct arena *long_lived = arena_new(0);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct gen_tools *tools = gen_tools_open(long_lived);
	for (size_t i = from; i < to;) {
		AUTO_ARENA struct arena *of_lexer = arena_new(0);
		struct world w = {.a = a, .tools = tools, .lexer = text_lexer_open(of_lexer)};
		for (size_t end = i + LEXER_CASES; i < end && i < to; i++) {
			told->seed = case_seed(p, i);
			arena_reset(a);
			run_case(p, &w, told);
		}
		text_lexer_close(w.lexer);
	}
	gen_tools_close(tools);
}

static size_t times(void)
{
	const char *text = getenv("PROP_TIMES");
	int64_t n = 1;
	return text && str_to_i64(str_of(text), &n) && n > 0 ? (size_t)n : 1;
}

static bool one_seed(uint64_t *seed)
{
	const char *text = getenv("PROP_SEED");
	int64_t n;
	if (!text || !str_to_i64(str_of(text), &n))
		return false;
	*seed = (uint64_t)n;
	return true;
}

void prop_run(const struct prop *p)
{
	uint64_t seed;
	if (one_seed(&seed)) {
		prop_shrink(p, seed);
		return;
	}
	struct told *told =
	    mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	must(told != MAP_FAILED);
	size_t cases = p->cases * times();
	int status;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		run_cases(p, told, 0, cases);
		exit(0);
	}
	must(pid > 0 && waitpid(pid, &status, 0) == pid);
	printf("# %s: %zu cases, %zu amendments (%zu fitting), %zu of two rounds, %zu useful\n",
	    p->name, told->done, told->settled, told->fit, told->two_rounds, told->useful);
	if (told->done != cases) {
		t_fail(__FILE__, __LINE__,
		    "%s: seed %" PRIu64 " (PROP_SEED=%" PRIu64 " runs it alone)", p->name,
		    told->seed, told->seed);
		prop_shrink(p, told->seed);
	} else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		t_fail(__FILE__, __LINE__, "%s: memory is lost", p->name);
	} else if (told->useful * 100 < p->useful * cases) {
		t_fail(__FILE__, __LINE__, "%s: too little was proved", p->name);
	}
	munmap(told, sizeof *told);
}

void prop_run_all(
    const char *name, prop_fn holds, uint64_t seed, const size_t cases[PROP_SHAPES], size_t useful)
{
	for (size_t i = 0; i < PROP_SHAPES; i++) {
		char full[80];
		snprintf(full, sizeof full, "%s, %s", name, shape_names[i]);
		struct prop p = {full, holds, shapes[i], seed * 10 + i, cases[i], useful};
		if (p.cases)
			prop_run(&p);
	}
}
