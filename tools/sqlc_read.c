/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * sqlc_read: takes a .sql file apart into schema, headers and statements.
 */
#include "sqlc.h"

#include <stdio.h>

#include "base/utf8.h"
#include "base/poison.h"

/* Words that C or the made functions need for themselves. */
static const char RESERVED[] =
    "auto break case char const continue default do double else enum extern float for goto if "
    "inline "
    "int long register restrict return short signed sizeof static struct switch typedef union "
    "unsigned void volatile while asm typeof bool true false str db a out err found each ctx use "
    "row";

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

int line_of(const struct file *f, const char *p)
{
	int line = 1;
	for (const char *q = f->src.p; q < p; q++)
		line += *q == '\n';
	return line;
}

/* --- the header of a statement --- */

struct cursor {
	const struct file *f;
	str rest;
	int line;
};

/* Over white space, and over the "--" that begins a further line of the header. */
static void skip_blank(struct cursor *c)
{
	for (;;) {
		if (c->rest.n && (c->rest.p[0] == ' ' || c->rest.p[0] == '\t')) {
			c->rest = str_skip(c->rest, 1);
		} else if (str_starts(c->rest, S("\n--"))) {
			c->rest = str_skip(c->rest, 3);
			c->line++;
			if (c->rest.n && c->rest.p[0] == ':')
				c->rest = str_skip(c->rest, 1);
		} else {
			return;
		}
	}
}

static bool take(struct cursor *c, const char *sign)
{
	skip_blank(c);
	if (!str_starts(c->rest, str_of(sign)))
		return false;
	c->rest = str_skip(c->rest, str_of(sign).n);
	return true;
}

static str take_word(struct cursor *c, const char *what)
{
	skip_blank(c);
	size_t n = 0;
	while (n < c->rest.n && is_word(c->rest.p[n]))
		n++;
	if (n == 0 || (c->rest.p[0] >= '0' && c->rest.p[0] <= '9'))
		die_at(c->f->path, c->line, "%s is missing in the header of a statement", what);
	str word = str_head(c->rest, n);
	c->rest = str_skip(c->rest, n);
	return word;
}

static enum value_type type_of(struct cursor *c, str word)
{
	if (str_is(word, "i64"))
		return TYPE_I64;
	if (str_is(word, "bool"))
		return TYPE_BOOL;
	if (str_is(word, "text"))
		return TYPE_TEXT;
	if (!str_is(word, "blob"))
		die_at(c->f->path, c->line, "unknown type \"%.*s\": i64, bool, text or blob",
		    STR(word));
	return TYPE_BLOB;
}

static void check_name(struct cursor *c, const value_list *list, str name)
{
	str rest = str_of(RESERVED);
	str word;
	while (str_cut(&rest, ' ', &word))
		if (str_eq(word, name))
			die_at(c->f->path, c->line, "the name \"%.*s\" is reserved", STR(name));
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->p[i].name, name))
			die_at(c->f->path, c->line, "\"%.*s\" stands twice in one list", STR(name));
}

/* "(name type, name type?)" */
static void take_values(struct arena *a, struct cursor *c, value_list *list)
{
	if (!take(c, "("))
		die_at(c->f->path, c->line, "'(' is missing in the header of a statement");
	if (take(c, ")"))
		return;
	for (;;) {
		str name = take_word(c, "a name");
		check_name(c, list, name);
		struct value v = {.name = name, .type = type_of(c, take_word(c, "a type"))};
		v.null = take(c, "?");
		if (v.null && v.type == TYPE_BOOL)
			die_at(c->f->path, c->line, "bool? does not exist: take i64?");
		*vec_push(a, list) = v;
		if (take(c, ")"))
			return;
		if (!take(c, ","))
			die_at(c->f->path, c->line, "',' or ')' is missing after %.*s", STR(name));
	}
}

static enum stmt_kind kind_of(struct cursor *c, str word)
{
	static const struct {
		const char *word;
		enum stmt_kind kind;
	} kinds[] = {{"run", KIND_RUN}, {"one", KIND_ONE}, {"many", KIND_MANY}, {"each", KIND_EACH},
	    {"scalar", KIND_SCALAR}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(word, kinds[i].word))
			return kinds[i].kind;
	die_at(c->f->path, c->line, "unknown kind \"%.*s\": run, one, many, each or scalar",
	    STR(word));
}

/* At the text behind "--:". Returns the number of bytes of the header. */
static size_t read_header(struct arena *a, const struct file *f, str rest, struct stmt *s)
{
	struct cursor c = {.f = f, .rest = rest, .line = s->line};
	s->kind = kind_of(&c, take_word(&c, "the kind"));
	s->name = take_word(&c, "the name");
	for (size_t i = 0; i < f->stmts.n; i++)
		if (str_eq(f->stmts.p[i].name, s->name))
			die_at(f->path, s->line, "%.*s is taken (line %d)", STR(s->name),
			    f->stmts.p[i].line);
	take_values(a, &c, &s->params);
	if (take(&c, "->"))
		take_values(a, &c, &s->cols);
	if (c.rest.n && c.rest.p[0] != '\n' && c.rest.p[0] != '\r')
		die_at(f->path, c.line, "\"%.*s\" after the header",
		    STR(str_head(c.rest, str_find_char(c.rest, '\n'))));
	if ((s->kind == KIND_RUN) != (s->cols.n == 0))
		die_at(f->path, s->line, "%s",
		    s->kind == KIND_RUN ? "run has no columns" : "-> (columns) is missing");
	if (s->kind == KIND_SCALAR && s->cols.n != 1)
		die_at(f->path, s->line, "scalar has one column");
	return rest.n - c.rest.n;
}

/* --- the file --- */

static str read_bytes(struct sqlc *c, const char *path)
{
	FILE *in = fopen(path, "rb");
	if (!in)
		die_at(path, 1, "cannot be read");
	struct buf b = buf_in(c->a, 0);
	char chunk[4096];
	size_t n;
	while ((n = fread(chunk, 1, sizeof chunk, in)) > 0)
		buf_put(&b, str_from(chunk, n));
	fclose(in);
	if (!utf8_is_text(buf_str(&b)))
		die_at(path, 1, "is not UTF-8 text");
	return buf_str(&b);
}

/* "-- needs FILE", "-- function NAME ARGUMENTS" */
static void read_note(struct sqlc *c, struct file *f, str line)
{
	if (str_starts(line, S("-- needs "))) {
		*vec_push(c->a, &f->needs) = str_trim(str_skip(line, 9));
	} else if (str_starts(line, S("-- function "))) {
		str rest = str_trim(str_skip(line, 12));
		size_t space = str_find_char(rest, ' ');
		int64_t n = 0;
		if (!str_to_i64(str_trim(str_skip(rest, space)), &n) || n < -1 || n > 100)
			die_at(f->path, line_of(f, line.p), "-- function NAME NUMBER_OF_ARGUMENTS");
		*vec_push(c->a, &f->functions) =
		    (struct value){.name = str_head(rest, space), .at = (int)n};
	}
}

/* What the walk over the lines has in hand. */
struct walk {
	const char *from; /* where the schema or statement in hand began */
	const char *doc;  /* where the comment lines just above began, or NULL */
	bool schema;      /* "-- schema" has been seen */
};

/* Ends the schema or statement in hand before `end`. */
static void end_part(struct file *f, struct walk *w, const char *end)
{
	if (!w->from)
		return;
	str text = str_trim(str_from(w->from, (size_t)(end - w->from)));
	if (f->stmts.n == 0) {
		f->schema = text;
	} else {
		struct stmt *s = &f->stmts.p[f->stmts.n - 1];
		if (text.n == 0)
			die_at(f->path, s->line, "%.*s has no statement", STR(s->name));
		s->sql = text;
	}
	w->from = NULL;
}

static str begin_stmt(struct sqlc *c, struct file *f, struct walk *w, str line, str rest)
{
	end_part(f, w, w->doc ? w->doc : line.p);
	struct stmt s = {.line = line_of(f, line.p)};
	if (w->doc)
		s.doc = str_trim(str_from(w->doc, (size_t)(line.p - w->doc)));
	str behind = str_skip(rest, 3);
	size_t n = read_header(c->a, f, behind, &s);
	*vec_push(c->a, &f->stmts) = s;
	rest = str_skip(behind, n);
	w->from = rest.p;
	w->doc = NULL;
	return rest;
}

struct file *sqlc_read(struct sqlc *c, const char *path)
{
	struct file *f = arena_new_of(c->a, struct file);
	f->path = path;
	f->src = read_bytes(c, path);
	*vec_push(c->a, &c->read) = path;
	struct walk w = {0};
	str rest = f->src;
	while (rest.n) {
		str line = str_head(rest, str_find_char(rest, '\n'));
		if (str_starts(line, S("--:"))) {
			rest = begin_stmt(c, f, &w, line, rest);
			continue;
		}
		bool comment = str_starts(line, S("--"));
		if (comment && !w.doc)
			w.doc = line.p;
		else if (!comment)
			w.doc = NULL;
		if (f->stmts.n == 0)
			read_note(c, f, line);
		rest = str_skip(rest, line.n + 1);
		if (str_is(str_trim(line), "-- schema") && f->stmts.n == 0 && !w.schema) {
			w = (struct walk){.from = rest.p, .schema = true};
		} else if (!w.from && !comment && str_trim(line).n) {
			die_at(path, line_of(f, line.p),
			    "SQL before \"-- schema\" or the header of a statement");
		}
	}
	end_part(f, &w, f->src.p + f->src.n);
	return f;
}
