/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * run: the program as people start it, with what it said and how it ended.
 *
 * The program is the one that the environment names (COMITY). Threads: one.
 */
#ifndef TEST_CLI_RUN_H
#define TEST_CLI_RUN_H

#include "base/json.h"

struct ran {
	int status; /* exit code; -1: ended by a signal */
	str out, err;
};

/* Runs it with these words (NULL ends them); input goes to standard input. In arena. */
struct ran run_comity(struct arena *a, str input, const char *const *words);
/* The same with another program. */
struct ran run_program(struct arena *a, const char *program, str input, const char *const *words);
#define RUN(a, input, ...) run_comity((a), (input), (const char *const[]){__VA_ARGS__, NULL})

/* What was printed as JSON; fails the test when it is not. In arena. */
struct json *run_json(struct arena *a, const struct ran *r);
/* Writes a file into the folder of this test; its path. In arena. */
const char *run_file(struct arena *a, const char *name, str bytes);

#endif
