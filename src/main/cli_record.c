/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Verbs about the record: replay, rebuild, export, verify. */
#include "base/db.h"
#include "main/cli.h"
#include "main/replay.h"
#include "record/export.h"
#include "record/store_sqlite.h"
#include "record/verify.h"
#include "rooms/rooms_list.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/poison.h"

int cli_replay(struct cli_args *args)
{
	struct replay_stats stats;
	struct err err = {0};
	usec start = clock_monotonic();
	if (replay_folder(args->arena, &comity_rooms, cli_word(args, 0), cli_word(args, 1), cli_option(args, "host"),
		cli_option(args, "seed"), &stats, &err) != OK)
		return cli_fail(&err);
	printf("replayed %zu acts and %zu acts of the clock in %.2f s\n", stats.acts, stats.due,
	    (double)(clock_monotonic() - start) / 1e6);
	return 0;
}

static enum rc open_house(struct cli_args *args, struct house **out, struct err *err)
{
	struct house_conf conf = {.dir = cli_word(args, 0), .rooms = &comity_rooms, .clock = clock_wall(),
	    .rng = rng_system()};
	return house_open(&conf, out, err);
}

int cli_rebuild(struct cli_args *args)
{
	AUTO_HOUSE struct house *h = NULL;
	struct err err = {0};
	digest before, after;
	usec start;
	if (open_house(args, &h, &err) != OK || house_view_digest(h, &before, &err) != OK)
		return cli_fail(&err);
	start = clock_monotonic();
	if (house_rebuild(h, &err) != OK || house_view_digest(h, &after, &err) != OK)
		return cli_fail(&err);
	bool same = digest_eq(before, after);
	printf("rebuilt in %.2f s; the tables are %s before\n", (double)(clock_monotonic() - start) / 1e6,
	    same ? "the same as" : "not the same as");
	return same || !cli_option(args, "check").p ? 0 : 1;
}

int cli_export(struct cli_args *args)
{
	struct err err = {0};
	AUTO_HOUSE struct house *h = NULL;
	(void)args;
	if (open_house(args, &h, &err) != OK)
		return cli_fail(&err);
	return 70;
}

int cli_verify(struct cli_args *args)
{
	(void)args;
	return 70;
}
