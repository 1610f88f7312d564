/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tplc_code: holes and directives into C. Each statement carries the line of the
 * template, so that the C compiler's messages point there.
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
static void flush_lit(struct tpl *t)
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
static void put_line(struct tpl *t, int line, str code)
{
	flush_lit(t);
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
static str read_code(struct tpl *t, const char *close)
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
static bool take_word(str *code, const char *word)
{
	str w = str_of(word);
	if (!str_starts(*code, w) || code->n == w.n || !is_space(code->p[w.n]))
		return false;
	*code = str_trim(str_skip(*code, w.n));
	return true;
}

/* Cuts the next piece before a comma outside of quotes and brackets. */
static bool cut_arg(struct tpl *t, str *rest, str *piece)
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

/* --- holes --- */

static size_t put_args(struct tpl *t, struct buf *b, str rest, int line)
{
	size_t n = 0;
	str arg;
	while (cut_arg(t, &rest, &arg)) {
		bool name = arg.n > 5 && take_word(&arg, "name");
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
	put_line(t, line,
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
	if (!cut_arg(t, &peek, &count) || count.n == 0)
		tpl_die(t, line, "tn needs a count");
	struct buf args = buf_in(t->a, 0);
	size_t n = put_args(t, &args, rest, line);
	check_placeholders(t, many, n, line);
	str list = buf_str(&args);
	put_line(t, line,
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
	str code = read_code(t, "}}");
	if (code.n == 0)
		tpl_die(t, line, "an empty hole");
	bool link = place == PLACE_LINK || place == PLACE_LINK_OWN;
	str rest = code;
	bool is_t = take_word(&rest, "t") && rest.p[0] == '"';
	str rest_n = code;
	bool is_tn = take_word(&rest_n, "tn") && rest_n.p[0] == '"';
	str rest_name = code;
	bool is_name = take_word(&rest_name, "name") && opens_word(rest_name.p[0]);
	if (link && (is_t || is_tn || is_name))
		tpl_die(t, line, "a link is a url, not a text");
	if (is_t) {
		message(t, rest, line);
	} else if (is_tn) {
		message_n(t, rest_n, line);
	} else if (is_name && place == PLACE_TEXT) {
		tpl_lit(t, S("<bdi>"));
		put_line(t, line, arena_printf(t->a, "OUT_ATTR(o, %.*s);", STR(rest_name)));
		tpl_lit(t, S("</bdi>"));
	} else if (is_name) {
		put_line(t, line,
		    arena_printf(
		        t->a, "out_attr(o, out_isolate(o, OUT_STR(o, %.*s)));", STR(rest_name)));
	} else {
		put_line(t, line, arena_printf(t->a, "%s(o, %.*s);", writer(place), STR(code)));
	}
	t->fresh = false;
}

/* --- directives --- */

static void block_open(struct tpl *t, enum block_kind kind, enum place place, int line)
{
	if (t->blocks.n == BLOCKS_DEEP)
		tpl_die(t, line, "blocks are nested deeper than %d", BLOCKS_DEEP);
	size_t i = t->at;
	bool leads = false;
	for (; i < t->src.n && is_space(t->src.p[i]); i++)
		leads = leads || t->src.p[i] == '\n';
	*vec_push(t->a, &t->blocks) = (struct block){.kind = kind,
	    .place = place,
	    .line = line,
	    .serial = ++t->serials,
	    .elements = t->open.n,
	    .fresh = t->fresh,
	    .fresh_all = t->fresh,
	    .leads = leads};
}

static struct block *block_top(struct tpl *t, const char *what, enum place place, int line)
{
	if (t->blocks.n == 0)
		tpl_die(t, line, "{%% %s %%} without {%% if %%} or {%% for %%}", what);
	struct block *top = &t->blocks.p[t->blocks.n - 1];
	if (top->place != place)
		tpl_die(t, line, "{%% %s %%} stands elsewhere than its block (line %d)", what,
		    top->line);
	if (t->open.n > top->elements)
		tpl_die(t, line, "<%.*s> of line %d is still open at {%% %s %%}",
		    STR(t->open.p[t->open.n - 1].name), t->open.p[t->open.n - 1].line, what);
	return top;
}

static void do_if(struct tpl *t, str cond, enum place place, int line)
{
	if (cond.n == 0)
		tpl_die(t, line, "if needs a condition");
	put_line(t, line, arena_printf(t->a, "if (%.*s) {", STR(cond)));
	block_open(t, BLOCK_IF, place, line);
}

static void do_else(struct tpl *t, str cond, enum place place, int line)
{
	bool elif = cond.n > 0;
	struct block *top = block_top(t, elif ? "elif" : "else", place, line);
	if (top->kind != BLOCK_IF || top->had_else)
		tpl_die(t, line, "%s belongs to an if without else", elif ? "elif" : "else");
	top->had_else = !elif;
	top->branch++;
	top->fresh_all = top->fresh_all && t->fresh;
	flush_lit(t);
	struct block keep = *top;
	t->blocks.n--;
	put_line(
	    t, line, elif ? arena_printf(t->a, "} else if (%.*s) {", STR(cond)) : S("} else {"));
	*vec_push(t->a, &t->blocks) = keep;
	t->fresh = keep.fresh;
}

static void do_end(struct tpl *t, enum place place, int line)
{
	struct block top = *block_top(t, "end", place, line);
	if (top.kind == BLOCK_FOR && top.leads && top.fresh && !t->fresh) {
		tpl_lit_c(t, '\n');
		t->fresh = true;
	}
	flush_lit(t);
	t->blocks.n--;
	put_line(t, line, S("}"));
	t->fresh = top.fresh_all && t->fresh;
}

static bool cut_identifier(str *code, str *out)
{
	size_t n = 0;
	while (n < code->n && is_word(code->p[n]))
		n++;
	*out = str_head(*code, n);
	*code = str_trim(str_skip(*code, n));
	return n > 0 && !(out->p[0] >= '0' && out->p[0] <= '9');
}

/* "(size_t i = 0; ...)" as in C, or "x in v->items": x points to each element, x_i counts. */
static void do_for(struct tpl *t, str code, enum place place, int line)
{
	str x;
	if (code.n && code.p[0] == '(') {
		put_line(t, line, arena_printf(t->a, "for %.*s {", STR(code)));
		block_open(t, BLOCK_FOR, place, line);
		return;
	}
	if (!cut_identifier(&code, &x) || !take_word(&code, "in"))
		tpl_die(t, line, "for (...;...;...) or for NAME in LIST");
	put_line(t, line,
	    arena_printf(t->a, "for (size_t %.*s_i = 0; %.*s_i < (%.*s).n; %.*s_i++) {", STR(x),
	        STR(x), STR(code), STR(x)));
	block_open(t, BLOCK_FOR, place, line);
	put_line(t, line,
	    arena_printf(t->a, "const __typeof__(*(%.*s).p) *%.*s = &(%.*s).p[%.*s_i];", STR(code),
	        STR(x), STR(code), STR(x)));
	put_line(t, line, arena_printf(t->a, "(void)%.*s;", STR(x)));
}

static void do_let(struct tpl *t, str code, int line)
{
	str x;
	if (!cut_identifier(&code, &x) || code.n < 2 || code.p[0] != '=')
		tpl_die(t, line, "let NAME = EXPRESSION");
	str value = str_trim(str_skip(code, 1));
	put_line(t, line, arena_printf(t->a, "const __auto_type %.*s = %.*s;", STR(x), STR(value)));
}

/* f(x) becomes f(o, x): the last bracket of the code is the call's. */
static void do_call(struct tpl *t, str code, int line)
{
	size_t at = code.n;
	int depth = 0;
	while (at > 0) {
		at--;
		depth += (code.p[at] == ')') - (code.p[at] == '(');
		if (depth == 0)
			break;
	}
	if (code.n == 0 || code.p[code.n - 1] != ')' || depth != 0 || at == 0)
		tpl_die(t, line, "call VIEW(ARGUMENTS)");
	str args = str_trim(str_from(code.p + at + 1, code.n - at - 2));
	put_line(t, line,
	    arena_printf(
	        t->a, "%.*s(o%s%.*s);", STR(str_head(code, at)), args.n ? ", " : "", STR(args)));
	t->fresh = false;
}

/* Structs named by parameters are declared first, so that a header needs no include for them. */
static void declare_structs(struct tpl *t, str params)
{
	size_t at;
	while ((at = str_find(params, S("struct "))) != SIZE_MAX) {
		str name;
		params = str_trim(str_skip(params, at + 7));
		if (cut_identifier(&params, &name))
			buf_printf(&t->protos, "struct %.*s;\n", STR(name));
	}
}

static void do_view(struct tpl *t, str code, int line)
{
	tpl_end_view(t);
	str name;
	if (!cut_identifier(&code, &name) || code.n < 2 || code.p[0] != '(' ||
	    code.p[code.n - 1] != ')')
		tpl_die(t, line, "view NAME(PARAMETERS)");
	str params = str_trim(str_from(code.p + 1, code.n - 2));
	if (str_is(params, "void"))
		params = STR_EMPTY;
	str head = arena_printf(t->a, "void %.*s(struct page_out *o%s%.*s)", STR(name),
	    params.n ? ", " : "", STR(params));
	declare_structs(t, params);
	buf_printf(&t->protos, "#line %d \"%s\"\n%.*s;\n", line, t->file, STR(head));
	buf_printf(&t->body, "\n#line %d \"%s\"\n%.*s\n{\n", line, t->file, STR(head));
	str param;
	while (cut_arg(t, &params, &param)) {
		size_t n = 0;
		while (n < param.n && is_word(param.p[param.n - n - 1]))
			n++;
		if (n)
			buf_printf(&t->body, "\t(void)%.*s;\n", STR(str_skip(param, param.n - n)));
	}
	t->in_view = true;
	t->fresh = true;
}

void tpl_end_view(struct tpl *t)
{
	if (!t->in_view)
		return;
	if (t->blocks.n)
		tpl_die(t, t->blocks.p[t->blocks.n - 1].line, "{%% end %%} is missing");
	if (t->open.n)
		tpl_die(t, t->open.p[t->open.n - 1].line, "<%.*s> is not closed",
		    STR(t->open.p[t->open.n - 1].name));
	lint_view_end(t);
	flush_lit(t);
	buf_put(&t->body, S("\t(void)o;\n}\n"));
	t->in_view = false;
}

static void do_include(struct tpl *t, str code, int line)
{
	bool quoted = code.n > 2 && ((code.p[0] == '"' && code.p[code.n - 1] == '"') ||
	                                (code.p[0] == '<' && code.p[code.n - 1] == '>'));
	if (!quoted)
		tpl_die(t, line, "include \"HEADER\"");
	buf_printf(&t->inc, "#include %.*s\n", STR(code));
}

/* Directives that stand at the top of a file or between views. */
static bool outer_directive(struct tpl *t, str word, str code, enum place place, int line)
{
	if (!is_one_of(word, "view include"))
		return false;
	if (place != PLACE_TEXT || t->blocks.n || t->open.n)
		tpl_die(t, line, "%.*s inside of an element or block", STR(word));
	if (str_is(word, "view"))
		do_view(t, code, line);
	else
		do_include(t, code, line);
	return true;
}

void tpl_directive(struct tpl *t, enum place place)
{
	int line = t->line;
	tpl_move(t, 2);
	str code = read_code(t, "%}");
	str word;
	(void)cut_identifier(&code, &word);
	if (outer_directive(t, word, code, place, line))
		return;
	if (!t->in_view)
		tpl_die(t, line, "a template begins with {%% view NAME(...) %%}");
	bool between_tags = place == PLACE_TEXT || place == PLACE_PLAIN;
	if (!between_tags && is_one_of(word, "for let call"))
		tpl_die(t, line, "%.*s inside of a tag: only if may stand there", STR(word));
	if (str_is(word, "if"))
		do_if(t, code, place, line);
	else if (str_is(word, "elif") && code.n)
		do_else(t, code, place, line);
	else if (str_is(word, "else") && code.n == 0)
		do_else(t, STR_EMPTY, place, line);
	else if (str_is(word, "end") && code.n == 0)
		do_end(t, place, line);
	else if (str_is(word, "for"))
		do_for(t, code, place, line);
	else if (str_is(word, "let"))
		do_let(t, code, line);
	else if (str_is(word, "call") && place == PLACE_TEXT)
		do_call(t, code, line);
	else
		tpl_die(t, line, "unknown directive \"%.*s\"", STR(word));
}

void tpl_comment(struct tpl *t)
{
	size_t n = str_find(tpl_rest(t), S("#}"));
	if (n == SIZE_MAX)
		tpl_die(t, t->line, "{# is not closed");
	tpl_move(t, n + 2);
}
