/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The verb that writes the Chair's report. */
#include "engine/house.h"
#include "engine/page.h"
#include "main/cli.h"
#include "rooms/report/report_cli.h"
#include "rooms/rooms_list.h"

#include <stdio.h>

#include "base/poison.h"

static enum rc choose_format(const struct cli_args *args, enum report_format *out, struct err *err)
{
	str format = cli_option(args, "format");
	*out = REPORT_FORMAT_TEXT;
	if (cli_option(args, "facts").p)
		*out = REPORT_FORMAT_FACTS;
	else if (str_is(format, "html"))
		*out = REPORT_FORMAT_HTML;
	else if (format.p && !str_is(format, "text"))
		return ERR(err, INVALID, "--format", "{0} is neither html nor text.", format);
	return OK;
}

static enum rc print(struct cli_args *args, struct buf *out, struct err *err)
{
	struct arena *a = args->arena;
	AUTO_DB struct db *db = NULL;
	struct page_group group = {.slug = cli_word(args, 1)};
	enum report_format format;
	TRY(choose_format(args, &format, err));
	TRY(db_open_read(arena_z(a, house_db_path(a, cli_word(args, 0))), &db, err));
	TRY(house_find_group(db, a, group.slug, &group.id, err));
	TRY(comity_rooms.heading(db, a, group.id, &group, err));
	struct report_group g = {
	    .grp = group.id, .slug = group.slug, .title = group.title, .base = STR_EMPTY};
	return report_print(db, a, &g, format, out, err);
}

int cli_report(struct cli_args *args)
{
	struct err err = {0};
	struct buf out = buf_in(args->arena, 0);
	if (print(args, &out, &err) != OK)
		return cli_fail(&err);
	fwrite(out.p, 1, out.n, stdout);
	return 0;
}
