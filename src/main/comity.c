/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The whole program: every verb. It is installed as comity-house and started by comity (door.c),
 * which answers what must be quick itself.
 */
#include "base/must.h"
#include "engine/intake.h"
#include "main/cli_text_word.h"

#include <sodium.h>
#include <stdio.h>

#include "base/poison.h"

int main(int argc, char **argv)
{
	intake_child(argc, argv);
	must(sodium_init() >= 0);
	if (argc > 1 && str_is(str_of(argv[1]), "--version")) {
		printf("comity %s\nlog format comity-entry/v1 (oldest readable: v1)\n",
		    COMITY_VERSION);
		return 0;
	}
	int done = cli_run(&cli_verbs, argc - 1, argv + 1);
	return done == CLI_AWAY ? cli_run(&cli_text_word, argc - 2, argv + 2) : done;
}
