/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of transcripts: import, corrections, what speakers ask for, the end. */
#include "rooms/caption/caption.h"

#include "rooms/caption/caption_rules.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"
#include "rooms/trial.h"

#include "base/poison.h"

/* 26 January 2017, 09:00 UTC. */
#define NOW ((usec)17192 * USEC_DAY + 9 * 3600 * USEC_SECOND)

#define OFFICE(...)      act(t, OFFICER, ROLE_OFFICE, __VA_ARGS__, NULL)
#define PERSON(who, ...) act(t, who, ROLE_PARTICIPANT, __VA_ARGS__, NULL)
#define IMPORT(words) \
	OFFICE("caption.import", "meeting", "1", "kind", "rough", "lang", "en", "text", words)
#define CORRECT(n, words)                                                                 \
	OFFICE("caption.correct", "meeting", "1", "segment", n, "words", words, "reason", \
	    "Heard again.")
#define ASK(who, n, words)                                                                 \
	PERSON(who, "caption.ask", "meeting", "1", "segment", n, "words", words, "reason", \
	    "I said so.")
#define DECIDE(n, outcome)                                                   \
	OFFICE("caption.decide", "request", n, "outcome", outcome, "reason", \
	    "The recording says so.")

static const char words[] = ">> CHAIR: Good morning.\n\n>> Kenya: We agree.\n\nAnd thank you.\n\n"
                            "(applause)\n\n>> Wanjiru Kamande (Kenya): One more word.\n";

/* Kenya in its seat, a captioner, and a meeting that is open, with one item. */
static struct trial *start(void)
{
	struct trial *t = trial_start(NOW);
	trial_states(t, "5");
	t->kenya = trial_person(t, "Wanjiru Kamande", "Kenya");
	trial_sit(t, t->kenya, "STATES", "Kenya", "1");
	CHECK_EQ(OFFICE("people.add", "name", "Dana Whitcombe", "representing", "Services", "kind",
	             "captioner"),
	    OK);
	t->captioner = fact_actor(&t->fact, "person");
	CHECK_EQ(
	    OFFICE("people.appoint", "person", trial_id(t, t->captioner), "office", "captioner"),
	    OK);
	CHECK_EQ(
	    OFFICE("meeting.announce", "title", "Second meeting", "place", "Geneva", "starts",
	        "2017-01-26", "ends", "2017-01-27", "zone", "Europe/Zurich", "publicity", "public"),
	    OK);
	CHECK_EQ(OFFICE("meeting.agenda_item", "meeting", "1", "title", "Guiding questions"), OK);
	return t;
}

static struct trial *started(void)
{
	struct trial *t = start();
	CHECK_EQ(OFFICE("meeting.open", "meeting", "1"), OK);
	CHECK_EQ(IMPORT(words), OK);
	return t;
}

TEST(an_import_numbers_what_was_said_and_knows_who_said_it)
{
	struct trial *t = start();
	SAYS(IMPORT(words), REFUSED, "Meeting 1 was not opened yet: nothing was said there.");
	CHECK_EQ(OFFICE("meeting.open", "meeting", "1"), OK);
	CHECK_EQ(IMPORT(words), OK);
	CHECK_EQ(fact_i64(&t->fact, "first"), 1);
	CHECK_EQ(fact_i64(&t->fact, "last"), 4);
	const struct utterance *u = caption_utterance(t->g, 1, 2);
	NEED(u);
	CHECK_STR(utterance_words(u, 0), "We agree.\nAnd thank you.");
	CHECK_STR(u->speaker, "Kenya");
	CHECK_EQ(u->seat, 1);
	CHECK(actor_is_none(u->person));
	u = caption_utterance(t->g, 1, 3);
	CHECK(u && !u->speaker.n && !u->seat);
	u = caption_utterance(t->g, 1, 4);
	CHECK(u && u->seat == 1 && actor_eq(u->person, t->kenya));
	/* Where each has its address. */
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(utterance_path(a, 1, 4), "meetings/1/transcript?from=4#s4");
	CHECK_STR(utterance_place(a, 4), "s4");
	CHECK(!caption_utterance(t->g, 1, 5) && !caption_utterance(t->g, 2, 1));

	SAYS(IMPORT(words), REFUSED,
	    "These words stand in the transcript already, as utterances 1 to 4.");
	CHECK_EQ(IMPORT(">> Peru: Another day.\n"), OK);
	CHECK_EQ(fact_i64(&t->fact, "first"), 5);
	stop(t);
}

TEST(an_import_says_what_is_wrong)
{
	struct trial *t = started();
	SAYS(OFFICE("caption.import", "meeting", "1", "kind", "rough", "lang", "en"), INVALID,
	    "Please add a file, or put the text of one here.");
	SAYS(OFFICE("caption.import", "meeting", "7", "kind", "rough", "lang", "en", "text", words),
	    ABSENT, "There is no meeting 7.");
	SAYS(OFFICE("caption.import", "meeting", "1", "item", "2", "kind", "rough", "lang", "en",
	         "text", words),
	    ABSENT, "There is no item 2 on the agenda of meeting 1.");
	SAYS(IMPORT("WEBVTT\n\nid\nwords"), INVALID,
	    "Line 4: here the times of a caption are wanted, such as 00:01:02.345 --> "
	    "00:01:04.567.");
	SAYS(PERSON(t->kenya, "caption.import", "meeting", "1", "kind", "rough", "lang", "en",
	         "text", ">> A: b\n"),
	    DENIED,
	    "Transcripts are written by the secretariat and by captioners; the secretariat can "
	    "appoint "
	    "you as one.");
	CHECK_EQ(PERSON(t->captioner, "caption.add", "meeting", "1", "item", "1", "kind", "rough",
	             "lang", "en", "speaker", "Kenya", "words", "Late words."),
	    OK);
	CHECK_EQ(caption_utterance(t->g, 1, 5)->seat, 1);
	stop(t);
}

TEST(of_a_closed_meeting_only_the_chair_tells)
{
	struct trial *t = start();
	CHECK_EQ(OFFICE("meeting.announce", "title", "Retreat", "place", "Geneva", "starts",
	             "2017-01-26", "ends", "2017-01-26", "zone", "Europe/Zurich", "publicity",
	             "members"),
	    OK);
	CHECK_EQ(OFFICE("meeting.open", "meeting", "2"), OK);
	SAYS(OFFICE("caption.import", "meeting", "2", "kind", "rough", "lang", "en", "text", words),
	    REFUSED,
	    "Meeting 2 is not public: of what was said there only a Chair's summary is published.");
	CHECK_EQ(OFFICE("caption.import", "meeting", "2", "kind", "chair_summary", "lang", "en",
	             "text", words),
	    OK);
	stop(t);
}

TEST(of_an_informal_only_the_chair_tells)
{
	struct trial *t = start();
	CHECK_EQ(OFFICE("meeting.sitting", "meeting", "1", "kind", "plenary", "date", "2017-01-26",
	             "from", "10:00", "to", "13:00"),
	    OK);
	CHECK_EQ(OFFICE("meeting.sitting", "meeting", "1", "kind", "informal", "date", "2017-01-26",
	             "from", "13:00", "to", "14:00", "publicity", "public"),
	    OK);
	CHECK_EQ(OFFICE("meeting.open", "meeting", "1"), OK);
	SAYS(OFFICE("caption.import", "meeting", "1", "sitting", "2", "kind", "rough", "lang", "en",
	         "text", words),
	    REFUSED,
	    "Sitting 2 leaves no transcript: of what was said there only a Chair's summary is "
	    "published.");
	SAYS(OFFICE("caption.import", "meeting", "1", "sitting", "3", "kind", "rough", "lang", "en",
	         "text", words),
	    ABSENT, "Meeting 1 held no sitting 3.");
	CHECK_EQ(OFFICE("caption.import", "meeting", "1", "sitting", "1", "kind", "rough", "lang",
	             "en", "text", words),
	    OK);
	CHECK_EQ(caption_utterance(t->g, 1, 4)->sitting, 1);
	CHECK_EQ(OFFICE("caption.add", "meeting", "1", "sitting", "2", "kind", "chair_summary",
	             "lang", "en", "words", "The exchange was useful."),
	    OK);
	CHECK_EQ(caption_utterance(t->g, 1, 5)->sitting, 2);
	stop(t);
}

TEST(a_correction_keeps_what_stood_before)
{
	struct trial *t = started();
	SAYS(CORRECT("2", "We agree.\n\nAnd  thank you."), INVALID,
	    "This is how the words read now. Please change what is wrong in them.");
	SAYS(CORRECT("9", "x"), ABSENT, "There is no utterance 9 in the transcript of meeting 1.");
	SAYS(PERSON(t->kenya, "caption.correct", "meeting", "1", "segment", "2", "words", "No.",
	         "reason", "x"),
	    DENIED,
	    "Transcripts are corrected by the secretariat and by captioners. If these are your own "
	    "words, ask for a correction.");
	CHECK_EQ(CORRECT("2", "We do not agree."), OK);
	CHECK_EQ(fact_i64(&t->fact, "version"), 2);
	const struct utterance *u = caption_utterance(t->g, 1, 2);
	CHECK_STR(utterance_words(u, 0), "We do not agree.");
	CHECK_STR(utterance_words(u, 1), "We agree.\nAnd thank you.");
	CHECK_STR(utterance_words(u, 3), "");
	stop(t);
}

TEST(who_spoke_asks_within_fourteen_days)
{
	struct trial *t = started();
	SAYS(ASK(t->captioner, "2", "x"), DENIED,
	    "Only who spoke may ask that the words be corrected; tell the secretariat if you spoke "
	    "utterance 2.");
	CHECK_EQ(ASK(t->kenya, "2", "We agreed."), OK);
	SAYS(ASK(t->kenya, "2", "We do."), REFUSED,
	    "Request 1 about this utterance waits for the secretariat; ask again after it is "
	    "decided.");
	CHECK_STR(utterance_words(caption_utterance(t->g, 1, 2), 0), "We agree.\nAnd thank you.");
	SAYS(DECIDE("2", "accepted"), ABSENT, "There is no request 2 for a correction.");
	CHECK_EQ(DECIDE("1", "accepted"), OK);
	CHECK_STR(utterance_words(caption_utterance(t->g, 1, 2), 0), "We agreed.");
	SAYS(DECIDE("1", "declined"), REFUSED,
	    "Request 1 was decided already; the speaker may ask again.");

	t->now = NOW + 14 * USEC_DAY;
	CHECK_EQ(ASK(t->kenya, "4", "Two words."), OK);
	CHECK_EQ(DECIDE("2", "declined"), OK);
	CHECK_STR(utterance_words(caption_utterance(t->g, 1, 4), 0), "One more word.");
	t->now++;
	SAYS(ASK(t->kenya, "4", "Three words."), REFUSED,
	    "Corrections of utterance 4 could be asked for 14 days; tell the secretariat, which "
	    "may "
	    "still correct it.");
	stop(t);
}

TEST(the_days_to_ask_are_those_of_the_methods_of_work_and_never_act_back)
{
	struct trial *t = started();
	CHECK_EQ(OFFICE("methods.draft", "title", "Methods", "text", "Three days.", "preset",
	             "un_consensus", "correction_days", "3"),
	    OK);
	CHECK_EQ(OFFICE("methods.adopt", "number", "1"), OK);
	CHECK_EQ(IMPORT(">> Kenya: We disagree."), OK);
	t->now = NOW + 3 * USEC_DAY;
	CHECK_EQ(ASK(t->kenya, "5", "We agree."), OK);
	CHECK_EQ(DECIDE("1", "declined"), OK);
	t->now++;
	SAYS(ASK(t->kenya, "5", "We agree."), REFUSED,
	    "Corrections of utterance 5 could be asked for 3 days; tell the secretariat, which may "
	    "still correct it.");
	/* Published under the older ones. */
	CHECK_EQ(ASK(t->kenya, "4", "Two words."), OK);
	CHECK_EQ(DECIDE("2", "declined"), OK);
	SAYS(OFFICE("caption.finalise", "meeting", "1"), REFUSED,
	    "Those who spoke may ask for corrections until 2017-02-09; it can be final after that "
	    "day.");
	stop(t);
}

TEST(a_transcript_is_final_when_all_have_had_their_say)
{
	struct trial *t = started();
	SAYS(OFFICE("caption.finalise", "meeting", "2"), ABSENT, "Meeting 2 has no transcript.");
	CHECK_EQ(ASK(t->kenya, "2", "We agreed."), OK);
	SAYS(OFFICE("caption.finalise", "meeting", "1"), REFUSED,
	    "Request 1 for a correction waits; decide it first.");
	CHECK_EQ(DECIDE("1", "declined"), OK);
	SAYS(OFFICE("caption.finalise", "meeting", "1"), REFUSED,
	    "Those who spoke may ask for corrections until 2017-02-09; it can be final after that "
	    "day.");
	t->now = NOW + 15 * USEC_DAY;
	CHECK_EQ(OFFICE("caption.finalise", "meeting", "1"), OK);
	SAYS(OFFICE("caption.finalise", "meeting", "1"), REFUSED,
	    "The transcript of meeting 1 is final already.");
	SAYS(CORRECT("1", "Good evening."), REFUSED,
	    "The transcript of meeting 1 is final; what is wrong in it is said at the next "
	    "meeting, "
	    "for its record.");
	SAYS(IMPORT(">> A: b\n"), REFUSED,
	    "The transcript of meeting 1 is final; what is missing is said at the next meeting, "
	    "for "
	    "its record.");
	stop(t);
}

/* Whatever is asked in whatever order: numbers and versions only grow, and first words stay. */
TEST(nothing_that_was_said_is_lost)
{
	struct t_rand r = {5};
	for (int round = 0; round < 40; round++) {
		struct trial *t = started();
		size_t said = 4, versions = 4, requests = 0;
		for (int i = 0; i < 40; i++) {
			struct arena *a = t->g->arena;
			char *n = arena_z(a, arena_printf(a, "%zu", t_rand_below(&r, said + 1)));
			char *text = arena_z(a, arena_printf(a, "Words %zu.", t_rand_below(&r, 4)));
			char *q =
			    arena_z(a, arena_printf(a, "%zu", t_rand_below(&r, requests + 2)));
			switch (t_rand_below(&r, 5)) {
			case 0:
				said +=
				    IMPORT(arena_z(a, arena_printf(a, ">> A: %s\n", text))) == OK;
				break;
			case 1:
				versions += CORRECT(n, text) == OK;
				break;
			case 2:
				requests += ASK(t->kenya, n, text) == OK;
				break;
			case 3:
				versions += DECIDE(q, "accepted") == OK;
				break;
			default:
				t->now += USEC_DAY / 2;
			}
		}
		const struct transcript *x = caption_transcript(t->g, 1);
		size_t count = 0;
		CHECK_EQ(x->utterances.n, said);
		for (size_t i = 0; i < x->utterances.n; i++)
			count += x->utterances.p[i].versions.n;
		CHECK_EQ(count, versions + said - 4);
		CHECK_STR(utterance_words(caption_utterance(t->g, 1, 1), 1), "Good morning.");
		CHECK_EQ(caption_in(t->g)->requests.n, requests);
		stop(t);
	}
}
