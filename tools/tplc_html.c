/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tplc_html: walks the markup of a template. Tags are not copied but written anew
 * (one space before each attribute, values in double quotes), so what is inside and
 * outside of a value is never a guess.
 */
#include "tplc.h"

#include "base/poison.h"

static const char VOID_ELEMENTS[] =
    "area base br col embed hr img input link meta source track wbr";
/* Elements that a template has no use for or that a browser reads by other rules. */
static const char REFUSED_ELEMENTS[] =
    "style xmp plaintext noembed noframes frameset frame listing applet object embed base animate "
    "set animatetransform animatemotion foreignobject marquee font center";
static const char PLAIN_ELEMENTS[] = "title textarea option";
static const char LINK_ATTRS[] = "href src action formaction poster cite data background longdesc "
                                 "manifest ping profile codebase classid icon xlink:href";
/* The only names with capitals: a browser folds all others, so <SCRIPT> would pass the lists above.
 */
static const char CAPITAL_ELEMENTS[] = "linearGradient radialGradient clipPath textPath";
static const char CAPITAL_ATTRS[] = "viewBox preserveAspectRatio gradientUnits gradientTransform "
                                    "pathLength textLength refX refY markerWidth markerHeight";
/* Elements that end an open <p> without being asked. */
static const char BLOCK_ELEMENTS[] =
    "address article aside blockquote details dialog dd div dl dt fieldset figcaption figure "
    "footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section table ul";

static str top_name(const struct tpl *t)
{
	return t->open.n ? t->open.p[t->open.n - 1].name : STR_EMPTY;
}

static enum place text_place(const struct tpl *t)
{
	return is_one_of(top_name(t), PLAIN_ELEMENTS) ? PLACE_PLAIN : PLACE_TEXT;
}

static void skip_space(struct tpl *t)
{
	while (is_space(tpl_peek(t)))
		tpl_move(t, 1);
}

static void check_case(struct tpl *t, str name, const char *capitals)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] >= 'A' && name.p[i] <= 'Z' && !is_one_of(name, capitals))
			tpl_die(t, t->line, "write %.*s in lower case", STR(name));
}

/* --- attributes --- */

static bool is_link_attr(str name)
{
	return is_one_of(name, LINK_ATTRS);
}

/* Readers may be sent elsewhere only by a link they can see; everything else stays with us. */
static enum place link_place(str element, str attr)
{
	bool leaves =
	    (str_is(attr, "href") && is_one_of(element, "a area")) || str_is(attr, "cite");
	return leaves ? PLACE_LINK : PLACE_LINK_OWN;
}

static void check_attr_name(struct tpl *t, str element, str name)
{
	check_case(t, name, CAPITAL_ATTRS);
	if (str_starts(name, S("on")))
		tpl_die(t, t->line, "no %.*s=: behaviour lives in script files", STR(name));
	if (is_one_of(name, "style srcdoc"))
		tpl_die(t, t->line, "no %.*s=: the content policy forbids it", STR(name));
	for (size_t i = 0; i < t->attrs.n; i++)
		if (str_eq(t->attrs.p[i].name, name) && !t->attrs.p[i].optional)
			tpl_die(t, t->line, "<%.*s> has %.*s twice", STR(element), STR(name));
}

static void check_fixed_link(struct tpl *t, const struct attr *at)
{
	str v = str_trim(at->value);
	size_t colon = str_find_char(v, ':');
	str scheme = colon == SIZE_MAX ? STR_EMPTY : str_head(v, colon);
	if (str_starts(v, S("//")))
		tpl_die(t, at->line, "%.*s: write the scheme", STR(at->name));
	if (scheme.n && str_find_char(scheme, '/') == SIZE_MAX && !str_is(scheme, "https") &&
	    !str_is(scheme, "http") && !str_is(scheme, "mailto"))
		tpl_die(t, at->line, "%.*s: \"%.*s:\" may not stand in a link", STR(at->name),
		    STR(scheme));
	if (scheme.n && is_one_of(at->name, "src action formaction poster"))
		tpl_die(t, at->line, "%.*s must stay on this server", STR(at->name));
}

static void value_char(struct tpl *t, char c)
{
	if (c == '"')
		tpl_lit(t, S("&quot;"));
	else if (c == '<')
		tpl_lit(t, S("&lt;"));
	else
		tpl_lit_c(t, c);
}

/* After the opening quote, up to and over the closing one. */
static void read_value(struct tpl *t, str element, struct attr *at, char quote)
{
	bool link = is_link_attr(at->name);
	size_t from = t->at;
	size_t blocks = t->blocks.n;
	while (tpl_peek(t) != quote) {
		if (tpl_peek(t) == 0)
			tpl_die(t, at->line, "the value of %.*s is not closed", STR(at->name));
		if (tpl_looking_at(t, "{#")) {
			tpl_comment(t);
		} else if (tpl_looking_at(t, "{%")) {
			if (link)
				tpl_die(t, t->line,
				    "a link is one hole or fixed: no directive in %.*s",
				    STR(at->name));
			at->hole = true;
			tpl_directive(t, PLACE_ATTR);
		} else if (tpl_looking_at(t, "{{")) {
			bool first = t->at == from;
			if (is_one_of(at->name, "srcset imagesrcset http-equiv"))
				tpl_die(t, t->line, "no hole in %.*s", STR(at->name));
			at->hole = true;
			tpl_hole(t, link ? link_place(element, at->name) : PLACE_ATTR);
			if (link && (!first || tpl_peek(t) != quote))
				tpl_die(t, t->line,
				    "part-filled link: %.*s must be one hole (made by url_path)",
				    STR(at->name));
		} else {
			value_char(t, tpl_peek(t));
			tpl_move(t, 1);
		}
		if (t->blocks.n < blocks)
			tpl_die(
			    t, t->line, "{%% end %%} inside a value closes a block outside of it");
	}
	if (t->blocks.n != blocks)
		tpl_die(t, at->line, "a block is still open at the end of %.*s", STR(at->name));
	at->value = str_from(t->src.p + from, t->at - from);
	tpl_move(t, 1);
	if (link && !at->hole)
		check_fixed_link(t, at);
}

static void read_attr(struct tpl *t, str element)
{
	if (tpl_looking_at(t, "{{"))
		tpl_die(t, t->line, "no hole in a tag outside of a quoted value");
	size_t from = t->at;
	for (char c = tpl_peek(t); is_word(c) || c == '-' || c == ':'; c = tpl_peek(t))
		tpl_move(t, 1);
	str name = str_from(t->src.p + from, t->at - from);
	if (name.n == 0)
		tpl_die(t, t->line, "'%c' may not stand in <%.*s>", tpl_peek(t), STR(element));
	if (tpl_looking_at(t, "{{"))
		tpl_die(t, t->line, "no hole in an attribute name");
	check_attr_name(t, element, name);
	struct attr at = {.name = name, .line = t->line};
	for (size_t i = 0; i < t->blocks.n; i++)
		at.optional = at.optional || t->blocks.p[i].place == PLACE_TAG;
	tpl_lit_c(t, ' ');
	tpl_lit(t, name);
	skip_space(t);
	if (tpl_peek(t) == '=') {
		tpl_move(t, 1);
		skip_space(t);
		char quote = tpl_peek(t);
		if (quote != '"' && quote != '\'')
			tpl_die(t, t->line, "the value of %.*s needs quotes", STR(name));
		tpl_move(t, 1);
		tpl_lit(t, S("=\""));
		read_value(t, element, &at, quote);
		tpl_lit_c(t, '"');
	}
	*vec_push(t->a, &t->attrs) = at;
}

/* --- tags --- */

static str read_tag_name(struct tpl *t)
{
	size_t from = t->at;
	for (char c = tpl_peek(t); is_word(c) || c == '-'; c = tpl_peek(t))
		tpl_move(t, 1);
	if (tpl_looking_at(t, "{{"))
		tpl_die(t, t->line, "no hole in a tag name");
	str name = str_from(t->src.p + from, t->at - from);
	check_case(t, name, CAPITAL_ELEMENTS);
	return name;
}

static void check_nesting(struct tpl *t, str name, int line)
{
	if (is_one_of(name, REFUSED_ELEMENTS))
		tpl_die(t, line, "<%.*s> may not stand in a template", STR(name));
	if (is_one_of(top_name(t), "title textarea script iframe"))
		tpl_die(t, line, "no tag inside <%.*s>", STR(top_name(t)));
	if (str_is(top_name(t), "p") && is_one_of(name, BLOCK_ELEMENTS))
		tpl_die(t, line, "<%.*s> would end the open <p>", STR(name));
	if (is_one_of(name, "a form button label")) {
		for (size_t i = 0; i < t->open.n; i++)
			if (str_eq(t->open.p[i].name, name))
				tpl_die(t, line, "<%.*s> inside <%.*s>", STR(name), STR(name));
	}
}

static void check_meta(struct tpl *t, str name, int line)
{
	const struct attr *content = tpl_attr(t, "content");
	if (str_is(name, "meta") && tpl_attr(t, "http-equiv") && content && content->hole)
		tpl_die(t, line, "no hole in the content of a meta http-equiv");
}

static void start_tag(struct tpl *t)
{
	int line = t->line;
	tpl_move(t, 1);
	str name = read_tag_name(t);
	check_nesting(t, name, line);
	size_t blocks = t->blocks.n;
	t->attrs.n = 0;
	tpl_lit_c(t, '<');
	tpl_lit(t, name);
	for (;;) {
		skip_space(t);
		char c = tpl_peek(t);
		if (c == 0)
			tpl_die(t, line, "<%.*s is not closed", STR(name));
		if (c == '>' || tpl_looking_at(t, "/>"))
			break;
		if (tpl_looking_at(t, "{#"))
			tpl_comment(t);
		else if (tpl_looking_at(t, "{%"))
			tpl_directive(t, PLACE_TAG);
		else
			read_attr(t, name);
		if (t->blocks.n < blocks)
			tpl_die(t, t->line,
			    "{%% end %%} inside <%.*s> closes a block outside of it", STR(name));
	}
	if (t->blocks.n != blocks)
		tpl_die(t, line, "a block is still open at the end of <%.*s>", STR(name));
	bool self = tpl_peek(t) == '/';
	tpl_move(t, self ? 2 : 1);
	check_meta(t, name, line);
	lint_tag(t, name, line);
	bool is_void = is_one_of(name, VOID_ELEMENTS);
	bool foreign = is_one_of(name, "svg math") || tpl_inside(t, "svg") || tpl_inside(t, "math");
	if (self && !is_void && !foreign)
		tpl_die(t, line, "<%.*s/> does not close itself in HTML", STR(name));
	tpl_lit(t, self && foreign ? S("/>") : S(">"));
	if (!is_void && !self)
		*vec_push(t->a, &t->open) = (struct element){name, line};
}

static void end_tag(struct tpl *t)
{
	int line = t->line;
	tpl_move(t, 2);
	str name = read_tag_name(t);
	skip_space(t);
	if (tpl_peek(t) != '>')
		tpl_die(t, line, "</%.*s needs '>'", STR(name));
	tpl_move(t, 1);
	size_t floor = t->blocks.n ? t->blocks.p[t->blocks.n - 1].elements : 0;
	if (t->open.n == 0)
		tpl_die(t, line, "</%.*s> closes nothing", STR(name));
	struct element top = t->open.p[t->open.n - 1];
	if (!str_eq(top.name, name))
		tpl_die(t, line, "</%.*s> where </%.*s> is due (opened in line %d)", STR(name),
		    STR(top.name), top.line);
	if (t->open.n <= floor)
		tpl_die(t, line, "</%.*s> inside a block closes what was opened outside of it",
		    STR(name));
	if (str_is(name, "head") && !t->has_title)
		tpl_die(t, line, "<head> needs <title>");
	t->open.n--;
	tpl_lit(t, S("</"));
	tpl_lit(t, name);
	tpl_lit_c(t, '>');
}

/* --- text --- */

static void html_comment(struct tpl *t)
{
	int line = t->line;
	size_t n = str_find(tpl_rest(t), S("-->"));
	if (n == SIZE_MAX)
		tpl_die(t, line, "the comment is not closed");
	str inner = str_head(tpl_rest(t), n);
	if (str_find(inner, S("{{")) != SIZE_MAX || str_find(inner, S("{%")) != SIZE_MAX)
		tpl_die(t, line, "no hole in a comment (to switch code off, write {# #})");
	tpl_move(t, n + 3);
}

/*
 * A run of white space becomes one newline or one space; after a newline it vanishes,
 * so that a directive alone on its line leaves nothing behind.
 */
static void white_space(struct tpl *t)
{
	if (tpl_inside(t, "pre") || tpl_inside(t, "textarea")) {
		tpl_lit_c(t, tpl_peek(t));
		tpl_move(t, 1);
		return;
	}
	bool newline = false;
	while (is_space(tpl_peek(t))) {
		newline = newline || tpl_peek(t) == '\n';
		tpl_move(t, 1);
	}
	if (!t->fresh)
		tpl_lit_c(t, newline ? '\n' : ' ');
	t->fresh = t->fresh || newline;
}

static void text_char(struct tpl *t)
{
	char c = tpl_peek(t);
	if (c == '<')
		tpl_die(t, t->line, "a bare '<': write &lt;");
	if (tpl_looking_at(t, "}}") || tpl_looking_at(t, "%}"))
		tpl_die(t, t->line, "\"%.2s\" closes nothing", t->src.p + t->at);
	if (is_one_of(top_name(t), "script iframe"))
		tpl_die(t, t->line, "no content inside <%.*s>", STR(top_name(t)));
	tpl_lit_c(t, c);
	tpl_move(t, 1);
}

static void one_step(struct tpl *t)
{
	str rest = tpl_rest(t);
	bool letter = rest.n > 1 && is_word(rest.p[1]);
	if (tpl_looking_at(t, "{#")) {
		tpl_comment(t);
	} else if (tpl_looking_at(t, "{%")) {
		if (is_one_of(top_name(t), "script iframe"))
			tpl_die(t, t->line, "no directive inside <%.*s>", STR(top_name(t)));
		tpl_directive(t, text_place(t));
	} else if (tpl_looking_at(t, "{{")) {
		if (is_one_of(top_name(t), "script iframe"))
			tpl_die(t, t->line, "no hole inside <%.*s>", STR(top_name(t)));
		tpl_hole(t, text_place(t));
	} else if (tpl_looking_at(t, "<!--")) {
		html_comment(t);
	} else if (str_eq_nocase(str_head(rest, 15), S("<!doctype html>"))) {
		tpl_lit(t, S("<!doctype html>"));
		tpl_move(t, 15);
	} else if (tpl_looking_at(t, "</")) {
		end_tag(t);
	} else if (rest.p[0] == '<' && letter) {
		start_tag(t);
	} else if (rest.p[0] == '<' && rest.n > 1 && rest.p[1] == '{') {
		tpl_die(t, t->line, "no hole in a tag name");
	} else if (is_space(rest.p[0])) {
		white_space(t);
	} else {
		text_char(t);
	}
}

/* Before the first view: white space, comments, includes. */
static void prologue(struct tpl *t)
{
	while (!t->in_view) {
		skip_space(t);
		if (tpl_looking_at(t, "{#"))
			tpl_comment(t);
		else if (tpl_looking_at(t, "<!--"))
			html_comment(t);
		else if (tpl_looking_at(t, "{%"))
			tpl_directive(t, PLACE_TEXT);
		else
			tpl_die(t, t->line, "a template begins with {%% view NAME(...) %%}");
	}
}

void tpl_walk(struct tpl *t)
{
	prologue(t);
	while (t->at < t->src.n)
		one_step(t);
	tpl_end_view(t);
}
