/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tplc_code: reads and writes C, and turns holes into calls of writers. Each statement carries the
 * line of the template, so that the C compiler's messages point there.
 */
#include "tplc.h"

#include <stdio.h>

#include "base/poison.h"

/* --- writing C --- */

void tpl_lit(struct tpl *t, str s)
{
	buf_put(&t->lit, s);
	t->fresh = false;
}

void tpl_lit_c(struct tpl *t, char c)
{
	buf_putc(&t->lit, c);
	t->fresh = false;
}

static void indent(struct tpl *t)
{
	for (size_t i = 0; i <= t->blocks.n; i++)
		buf_putc(&t->body, '\t');
}

/* The markup so far as one out_lit() with a line of C for a line of markup. */
void code_flush(struct tpl *t)
{
	str s = buf_str(&t->lit);
	if (s.n == 0)
		return;
	indent(t);
	buf_put(&t->body, S("out_lit(o, S(\""));
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\n') {
			buf_put(&t->body, S("\\n\""));
			if (i + 1 < s.n) {
				buf_putc(&t->body, '\n');
				indent(t);
				buf_put(&t->body, S("           "));
			}
			buf_put(&t->body, i + 1 < s.n ? S("\"") : STR_EMPTY);
		} else if (c == '"' || c == '\\') {
			buf_printf(&t->body, "\\%c", c);
		} else if (c == '\t') {
			buf_put(&t->body, S("\\t"));
		} else {
			buf_putc(&t->body, c);
		}
	}
	buf_put(&t->body, s.p[s.n - 1] == '\n' ? S("));\n") : S("\"));\n"));
	buf_clear(&t->lit);
}

/* One line of C that belongs to `line` of the template. */
void code_line(struct tpl *t, int line, str code)
{
	code_flush(t);
	buf_printf(&t->body, "#line %d \"%s\"\n", line, t->file);
	indent(t);
	buf_put(&t->body, code);
	buf_putc(&t->body, '\n');
}

/* --- reading C --- */

static size_t skip_literal(struct tpl *t, size_t at, int line)
{
	char quote = t->src.p[at++];
	while (at < t->src.n && t->src.p[at] != quote && t->src.p[at] != '\n')
		at += t->src.p[at] == '\\' ? 2 : 1;
	if (at >= t->src.n || t->src.p[at] == '\n')
		tpl_die(t, line, "a quote is not closed");
	return at + 1;
}

/* From t->at to `close` outside of quotes and brackets; moves over it. */
str code_read(struct tpl *t, const char *close)
{
	int line = t->line;
	size_t from = t->at;
	size_t at = from;
	int depth = 0;
	for (;;) {
		if (at + 1 >= t->src.n)
			tpl_die(t, line, "\"%s\" is missing", close);
		char c = t->src.p[at];
		char next = t->src.p[at + 1];
		if (depth == 0 && c == close[0] && next == close[1])
			break;
		if (c == '/' && (next == '/' || next == '*'))
			tpl_die(t, line, "no C comment here: write {# #}");
		if (c == '"' || c == '\'') {
			at = skip_literal(t, at, line);
			continue;
		}
		if (c == '(' || c == '[' || c == '{')
			depth++;
		if (c == ')' || c == ']' || c == '}')
			depth--;
		if (depth < 0 || c == '#')
			tpl_die(t, line, "'%c' is out of place", c);
		at++;
	}
	str code = str_trim(str_from(t->src.p + from, at - from));
	tpl_move(t, at + 2 - from);
	return code;
}

static bool opens_word(char c)
{
	return is_word(c) || c == '(' || c == '*' || c == '&';
}

/* If code begins with `word` and an operand, cuts the word off. */
bool code_take_word(str *code, const char *word)
{
	str w = str_of(word);
	if (!str_starts(*code, w) || code->n == w.n || !is_space(code->p[w.n]))
		return false;
	*code = str_trim(str_skip(*code, w.n));
	return true;
}

/* Cuts the next piece before a comma outside of quotes and brackets. */
bool code_cut_arg(struct tpl *t, str *rest, str *piece)
{
	if (rest->n == 0)
		return false;
	int depth = 0;
	size_t i = 0;
	while (i < rest->n && !(depth == 0 && rest->p[i] == ',')) {
		char c = rest->p[i];
		if (c == '"' || c == '\'') {
			i = skip_literal(t, (size_t)(rest->p - t->src.p) + i, t->line) -
			    (size_t)(rest->p - t->src.p);
			continue;
		}
		depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
		i++;
	}
	*piece = str_trim(str_head(*rest, i));
	*rest = i < rest->n ? str_skip(*rest, i + 1) : STR_EMPTY;
	return true;
}

/* Cuts the string literals (adjacent ones are one) at the start of *code. */
static str cut_literal(struct tpl *t, str *code, int line)
{
	size_t n = 0;
	while (n < code->n && code->p[n] == '"') {
		size_t base = (size_t)(code->p - t->src.p);
		n = skip_literal(t, base + n, line) - base;
		break;
	}
	if (n <= 2)
		tpl_die(t, line, "a message is a sentence in double quotes");
	str lit = str_head(*code, n);
	*code = str_trim(str_skip(*code, n));
	return lit;
}

bool code_cut_identifier(str *code, str *out)
{
	size_t n = 0;
	while (n < code->n && is_word(code->p[n]))
		n++;
	*out = str_head(*code, n);
	*code = str_trim(str_skip(*code, n));
	return n > 0 && !(out->p[0] >= '0' && out->p[0] <= '9');
}

/* --- holes --- */

static size_t put_args(struct tpl *t, struct buf *b, str rest, int line)
{
	size_t n = 0;
	str arg;
	while (code_cut_arg(t, &rest, &arg)) {
		bool name = arg.n > 5 && code_take_word(&arg, "name");
		if (arg.n == 0)
			tpl_die(t, line, "an argument is empty");
		buf_put(b, n ? S(", ") : STR_EMPTY);
		buf_printf(
		    b, name ? "out_isolate(o, OUT_STR(o, %.*s))" : "OUT_STR(o, %.*s)", STR(arg));
		n++;
	}
	return n;
}

static void check_placeholders(struct tpl *t, str msg, size_t n, int line)
{
	for (size_t i = 0; i + 2 < msg.n; i++) {
		bool is = msg.p[i] == '{' && msg.p[i + 1] >= '0' && msg.p[i + 1] <= '9' &&
		          msg.p[i + 2] == '}';
		if (is && (size_t)(msg.p[i + 1] - '0') >= n)
			tpl_die(t, line, "{%c} has no argument", msg.p[i + 1]);
	}
	for (size_t i = 0; i < n; i++) {
		char want[] = {'{', (char)('0' + i), '}'};
		if (str_find(msg, str_from(want, 3)) == SIZE_MAX)
			tpl_die(t, line, "the message does not use {%zu}", i);
	}
}

/* t "Message {0}.", arg, ... */
static void message(struct tpl *t, str code, int line)
{
	str msg = cut_literal(t, &code, line);
	struct buf args = buf_in(t->a, 0);
	size_t n = 0;
	if (code.n) {
		if (code.p[0] != ',')
			tpl_die(t, line, "a comma is due after the message");
		n = put_args(t, &args, str_skip(code, 1), line);
	}
	check_placeholders(t, msg, n, line);
	str list = buf_str(&args);
	code_line(t, line,
	    n ? arena_printf(
	            t->a, "out_t(o, %.*s, (const str[]){%.*s}, %zu);", STR(msg), STR(list), n)
	      : arena_printf(t->a, "out_t(o, %.*s, NULL, 0);", STR(msg)));
}

/* tn "{0} member" "{0} members", count, arg, ... */
static void message_n(struct tpl *t, str code, int line)
{
	str one = cut_literal(t, &code, line);
	str many = cut_literal(t, &code, line);
	if (code.n == 0 || code.p[0] != ',')
		tpl_die(t, line, "tn \"one\" \"many\", count");
	str rest = str_skip(code, 1);
	str peek = rest;
	str count;
	if (!code_cut_arg(t, &peek, &count) || count.n == 0)
		tpl_die(t, line, "tn needs a count");
	struct buf args = buf_in(t->a, 0);
	size_t n = put_args(t, &args, rest, line);
	check_placeholders(t, many, n, line);
	str list = buf_str(&args);
	code_line(t, line,
	    arena_printf(t->a, "out_tn(o, %.*s, %.*s, (int64_t)(%.*s), (const str[]){%.*s}, %zu);",
	        STR(one), STR(many), STR(count), STR(list), n));
}

static const char *writer(enum place place)
{
	switch (place) {
	case PLACE_TEXT:
		return "OUT_TEXT";
	case PLACE_PLAIN:
	case PLACE_ATTR:
		return "OUT_ATTR";
	case PLACE_LINK:
		return "OUT_LINK";
	case PLACE_LINK_OWN:
		return "OUT_LINK_OWN";
	case PLACE_TAG:
		break;
	}
	return NULL;
}

void tpl_hole(struct tpl *t, enum place place)
{
	int line = t->line;
	tpl_move(t, 2);
	str code = code_read(t, "}}");
	if (code.n == 0)
		tpl_die(t, line, "an empty hole");
	bool link = place == PLACE_LINK || place == PLACE_LINK_OWN;
	str rest = code;
	bool is_t = code_take_word(&rest, "t") && rest.p[0] == '"';
	str rest_n = code;
	bool is_tn = code_take_word(&rest_n, "tn") && rest_n.p[0] == '"';
	str rest_name = code;
	bool is_name = code_take_word(&rest_name, "name") && opens_word(rest_name.p[0]);
	if (link && (is_t || is_tn || is_name))
		tpl_die(t, line, "a link is a url, not a text");
	if (is_t) {
		message(t, rest, line);
	} else if (is_tn) {
		message_n(t, rest_n, line);
	} else if (is_name && place == PLACE_TEXT) {
		tpl_lit(t, S("<bdi>"));
		code_line(t, line, arena_printf(t->a, "OUT_ATTR(o, %.*s);", STR(rest_name)));
		tpl_lit(t, S("</bdi>"));
	} else if (is_name) {
		code_line(t, line,
		    arena_printf(
		        t->a, "out_attr(o, out_isolate(o, OUT_STR(o, %.*s)));", STR(rest_name)));
	} else {
		code_line(t, line, arena_printf(t->a, "%s(o, %.*s);", writer(place), STR(code)));
	}
	t->fresh = false;
}
