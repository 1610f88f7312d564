/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * cli: the command line. One row a verb; a verb is one function that prints its errors and
 * gives the exit code (base/err.h has the table). Threads: the first one.
 */
#ifndef MAIN_CLI_H
#define MAIN_CLI_H

#include "base/err.h"
#include "base/vec.h"

/* What follows the verb: plain words and --name VALUE or --name=VALUE pairs. */
struct cli_args {
	VEC(str) words;
	VEC(struct {
		str name;
		str value;
	})
	options;
	struct arena *arena;
};

struct cli_verb {
	const char *name;
	const char *usage;   /* "DIR GROUP OUT" */
	const char *summary; /* one line */
	const char *help;    /* the whole page, after usage and summary */
	const char *options; /* names of the options it takes, separated by spaces; '!' first:
	                        without value */
	size_t words_min, words_max;
	int (*run)(struct cli_args *args);
	const struct cli_verbs *sub; /* verbs of its own, in the place of run; or NULL */
};

struct cli_verbs {
	const char *program; /* the words before the verb: "comity", "comity text" */
	const char *about;   /* one line */
	const char *more;    /* behind the last line of the help */
	const struct cli_verb *v;
	size_t n;
};

extern const struct cli_verbs cli_verbs; /* all of them: cli_verbs.c */
extern const struct cli_verbs cli_text;  /* those of "comity text": cli_text.c */

/* A verb without run and sub: another table has it. */
#define CLI_AWAY (-1)

/* Finds the verb argv[0], reads the arguments behind it, runs it; the exit code, or CLI_AWAY. */
int cli_run(const struct cli_verbs *t, int argc, char **argv);

/* The value of an option, or the empty str with p == NULL. */
str cli_option(const struct cli_args *args, const char *name);
str cli_word(const struct cli_args *args, size_t i);
/* Prints "comity: message" with the way out; the exit code. */
int cli_fail(const struct err *err);
/* Writes to standard output and makes sure that it arrived; the exit code. */
int cli_print(str text);

int cli_init(struct cli_args *args);
int cli_serve(struct cli_args *args);
int cli_replay(struct cli_args *args);
int cli_rebuild(struct cli_args *args);
int cli_export(struct cli_args *args);
int cli_verify(struct cli_args *args);
int cli_report(struct cli_args *args);
int cli_do(struct cli_args *args);
int cli_commands(struct cli_args *args);
int cli_bench(struct cli_args *args);
int cli_caption(struct cli_args *args);

#endif
