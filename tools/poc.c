/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * poc: catalogues of messages into C.
 *
 *     poc OUT.c ar.po es.po fr.po ru.po zh.po
 *
 * Writes the table of engine/i18n_catalogue.h; the language of a catalogue is the name of its file.
 * A message without a translation is left out, and is then shown in English. Understood are
 * msgid, msgid_plural, msgstr, msgstr[N], their continuation lines and comments.
 *
 * REFUSED, with "file:line: message", which ends the build: a {0} that the translation has and
 * the message has not, or the other way round (a form for one number alone may leave out {0}); text
 * that is not UTF-8; markup; characters that turn the direction of text, and control characters;
 * white space at an end where the message has none; a number of forms that is not the language's;
 * the same message twice; a translation marked fuzzy.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>

#include "base/plural.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/buf.h"
#include "base/poison.h"

#define LANGS_MAX 8

struct message {
	int line;
	str english, plural;
	str form[PLURAL_FORMS_MAX];
	size_t forms_n; /* msgstr[] that were there */
};

struct catalogue {
	struct arena *arena;
	const char *file;
	str lang;
	int line;
	struct message now; /* being read */
	str *field;         /* to which a continuation line adds */
	VEC(struct message) messages;
};

struct row {
	str english;
	str said[LANGS_MAX]; /* forms, each ended by NUL, but the last; p NULL: none */
};
typedef VEC(struct row) rows;

static noreturn void die(const struct catalogue *c, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static noreturn void die(const struct catalogue *c, int line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: error: ", c->file, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static str read_file(struct catalogue *c)
{
	struct buf b = buf_in(c->arena, 0);
	char piece[16384];
	size_t n;
	FILE *f = fopen(c->file, "rb");
	if (!f)
		die(c, 0, "cannot be opened");
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(&b, str_from(piece, n));
	if (ferror(f) || !buf_ok(&b))
		die(c, 0, "cannot be read");
	fclose(f);
	return buf_str(&b);
}

/* Adds the text between the quotation marks of a line to the field. */
static void add_quoted(struct catalogue *c, str s)
{
	struct buf b = buf_in(c->arena, 0);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		die(c, c->line, "text in quotation marks is expected");
	buf_put(&b, *c->field);
	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] != '\\') {
			buf_putc(&b, s.p[i]);
			continue;
		}
		i++;
		if (s.p[i] != 'n' && s.p[i] != '"' && s.p[i] != '\\')
			die(c, c->line, "only \\n, \\\" and \\\\ are known");
		buf_putc(&b, s.p[i] == 'n' ? '\n' : s.p[i]);
	}
	*c->field = buf_str(&b);
}

/* The arguments of a text, "{0}" or "{number}", one after the other: where the next one stands. */
static bool next_argument(str s, size_t *at, str *argument)
{
	for (; *at < s.n; (*at)++) {
		size_t n = str_find_char(str_skip(s, *at), '}');
		if (s.p[*at] == '{' && n != SIZE_MAX) {
			*argument = str_head(str_skip(s, *at), n + 1);
			*at += n + 1;
			return true;
		}
	}
	return false;
}

static size_t count_of(str s, str argument)
{
	size_t at = 0, n = 0;
	str other;
	while (next_argument(s, &at, &other))
		n += str_eq(other, argument);
	return n;
}

static void check_arguments(const struct catalogue *c, const struct message *m, size_t form)
{
	str of = m->plural.n ? m->plural : m->english, said = m->form[form], x;
	bool may_lack = m->plural.n && plural_says_number(c->lang, form);
	for (size_t at = 0; next_argument(said, &at, &x);)
		if (count_of(of, x) < count_of(said, x))
			die(c, m->line, "the message has no %.*s for the translation", STR(x));
	for (size_t at = 0; next_argument(of, &at, &x);)
		if (count_of(said, x) < count_of(of, x) && !(may_lack && str_is(x, "{0}")))
			die(c, m->line, "the translation lacks %.*s", STR(x));
}

static bool has_space_at(str s, bool end)
{
	char ch = (char)(s.n ? s.p[end ? s.n - 1 : 0] : 0);
	return ch == ' ' || ch == '\n';
}

static void check_text(const struct catalogue *c, const struct message *m, str s)
{
	size_t at = 0;
	uint32_t cp = 0;
	if (!utf8_is_text(s))
		die(c, m->line, "this is not UTF-8 text");
	while (utf8_next(s, &at, &cp)) {
		/* A sign of what people type (">> NAME:") is escaped where it is shown, as & is. */
		bool english = cp < 0x80 && str_find_char(m->english, (char)cp) != SIZE_MAX;
		if (cp == '<' || ((cp == '>' || cp == '&') && !english))
			die(c, m->line, "markup has no place in a message");
		if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp < 0x0A)
			die(c, m->line, "characters that turn the direction are set by the pages");
	}
	if (has_space_at(s, false) != has_space_at(m->english, false) ||
	    has_space_at(s, true) != has_space_at(m->english, true))
		die(c, m->line, "white space at an end must be as in the message");
}

/* One message has been read: it is kept when it is translated. */
static void end_message(struct catalogue *c)
{
	struct message m = c->now;
	size_t forms = m.plural.n ? plural_forms(c->lang) : 1, said = 0;
	c->now = (struct message){0};
	c->field = NULL;
	if (!m.english.n) /* the header, or nothing */
		return;
	if (m.forms_n != forms)
		die(c, m.line, "%zu forms are needed", forms);
	for (size_t i = 0; i < forms; i++)
		said += m.form[i].n > 0;
	if (said == 0)
		return;
	if (said != forms)
		die(c, m.line, "some forms are translated and some are not");
	for (size_t i = 0; i < forms; i++) {
		check_text(c, &m, m.form[i]);
		check_arguments(c, &m, i);
	}
	*vec_push(c->arena, &c->messages) = m;
}

/* "msgstr[2]" or "msgstr" before the text of a line. */
static void begin_form(struct catalogue *c, str *rest)
{
	size_t form = 0;
	*rest = str_skip(*rest, 6);
	if (rest->n > 2 && rest->p[0] == '[' && rest->p[2] == ']') {
		form = (size_t)(rest->p[1] - '0');
		*rest = str_skip(*rest, 3);
	}
	if (form != c->now.forms_n || form >= PLURAL_FORMS_MAX)
		die(c, c->line, "forms are numbered from 0, one after the other");
	c->now.forms_n++;
	c->field = &c->now.form[form];
}

static void read_line(struct catalogue *c, str line)
{
	str rest = str_trim(line);
	if (str_starts(rest, S("#,")) && str_find(rest, S("fuzzy")) != SIZE_MAX)
		die(c, c->line, "a fuzzy translation: look at it, or leave it empty");
	if (!rest.n || rest.p[0] == '#')
		return;
	if (str_starts(rest, S("msgid_plural "))) {
		c->field = &c->now.plural;
		rest = str_skip(rest, 12);
	} else if (str_starts(rest, S("msgid "))) {
		end_message(c);
		c->now.line = c->line;
		c->field = &c->now.english;
		rest = str_skip(rest, 5);
	} else if (str_starts(rest, S("msgstr"))) {
		begin_form(c, &rest);
	} else if (rest.p[0] != '"' || !c->field) {
		die(c, c->line, "this line is not understood");
	}
	add_quoted(c, str_trim(rest));
}

static str lang_of(const char *file)
{
	str name = str_of(file), piece;
	str rest = name;
	while (str_cut(&rest, '/', &piece))
		name = piece;
	return str_head(name, str_find_char(name, '.'));
}

static int compare_messages(const void *a, const void *b)
{
	return str_cmp(((const struct message *)a)->english, ((const struct message *)b)->english);
}

static void read_catalogue(struct catalogue *c)
{
	str rest = read_file(c), line;
	if (!utf8_valid(rest))
		die(c, 0, "this is not UTF-8 text");
	while (str_cut(&rest, '\n', &line)) {
		c->line++;
		read_line(c, line);
	}
	end_message(c);
	vec_sort(&c->messages, compare_messages);
	for (size_t i = 1; i < c->messages.n; i++)
		if (compare_messages(&c->messages.p[i - 1], &c->messages.p[i]) == 0)
			die(c, c->messages.p[i].line, "this message is there twice");
}

static str joined_forms(const struct catalogue *c, const struct message *m)
{
	struct buf b = buf_in(c->arena, 0);
	for (size_t i = 0; i < m->forms_n; i++) {
		if (i > 0)
			buf_putc(&b, 0);
		buf_put(&b, m->form[i]);
	}
	return buf_str(&b);
}

static int compare_rows(const void *a, const void *b)
{
	return str_cmp(((const struct row *)a)->english, ((const struct row *)b)->english);
}

/* Puts the messages of a catalogue into its column: both are in order. */
static void merge(struct arena *a, rows *all, const struct catalogue *c, size_t column)
{
	size_t had = all->n, at = 0;
	for (size_t i = 0; i < c->messages.n; i++) {
		const struct message *m = &c->messages.p[i];
		while (at < had && str_cmp(all->p[at].english, m->english) < 0)
			at++;
		struct row *row = at < had && str_eq(all->p[at].english, m->english)
		                      ? &all->p[at]
		                      : vec_push(a, all);
		row->english = m->english;
		row->said[column] = joined_forms(c, m);
	}
	vec_sort(all, compare_rows);
}

static void write_literal(FILE *out, str s)
{
	fputc('"', out);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if (ch == '"' || ch == '\\' || ch == '?' || ch < ' ')
			fprintf(out, "\\%03o", ch);
		else
			fputc(ch, out);
	}
	fputc('"', out);
}

static void write_table(FILE *out, const rows *all, const str *langs, size_t n)
{
	fputs("/* Made by tools/poc. */\n#include \"engine/i18n_catalogue.h\"\n\n", out);
	fputs("const char *const i18n_columns[I18N_CATALOGUES] = {", out);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "\"%.*s\", ", STR(langs[i]));
	fputs("};\nconst struct i18n_message i18n_messages[] = {\n", out);
	for (size_t i = 0; i < all->n; i++) {
		fputs("{", out);
		write_literal(out, all->p[i].english);
		fputs(", {", out);
		for (size_t k = 0; k < n; k++) {
			if (all->p[i].said[k].n)
				write_literal(out, all->p[i].said[k]);
			else
				fputs("NULL", out);
			fputs(k + 1 < n ? ", " : "}},\n", out);
		}
	}
	fprintf(out, "{NULL, {NULL}},\n};\nconst size_t i18n_messages_n = %zu;\n", all->n);
}

int main(int argc, char **argv)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	rows all = {0};
	str langs[LANGS_MAX];
	size_t n = 0;
	for (int i = 2; i < argc && n < LANGS_MAX; i++, n++) {
		struct catalogue c = {.arena = a, .file = argv[i], .lang = lang_of(argv[i])};
		read_catalogue(&c);
		merge(a, &all, &c, n);
		langs[n] = c.lang;
	}
	FILE *out = argc < 3 ? NULL : fopen(argv[1], "wb");
	if (!out) {
		fputs("usage: poc OUT.c LANG.po...\n", stderr);
		return 1;
	}
	write_table(out, &all, langs, n);
	return fclose(out) != 0;
}
