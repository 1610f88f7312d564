/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tplc_lint: what a reader with a screen reader, a keyboard or another language would
 * trip over is a mistake of the build, not of the reader.
 */
#include "tplc.h"

#include "base/poison.h"

bool is_one_of(str s, const char *words)
{
	str rest = str_of(words);
	str word;
	while (s.n && str_cut(&rest, ' ', &word))
		if (str_eq(word, s))
			return true;
	return false;
}

const struct attr *tpl_attr(const struct tpl *t, const char *name)
{
	for (size_t i = 0; i < t->attrs.n; i++)
		if (str_is(t->attrs.p[i].name, name))
			return &t->attrs.p[i];
	return NULL;
}

bool tpl_inside(const struct tpl *t, const char *name)
{
	for (size_t i = 0; i < t->open.n; i++)
		if (str_is(t->open.p[i].name, name))
			return true;
	return false;
}

static bool attr_is(const struct tpl *t, const char *name, const char *words)
{
	const struct attr *at = tpl_attr(t, name);
	return at && is_one_of(at->value, words);
}

static struct named named_here(const struct tpl *t, str id, str element, int line)
{
	struct named n = {.id = id, .element = element, .line = line};
	n.blocks = t->blocks.n;
	for (size_t i = 0; i < t->blocks.n && i < BLOCKS_DEEP; i++) {
		n.serial[i] = t->blocks.p[i].serial;
		n.branch[i] = t->blocks.p[i].branch;
	}
	return n;
}

/* True if a and b stand in different branches of one {% if %}, so never on one page. */
static bool exclusive(const struct named *a, const struct named *b)
{
	for (size_t i = 0; i < a->blocks && i < b->blocks; i++)
		if (a->serial[i] == b->serial[i] && a->branch[i] != b->branch[i])
			return true;
	return false;
}

static void lint_id(struct tpl *t, str element, int line)
{
	const struct attr *id = tpl_attr(t, "id");
	if (!id)
		return;
	struct named n = named_here(t, id->value, element, line);
	for (size_t i = 0; i < t->blocks.n && !id->hole; i++)
		if (t->blocks.p[i].kind == BLOCK_FOR)
			tpl_die(t, line, "the id \"%.*s\" would be repeated by the loop",
			    STR(id->value));
	for (size_t i = 0; i < t->ids.n; i++)
		if (str_eq(t->ids.p[i].id, id->value) && !exclusive(&t->ids.p[i], &n))
			tpl_die(t, line, "the id \"%.*s\" is taken (line %d)", STR(id->value),
			    t->ids.p[i].line);
	*vec_push(t->a, &t->ids) = n;
}

/* A control needs a name: a label around it, a label for its id, or aria-label(ledby). */
static void lint_control(struct tpl *t, str element, int line)
{
	if (str_is(element, "input") && attr_is(t, "type", "hidden submit button reset image"))
		return;
	if (tpl_attr(t, "aria-label") || tpl_attr(t, "aria-labelledby") || tpl_inside(t, "label"))
		return;
	const struct attr *id = tpl_attr(t, "id");
	if (!id)
		tpl_die(t, line, "<%.*s> has no label", STR(element));
	*vec_push(t->a, &t->unlabelled) = named_here(t, id->value, element, line);
}

static void lint_heading(struct tpl *t, str name, int line)
{
	int level = name.p[1] - '0';
	if (t->heading && level > t->heading + 1)
		tpl_die(t, line, "<h%d> follows <h%d>: a level is skipped", level, t->heading);
	t->heading = level;
}

static void lint_language(struct tpl *t, int line)
{
	const struct attr *lang = tpl_attr(t, "lang");
	if (!lang || lang->optional || lang->value.n == 0)
		tpl_die(t, line, "<html> needs lang=");
}

void lint_tag(struct tpl *t, str name, int line)
{
	lint_id(t, name, line);
	if (str_is(name, "html"))
		lint_language(t, line);
	if (str_is(name, "title") && tpl_inside(t, "head"))
		t->has_title = true;
	bool picture =
	    str_is(name, "img") || (str_is(name, "input") && attr_is(t, "type", "image"));
	if (picture && !tpl_attr(t, "alt"))
		tpl_die(t, line, "<%.*s> needs alt= (empty when it only decorates)", STR(name));
	if (str_is(name, "iframe") && !tpl_attr(t, "title"))
		tpl_die(t, line, "<iframe> needs title=");
	if (is_one_of(name, "input select textarea"))
		lint_control(t, name, line);
	if (str_is(name, "label") && tpl_attr(t, "for"))
		*vec_push(t->a, &t->label_for) = tpl_attr(t, "for")->value;
	if (name.n == 2 && name.p[0] == 'h' && name.p[1] >= '1' && name.p[1] <= '6')
		lint_heading(t, name, line);
	const struct attr *tab = tpl_attr(t, "tabindex");
	if (tab && !attr_is(t, "tabindex", "0 -1"))
		tpl_die(t, line, "tabindex other than 0 and -1 upsets the order of the keyboard");
}

void lint_view_end(struct tpl *t)
{
	for (size_t i = 0; i < t->unlabelled.n; i++) {
		bool found = false;
		for (size_t k = 0; k < t->label_for.n && !found; k++)
			found = str_eq(t->label_for.p[k], t->unlabelled.p[i].id);
		if (!found)
			tpl_die(t, t->unlabelled.p[i].line, "<%.*s id=\"%.*s\"> has no label",
			    STR(t->unlabelled.p[i].element), STR(t->unlabelled.p[i].id));
	}
	t->unlabelled.n = t->label_for.n = t->ids.n = 0;
	t->heading = 0;
	t->has_title = false;
}
