/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Verbs about commands: the list, and carrying one out. */
#include "engine/house.h"
#include "main/cli.h"
#include "rooms/rooms_list.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/poison.h"

static void print_roles(unsigned may)
{
	static const struct {
		unsigned role;
		const char *name;
	} names[] = {
	    {ROLE_PUBLIC, "anyone"},
	    {ROLE_PARTICIPANT, "participants"},
	    {ROLE_OBSERVER, "observers"},
	    {ROLE_MEMBER, "members"},
	    {ROLE_FOCAL_POINT, "focal points"},
	    {ROLE_CHAIR, "the Chair"},
	    {ROLE_SECRETARIAT, "the secretariat"},
	    {ROLE_ADMIN, "administrators"},
	    {ROLE_SYSTEM, "the clock"},
	    {ROLE_ACCOUNT, "account holders"},
	};
	const char *sep = "  who: ";
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (may & names[i].role) {
			printf("%s%s", sep, names[i].name);
			sep = ", ";
		}
	}
	printf("\n");
}

static void print_field(const struct field *f)
{
	if (f->flags & FIELD_GIVEN) {
		printf("  =%-22s (given by the command)\n", f->name);
		return;
	}
	printf("  %-23s %s%s%s%s\n", f->name, f->label,
	    f->flags & FIELD_REQUIRED ? " (required)" : "",
	    f->flags & FIELD_PRIVATE ? " (never published)" : "",
	    f->flags & FIELD_HELD ? " (held until published)" : "");
	for (const struct choice *c = f->type == FIELD_CHOICE ? f->choices : NULL; c && c->value;
	     c++)
		printf("  %-23s   %s: %s\n", "", c->value, c->label);
	if (f->help)
		printf("  %-23s   %s\n", "", f->help);
}

static void print_command(const struct command *c)
{
	printf("%s: %s\n  %s\n", c->name, c->title, c->help);
	print_roles(c->may);
	for (size_t i = 0; i < c->fields_n; i++)
		print_field(&c->fields[i]);
}

int cli_commands(struct cli_args *args)
{
	str one = cli_word(args, 0);
	bool any = false;
	for (size_t i = 0; i < comity_rooms.n; i++) {
		const struct room_commands *c = comity_rooms.v[i].commands;
		for (size_t k = 0; c && k < c->n; k++) {
			if (!one.n) {
				printf("%-26s %s\n", c->rows[k].name, c->rows[k].title);
			} else if (str_is(one, c->rows[k].name)) {
				print_command(&c->rows[k]);
				any = true;
			}
		}
	}
	if (one.n && !any)
		fprintf(stderr, "comity: there is no command %.*s\n", STR(one));
	return one.n && !any ? 5 : 0;
}

static enum rc read_pairs(struct cli_args *args, struct inputs *in, struct err *err)
{
	for (size_t i = 3; i < args->words.n; i++) {
		size_t eq = str_find_char(args->words.p[i], '=');
		if (eq == SIZE_MAX)
			return ERR(err, INVALID, NULL, "{0} is not FIELD=VALUE.", args->words.p[i]);
		inputs_add(args->arena, in, str_head(args->words.p[i], eq),
		    str_skip(args->words.p[i], eq + 1));
	}
	return OK;
}

static enum rc make_order(struct cli_args *args, struct order *o, struct err *err)
{
	struct inputs in = {0};
	str as = cli_option(args, "as"), group = cli_word(args, 1);
	*o = (struct order){.command = rooms_command(&comity_rooms, cli_word(args, 2), NULL),
	    .group = str_is(group, "-") ? STR_EMPTY : group,
	    .actor = ACTOR_SYSTEM,
	    .expect = LOG_ANY,
	    .key = cli_option(args, "key")};
	if (!o->command)
		return ERR(err, ABSENT, NULL, "There is no command {0}; see: comity commands.",
		    cli_word(args, 2));
	if (as.p && !actor_parse(as, &o->actor))
		return ERR(err, INVALID, "--as", "{0} is not the id of a person.", as);
	if (!as.p)
		o->extra_roles = ROLE_SYSTEM | ROLE_ADMIN;
	if (cli_option(args, "expect").p && !str_to_i64(cli_option(args, "expect"), &o->expect))
		return ERR(err, INVALID, "--expect", "This is a number of entries.");
	TRY(read_pairs(args, &in, err));
	return command_read(args->arena, o->command, &in, &o->values, NULL, err);
}

int cli_do(struct cli_args *args)
{
	AUTO_HOUSE struct house *h = NULL;
	struct err err = {0};
	struct order o;
	struct outcome out;
	struct house_conf conf = {.dir = cli_word(args, 0),
	    .rooms = &comity_rooms,
	    .clock = clock_wall(),
	    .rng = rng_system()};
	if (make_order(args, &o, &err) != OK || house_open(&conf, &h, &err) != OK ||
	    house_begin(h, &err) != OK)
		return cli_fail(&err);
	if (house_carry_out(h, args->arena, &o, &out, &err) != OK) {
		house_rollback(h);
		return cli_fail(&err);
	}
	if (house_commit(h, &err) != OK)
		return cli_fail(&err);
	str leaf = digest_str(args->arena, out.leaf);
	printf("entry %" PRId64 " %.*s\n", out.seq, STR(leaf));
	return 0;
}
