/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Queries, marks, and what is found in a real house: what is public, and nothing else. */
#include "base/utf8.h"
#include "engine/house.h"
#include "harness/t.h"
#include "rooms/call/call_trial.h"
#include "rooms/rooms_list.h"
#include "rooms/search/search_find.h"
#include "rooms/search/search_mark.h"

#include <stdio.h>

#include "base/poison.h"

/* ---- queries ---- */

static const struct query_row {
	const char *typed;
	const char *match;
} query_rows[] = {
    {"internet governance", "(\"internet\" AND \"governance\")"},
    {"A/RES/70/125", "(\"A/RES/70/125\")"},
    {"\"enhanced cooperation\" -cyber", "(\"enhanced cooperation\") NOT (\"cyber\")"},
    {"«коопération» “x y", "(\"коопération\" AND \"x y\")"},
    {"govern*", "(\"govern*\" *)"},
    {"go*", "(\"go*\")"},
    {"gov* int* ", "(\"gov*\" AND \"int*\" *)"},
    {"-gov*", ""},
    {"a OR b NOT c", "(\"a\" AND \"OR\" AND \"b\" AND \"NOT\" AND \"c\")"},
    {"head:x NEAR(y)", "(\"head:x\" AND \"NEAR(y)\")"},
    {"-only", ""},
    {"\"", ""},
    {"*** -- \"\" ...", ""},
    {"", ""},
    {"互联网治理", "(\"互联网\" AND \"治理\")"},
    {"“互联网治理”", "(\"互联网治理\")"},
    {"互联网，治", "(\"互联网\" AND \"治\")"},
    {"الأمم، المتحدة", "(\"الأمم\" AND \"المتحدة\")"},
    {"a\"\"b", "(\"a\" AND \"b\")"},
};

TEST(queries_are_parsed_and_never_passed_on)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct search_query q;
	for (size_t i = 0; i < sizeof query_rows / sizeof query_rows[0]; i++) {
		search_query_parse(a, str_of(query_rows[i].typed), &q);
		CHECK_STR(q.match, query_rows[i].match);
		CHECK(!q.cut);
	}
}

TEST(queries_have_limits)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	struct search_query q;
	for (int i = 0; i < 1000; i++)
		buf_put(&b, S("word "));
	search_query_parse(a, buf_str(&b), &q);
	CHECK(q.cut);
	CHECK_EQ(q.wanted.n, SEARCH_TERMS_MAX);
	buf_clear(&b);
	buf_putc(&b, '"');
	for (int i = 0; i < 100; i++)
		buf_put(&b, S("a "));
	search_query_parse(a, buf_str(&b), &q);
	CHECK(q.cut);
	CHECK_EQ(q.wanted.n, 0);
	search_query_parse(a, S("\xff\xfe"), &q);
	CHECK_EQ(q.wanted.n, 0);
}

/* ---- marks: what was found stands in [] ---- */

static str shown(struct arena *a, const struct search_piece *p)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, p->before ? S("…") : STR_EMPTY);
	for (size_t i = 0; i < p->spans.n; i++)
		buf_printf(&b, p->spans.p[i].found ? "[%.*s]" : "%.*s", STR(p->spans.p[i].text));
	buf_put(&b, p->after ? S("…") : STR_EMPTY);
	return buf_str(&b);
}

static const struct mark_row {
	const char *typed;
	const char *text;
	const char *shown;
} mark_rows[] = {
    {"cooperation", "Enhanced coopération, Cooperation.", "Enhanced [coopération], [Cooperation]."},
    {"\"b c\"", "b x b c c b", "b x [b c] c b"},
    {"gov*", "No <b>Governments</b> &amp; ago", "No <b>[Governments]</b> &amp; ago"},
    {"انترنت", "حوكمة الإنترنت اليوم", "حوكمة [الإنترنت] اليوم"},
    {"网治", "互联网治理", "互联[网治]理"},
    {"网", "互联网治理网", "互联[网]治理[网]"},
    {"互联网治理", "治理互联网和治理", "[治理互联网]和[治理]"},
    {"a/b", "a b, a.b; b a", "[a b], [a.b]; b a"},
    {"absent", "Nothing here", "Nothing here"},
    {"x", "", ""},
};

TEST(marks_stand_around_what_was_found)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct search_query q;
	for (size_t i = 0; i < sizeof mark_rows / sizeof mark_rows[0]; i++) {
		search_query_parse(a, str_of(mark_rows[i].typed), &q);
		struct search_piece p = search_mark(a, &q, str_of(mark_rows[i].text));
		CHECK_STR(shown(a, &p), mark_rows[i].shown);
	}
}

TEST(snippets_show_where_most_terms_meet)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	struct search_query q;
	buf_put(&b, S("alpha "));
	for (int i = 0; i < 100; i++)
		buf_put(&b, S("filling "));
	buf_put(&b, S("alpha beta "));
	for (int i = 0; i < 100; i++)
		buf_put(&b, S("Füllung "));
	search_query_parse(a, S("alpha beta"), &q);
	struct search_piece p = search_snippet(a, &q, buf_str(&b), 120);
	str s = shown(a, &p);
	CHECK(str_find(s, S("[alpha] [beta]")) != SIZE_MAX);
	CHECK(str_starts(s, S("…filling")));
	CHECK(s.n < 160);
	/* Without spaces as well, and never within a character. */
	buf_clear(&b);
	for (int i = 0; i < 300; i++)
		buf_put(&b, i == 150 ? S("网") : S("治"));
	search_query_parse(a, S("网"), &q);
	p = search_snippet(a, &q, buf_str(&b), 100);
	s = shown(a, &p);
	CHECK(str_find(s, S("[网]")) != SIZE_MAX);
	CHECK(utf8_valid(s));
	CHECK(s.n < 180);
}

/* ---- ids ---- */

TEST(ids_say_where_a_row_belongs)
{
	int64_t id =
	    search_id(SEARCH_GROUP_MAX, SEARCH_ENTRY_MAX, SEARCH_REPORT, 6, SEARCH_ROWS_MAX);
	CHECK(id > 0);
	CHECK_EQ(search_id_kind(id), SEARCH_REPORT);
	CHECK_EQ(search_id_lang(id), 6);
	int64_t other = search_id(3, 7, SEARCH_PROPOSAL, 1, 0);
	CHECK_EQ(search_id_entry(other), search_id_entry(search_id(3, 7, SEARCH_PROPOSAL, 1, 9)));
	CHECK(search_id_entry(other) != search_id_entry(search_id(3, 8, SEARCH_PROPOSAL, 1, 0)));
	CHECK(other >= search_id_low(3) && other <= search_id_high(3));
	CHECK(other < search_id_low(4) && other <= search_id_high(0));
	for (size_t k = 0; k < SEARCH_KINDS; k++)
		CHECK_EQ(search_kind_of(search_kind_word(k)), k);
	CHECK_EQ(search_kind_of(S("nothing")), SEARCH_KINDS);
	for (size_t l = 0; l < SEARCH_LANGS; l++)
		CHECK_EQ(search_lang_of(search_lang_word(l)), l);
	CHECK_EQ(search_lang_of(S("xx")), 0);
}

/* ---- in a house ---- */

#define OFFICE(...)                                                                      \
	CHECK_EQ(trial_act(t, ACTOR_SYSTEM, ROLE_SECRETARIAT | ROLE_SYSTEM | ROLE_ADMIN, \
	             __VA_ARGS__, NULL),                                                 \
	    OK)

/* The number of entries that hold what was typed; of one kind, or SEARCH_KINDS. */
static size_t count_kind(struct trial *t, const char *typed, size_t kind)
{
	struct search_query q;
	struct search_found found;
	struct search_ask ask = {.grp = 1, .kind = kind};
	struct err err = {0};
	search_query_parse(t->a, str_of(typed), &q);
	enum rc rc = search_find(t->db, t->a, &q, &ask, &found, &err);
	if (rc != OK)
		t_fail(__FILE__, __LINE__, "%s: %s", typed, err.msg);
	return rc == OK ? (found.some ? 0 : found.hits.n) : 999;
}

/* The number that hold some of it, when none holds all. */
static size_t count_some(struct trial *t, const char *typed)
{
	struct search_query q;
	struct search_found found;
	struct search_ask ask = {.grp = 1, .kind = SEARCH_KINDS};
	search_query_parse(t->a, str_of(typed), &q);
	CHECK_EQ(search_find(t->db, t->a, &q, &ask, &found, &t->err), OK);
	return found.some ? found.hits.n : 0;
}

static size_t count(struct trial *t, const char *typed)
{
	return count_kind(t, typed, SEARCH_KINDS);
}

static void submit(struct trial *t, const char *lang, const char *wish, const char *text)
{
	CHECK_EQ(
	    trial_act(t, ACTOR_PUBLIC, 0, "call.submit", "call", "1", "author", "Writer",
	        "organisation", "Orgword", "category", "academic", "email", "mailword@example.org",
	        "lang", lang, "publish_wish", wish, "answer1", text, NULL),
	    OK);
}

static void make_group(struct trial *t)
{
	trial_found(t, &comity_rooms);
	OFFICE("call.draft", "title", "Inputword", "audience", "all", "zone", "UTC", "deadline",
	    "2090-12-07T23:59");
	OFFICE("call.question", "call", "1", "text", "Questionword?");
}

TEST(only_what_was_published_is_found)
{
	struct trial trial, *t = &trial;
	make_group(t);
	/* A call is the office's own business until it is opened. */
	CHECK_EQ(count(t, "inputword"), 0);
	CHECK_EQ(count(t, "questionword"), 0);
	OFFICE("call.open", "call", "1");
	CHECK_EQ(count(t, "inputword questionword"), 1);

	t->file = (struct attachment){.name = S("nameword.txt"),
	    .media_type = S("text/plain"),
	    .bytes = S("x"),
	    .text = S("first line\nfileword here\n")};
	submit(t, "en", "publish", "publishedword alone\n\nsecondword");
	submit(t, "en", "withhold", "withheldword");
	submit(t, "en", "publish", "waitingword");
	submit(t, "en", "publish", "rejectedword");
	static const char *const words[] = {"publishedword", "withheldword", "waitingword",
	    "rejectedword", "fileword", "nameword", "orgword", "writer"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		CHECK_EQ(count(t, words[i]), 0);

	OFFICE("call.publish", "contribution", "1");
	OFFICE("call.withhold", "contribution", "2");
	OFFICE("call.reject", "contribution", "4", "reason", "An advertisement.");
	CHECK_EQ(count(t, "publishedword"), 1);
	CHECK_EQ(count(t, "secondword orgword"), 1);
	CHECK_EQ(count(t, "fileword"), 1);
	CHECK_EQ(count(t, "nameword"), 1);
	CHECK_EQ(count(t, "writer"), 1);
	CHECK_EQ(count(t, "withheldword"), 0);
	CHECK_EQ(count(t, "waitingword"), 0);
	CHECK_EQ(count(t, "rejectedword"), 0);
	CHECK_EQ(count(t, "mailword"), 0);
	CHECK_EQ(count(t, "publishedword -alone"), 0);
	CHECK_EQ(count(t, "publish*"), 1);
	CHECK_EQ(count_kind(t, "publishedword", SEARCH_CONTRIBUTION), 1);
	CHECK_EQ(count_kind(t, "publishedword", SEARCH_PROPOSAL), 0);

	/* What was public stays so, marked as withdrawn. */
	OFFICE("call.withdraw", "contribution", "1");
	CHECK_EQ(count(t, "publishedword"), 1);
	OFFICE("call.withdraw", "contribution", "3");
	CHECK_EQ(count(t, "waitingword"), 0);
	trial_close(t);
}

TEST(six_languages_are_found)
{
	struct trial trial, *t = &trial;
	make_group(t);
	OFFICE("call.open", "call", "1");
	submit(t, "ar", "publish", "إنّ حَوْكَمَةَ الإِنْتَرْنِت مسؤولية الجميع");
	submit(t, "zh", "publish", "我们应当加强互联网治理方面的合作。");
	submit(t, "fr", "publish", "L’accès à l’éducation");
	submit(t, "ru", "publish", "Расширенное сотрудничество, всё");
	submit(t, "es", "publish", "La cooperación de los niños");
	for (int i = 1; i <= 5; i++)
		OFFICE("call.publish", "contribution", arena_z(t->a, arena_printf(t->a, "%d", i)));
	static const char *const finds[] = {"حوكمة", "حَوْكَمَة", "الإنترنت", "انترنت", "والانترنت",
	    "互", "互联网", "联网治", "互联网治理合作", "加强互联网", "acces", "accès", "ACCÈS",
	    "l'éducation", "education", "сотрудничество", "СОТРУДНИЧЕСТВО", "все", "всё", "ninos",
	    "niños", "cooperacion"};
	for (size_t i = 0; i < sizeof finds / sizeof finds[0]; i++)
		if (count(t, finds[i]) != 1)
			t_fail(__FILE__, __LINE__, "%s was not found", finds[i]);
	CHECK_EQ(count(t, "“互联网治理的”"), 0);
	CHECK_EQ(count(t, "“互联网合作”"), 0);
	trial_close(t);
}

TEST(later_cards_and_revisions_are_found)
{
	struct trial trial, *t = &trial;
	make_group(t);
	OFFICE("people.add", "name", "Oldname", "title", "Counsellor", "representing", "Kenya",
	    "kind", "delegate", "email", "secretmail@example.org");
	CHECK_EQ(count(t, "oldname counsellor"), 1);
	CHECK_EQ(count(t, "secretmail"), 0);
	/* "person" is the first field. */
	const char *person = arena_z(t->a, actor_str(t->a, t->out.values[0].actor));
	OFFICE("people.card", "person", person, "name", "Newname", "representing", "Kenya");
	CHECK_EQ(count(t, "newname"), 1);
	CHECK_EQ(count(t, "oldname"), 0);
	OFFICE("proposal.submit", "section", "Sectionword", "title", "Titleword", "text",
	    "first version", "lang", "en", "sponsor", "Sponsorword", "on_behalf", "1");
	OFFICE("proposal.revise", "proposal", "1", "text", "second version", "title", "Newtitle");
	CHECK_EQ(count(t, "titleword first"), 1);
	CHECK_EQ(count(t, "newtitle second sponsorword sectionword"), 1);
	CHECK_EQ(count(t, "version"), 2);
	trial_close(t);
}

static const char *add_person(struct trial *t, const char *name)
{
	OFFICE("people.add", "name", name, "representing", "Kenya", "kind", "delegate");
	return arena_z(t->a, actor_str(t->a, t->out.values[0].actor));
}

/* The words fit the rows, which also a search that finds the right things does not show. */
static void check_words(struct trial *t)
{
	digest before, after;
	CHECK_EQ(
	    db_script(t->db,
	        S("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)"),
	        &t->err),
	    OK);
	CHECK_EQ(house_view_digest(t->house, &before, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &after, &t->err), OK);
	CHECK(digest_eq(before, after));
}

TEST(acts_of_one_commit_are_found_as_if_each_had_its_own)
{
	struct trial trial, *t = &trial;
	make_group(t);
	const char *early = add_person(t, "Earlyname");
	t->together = true;
	NEED(house_begin(t->house, &t->err) == OK);
	const char *late = add_person(t, "Latename");
	add_person(t, "Othername");
	OFFICE("people.card", "person", early, "name", "Firstname", "representing", "Kenya");
	OFFICE("people.card", "person", late, "name", "Secondname", "representing", "Kenya");
	OFFICE("people.card", "person", late, "name", "Thirdname", "representing", "Kenya");
	CHECK_EQ(trial_act(t, ACTOR_SYSTEM, ROLE_SECRETARIAT, "people.card", "person", late, NULL),
	    INVALID);
	NEED(house_commit(t->house, &t->err) == OK);
	static const char *const gone[] = {"earlyname", "latename", "secondname"};
	static const char *const there[] = {"firstname", "thirdname", "othername"};
	for (size_t i = 0; i < 3; i++) {
		CHECK_EQ(count(t, gone[i]), 0);
		CHECK_EQ(count(t, there[i]), 1);
	}
	check_words(t);

	/* What is undone leaves nothing to the next commit, which gets the same numbers. */
	NEED(house_begin(t->house, &t->err) == OK);
	add_person(t, "Ghostname");
	OFFICE("people.card", "person", late, "name", "Ghostcard", "representing", "Kenya");
	house_rollback(t->house);
	NEED(house_begin(t->house, &t->err) == OK);
	add_person(t, "Realname");
	NEED(house_commit(t->house, &t->err) == OK);
	CHECK_EQ(count(t, "ghostname"), 0);
	CHECK_EQ(count(t, "ghostcard"), 0);
	CHECK_EQ(count(t, "realname"), 1);
	CHECK_EQ(count(t, "thirdname"), 1);
	check_words(t);
	trial_close(t);
}

TEST(a_rebuild_finds_the_same)
{
	struct trial trial, *t = &trial;
	digest before, after;
	make_group(t);
	OFFICE("call.open", "call", "1");
	submit(t, "en", "publish", "one two\n\nthree four");
	OFFICE("call.publish", "contribution", "1");
	OFFICE("document.issue", "kind", "crp", "title", "Paper", "lang", "en", "text",
	    "five six\n\nseven");
	CHECK_EQ(house_view_digest(t->house, &before, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &after, &t->err), OK);
	CHECK(digest_eq(before, after));
	CHECK_EQ(count(t, "three four"), 1);
	CHECK_EQ(count(t, "paper seven"), 1);
	trial_close(t);
}

TEST(some_words_are_better_than_nothing)
{
	struct trial trial, *t = &trial;
	make_group(t);
	OFFICE("document.issue", "kind", "crp", "title", "Paper", "lang", "en", "text",
	    "alpha beta\n\ngamma");
	OFFICE("document.issue", "kind", "crp", "title", "Paper", "lang", "en", "text", "delta");
	CHECK_EQ(count(t, "alpha gamma"), 0);
	CHECK_EQ(count_some(t, "alpha gamma"), 1);
	CHECK_EQ(count_some(t, "alpha delta absent"), 2);
	CHECK_EQ(count_some(t, "alpha delta absent -beta"), 1);
	CHECK_EQ(count_some(t, "alpha beta"), 0);
	CHECK_EQ(count_some(t, "absent"), 0);
	CHECK_EQ(count_some(t, "absent nowhere"), 0);
	trial_close(t);
}

TEST(erased_words_leave_no_trace)
{
	struct trial trial, *t = &trial;
	make_group(t);
	OFFICE("document.issue", "kind", "crp", "title", "Paper", "lang", "en", "text",
	    "staying words\n\nzqerasedword here");
	const char *seq = arena_z(t->a, arena_printf(t->a, "%lld", (long long)t->out.seq));
	str db = house_db_path(t->a, t->dir);
	CHECK_EQ(count(t, "zqerasedword"), 1);
	house_tidy(t->house);
	CHECK(trial_file_holds(t, db, S("qerasedword")));
	enum rc rc = REFUSED;
	for (int part = 1; part < 4 && rc != OK; part++)
		rc = trial_act(t, ACTOR_SYSTEM, ROLE_SECRETARIAT, "part.erase", "seq", seq, "part",
		    arena_z(t->a, arena_printf(t->a, "%d", part)), "block", "1", "ground", "error",
		    NULL);
	CHECK_EQ(rc, OK);
	CHECK_EQ(count(t, "zqerasedword"), 0);
	CHECK_EQ(count(t, "staying"), 1);
	house_tidy(t->house);
	CHECK(!trial_file_holds(t, db, S("qerasedword")));
	CHECK(!trial_file_holds(t, arena_printf(t->a, "%.*s-wal", STR(db)), S("qerasedword")));
	trial_close(t);
}

TEST(any_text_is_a_search)
{
	struct trial trial, *t = &trial;
	uint64_t x = 88172645463325252u;
	static const char *const bits[] = {"\"", "-", "*", "(", ")", "AND", "OR", "NOT", "NEAR",
	    ":", "^", "{", "}", "+", "'", "group", "wgec", " ", "  ", "网", "é", "«", "\\", "%",
	    ";", "--"};
	make_group(t);
	for (int round = 0; round < 3000; round++) {
		struct buf b = buf_in(t->a, 0);
		for (int i = 0; i < 12; i++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			buf_put(&b, str_of(bits[(x >> 20) % (sizeof bits / sizeof bits[0])]));
		}
		CHECK(count(t, arena_z(t->a, buf_str(&b))) != 999);
	}
	trial_close(t);
}
