/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_says.h"

#include "base/buf.h"
#include "text/number.h"

#include "base/poison.h"

/* Labels; the renderings say them in the language of the reader. */
static const char say_by[] = "{0}";
static const char say_support[] = "support: {0}";
static const char say_retain[] = "retain: {0}";
static const char say_delete[] = "delete: {0}";
static const char say_reserve[] = "reserve: {0}";
static const char say_object[] = "object: {0}";
static const char say_no_text[] = "no text: {0}";
static const char say_support_deletion[] = "support deletion: {0}";
static const char say_reserve_deletion[] = "reserve on deletion: {0}";
static const char say_object_deletion[] = "object to deletion: {0}";

str roll_party(const struct text_amendment *m)
{
	return m->party.n ? m->party : m->id;
}

static void know(struct roll_cast *c, uint32_t *slot, str name)
{
	if (!map_get(&c->names, name))
		map_put(&c->names, name, slot);
}

struct roll_cast roll_cast_of(struct arena *a, const struct text_rolling *r)
{
	struct roll_cast c = {.arena = a, .r = r, .names = map_in(a)};
	c.number = text_number_shown(a, r->doc);
	size_t n = 0;
	for (size_t i = 0; i < r->list_n; i++)
		n += 1 + r->list[i].cosponsors_n + r->list[i].stances_n;
	uint32_t *seen = arena_array(a, uint32_t, n + 1);
	for (size_t i = 0; i < r->list_n; i++) {
		const struct text_amendment *m = &r->list[i];
		know(&c, seen++, roll_party(m));
		for (size_t k = 0; k < m->cosponsors_n; k++)
			know(&c, seen++, m->cosponsors[k]);
		for (size_t k = 0; k < m->stances_n; k++)
			know(&c, seen++, m->stances[k].party);
	}
	return c;
}

/* --- tails --- */

struct list {
	VEC(struct roll_name) names;
};

static void add_name(struct roll_cast *c, struct list *l, str name, size_t who)
{
	uint32_t *seen = map_get(&c->names, name);
	if (*seen == c->round)
		return;
	*seen = c->round;
	*vec_push(c->arena, &l->names) = (struct roll_name){name, who};
}

static void add_sponsors(struct roll_cast *c, struct list *l, const struct text_backers *by)
{
	for (size_t i = 0; i < by->n; i++) {
		const struct text_amendment *m = &c->r->list[by->p[i]];
		if (m->on_text) /* nobody proposes it */
			continue;
		add_name(c, l, roll_party(m), by->p[i]);
		for (size_t k = 0; k < m->cosponsors_n; k++)
			add_name(c, l, m->cosponsors[k], by->p[i]);
	}
}

static void add_stances(
    struct roll_cast *c, struct list *l, const struct text_backers *by, enum text_stance_kind kind)
{
	for (size_t i = 0; i < by->n; i++) {
		const struct text_amendment *m = &c->r->list[by->p[i]];
		for (size_t k = 0; k < m->stances_n; k++)
			if (m->stances[k].kind == kind)
				add_name(c, l, m->stances[k].party, by->p[i]);
	}
}

static void put_item(struct roll_tail *t, const char *label, const struct list *l)
{
	if (l->names.n)
		t->item[t->n++] = (struct roll_item){label, l->names.p, l->names.n, false};
}

static void put_stances(struct roll_cast *c, struct roll_tail *t, const char *label,
    const struct text_backers *by, enum text_stance_kind kind)
{
	struct list l = {0};
	c->round++;
	add_stances(c, &l, by, kind);
	put_item(t, label, &l);
}

/* Sponsors, then those who support and are not among them. */
static void put_sponsors(struct roll_cast *c, struct roll_tail *t, const char *label,
    const char *support, const struct text_backers *by)
{
	struct list sponsors = {0}, supporters = {0};
	c->round++;
	add_sponsors(c, &sponsors, by);
	add_stances(c, &supporters, by, TEXT_SUPPORT);
	put_item(t, label, &sponsors);
	if (sponsors.names.n)
		t->item[0].is_sponsors = true;
	put_item(t, support, &supporters);
}

struct roll_tail roll_tail_instead(struct roll_cast *c, const struct text_backers *by)
{
	struct roll_tail t = {0};
	put_sponsors(c, &t, say_by, say_support, by);
	put_stances(c, &t, say_reserve, by, TEXT_RESERVE);
	put_stances(c, &t, say_object, by, TEXT_OBJECT);
	return t;
}

struct roll_tail roll_tail_new(struct roll_cast *c, const struct text_backers *by)
{
	struct roll_tail t = {0};
	put_sponsors(c, &t, say_by, say_support, by);
	put_stances(c, &t, say_no_text, by, TEXT_RETAIN);
	put_stances(c, &t, say_delete, by, TEXT_DELETE);
	put_stances(c, &t, say_reserve, by, TEXT_RESERVE);
	put_stances(c, &t, say_object, by, TEXT_OBJECT);
	return t;
}

struct roll_tail roll_tail_change(struct roll_cast *c, const struct text_backers *by)
{
	struct roll_tail t = {0};
	put_sponsors(c, &t, say_by, say_support, by);
	put_stances(c, &t, say_retain, by, TEXT_RETAIN);
	put_stances(c, &t, say_delete, by, TEXT_DELETE);
	put_stances(c, &t, say_reserve, by, TEXT_RESERVE);
	put_stances(c, &t, say_object, by, TEXT_OBJECT);
	return t;
}

/* Those of them that are amendments; or those that are stances on the words of the revision. */
static struct text_backers only(struct roll_cast *c, const struct text_backers *by, bool on_text)
{
	struct text_backers out = {.p = arena_array(c->arena, size_t, by->n + 1)};
	for (size_t i = 0; i < by->n; i++)
		if (c->r->list[by->p[i]].on_text == on_text)
			out.p[out.n++] = by->p[i];
	return out;
}

/* all: who has spoken on these words; deletion: who would delete them, among these. */
static struct roll_tail tail_of_words(
    struct roll_cast *c, const struct text_backers *all, const struct text_backers *deletion)
{
	struct roll_tail t = {0};
	struct list deleters = {0}, supporters = {0};
	put_stances(c, &t, say_retain, all, TEXT_RETAIN);
	c->round++;
	add_sponsors(c, &deleters, deletion);
	add_stances(c, &deleters, all, TEXT_DELETE);
	add_stances(c, &supporters, deletion, TEXT_SUPPORT);
	put_item(&t, say_delete, &deleters);
	if (deleters.names.n)
		t.item[t.n - 1].is_sponsors = true;
	put_item(&t, say_support_deletion, &supporters);
	struct text_backers amendments = only(c, deletion, false), stances = only(c, all, true);
	put_stances(c, &t, say_reserve_deletion, &amendments, TEXT_RESERVE);
	put_stances(c, &t, say_object_deletion, &amendments, TEXT_OBJECT);
	put_stances(c, &t, say_reserve, &stances, TEXT_RESERVE);
	put_stances(c, &t, say_object, &stances, TEXT_OBJECT);
	return t;
}

struct roll_tail roll_tail_base(struct roll_cast *c, const struct text_node *span)
{
	struct text_backers deletion = {0}, all = {0};
	for (size_t i = 0; i < span->alternatives_n; i++)
		all.n += span->alternative[i].by.n;
	all.p = arena_array(c->arena, size_t, all.n + 1);
	all.n = 0;
	for (size_t i = 0; i < span->alternatives_n; i++) {
		const struct text_alternative *alt = &span->alternative[i];
		for (size_t k = 0; k < alt->by.n; k++)
			all.p[all.n++] = alt->by.p[k];
		if (!roll_shows(&alt->content))
			deletion = alt->by;
	}
	return tail_of_words(c, &all, &deletion);
}

struct roll_tail roll_tail_deleted(struct roll_cast *c, const struct text_backers *by)
{
	return tail_of_words(c, by, by);
}

/* --- words about paragraphs --- */

/* The first five words or so. */
static str first_words(struct roll_cast *c, const struct text_par *p)
{
	str s = text_par_read(c->arena, p);
	size_t words = 0, at = 0;
	while (at < s.n && words < 5 && at < 60)
		words += s.p[at++] == ' ';
	while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
		at++;
	str head = str_trim(str_head(s, at));
	return arena_printf(c->arena, "“%.*s%s”", STR(head), at < s.n ? "…" : "");
}

static unsigned level_of(const struct text_par *p)
{
	if (p->kind != TEXT_SUB)
		return 0;
	return p->level ? p->level : 1;
}

str roll_reference(struct roll_cast *c, size_t par)
{
	const struct text_par *p = &c->r->doc->par[par];
	if (!c->number[par].n)
		return first_words(c, p);
	str said = c->number[par];
	for (unsigned level = level_of(p); level > 0 && par > 0;) {
		const struct text_par *above = &c->r->doc->par[--par];
		if (above->is_gone || above->kind == TEXT_NOTE || level_of(above) >= level)
			continue;
		level = level_of(above);
		if (above->kind == TEXT_HEADING)
			break;
		said = arena_printf(c->arena, "%.*s %.*s", STR(c->number[par]), STR(said));
	}
	return said;
}

bool roll_shows(const struct text_nodes *n)
{
	return n->n > 0;
}

bool roll_has_base(const struct text_node *span)
{
	for (size_t i = 0; i < span->alternatives_n; i++)
		if (!roll_shows(&span->alternative[i].content))
			return true;
	return roll_shows(&span->base);
}

/* Signs that end a sentence or an item, and spaces. */
static bool is_end(str s)
{
	static const char *const sign[] = {
	    ".", ";", ":", ",", "!", "?", " ", "\n", "。", "；", "：", "؛", "؟", "।"};
	while (s.n) {
		size_t i = 0;
		while (i < sizeof sign / sizeof *sign && !str_starts(s, str_of(sign[i])))
			i++;
		if (i == sizeof sign / sizeof *sign)
			return false;
		s = str_skip(s, strlen(sign[i]));
	}
	return true;
}

const struct text_node *roll_whole(const struct text_nodes *n, str *end)
{
	const struct text_node *span = n->n == 1 || n->n == 2 ? n->p : NULL;
	*end = n->n == 2 ? n->p[1].text : STR_EMPTY;
	if (!span || span->kind != TEXT_NODE_SPAN || !roll_shows(&span->base))
		return NULL;
	if (n->n == 2 && (n->p[1].kind != TEXT_NODE_TEXT || !is_end(*end)))
		return NULL;
	size_t versions = 0;
	for (size_t i = 0; i < span->alternatives_n; i++)
		versions += roll_shows(&span->alternative[i].content);
	/* Whoever deletes the words alone leaves the sign. */
	bool all = versions == span->alternatives_n;
	return versions && (all || !end->n) ? span : NULL;
}

void roll_trim(str s, str *lead, str *core, str *trail)
{
	*core = str_trim(s);
	if (!core->n) {
		*lead = *trail = STR_EMPTY;
		*core = s;
		return;
	}
	*lead = str_head(s, (size_t)(core->p - s.p));
	*trail = str_skip(s, lead->n + core->n);
}

const char *roll_say_join(const struct text_joining *j)
{
	return str_trim(j->text).n ? "Join paragraph {0} with {1}, with “{2}” between"
	                           : "Join paragraph {0} with {1}";
}

const char *roll_say_move(const struct text_moving *m)
{
	if (m->par == m->last)
		return m->after == TEXT_START ? "Move paragraph {0} to the beginning"
		                              : "Move paragraph {0} to behind {1}";
	return m->after == TEXT_START ? "Move paragraphs {0} to {1} to the beginning"
	                              : "Move paragraphs {0} to {1} to behind {2}";
}

const char *roll_say_moved_here(const struct text_moving *m)
{
	return m->par == m->last ? "Paragraph {0} comes here" : "Paragraphs {0} to {1} come here";
}

size_t roll_join_args(struct roll_cast *c, size_t par, const struct text_joining *j, str args[3])
{
	args[0] = roll_reference(c, par);
	args[1] = roll_reference(c, j->with);
	args[2] = j->text;
	return 3;
}

size_t roll_move_args(struct roll_cast *c, const struct text_moving *m, str args[3])
{
	size_t n = 0;
	args[n++] = roll_reference(c, m->par);
	if (m->last != m->par)
		args[n++] = roll_reference(c, m->last);
	if (m->after != TEXT_START)
		args[n++] = roll_reference(c, m->after);
	return n;
}
