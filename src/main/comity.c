/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The program: finds the verb, reads its arguments, runs it. */
#include "base/must.h"
#include "engine/intake.h"
#include "main/cli.h"

#include <sodium.h>
#include <stdio.h>

#include "base/poison.h"

str cli_option(const struct cli_args *args, const char *name)
{
	for (size_t i = 0; i < args->options.n; i++)
		if (str_is(args->options.p[i].name, name))
			return args->options.p[i].value;
	return (str){NULL, 0};
}

str cli_word(const struct cli_args *args, size_t i)
{
	return i < args->words.n ? args->words.p[i] : STR_EMPTY;
}

int cli_fail(const struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str text = err_text(err, a);
	if (err->field)
		fprintf(stderr, "comity: %s: %.*s\n", err->field, STR(text));
	else
		fprintf(stderr, "comity: %.*s\n", STR(text));
	return rc_exit(err->code);
}

static const struct cli_verb *find_verb(str name)
{
	for (size_t i = 0; i < cli_verbs_n; i++)
		if (str_is(name, cli_verbs[i].name))
			return &cli_verbs[i];
	return NULL;
}

static int show_help(FILE *to)
{
	fprintf(to, "Comity runs a working group from mandate to report.\n\n"
	            "usage: comity VERB [ARGUMENTS]\n\n");
	for (size_t i = 0; i < cli_verbs_n; i++)
		fprintf(to, "  %-10s %s\n", cli_verbs[i].name, cli_verbs[i].summary);
	fprintf(
	    to, "\n\"comity VERB --help\" tells more. \"comity --version\" prints the version.\n");
	return to == stdout ? 0 : 2;
}

static int show_verb(const struct cli_verb *v, FILE *to)
{
	fprintf(to, "usage: comity %s %s\n\n%s.\n", v->name, v->usage, v->summary);
	if (v->help && to == stdout)
		fprintf(to, "\n%s", v->help);
	return to == stdout ? 0 : 2;
}

/* 0: unknown; 1: with a value; 2: without. */
static int option_kind(const struct cli_verb *v, str name)
{
	str rest = str_of(v->options), piece;
	while (str_cut(&rest, ' ', &piece)) {
		if (str_eq(piece, name))
			return 1;
		if (piece.n && piece.p[0] == '!' && str_eq(str_skip(piece, 1), name))
			return 2;
	}
	return 0;
}

static int read_args(const struct cli_verb *v, int argc, char **argv, struct cli_args *args)
{
	for (int i = 0; i < argc; i++) {
		str word = str_of(argv[i]);
		if (!str_starts(word, S("--")) || word.n == 2) {
			*vec_push(args->arena, &args->words) = word;
			continue;
		}
		str name = str_skip(word, 2);
		size_t eq = str_find_char(name, '=');
		str value = eq == SIZE_MAX ? STR_EMPTY : str_skip(name, eq + 1);
		name = str_head(name, eq);
		int kind = option_kind(v, name);
		if (kind == 0 || (kind == 1 && eq == SIZE_MAX && i + 1 == argc)) {
			fprintf(stderr, "comity %s: --%.*s %s\n", v->name, STR(name),
			    kind ? "needs a value" : "is not an option here");
			return show_verb(v, stderr);
		}
		if (kind == 1 && eq == SIZE_MAX)
			value = str_of(argv[++i]);
		vec_push(args->arena, &args->options)->name = name;
		args->options.p[args->options.n - 1].value = value;
	}
	if (args->words.n < v->words_min || args->words.n > v->words_max)
		return show_verb(v, stderr);
	return -1;
}

static bool asks_help(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (str_is(str_of(argv[i]), "--help") || str_is(str_of(argv[i]), "-h"))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	intake_child(argc, argv);
	must(sodium_init() >= 0);
	if (argc < 2)
		return show_help(stderr);
	str name = str_of(argv[1]);
	if (str_is(name, "--help") || str_is(name, "-h") || str_is(name, "help")) {
		const struct cli_verb *about = argc > 2 ? find_verb(str_of(argv[2])) : NULL;
		return about ? show_verb(about, stdout) : show_help(stdout);
	}
	if (str_is(name, "--version")) {
		printf("comity %s\nlog format comity-entry/v1 (oldest readable: v1)\n",
		    COMITY_VERSION);
		return 0;
	}
	const struct cli_verb *v = find_verb(name);
	if (!v) {
		fprintf(stderr, "comity: there is no verb %s\n\n", argv[1]);
		return show_help(stderr);
	}
	if (asks_help(argc - 2, argv + 2))
		return show_verb(v, stdout);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct cli_args args = {.arena = a};
	int bad = read_args(v, argc - 2, argv + 2, &args);
	return bad >= 0 ? bad : v->run(&args);
}
