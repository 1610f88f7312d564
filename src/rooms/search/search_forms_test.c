/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Inflected forms in a real house: what finds what, in which order, and what is gone again. */
#include "engine/house.h"
#include "harness/t.h"
#include "rooms/call/call_trial.h"
#include "rooms/rooms_list.h"
#include "rooms/search/search_find.h"
#include "rooms/search/search_mark.h"

#include "base/poison.h"

#define OFFICE(...)                                                                      \
	CHECK_EQ(trial_act(t, ACTOR_SYSTEM, ROLE_SECRETARIAT | ROLE_SYSTEM | ROLE_ADMIN, \
	             __VA_ARGS__, NULL),                                                 \
	    OK)

static void issue(struct trial *t, const char *lang, const char *title, const char *text)
{
	OFFICE("document.issue", "kind", "crp", "title", title, "lang", lang, "text", text);
}

static struct search_found find(struct trial *t, const char *typed, struct search_query *q)
{
	struct search_found found = {0};
	struct search_ask ask = {.grp = 1, .kind = SEARCH_KINDS};
	search_query_parse(t->a, str_of(typed), q);
	CHECK_EQ(search_find(t->db, t->a, q, &ask, &found, &t->err), OK);
	return found;
}

/* The number of entries that hold all that was typed, in any form. */
static size_t count(struct trial *t, const char *typed)
{
	struct search_query q;
	struct search_found found = find(t, typed, &q);
	return found.some ? 0 : found.hits.n;
}

static const struct pair {
	const char *lang;
	const char *text;  /* is issued */
	const char *typed; /* finds it; in quotation marks it does not */
} pairs[] = {
    {"en", "Many governments took part.", "government"},
    {"en", "The delegation proposed a policy.", "policies"},
    {"fr", "Plusieurs résolutions furent adoptées.", "adopter"},
    {"fr", "Les organes régionaux", "REGIONALE"},
    /* Without its accents a typed word has the stem of those in the texts. */
    {"fr", "Elles ont été négociées ; ils ont négocié.", "negociees"},
    {"es", "Las cooperaciones entre los países", "cooperacion"},
    {"es", "Todos los gobiernos", "gobierno"},
    {"ru", "Помощь развивающимся государствам", "государство"},
    {"ru", "О принятых решениях", "решение"},
    {"ar", "شاركت الحكومات في الاجتماع", "حكومة"},
    {"ar", "قرار المجلس", "القرارات"},
    {"ar", "وفقا للالتزامات الدولية", "التزام"},
    /* Nobody said in which language: that of any rule. */
    {"", "Unsaid amendments", "amendment"},
};

TEST(forms_are_found_and_in_quotation_marks_are_not)
{
	struct trial trial, *t = &trial;
	trial_found(t, &comity_rooms);
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		const struct pair *p = &pairs[i];
		if (*p->lang)
			issue(t, p->lang, "Paper", p->text);
		else
			OFFICE("group.announce", "title", "Paper", "text", p->text);
		size_t n = count(t, p->typed);
		const char *exact = arena_z(t->a, arena_printf(t->a, "\"%s\"", p->typed));
		size_t quoted = count(t, exact);
		/* One text has the folded word itself besides. */
		if (n != 1 || quoted != (str_is(str_of(p->typed), "negociees")))
			t_fail(__FILE__, __LINE__, "%s: %zu, %s: %zu", p->typed, n, exact, quoted);
	}
	CHECK_EQ(count(t, "negocier"), 1);
	/* Words of other meanings, beginnings, numbers. */
	CHECK_EQ(count(t, "governor"), 0);
	CHECK_EQ(count(t, "government*"), 1);
	CHECK_EQ(count(t, "policies*"), 0);
	CHECK_EQ(count(t, "government policies"), 0);
	CHECK_EQ(count(t, "government part"), 1);
	CHECK_EQ(count(t, "took -government"), 0);
	CHECK_EQ(count(t, "took -\"government\""), 1);
	trial_close(t);
}

TEST(parts_of_a_term_stay_in_a_row)
{
	struct trial trial, *t = &trial;
	trial_found(t, &comity_rooms);
	issue(t, "en", "Paper", "A multi-stakeholder process");
	issue(t, "en", "Paper", "Multi process of a stakeholder");
	issue(t, "fr", "Papier", "l'accès aux données");
	CHECK_EQ(count(t, "multi-stakeholders"), 1);
	CHECK_EQ(count(t, "\"multi-stakeholders\""), 0);
	CHECK_EQ(count(t, "l'accès donnée"), 1);
	trial_close(t);
}

TEST(the_word_itself_ranks_before_its_forms)
{
	struct trial trial, *t = &trial;
	struct search_query q;
	trial_found(t, &comity_rooms);
	issue(t, "en", "Paper", "One nation.");
	issue(t, "en", "Nations, nations",
	    "Nations and nations, national nations; nations, nations, nations, nations.");
	issue(t, "en", "Paper", "Nations and a nation.");
	struct search_found found = find(t, "nation", &q);
	NEED(found.hits.n == 3);
	int64_t first = search_id_entry(found.hits.p[0].id);
	int64_t second = search_id_entry(found.hits.p[1].id);
	int64_t third = search_id_entry(found.hits.p[2].id);
	/* With a form beside it the third paper, then the first, then that of forms only. */
	CHECK(first > third && third > second);
	CHECK(found.hits.p[1].score > found.hits.p[2].score);
	/* A word of a text counts as one, also when it is a form that the search knows twice. */
	CHECK_EQ(q.wanted.p[0].forms.n, 2);
	trial_close(t);
}

static str marked(struct trial *t, const struct search_query *q, const char *text)
{
	struct buf b = buf_in(t->a, 0);
	struct search_piece p = search_mark(t->a, q, str_of(text));
	for (size_t i = 0; i < p.spans.n; i++)
		buf_printf(&b, p.spans.p[i].found ? "[%.*s]" : "%.*s", STR(p.spans.p[i].text));
	return buf_str(&b);
}

TEST(forms_are_marked)
{
	struct trial trial, *t = &trial;
	struct search_query q;
	trial_found(t, &comity_rooms);
	issue(t, "ru", "Документ", "Все государства и каждому государству");
	issue(t, "en", "Paper", "Multi-stakeholders of governments");
	find(t, "государство", &q);
	CHECK_STR(marked(t, &q, "Все государства и каждому государству, государь"),
	    "Все [государства] и каждому [государству], государь");
	find(t, "multi-stakeholder Government", &q);
	CHECK_STR(
	    marked(t, &q, "Multi-stakeholders of Governments; multi stakeholder, stakeholders"),
	    "[Multi-stakeholders] of [Governments]; [multi stakeholder], stakeholders");
	trial_close(t);
}

TEST(texts_of_one_language_lend_no_forms_to_another)
{
	struct trial trial, *t = &trial;
	struct search_query q;
	trial_found(t, &comity_rooms);
	/* French "pays" is a country, and no form of English "paying". */
	issue(t, "fr", "Papier", "Les pays");
	issue(t, "en", "Paper", "They are paying");
	CHECK_EQ(count(t, "\"pays\""), 1);
	find(t, "payer", &q);
	for (size_t i = 0; i < q.wanted.p[0].forms.n; i++)
		CHECK(!str_is(q.wanted.p[0].forms.p[i], "paying"));
	trial_close(t);
}

/* The tables are those of a rebuild, word by word. */
static void check_rebuild(struct trial *t)
{
	digest before, after;
	CHECK_EQ(house_view_digest(t->house, &before, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &after, &t->err), OK);
	CHECK(digest_eq(before, after));
}

TEST(words_that_are_gone_are_no_forms)
{
	struct trial trial, *t = &trial;
	struct search_query q;
	trial_found(t, &comity_rooms);
	issue(t, "en", "Paper", "One counsellor, a counsellor");
	OFFICE("people.add", "name", "Name", "title", "Counsellors", "representing", "Kenya",
	    "kind", "delegate");
	const char *person = arena_z(t->a, actor_str(t->a, t->out.values[0].actor));
	find(t, "counsellor", &q);
	CHECK_EQ(q.wanted.p[0].forms.n, 1);
	check_rebuild(t);
	OFFICE("people.card", "person", person, "name", "Name", "title", "Envoy", "representing",
	    "Kenya");
	find(t, "counsellor", &q);
	CHECK_EQ(q.wanted.p[0].forms.n, 0);
	CHECK_EQ(count(t, "envoys"), 1);
	/* Put and taken away again before it was ever counted. */
	t->together = true;
	NEED(house_begin(t->house, &t->err) == OK);
	OFFICE("people.card", "person", person, "name", "Name", "title", "Ghosts", "representing",
	    "Kenya");
	OFFICE("people.card", "person", person, "name", "Name", "title", "Attachés", "representing",
	    "Kenya");
	NEED(house_commit(t->house, &t->err) == OK);
	t->together = false;
	find(t, "ghost", &q);
	CHECK_EQ(q.wanted.p[0].forms.n, 0);
	CHECK_EQ(count(t, "attaché"), 1);
	check_rebuild(t);
	CHECK_EQ(count(t, "attaché"), 1);
	trial_close(t);
}

TEST(forms_have_a_limit)
{
	struct trial trial, *t = &trial;
	struct search_query q;
	static const char *const ends[] = {"о", "а", "у", "ы", "е", "ом", "ам", "ах", "ами", "ов",
	    "ой", "ою", "ий", "ие", "ия", "иям", "иях", "иями", "ию", "ией", "ый", "ая", "ое", "ые",
	    "ого", "ому", "ым", "ых", "ыми", "ую"};
	struct buf b;
	trial_found(t, &comity_rooms);
	b = buf_in(t->a, 0);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		buf_printf(&b, "государств%s ", ends[i]);
	issue(t, "ru", "Документ", arena_z(t->a, buf_str(&b)));
	issue(t, "ru", "Документ", "государствую");
	find(t, "государств", &q);
	NEED(q.wanted.p[0].forms.n == SEARCH_FORMS_MAX);
	/* The most frequent are kept. */
	CHECK_STR(q.wanted.p[0].forms.p[0], "государствую");
	CHECK_EQ(count(t, "государств"), 2);
	trial_close(t);
}
