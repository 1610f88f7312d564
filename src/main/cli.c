/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Finds the verb, reads its arguments, runs it. */
#include "main/cli.h"

#include <stdio.h>

#include "base/poison.h"

/* A verb and the words that lead to it: "comity text". */
struct found {
	const char *program;
	const struct cli_verb *verb;
};

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
	(void)fflush(stdout);
	if (err->field)
		fprintf(stderr, "comity: %s: %.*s\n", err->field, STR(text));
	else
		fprintf(stderr, "comity: %.*s\n", STR(text));
	return rc_exit(err->code);
}

int cli_print(str text)
{
	if (fwrite(text.p, 1, text.n, stdout) == text.n && fflush(stdout) == 0)
		return 0;
	fprintf(stderr, "comity: not everything could be written.\n");
	return rc_exit(FAULT);
}

static const struct cli_verb *find_verb(const struct cli_verbs *t, str name)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_is(name, t->v[i].name))
			return &t->v[i];
	return NULL;
}

static int show_help(const struct cli_verbs *t, FILE *to)
{
	fprintf(to, "%s\n\nusage: %s VERB [ARGUMENTS]\n\n", t->about, t->program);
	for (size_t i = 0; i < t->n; i++)
		fprintf(to, "  %-11s %s\n", t->v[i].name, t->v[i].summary);
	fprintf(to, "\n\"%s VERB --help\" tells more.%s\n", t->program, t->more);
	return to == stdout ? 0 : 2;
}

static int show_verb(const struct found *f, FILE *to)
{
	const struct cli_verb *v = f->verb;
	fprintf(to, "usage: %s %s %s\n\n%s.\n", f->program, v->name, v->usage, v->summary);
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

static int read_args(const struct found *f, int argc, char **argv, struct cli_args *args)
{
	const struct cli_verb *v = f->verb;
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
			fprintf(stderr, "%s %s: --%.*s %s\n", f->program, v->name, STR(name),
			    kind ? "needs a value" : "is not an option here");
			return show_verb(f, stderr);
		}
		if (kind == 1 && eq == SIZE_MAX)
			value = str_of(argv[++i]);
		vec_push(args->arena, &args->options)->name = name;
		args->options.p[args->options.n - 1].value = value;
	}
	if (args->words.n < v->words_min || args->words.n > v->words_max)
		return show_verb(f, stderr);
	return -1;
}

static bool asks_help(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (str_is(str_of(argv[i]), "--help") || str_is(str_of(argv[i]), "-h"))
			return true;
	return false;
}

int cli_run(const struct cli_verbs *t, int argc, char **argv)
{
	if (argc < 1)
		return show_help(t, stderr);
	str name = str_of(argv[0]);
	bool help = str_is(name, "--help") || str_is(name, "-h") || str_is(name, "help");
	struct found f = {t->program, find_verb(t, help && argc > 1 ? str_of(argv[1]) : name)};
	if (f.verb && f.verb->sub) {
		if (help)
			argv[1] = argv[0];
		return cli_run(f.verb->sub, argc - 1, argv + 1);
	}
	if (help)
		return f.verb ? show_verb(&f, stdout) : show_help(t, stdout);
	if (!f.verb) {
		fprintf(stderr, "%s: there is no verb %s\n\n", t->program, argv[0]);
		return show_help(t, stderr);
	}
	if (asks_help(argc - 1, argv + 1))
		return show_verb(&f, stdout);
	if (!f.verb->run)
		return CLI_AWAY;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct cli_args args = {.arena = a};
	int bad = read_args(&f, argc - 1, argv + 1, &args);
	return bad >= 0 ? bad : f.verb->run(&args);
}
