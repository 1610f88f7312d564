/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tplc_block: directives. A block must begin and end in one place of the markup and
 * with the same elements open, so no branch can leave the page half-built.
 */
#include "tplc.h"

#include "base/poison.h"

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
	code_line(t, line, arena_printf(t->a, "if (%.*s) {", STR(cond)));
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
	code_flush(t);
	struct block keep = *top;
	t->blocks.n--;
	code_line(
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
	code_flush(t);
	t->blocks.n--;
	code_line(t, line, S("}"));
	t->fresh = top.fresh_all && t->fresh;
}

/* "(size_t i = 0; ...)" as in C, or "x in v->items": x points to each element, x_i counts. */
static void do_for(struct tpl *t, str code, enum place place, int line)
{
	str x;
	if (code.n && code.p[0] == '(') {
		code_line(t, line, arena_printf(t->a, "for %.*s {", STR(code)));
		block_open(t, BLOCK_FOR, place, line);
		return;
	}
	if (!code_cut_identifier(&code, &x) || !code_take_word(&code, "in"))
		tpl_die(t, line, "for (...;...;...) or for NAME in LIST");
	code_line(t, line,
	    arena_printf(t->a, "for (size_t %.*s_i = 0; %.*s_i < (%.*s).n; %.*s_i++) {", STR(x),
	        STR(x), STR(code), STR(x)));
	block_open(t, BLOCK_FOR, place, line);
	code_line(t, line,
	    arena_printf(t->a, "const __typeof__(*(%.*s).p) *%.*s = &(%.*s).p[%.*s_i];", STR(code),
	        STR(x), STR(code), STR(x)));
	code_line(t, line, arena_printf(t->a, "(void)%.*s;", STR(x)));
}

static void do_let(struct tpl *t, str code, int line)
{
	str x;
	if (!code_cut_identifier(&code, &x) || code.n < 2 || code.p[0] != '=')
		tpl_die(t, line, "let NAME = EXPRESSION");
	str value = str_trim(str_skip(code, 1));
	code_line(
	    t, line, arena_printf(t->a, "const __auto_type %.*s = %.*s;", STR(x), STR(value)));
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
	code_line(t, line,
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
		if (code_cut_identifier(&params, &name))
			buf_printf(&t->protos, "struct %.*s;\n", STR(name));
	}
}

static void do_view(struct tpl *t, str code, int line)
{
	tpl_end_view(t);
	str name;
	if (!code_cut_identifier(&code, &name) || code.n < 2 || code.p[0] != '(' ||
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
	while (code_cut_arg(t, &params, &param)) {
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
	code_flush(t);
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
	str code = code_read(t, "%}");
	str word;
	(void)code_cut_identifier(&code, &word);
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
