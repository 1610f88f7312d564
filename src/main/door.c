/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The program comity: "comity text" itself, every other verb by the whole program, comity-house,
 * which lies beside it. Loading the libraries of a server takes longer than comparing two drafts
 * (doc/decisions/0012).
 */
#include "main/cli.h"

#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#include "base/poison.h"

#define HOUSE "-house"

/* Ends only when the other program cannot be started. */
static int run_house(char **argv)
{
	char path[PATH_MAX + sizeof HOUSE];
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX);
	if (n > 0) {
		mem_copy(path + n, sizeof HOUSE, HOUSE, sizeof HOUSE);
		execv(path, argv);
		perror(path);
	}
	fprintf(stderr, "comity: its other half, comity-house, is to lie in the same folder.\n");
	return rc_exit(FAULT);
}

/* Memory is asked for in large pieces and not given back before the end, which is near. */
static int run_text(int argc, char **argv)
{
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 30);
	(void)mallopt(M_TRIM_THRESHOLD, 1 << 30);
	(void)mallopt(M_TOP_PAD, 1 << 20);
	return cli_run(&cli_text, argc - 2, argv + 2);
}

int main(int argc, char **argv)
{
	int done = CLI_AWAY;
	if (argc > 1 && str_is(str_of(argv[1]), "text"))
		done = run_text(argc, argv);
	/* Word files need libraries that a comparison should not wait for. */
	return done == CLI_AWAY ? run_house(argv) : done;
}
