/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tplc: templates into C.
 *
 *     tplc call_page.html call_page.html.c call_page.html.h
 *
 * A template is an ordinary .html file:
 *
 *     {% include "rooms/call/call_pages.h" %}
 *     {% view call_page(const struct call_page *v) %}
 *     <h1>{{ v->title }}</h1>
 *     {% if v->answers.n > 0 %}
 *     <ul>
 *       {% for x in v->answers %}
 *       <li><a href="{{ x->link }}">{{ name x->author }}</a></li>
 *       {% end %}
 *     </ul>
 *     {% else %}
 *     <p>{{ t "No answer yet." }}</p>
 *     {% end %}
 *
 * It becomes `void call_page(struct page_out *o, const struct call_page *v)` in
 * call_page.html.c and its prototype in call_page.html.h. In a meson.build:
 * tpl_gen.process('call_page.html') among the sources; in C: #include "call_page.html.h".
 * A mistake ends the build with "file:line: message", and the C compiler's own messages
 * (a misspelt field, a wrong type) name the line of the template too.
 *
 * FILE
 *   {% include "x.h" %}     a C header that the views need. Before the first view or between views.
 *   {% view NAME(PARAMS) %} begins a function; it ends at the next view or the end of the file.
 *   {# ... #}               a comment, anywhere but inside a hole. HTML comments are dropped as
 * well.
 *
 * HOLES: C expressions. The compiler picks the writer by place, C checks the type:
 *   {{ expr }}              in text: str or an integer, escaped; `html` (made by the document
 *                           renderer alone) as it is. In title, option, textarea and quoted
 *                           attributes: str or an integer, escaped. In a link (href, src, action,
 *                           formaction, poster, cite ...): only `url`, and it must be the whole
 *                           value. Only href of <a> and <area>, and cite, may lead to another
 *                           server; elsewhere such a url is written as "#". A char * goes nowhere:
 *                           use S("...") for a literal, str_of() for a library's text.
 *   {{ name expr }}         a name or title written by a person: <bdi>...</bdi> in text, isolating
 *                           characters elsewhere, so that an Arabic name does not turn its
 *                           neighbours around.
 *   {{ t "Sentence." }}     a message in the language of the reader. With arguments:
 *   {{ t "{0} of {1}", name v->who, v->n }}   each str or an integer, `name` isolates.
 *   {{ tn "{0} seat" "{0} seats", v->n }}     a message that counts; {0} is the count, more
 *                           arguments follow it. (xgettext -kout_t:2 -kout_tn:2,3 finds them.)
 *
 * DIRECTIVES: between tags
 *   {% if EXPR %} {% elif EXPR %} {% else %} {% end %}
 *   {% for x in EXPR %} ... {% end %}   EXPR has .p and .n, as a VEC has; x points to each element
 *                                       (const), x_i is its number from 0.
 *   {% for (size_t i = 0; i < v->n; i++) %} ... {% end %}
 *   {% let x = EXPR %}                  a constant until the end of the block.
 *   {% call VIEW(ARGS) %}               another view: o is put before ARGS. Also through a pointer:
 *                                       {% call v->body(v->ctx) %} for a frame around any page.
 * A block closes what it opens: elements cannot begin inside and end outside of it. Only `if` may
 * stand in a tag, around whole attributes: <input type="radio"{% if x->on %} checked{% end %}>,
 * or in an ordinary quoted value: class="row{% if x->new %} new{% end %}".
 *
 * REFUSED: holes in script, comments, tag names, attribute names, unquoted values, parts of links,
 * srcset, meta http-equiv; style=, srcdoc= and on*= at all; <style>, <base>, <object>, <embed> and
 * content in <script> (the content policy allows no inline code); unclosed, mismatched and wrongly
 * nested tags; links with other schemes than http, https, mailto.
 *
 * ACCESS: refused as well are img without alt; input, select and textarea without a label (a
 * <label for> in the same view with the same id, a <label> around it, aria-label or
 * aria-labelledby); a heading level skipped within a view; the same id twice, or in a loop
 * without a hole; <html> without lang; <head> without <title>; iframe without title; tabindex
 * other than 0 and -1.
 *
 * WHITE SPACE: a run becomes one newline or one space (not in pre and textarea); a directive alone
 * on its line leaves nothing.
 */
#include "tplc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/poison.h"

noreturn void tpl_die(const struct tpl *t, int line, const char *fmt, ...)
{
	fprintf(stderr, "%s:%d: error: ", t->file, line);
	va_list ap;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

str tpl_rest(const struct tpl *t)
{
	return str_skip(t->src, t->at);
}

char tpl_peek(const struct tpl *t)
{
	return (char)(t->at < t->src.n ? t->src.p[t->at] : 0);
}

bool tpl_looking_at(const struct tpl *t, const char *z)
{
	return str_starts(tpl_rest(t), str_of(z));
}

void tpl_move(struct tpl *t, size_t n)
{
	for (size_t i = 0; i < n && t->at < t->src.n; i++)
		t->line += t->src.p[t->at++] == '\n';
}

bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static str read_source(struct tpl *t)
{
	FILE *f = fopen(t->file, "rb");
	if (!f)
		tpl_die(t, 1, "cannot be read");
	struct buf b = buf_in(t->a, 0);
	char chunk[4096];
	size_t n;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&b, str_from(chunk, n));
	fclose(f);
	if (!utf8_is_text(buf_str(&b)))
		tpl_die(t, 1, "is not UTF-8 text");
	return buf_str(&b);
}

static void write_file(const struct tpl *t, const char *path, str s)
{
	FILE *f = fopen(path, "wb");
	bool ok = f && fwrite(s.p, 1, s.n, f) == s.n;
	if (f && fclose(f) != 0)
		ok = false;
	if (!ok)
		tpl_die(t, 1, "%s cannot be written", path);
}

static str base_name(str path)
{
	size_t n = path.n;
	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return str_skip(path, n);
}

static str header_text(struct tpl *t, const char *path)
{
	struct buf guard = buf_in(t->a, 0);
	str name = base_name(str_of(path));
	for (size_t i = 0; i < name.n; i++)
		buf_putc(&guard, (char)(is_word(name.p[i]) ? name.p[i] : '_'));
	str g = buf_str(&guard);
	return arena_printf(t->a,
	    "/* Made by tplc from %s: do not edit. */\n#ifndef TPL_%.*s\n#define TPL_%.*s\n\n"
	    "#include \"engine/html.h\"\n%.*s\n%.*s\n#endif\n",
	    t->file, STR(g), STR(g), STR(buf_str(&t->inc)), STR(buf_str(&t->protos)));
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "use: tplc FILE.html OUT.c OUT.h\n");
		return 2;
	}
	AUTO_ARENA struct arena *a = arena_new(0);
	struct tpl t = {.a = a, .file = argv[1], .line = 1};
	t.inc = buf_in(a, 0);
	t.protos = buf_in(a, 0);
	t.body = buf_in(a, 0);
	t.lit = buf_in(a, 0);
	t.src = read_source(&t);
	tpl_walk(&t);
	str c = arena_printf(a, "/* Made by tplc from %s: do not edit. */\n#include \"%.*s\"\n%.*s",
	    t.file, STR(base_name(str_of(argv[3]))), STR(buf_str(&t.body)));
	write_file(&t, argv[2], c);
	write_file(&t, argv[3], header_text(&t, argv[3]));
	return 0;
}
