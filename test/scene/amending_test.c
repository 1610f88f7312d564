/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * How a group comes from one text to the next: some amendments are adopted and the rest is kept,
 * delegations join one another, two change the same words at the same moment, and one would
 * rather not have proposed what was adopted. Told as the people who take part see it.
 */
#include "main/verify_drafts.h"
#include "record/store_sqlite.h"
#include "record/verify.h"
#include "t.h"
#include "visitor.h"

#include "base/must.h"

#include <pthread.h>
#include <stdio.h>

#include "base/poison.h"

#define FIELDS(...)                          \
	(const struct typed[]){__VA_ARGS__}, \
	    sizeof((const struct typed[]){__VA_ARGS__}) / sizeof(struct typed)
#define DO(who, command, ...) \
	visitor_send((who), S("/g/wgec/do/" command), FIELDS({"draft", S("2")}, __VA_ARGS__))
#define SEES(who, words)     CHECK(visitor_sees((who), (words)))
#define SEES_NOT(who, words) CHECK(!visitor_sees((who), (words)))
#define VISIT(who, path)     CHECK_EQ(visitor_visit((who), S(path)), 200)
#define DONE(status)         CHECK_EQ((status), 200)
#define REFUSED(status)      CHECK_EQ((status), 409)
#define AMENDMENT(n)         "/g/wgec/drafts/2/amendments/" n

/* Kenya has an account of its own; for these the secretariat types what they say in the room. */
#define GHANA                  \
	{                      \
		"seat", S("1") \
	}
#define BANGLADESH             \
	{                      \
		"seat", S("6") \
	}
#define FIJI                   \
	{                      \
		"seat", S("7") \
	}

struct people {
	struct site site;
	struct visitor chair, office, kenya, anyone;
};

/* Everybody is there, and the Chair puts a short text before the group: draft 2. */
static void meet(struct people *p)
{
	p->site = site_start("examples/wgec");
	p->chair = visitor_enter(&p->site, "Chair");
	p->office = visitor_enter(&p->site, "Secretariat");
	p->kenya = visitor_enter(&p->site, "Delegate");
	p->anyone = visitor_enter(&p->site, "");
	DONE(visitor_send(&p->chair, S("/g/wgec/do/draft.open"),
	    FIELDS({"title", S("Text on reports")}, {"symbol", S("WGEC/2018/CRP.9")},
	        {"lang", S("en")},
	        {"text", S("States may report on their progress every two years.\n\n"
	                   "The secretariat publishes the reports.\n\n"
	                   "A forum on the reports is held in Geneva.\n\n"
	                   "Small delegations receive help to take part.")})));
	SEES(&p->chair, "Text on reports");
}

/* How many amendments of draft 2 are in this state, as programs read it. "": all. */
static size_t in_state(struct people *p, const char *state)
{
	str key = *state ? arena_printf(p->site.arena, "\"state\":\"%s\"", state) : S("\"state\":");
	CHECK_EQ(visitor_facts(&p->anyone, S("/g/wgec/drafts/2")), 200);
	size_t n = 0;
	str rest = p->anyone.at.body;
	for (size_t at; (at = str_find(rest, key)) != SIZE_MAX; n++)
		rest = str_skip(rest, at + key.n);
	return n;
}

/* Every amendment that was ever tabled is in one state or another. */
static bool none_is_lost(struct people *p, size_t tabled)
{
	size_t states = in_state(p, "tabled") + in_state(p, "needs_author") +
	                in_state(p, "accepted") + in_state(p, "satisfied") +
	                in_state(p, "not_accepted") + in_state(p, "withdrawn");
	return in_state(p, "") == tabled && states == tabled;
}

static void tell(void *ctx, const struct verify_finding *f)
{
	(void)ctx;
	printf("# entry %lld: %.*s\n", (long long)f->seq, STR(f->what));
}

/* As comity verify does it, beside the server: how many revisions were made anew and are right. */
static uint64_t revisions_made_anew(struct people *p)
{
	AUTO_STORE struct store *s = NULL;
	struct err err = {0};
	struct arena *a = p->site.arena;
	struct store_sqlite_how how = {.path = house_db_path(a, p->site.dir),
	    .parts = house_parts_path(a, p->site.dir),
	    .read_only = true};
	str *logs;
	size_t n;
	uint64_t right = 0;
	must(store_sqlite_open(&how, &s, &err) == OK);
	must(s->ops->logs(s, a, &logs, &n, &err) == OK);
	for (size_t i = 0; i < n; i++) {
		struct verify_result r = {0};
		struct verify_drafts *drafts = verify_drafts_new();
		struct verify_how with = {
		    .tell = tell, .visit = verify_drafts_visit, .ctx = drafts};
		CHECK_EQ(verify_store(a, s, logs[i], &with, &r, &err), OK);
		CHECK_EQ(r.findings, 0);
		CHECK_EQ(verify_drafts_unknown(drafts), 0);
		right += verify_drafts_right(drafts);
		verify_drafts_free(drafts);
	}
	return right;
}

/* Does the record of the group say so? Its newest entries stand first. */
static void record_says(struct people *p, const char *words)
{
	VISIT(&p->anyone, "/g/wgec/record");
	SEES(&p->anyone, words);
}

/* Each of two amendments reads well; the Chair learns before accepting that both do not. */
TEST(the_chair_is_shown_what_would_read_badly)
{
	struct people p;
	meet(&p);
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p2")},
	    {"text", S("The secretariat publishes all the reports.")}));
	DONE(DO(&p.office, "draft.amend", GHANA, {"paragraph", S("p2")},
	    {"text", S("The secretariat publishes all reports.")}));
	DONE(DO(&p.office, "draft.amend", FIJI, {"paragraph", S("p2")},
	    {"text", S("The secretariat publishes few reports.")}));

	/* The form shows what the one would do, and has nothing to warn of. */
	VISIT(&p.chair, "/g/wgec/do/draft.accept?draft=2");
	SEES(&p.chair, "Choose amendments, then look here");
	VISIT(&p.chair, "/g/wgec/do/draft.accept?draft=2&amendments=1");
	SEES(&p.chair, "What the next revision would change");
	SEES(&p.chair, "<ins>");
	SEES_NOT(&p.chair, "before you accept");

	/* Both together: a warning, and nothing is done by looking. */
	DONE(DO(&p.chair, "draft.accept", {"_preview", S("1")}, {"amendments", S("1")},
	    {"amendments", S("2")}));
	SEES(&p.chair, "Look at these words before you accept");
	SEES(&p.chair, "Paragraph 2: the same word twice in a row: "
	               "<q lang=\"en\" dir=\"auto\">publishes all all reports</q>");
	CHECK_EQ(in_state(&p, "accepted"), 0);
	DONE(DO(&p.chair, "draft.accept", {"_preview", S("1")}, {"amendments", S("2")},
	    {"amendments", S("3")}));
	SEES(&p.chair, "Amendments 2 and 3 cannot both be accepted. Both change the same words.");

	/* The same for all that are uncontested, once the third is out of the way. */
	DONE(DO(&p.office, "draft.withdraw", FIJI, {"amendment", S("3")}));
	VISIT(&p.chair, "/g/wgec/do/draft.accept?draft=2&uncontested=1");
	SEES(&p.chair, "publishes all all reports</q>");

	/* It is a warning and no refusal. */
	DONE(DO(&p.chair, "draft.accept", {"uncontested", S("1")}));
	SEES(&p.chair, "publishes all all reports.");
	CHECK_EQ(in_state(&p, "accepted"), 2);
	site_stop(&p.site);
}

/* In one language, with the reason that the text engine gives. */
static void refuses_in_french(struct people *p)
{
	p->chair.lang = "fr";
	REFUSED(DO(&p->chair, "draft.accept", {"amendments", S("3")}, {"amendments", S("4")}));
	SEES(&p->chair, "Les amendements 3 et 4 ne peuvent pas être acceptés tous les deux. Les "
	                "deux modifient les mêmes mots.");
	SEES_NOT(&p->chair, "Both change the same words.");
	p->chair.lang = NULL;
}

/* long: one story, told in the order in which it happens */
TEST(some_are_adopted_and_the_rest_is_kept)
{
	struct people p;
	meet(&p);
	uint64_t before = revisions_made_anew(&p);

	/* Seven amendments from four parties. Two of them want other words in the same place. */
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress every two years.")}));
	DONE(DO(&p.office, "draft.amend", GHANA, {"paragraph", S("p1")},
	    {"text", S("States may report on their progress every year.")}));
	DONE(DO(&p.office, "draft.amend", BANGLADESH, {"paragraph", S("p2")},
	    {"text", S("The secretariat translates the reports.")}));
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p2")},
	    {"text", S("The secretariat keeps the reports.")}));
	DONE(DO(&p.office, "draft.delete", FIJI, {"paragraph", S("p3")}));
	DONE(DO(&p.office, "draft.amend", GHANA, {"paragraph", S("p4")},
	    {"text", S("Small delegations receive money to take part.")}));
	DONE(DO(&p.kenya, "draft.insert", {"after", S("p4")},
	    {"text", S("This text is reviewed after five years.")}));
	DONE(DO(&p.office, "draft.stance", BANGLADESH, {"amendment", S("6")},
	    {"stance", S("reserve")}));
	CHECK(none_is_lost(&p, 7));

	/* Both cannot be adopted, and the refusal says which stand against each other. */
	REFUSED(DO(&p.chair, "draft.accept", {"amendments", S("3")}, {"amendments", S("4")}));
	SEES(&p.chair, "Amendments 3 and 4 cannot both be accepted.");
	SEES(&p.chair, "Both change the same words.");
	refuses_in_french(&p);

	/* The Chair accepts one of each pair. A revision is issued, with its symbol. */
	DONE(DO(&p.chair, "draft.accept", {"amendments", S("1")}, {"amendments", S("3")},
	    {"reason", S("Nobody objected to these.")}));
	VISIT(&p.anyone, "/g/wgec/drafts/2");
	SEES(&p.anyone, "WGEC/2018/CRP.9/Rev.1");
	SEES(&p.anyone, "Nobody objected to these.");

	/* It stands in the library, behind the one that it replaces, and leads to its page. */
	VISIT(&p.anyone, "/g/wgec/documents");
	SEES(&p.anyone, "WGEC/2018/CRP.9/Rev.1");
	VISIT(&p.anyone, "/g/wgec/documents/WGEC-2018-CRP.9-Rev.1");
	SEES(&p.anyone, "href=\"/g/wgec/drafts/2/revisions/2\"");
	VISIT(&p.anyone, "/g/wgec/documents/WGEC-2018-CRP.9");
	SEES(&p.anyone, "Revised by");
	VISIT(&p.anyone, "/g/wgec/drafts/2?view=base");
	SEES(&p.anyone, "States shall report on their progress every two years.");
	SEES(&p.anyone, "The secretariat translates the reports.");
	VISIT(&p.anyone, "/g/wgec/drafts/2/revisions/1");
	SEES(&p.anyone, "The secretariat publishes the reports.");
	CHECK_EQ(in_state(&p, "accepted"), 2);
	CHECK_EQ(in_state(&p, "tabled"), 4);
	CHECK_EQ(in_state(&p, "needs_author"), 1);
	CHECK(none_is_lost(&p, 7));

	/* Kenya's other one waits for Kenya: its page says why, and asks what remains of it. */
	REFUSED(DO(&p.chair, "draft.accept", {"amendments", S("4")}));
	SEES(&p.chair, "Amendment 4 waits for its author");
	VISIT(&p.anyone, AMENDMENT("4"));
	SEES(&p.anyone, "Waits for its author");
	SEES(&p.anyone, "a3 has been adopted. Both change the same words. Its author must say what "
	                "remains of it.");
	SEES_NOT(&p.anyone, "Say what remains of it");
	VISIT(&p.kenya, AMENDMENT("4"));
	SEES(&p.kenya, "Say what remains of it");
	SEES(&p.kenya, "/do/draft.restate?draft=2&amp;amendment=4&amp;paragraph=p2");
	VISIT(&p.kenya, "/g/wgec/do/draft.restate?draft=2&amendment=4&paragraph=p2");
	SEES(&p.kenya, "The secretariat translates the reports.</textarea>");
	DONE(DO(&p.kenya, "draft.restate", {"amendment", S("4")}, {"paragraph", S("p2")},
	    {"text", S("The secretariat translates and keeps the reports.")}));
	SEES(&p.kenya, "In revision 2 its sponsors said what remains of it.");
	SEES(&p.kenya, "<ins>");
	record_says(&p, "said what remains of amendment 4 to draft 2");
	REFUSED(DO(&p.kenya, "draft.restate", {"amendment", S("4")}, {"paragraph", S("p2")},
	    {"text", S("The secretariat keeps the reports.")}));
	SEES(&p.kenya, "Amendment 4 can be accepted as it stands");
	CHECK_EQ(in_state(&p, "needs_author"), 0);
	CHECK(none_is_lost(&p, 7));

	/* Then all that nobody is against, in one act. Bangladesh's reservation holds up one. */
	DONE(DO(&p.chair, "draft.accept", {"uncontested", S("1")}));
	VISIT(&p.anyone, "/g/wgec/drafts/2");
	SEES(&p.anyone, "WGEC/2018/CRP.9/Rev.2");
	VISIT(&p.anyone, "/g/wgec/drafts/2?view=base");
	SEES(&p.anyone, "States shall report on their progress every year.");
	SEES(&p.anyone, "The secretariat translates and keeps the reports.");
	SEES(&p.anyone, "Small delegations receive help to take part.");
	SEES(&p.anyone, "This text is reviewed after five years.");
	CHECK_EQ(in_state(&p, "accepted"), 6);
	CHECK_EQ(in_state(&p, "tabled"), 1);
	CHECK(none_is_lost(&p, 7));
	VISIT(&p.anyone, AMENDMENT("6"));
	SEES(&p.anyone, "Before the group");
	SEES(&p.anyone, "reserves its position");

	/* The revisions of this draft are made anew from the record, and read the same. */
	CHECK_EQ(revisions_made_anew(&p), before + 2);
	site_stop(&p.site);
}

TEST(a_delegation_joins_another_instead_of_saying_the_same)
{
	struct people p;
	meet(&p);
	DONE(DO(&p.office, "draft.amend", GHANA, {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress every two years.")}));

	/* Kenya writes nearly the same. The preview knows, and so does the record's door. */
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress, every two years.")},
	    {"_preview", S("1")}));
	SEES(&p.kenya, "Amendment 1 says nearly the same.");
	SEES(&p.kenya, "Co-sponsor it instead");
	SEES(&p.kenya, ">inserted: </span>");
	CHECK_EQ(in_state(&p, ""), 1);
	/* What a screen reader says of the change is in the language of the page, too. */
	p.kenya.lang = "es";
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress, every two years.")},
	    {"_preview", S("1")}));
	SEES_NOT(&p.kenya, ">inserted: </span>");
	SEES(&p.kenya, "añadido: </span>");
	p.kenya.lang = NULL;
	REFUSED(DO(&p.kenya, "draft.amend", {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress every two years.")}));
	SEES(&p.kenya, "Amendment 1 of Ghana says the same. Co-sponsor it instead.");

	/* So it joins. Once. */
	DONE(DO(&p.kenya, "draft.cosponsor", {"amendment", S("1")}));
	record_says(&p, "co-sponsors amendment 1 to draft 2");
	REFUSED(DO(&p.kenya, "draft.cosponsor", {"amendment", S("1")}));
	SEES(&p.kenya, "Kenya sponsors amendment 1 already.");
	VISIT(&p.anyone, "/g/wgec/drafts/2?view=party:Kenya");
	SEES(&p.anyone, "Ghana");

	/* Ghana thinks again. It cannot take away what is Kenya's as well, but it can leave. */
	REFUSED(DO(&p.office, "draft.withdraw", GHANA, {"amendment", S("1")}));
	SEES(&p.office, "Others sponsor amendment 1 as well: leave its sponsors instead.");
	DONE(DO(&p.office, "draft.leave", GHANA, {"amendment", S("1")}));
	VISIT(&p.anyone, AMENDMENT("1"));
	SEES(&p.anyone, "Before the group");
	SEES(&p.anyone, "Kenya");
	SEES_NOT(&p.anyone, "Ghana");
	record_says(&p, "left the sponsors of amendment 1 to draft 2");

	/* Kenya alone keeps it alive, until it withdraws it, and then it is over. */
	REFUSED(DO(&p.kenya, "draft.leave", {"amendment", S("1")}));
	SEES(&p.kenya, "Kenya is the only sponsor: withdraw the amendment");
	DONE(DO(&p.kenya, "draft.withdraw", {"amendment", S("1")}, {"reason", S("Not now.")}));
	SEES(&p.kenya, "Withdrawn");
	SEES(&p.kenya, "Not now.");
	REFUSED(DO(&p.chair, "draft.accept", {"amendments", S("1")}));
	SEES(&p.chair, "Amendment 1 is not before the group any more.");
	CHECK(none_is_lost(&p, 1));
	site_stop(&p.site);
}

/* --- at the same moment --- */

/* Somebody who types while another does, with memory of their own. */
struct hand {
	struct site site;
	struct visitor who;
	const struct typed *fields;
	size_t n;
	int status;
};

static void *type(void *arg)
{
	struct hand *h = arg;
	h->status = visitor_send(&h->who, S("/g/wgec/do/draft.amend"), h->fields, h->n);
	return NULL;
}

static struct hand hand(struct visitor who, const struct typed *fields, size_t n)
{
	struct hand h = {.site = *who.site, .who = who, .fields = fields, .n = n};
	h.site.arena = arena_new(0);
	return h;
}

/* Both have opened the form before either sends it. */
static void send_together(struct hand *a, struct hand *b)
{
	pthread_barrier_t both;
	pthread_t first, second;
	NEED(pthread_barrier_init(&both, NULL, 2) == 0);
	a->who.site = &a->site;
	b->who.site = &b->site;
	a->who.together = b->who.together = &both;
	NEED(pthread_create(&first, NULL, type, a) == 0);
	NEED(pthread_create(&second, NULL, type, b) == 0);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	pthread_barrier_destroy(&both);
}

static void let_go(struct hand *a, struct hand *b)
{
	arena_free(a->site.arena);
	arena_free(b->site.arena);
}

TEST(two_amend_the_same_words_at_the_same_moment)
{
	struct people p;
	meet(&p);
	struct hand kenya =
	    hand(p.kenya, FIELDS({"draft", S("2")}, {"paragraph", S("p3")},
	                      {"text", S("A forum on the reports is held in Nairobi.")}));
	struct hand ghana =
	    hand(p.office, FIELDS({"draft", S("2")}, {"paragraph", S("p3")}, GHANA,
	                       {"text", S("A forum on the reports is held in Accra.")}));
	send_together(&kenya, &ghana);
	DONE(kenya.status);
	DONE(ghana.status);

	/* Both are before the group, each under its own number, as two options for one place. */
	CHECK(none_is_lost(&p, 2));
	CHECK_EQ(in_state(&p, "tabled"), 2);
	VISIT(&p.anyone, "/g/wgec/drafts/2");
	SEES(&p.anyone, "Nairobi");
	SEES(&p.anyone, "Accra");
	SEES(&p.anyone, "Amendment 1");
	SEES(&p.anyone, "Amendment 2");
	REFUSED(DO(&p.chair, "draft.accept", {"uncontested", S("1")}));
	SEES(&p.chair, "Somebody is against each amendment before the group.");
	REFUSED(DO(&p.chair, "draft.accept", {"amendments", S("1")}, {"amendments", S("2")}));
	SEES(&p.chair, "Amendments 1 and 2 cannot both be accepted.");

	/* Whoever came first: one is adopted, and the other is asked what remains of it. */
	DONE(DO(&p.chair, "draft.accept", {"amendments", S("1")}));
	CHECK_EQ(in_state(&p, "accepted"), 1);
	CHECK_EQ(in_state(&p, "needs_author"), 1);
	VISIT(&p.anyone, AMENDMENT("2"));
	SEES(&p.anyone, "Waits for its author");
	SEES(&p.anyone, "Its author must say what remains of it.");
	let_go(&kenya, &ghana);
	site_stop(&p.site);
}

TEST(two_say_the_same_at_the_same_moment)
{
	struct people p;
	meet(&p);
	str words = S("A forum on the reports is held in Nairobi.");
	struct hand kenya =
	    hand(p.kenya, FIELDS({"draft", S("2")}, {"paragraph", S("p3")}, {"text", words}));
	struct hand ghana = hand(
	    p.office, FIELDS({"draft", S("2")}, {"paragraph", S("p3")}, GHANA, {"text", words}));
	send_together(&kenya, &ghana);

	/* One of them is tabled; the other is offered to stand behind it, with its words kept. */
	struct hand *late = kenya.status == 409 ? &kenya : &ghana;
	DONE(late == &kenya ? ghana.status : kenya.status);
	REFUSED(late->status);
	SEES(&late->who, "says the same. Co-sponsor it instead.");
	SEES(&late->who, "held in Nairobi.</textarea>");
	CHECK(none_is_lost(&p, 1));
	if (late == &kenya)
		DONE(DO(&p.kenya, "draft.cosponsor", {"amendment", S("1")}));
	else
		DONE(DO(&p.office, "draft.cosponsor", GHANA, {"amendment", S("1")}));
	VISIT(&p.anyone, AMENDMENT("1"));
	SEES(&p.anyone, "Kenya");
	SEES(&p.anyone, "Ghana");

	/* Who asked for some of what is adopted has got it, and is told so. */
	DONE(DO(&p.office, "draft.amend", FIJI, {"paragraph", S("p3")},
	    {"text", S("A forum on all reports is held in Nairobi.")}));
	DONE(DO(&p.office, "draft.amend", BANGLADESH, {"paragraph", S("p3")},
	    {"text", S("A forum on all reports is held in Geneva.")}));
	DONE(DO(&p.chair, "draft.accept", {"amendments", S("2")}));
	CHECK_EQ(in_state(&p, "accepted"), 1);
	CHECK_EQ(in_state(&p, "satisfied"), 2);
	CHECK(none_is_lost(&p, 3));
	VISIT(&p.anyone, AMENDMENT("1"));
	SEES(&p.anyone, "In the text already");
	let_go(&kenya, &ghana);
	site_stop(&p.site);
}

/* --- who is for what, and who says so --- */

#define STAND(who, ...) DO(who, "draft.stand_on_text", {"paragraph", S("p1")}, __VA_ARGS__)

TEST(delegations_take_stances_on_words_of_the_text)
{
	struct people p;
	meet(&p);
	uint64_t before = revisions_made_anew(&p);
	DONE(STAND(&p.kenya, {"words", S("may report")}, {"stance", S("object")},
	    {"note", S("It must be shall.")}));
	DONE(STAND(&p.office, GHANA, {"words", S("every two years")}, {"stance", S("delete")}));
	SEES(&p.office, "Stances on the text");
	SEES(&p.office, "object: <bdi>Kenya</bdi>");
	SEES(&p.office, "delete: <bdi>Ghana</bdi>");
	SEES(&p.office, "entered from the floor");
	SEES(&p.office, "It must be shall.");
	CHECK_EQ(visitor_facts(&p.anyone, S("/g/wgec/drafts/2")), 200);
	SEES(&p.anyone, "\"words\":\"may report\",\"stance\":\"object\"");
	SEES(&p.anyone, "\"from_floor\":true");

	/* The words go on into the next revision, unless they are what changes. */
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress every two years.")}));
	DONE(DO(&p.chair, "draft.accept", {"amendments", S("1")}));
	SEES(&p.chair, "delete: <bdi>Ghana</bdi>");
	SEES_NOT(&p.chair, "object: <bdi>Kenya</bdi>");
	SEES(&p.chair, "Its words changed in revision 2");

	/* The secretariat takes nothing back; the Chair says why, and everybody reads it. */
	CHECK_EQ(DO(&p.office, "draft.remove_stance", {"stance", S("2")}, {"reason", S("x")}), 403);
	SEES(&p.office, "Only Ghana itself, or the Chair with notice, removes its stance.");
	DONE(DO(&p.chair, "draft.remove_stance", {"stance", S("2")},
	    {"reason", S("Ghana has left; notice was given on Monday.")}));
	SEES_NOT(&p.chair, "delete: <bdi>Ghana</bdi>");
	SEES(&p.chair, "Removed by the Chair: Ghana has left; notice was given on Monday.");
	DONE(DO(&p.kenya, "draft.remove_stance", {"stance", S("1")}));
	SEES_NOT(&p.kenya, "Its words changed in revision 2");
	CHECK_EQ(revisions_made_anew(&p), before + 1);
	site_stop(&p.site);
}

TEST(a_stance_on_an_amendment_is_the_seats_own)
{
	struct people p;
	meet(&p);
	DONE(DO(&p.office, "draft.amend", GHANA, {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress every two years.")}));
	DONE(DO(&p.kenya, "draft.stance", {"amendment", S("1")}, {"stance", S("object")}));
	SEES(&p.kenya, "objects to it");
	DONE(DO(&p.office, "draft.stance", BANGLADESH, {"amendment", S("1")},
	    {"stance", S("support")}));
	SEES(&p.office, "entered from the floor");
	CHECK_EQ(visitor_facts(&p.anyone, S(AMENDMENT("1"))), 200);
	SEES(&p.anyone, "\"stance\":\"object\",\"note\":\"\",\"from_floor\":false");
	SEES(&p.anyone, "\"stance\":\"support\",\"note\":\"\",\"from_floor\":true");
	CHECK_EQ(
	    DO(&p.office, "draft.stance", BANGLADESH, {"amendment", S("1")}, {"stance", S("none")}),
	    403);
	DONE(DO(&p.chair, "draft.stance", BANGLADESH, {"amendment", S("1")}, {"stance", S("none")},
	    {"note", S("Entered by mistake; told on Monday.")}));
	SEES(&p.chair, "Removed by the Chair: Entered by mistake; told on Monday.");
	REFUSED(DO(&p.chair, "draft.accept", {"uncontested", S("1")}));
	site_stop(&p.site);
}

/* --- after adoption --- */

TEST(a_sponsor_withdraws_after_adoption)
{
	struct people p;
	meet(&p);
	uint64_t before = revisions_made_anew(&p);
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p1")},
	    {"text", S("States shall report on their progress every two years.")}));
	DONE(DO(&p.office, "draft.cosponsor", GHANA, {"amendment", S("1")}));
	DONE(DO(&p.chair, "draft.accept", {"amendments", S("1")}));

	/* The words are the group's now. Neither sponsor can take them back, or its name away. */
	VISIT(&p.kenya, AMENDMENT("1"));
	SEES(&p.kenya, "Its words came into revision 2.");
	SEES_NOT(&p.kenya, "/do/draft.withdraw");
	SEES_NOT(&p.kenya, "/do/draft.leave");
	REFUSED(DO(&p.kenya, "draft.withdraw", {"amendment", S("1")}));
	SEES(&p.kenya, "Amendment 1 was accepted: its words stand in revision 2. To change them, "
	               "table a new amendment.");
	REFUSED(DO(&p.office, "draft.leave", GHANA, {"amendment", S("1")}));
	SEES(&p.office, "To change them, table a new amendment.");
	VISIT(&p.anyone, "/g/wgec/drafts/2/revisions/2");
	SEES(&p.anyone, "States shall report");
	CHECK_EQ(in_state(&p, "accepted"), 1);

	/* So Kenya proposes to the group what it would rather have. The text stays till then. */
	DONE(DO(&p.kenya, "draft.amend", {"paragraph", S("p1")},
	    {"text", S("States may report on their progress every two years.")},
	    {"reason", S("Our parliament has not agreed to a duty.")}));
	SEES(&p.kenya, "Before the group");
	CHECK_EQ(in_state(&p, "accepted"), 1);
	CHECK_EQ(in_state(&p, "tabled"), 1);
	VISIT(&p.anyone, "/g/wgec/drafts/2?view=base");
	SEES(&p.anyone, "States shall report");
	record_says(&p, "accepted amendments 1");
	record_says(&p, "tabled amendment 2 to paragraph");

	/* The group agrees. Both steps can be read for ever. */
	DONE(DO(&p.chair, "draft.accept", {"uncontested", S("1")}));
	VISIT(&p.anyone, "/g/wgec/drafts/2/revisions/3");
	SEES(&p.anyone, "States may report");
	VISIT(&p.anyone, "/g/wgec/drafts/2/revisions/2");
	SEES(&p.anyone, "States shall report");
	CHECK(none_is_lost(&p, 2));
	CHECK_EQ(revisions_made_anew(&p), before + 2);
	site_stop(&p.site);
}
