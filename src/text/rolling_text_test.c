/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_text.h"
#include "text/rolling_world.h"

#include "base/poison.h"

/* Amendments made by hand, one operation each. */
struct draft {
	struct arena *arena;
	struct text_doc doc;
	struct text_amendment list[16];
	size_t n;
};

static struct text_amendment *add(struct draft *d, const char *party, struct text_op op)
{
	struct text_amendment *m = &d->list[d->n++];
	*m = (struct text_amendment){.party = str_of(party)};
	m->id = arena_printf(d->arena, "a%zu", d->n);
	m->ops = arena_new_of(d->arena, struct text_op);
	m->ops[0] = op;
	m->ops_n = 1;
	return m;
}

static struct text_amendment *edit(
    struct draft *d, const char *party, size_t par, const char *old, const char *text)
{
	return add(d, party, world_edit(&d->doc, par, old, text));
}

static struct text_amendment *insert(
    struct draft *d, const char *party, size_t par, const char *before, const char *text)
{
	struct text_op op = world_edit(&d->doc, par, before, text);
	op.from = op.to;
	return add(d, party, op);
}

static struct text_op news(struct draft *d, size_t after, const char *text)
{
	struct text_op op = {.kind = TEXT_INSERT_PARS, .after = after, .news_n = 1};
	op.news = arena_new_of(d->arena, struct text_new);
	op.news[0].id = S("new");
	op.news[0].text = str_of(text);
	return op;
}

static void stand(
    struct draft *d, struct text_amendment *m, enum text_stance_kind kind, const char *party)
{
	struct text_stance *s = arena_array(d->arena, struct text_stance, m->stances_n + 1);
	for (size_t i = 0; i < m->stances_n; i++)
		s[i] = m->stances[i];
	s[m->stances_n++] = (struct text_stance){kind, str_of(party)};
	m->stances = s;
}

static str said(struct draft *d)
{
	struct text_rolling r = text_roll(d->arena, &d->doc, d->list, d->n);
	return text_rolling_text(d->arena, &r);
}

#define DRAFT(...)                                               \
	AUTO_ARENA struct arena *a = arena_new(0);               \
	static const char *const texts_[] = {__VA_ARGS__, NULL}; \
	struct draft d = {.arena = a, .doc = world_doc(a, texts_)}

TEST(alternatives_stand_beside_each_other_with_their_parties)
{
	DRAFT("First.", "States shall ensure that all people are heard.");
	static str peru[] = {{"Peru", 4}};
	struct text_amendment *m = edit(&d, "Kenya", 1, "shall", "should");
	m->cosponsors = peru;
	m->cosponsors_n = 1;
	edit(&d, "Norway", 1, "shall", "may");
	edit(&d, "Cuba", 1, " all", "");
	insert(&d, "Fiji", 1, "people", " and peoples");
	CHECK_STR(said(&d), "1. First.\n\n2. States [shall][should – Kenya, Peru][may – Norway] "
	                    "ensure that [all – delete: Cuba] people [and peoples – Fiji] are "
	                    "heard.\n\n");
}

TEST(stances_stand_where_their_object_does)
{
	DRAFT("States shall ensure that all people are heard.");
	struct text_amendment *m = edit(&d, "Kenya", 0, "shall", "should");
	stand(&d, m, TEXT_SUPPORT, "Ghana");
	stand(&d, m, TEXT_SUPPORT, "Kenya");
	stand(&d, m, TEXT_RETAIN, "Chad");
	stand(&d, m, TEXT_DELETE, "Togo");
	stand(&d, m, TEXT_RESERVE, "Japan");
	m = edit(&d, "Cuba", 0, " all", "");
	stand(&d, m, TEXT_RETAIN, "Chad");
	stand(&d, m, TEXT_SUPPORT, "Ghana");
	stand(&d, m, TEXT_RESERVE, "Japan");
	m = insert(&d, "Fiji", 0, "people", " and peoples");
	stand(&d, m, TEXT_RETAIN, "Chad");
	stand(&d, m, TEXT_RESERVE, "Japan");
	CHECK_STR(said(&d),
	    "1. States [shall – retain: Chad; delete: Togo][should – Kenya; support: Ghana; "
	    "reserve: Japan] ensure that [all – retain: Chad; delete: Cuba; support deletion: "
	    "Ghana; reserve on deletion: Japan] people [and peoples – Fiji; no text: Chad; "
	    "reserve: Japan] are heard.\n\n");
}

TEST(an_objection_stands_beside_what_it_is_about)
{
	DRAFT("States shall ensure that all people are heard.");
	struct text_amendment *m = edit(&d, "Kenya", 0, "shall", "should");
	stand(&d, m, TEXT_OBJECT, "Japan");
	m = edit(&d, "Cuba", 0, " all", "");
	stand(&d, m, TEXT_OBJECT, "Chad");
	CHECK_STR(said(&d), "1. States [shall][should – Kenya; object: Japan] ensure that [all – "
	                    "delete: Cuba; object to deletion: Chad] people are heard.\n\n");
}

/* Nobody proposes anything: the words stand in a bracket with those who spoke on them. */
static void stand_on(
    struct draft *d, enum text_stance_kind kind, const char *party, const char *words)
{
	struct text_amendment *m = edit(d, "", 0, words, "");
	m->on_text = true;
	stand(d, m, kind, party);
}

TEST(stances_on_words_put_them_in_a_bracket)
{
	DRAFT("States shall ensure that all people are heard.");
	stand_on(&d, TEXT_DELETE, "Togo", "shall ensure");
	stand_on(&d, TEXT_RETAIN, "Chad", "shall ensure");
	stand_on(&d, TEXT_RESERVE, "Japan", "people");
	stand_on(&d, TEXT_OBJECT, "Peru", "people");
	edit(&d, "Kenya", 0, "shall", "should");
	CHECK_STR(said(&d),
	    "1. States [[shall][should – Kenya] ensure – retain: Chad; delete: "
	    "Togo] that all [people – reserve: Japan; object: Peru] are heard.\n\n");
}

/* The words of the stance and of the amendment become one bracket, and no words are made up. */
TEST(a_stance_that_crosses_an_amendment_proposes_nothing)
{
	DRAFT("States shall ensure that all people are heard.");
	stand_on(&d, TEXT_RESERVE, "Japan", "shall ensure that");
	edit(&d, "Kenya", 0, "that all people are", "everybody is");
	CHECK_STR(said(&d), "1. States [shall ensure that all people are – reserve: Japan][shall "
	                    "ensure everybody is – Kenya] heard.\n\n");
}

TEST(the_same_proposal_of_two_has_two_sponsors)
{
	DRAFT("States shall ensure.");
	edit(&d, "Kenya", 0, "shall", "may");
	edit(&d, "Peru", 0, "shall", "may");
	edit(&d, "Kenya", 0, "shall", "may");
	CHECK_STR(said(&d), "1. States [shall][may – Kenya, Peru] ensure.\n\n");
}

TEST(brackets_nest)
{
	DRAFT("States shall ensure that people are heard.");
	edit(&d, "Kenya", 0, "shall ensure", "ensure");
	edit(&d, "Norway", 0, "shall", "may");
	CHECK_STR(said(&d),
	    "1. States [[shall][may – Norway] ensure][ensure – Kenya] that people are heard.\n\n");
}

TEST(what_is_no_alternative_is_kept_apart)
{
	DRAFT("one two three");
	insert(&d, "Kenya", 0, "one ", "very ");
	edit(&d, "Peru", 0, "two", "2");
	edit(&d, "Fiji", 0, "one ", "");
	CHECK_STR(said(&d), "1. [one – delete: Fiji] [very – Kenya] [two][2 – Peru] three\n\n");
}

TEST(without_spaces_a_plus_keeps_apart)
{
	DRAFT("人人有权");
	edit(&d, "中国", 0, "有", "享");
	edit(&d, "Peru", 0, "权", "权利");
	CHECK_STR(said(&d), "1. 人人[有][享 – 中国]+[权][权利 – Peru]\n\n"
	                    "Brackets with + between them are not alternatives.\n");
}

TEST(brackets_of_the_text_are_others)
{
	DRAFT("States [shall] ensure ⟦x⟧.");
	edit(&d, "A [B]", 0, "ensure", "[help]");
	CHECK_STR(said(&d), "1. States ⟦shall⟧ [ensure][⟦help⟧ – A ⟦B⟧] \\⟦x\\⟧.\n\n"
	                    "⟦ ⟧ are brackets of the text itself.\n");
}

TEST(paragraphs_come_and_go)
{
	DRAFT("First.", "Second here.", "Third.");
	add(&d, "Norway", news(&d, 1, "Nobody is left out."));
	add(&d, "Peru", news(&d, 1, "All are in."));
	add(&d, "Chad", news(&d, TEXT_START, "In the beginning."));
	struct text_op gone = {.kind = TEXT_DELETE_PAR, .par = 1};
	stand(&d, add(&d, "Kenya", gone), TEXT_RETAIN, "Togo");
	edit(&d, "Fiji", 1, "here", "there");
	CHECK_STR(said(&d), "[1 ante. In the beginning. – Chad]\n\n1. First.\n\n"
	                    "[2. Second [here][there – Fiji]. – retain: Togo; delete: Kenya]\n\n"
	                    "[2 bis. Nobody is left out. – Norway]\n\n"
	                    "[2 bis alt. All are in. – Peru]\n\n3. Third.\n\n");
}

TEST(another_version_of_a_whole_paragraph_is_alt)
{
	DRAFT("First.", "Second here.");
	edit(&d, "Kenya", 1, "Second here.", "Another second.");
	edit(&d, "Peru", 1, "Second here.", "A third second.");
	edit(&d, "Fiji", 1, "here", "there");
	CHECK_STR(said(&d), "1. First.\n\n[2. Second [here][there – Fiji].]\n\n"
	                    "[2 alt. Another second. – Kenya]\n\n"
	                    "[2 alt 2. A third second. – Peru]\n\n");
}

TEST(versions_have_the_sign_at_the_end_of_the_paragraph)
{
	DRAFT("First here.", "各国应当确保。");
	edit(&d, "Kenya", 0, "First here", "Another one");
	edit(&d, "Fiji", 0, "here", "there");
	edit(&d, "中国", 1, "各国应当确保", "大会决定");
	CHECK_STR(said(&d), "[1. First [here][there – Fiji].]\n\n[1 alt. Another one. – Kenya]\n\n"
	                    "[2. 各国应当确保。]\n\n[2 alt. 大会决定。 – 中国]\n\n");
	/* Whoever deletes the words leaves the sign. */
	edit(&d, "Chad", 1, "各国应当确保", "");
	CHECK_STR(str_skip(said(&d), str_find(said(&d), S("2."))),
	    "2. [各国应当确保 – delete: Chad][大会决定 – 中国]。\n\n");
}

TEST(structure_is_said_in_brackets)
{
	DRAFT("First one.", "Second. And more.", "Third.", "Fourth.");
	struct text_op split = world_edit(&d.doc, 1, "And", "");
	split.kind = TEXT_SPLIT;
	split.to = split.from;
	split.news = arena_new_of(a, struct text_new);
	split.news_n = 1;
	split.news[0].id = S("p2-2");
	add(&d, "Kenya", split);
	add(&d, "Peru", (struct text_op){.kind = TEXT_MOVE, .par = 0, .last = 0, .after = 2});
	add(&d, "Chad",
	    (struct text_op){.kind = TEXT_MOVE, .par = 2, .last = 3, .after = TEXT_START});
	add(&d, "Fiji", (struct text_op){.kind = TEXT_JOIN, .par = 2, .last = 3, .text = S(" ")});
	CHECK_STR(said(&d), "[Paragraphs 3 to 4 come here – Chad]\n\n1. First one.\n\n"
	                    "[Move paragraph 1 to behind 3 – Peru]\n\n"
	                    "2. Second. [¶ new paragraph – Kenya] And more.\n\n3. Third.\n\n"
	                    "[Join paragraph 3 with 4 – Fiji]\n\n"
	                    "[Move paragraphs 3 to 4 to the beginning – Chad]\n\n"
	                    "[Paragraph 1 comes here – Peru]\n\n4. Fourth.\n\n");
}

TEST(who_waits_stands_at_the_end)
{
	DRAFT("First one.");
	struct text_op op = world_edit(&d.doc, 0, "one", "1");
	op.outcome = TEXT_IN_CONFLICT;
	op.was = S("one thing");
	op.where = S("p1");
	op.with = S("a9");
	struct text_amendment *m = add(&d, "Kenya", op);
	m->outcome = TEXT_IN_CONFLICT;
	m->why = S("Others changed these words.");
	op.outcome = TEXT_SATISFIED;
	m = add(&d, "Peru", op);
	m->outcome = TEXT_SATISFIED;
	CHECK_STR(said(&d), "1. First one.\n\nWaiting for their authors:\n"
	                    "– Kenya (a1): Others changed these words.\n"
	                    "  paragraph p1: “one thing” → “1” (against a9)\n"
	                    "In the text already:\n– Peru (a2)\n");
}

TEST(subparagraphs_and_headings)
{
	DRAFT("Title", "First:", "one;", "two.");
	d.doc.par[0].kind = TEXT_HEADING;
	d.doc.par[2].kind = d.doc.par[3].kind = TEXT_SUB;
	add(&d, "Peru", (struct text_op){.kind = TEXT_MOVE, .par = 0, .last = 0, .after = 3});
	add(&d, "Chad", (struct text_op){.kind = TEXT_MOVE, .par = 3, .last = 3, .after = 1});
	CHECK_STR(said(&d), "Title\n\n[Move paragraph “Title” to behind 1 (b) – Peru]\n\n"
	                    "1. First:\n\n[Paragraph 1 (b) comes here – Chad]\n\n    (a) one;\n\n"
	                    "    (b) two.\n\n[Move paragraph 1 (b) to behind 1 – Chad]\n\n"
	                    "[Paragraph “Title” comes here – Peru]\n\n");
}

/* Whatever comes, brackets close as often as they open, and no party is lost. */
TEST(random_texts_keep_brackets_and_parties)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world_size size = {.pars = 5, .words = 6, .list = 6, .ops = 5, .odd = true};
	for (uint64_t seed = 1; seed <= 5000 && !t_failures(); seed++) {
		struct t_rand dice = {seed};
		struct world w = world_make(a, &dice, &size);
		struct text_rolling r = text_roll(a, &w.doc, w.list, w.n);
		str s = text_rolling_text(a, &r);
		int64_t open = 0;
		for (size_t i = 0; i < s.n; i++) {
			open += (s.p[i] == '[') - (s.p[i] == ']');
			if (open < 0)
				break;
		}
		if (open)
			t_fail(__FILE__, __LINE__, "case %zu:\n%.*s", (size_t)seed, STR(s));
		for (size_t i = 0; i < w.n; i++)
			if (w.list[i].ops_n && str_find(s, w.list[i].party) == SIZE_MAX)
				t_fail(__FILE__, __LINE__, "case %zu loses %.*s (%zu) of\n%.*s",
				    (size_t)seed, STR(w.list[i].party), i, STR(s));
		arena_reset(a);
	}
}
