/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Corrections, those that speakers ask for, and the end of a transcript. */
#include "base/must.h"
#include "caption/layouts.h"
#include "rooms/caption/caption_rules.h"
#include "rooms/members/members.h"
#include "rooms/methods/methods.h"
#include "rooms/people/people.h"

#include "base/poison.h"

int64_t utterance_ask_days(const struct group *g, const struct utterance *u)
{
	return methods_at(g, u->seq)->correction_days;
}

static usec ask_until(const struct group *g, const struct utterance *u)
{
	return u->time + utterance_ask_days(g, u) * USEC_DAY;
}

static enum rc need_utterance(
    const struct group *g, struct act *act, const struct utterance **out, struct err *err)
{
	int64_t meeting = act_i64(act, "meeting"), segment = act_i64(act, "segment");
	const struct transcript *t = caption_transcript(g, meeting);
	*out = caption_utterance(g, meeting, segment);
	if (!*out)
		return ERR(err, ABSENT, "segment",
		    "There is no utterance {0} in the transcript of meeting {1}.",
		    act_digits(act, segment), act_digits(act, meeting));
	act_ref(act, (*out)->versions.p[(*out)->versions.n - 1].seq);
	if (t->final_seq)
		return ERR(err, REFUSED, "meeting",
		    "The transcript of meeting {0} is final; what is wrong in it is said at the "
		    "next "
		    "meeting, for its record.",
		    act_digits(act, meeting));
	return OK;
}

static enum rc need_other_words(
    struct act *act, const struct utterance *u, str *text, struct err *err)
{
	*text = caption_tidy_text(act->arena, act_str(act, "words"));
	if (!text->n)
		return ERR(err, INVALID, "words", "Please write how the words should read.");
	if (str_eq(*text, utterance_words(u, 0)))
		return ERR(err, INVALID, "words",
		    "This is how the words read now. Please change what is wrong in them.");
	return OK;
}

static void give_text(struct act *act, str text)
{
	*vec_push(act->arena, &act_give_list(act, "text")->list) = text;
}

static str text_in(const struct fact *f)
{
	const struct value *v = fact_value(f, "text");
	return v->list.n ? v->list.p[0] : STR_EMPTY;
}

/* --- corrections --- */

enum rc caption_decide_correct(const struct group *g, struct act *act, struct err *err)
{
	const struct utterance *u;
	str text;
	if (!(act->roles & ROLE_SECRETARIAT) &&
	    !people_holds(g, act->actor, PERSON_CAPTIONER, STR_EMPTY))
		return ERR(err, DENIED, NULL,
		    "Transcripts are corrected by the secretariat and by captioners. If these are "
		    "your "
		    "own words, ask for a correction.");
	TRY(need_utterance(g, act, &u, err));
	TRY(need_other_words(act, u, &text, err));
	give_text(act, text);
	act_give_i64(act, "version", (int64_t)u->versions.n + 1);
	return OK;
}

static void add_version(struct group *g, int64_t meeting, int64_t segment, str text, int64_t seq)
{
	struct caption_state *s = caption_in(g);
	must(caption_utterance(g, meeting, segment));
	struct utterance *u = &s->meetings.p[meeting - 1].utterances.p[segment - 1];
	*vec_push(g->arena, &u->versions) =
	    (struct utterance_version){arena_str(g->arena, text), seq};
}

void caption_fold_correct(struct group *g, const struct fact *f)
{
	add_version(g, fact_i64(f, "meeting"), fact_i64(f, "segment"), text_in(f), f->seq);
}

/* --- what speakers ask for --- */

bool utterance_is_by(const struct group *g, const struct utterance *u, actor_id who)
{
	const struct seat *seat = members_seat_of(g, who, NULL);
	return (!actor_is_none(u->person) && actor_eq(u->person, who)) ||
	       (u->seat && seat && seat->number == u->seat);
}

enum rc caption_decide_ask(const struct group *g, struct act *act, struct err *err)
{
	const struct caption_state *s = caption_in(g);
	const struct utterance *u;
	str text;
	TRY(need_utterance(g, act, &u, err));
	str segment = act_digits(act, act_i64(act, "segment"));
	if (!utterance_is_by(g, u, act->actor))
		return ERR(err, DENIED, "segment",
		    "Only who spoke may ask that the words be corrected; tell the secretariat if "
		    "you "
		    "spoke utterance {0}.",
		    segment);
	if (act->now > ask_until(g, u))
		return ERR(err, REFUSED, "segment",
		    "Corrections of utterance {0} could be asked for {1} days; tell the "
		    "secretariat, "
		    "which may still correct it.",
		    segment, act_digits(act, utterance_ask_days(g, u)));
	for (size_t i = 0; i < s->requests.n; i++) {
		const struct correction_request *r = &s->requests.p[i];
		if (!r->decided && r->meeting == act_i64(act, "meeting") &&
		    r->segment == act_i64(act, "segment"))
			return ERR(err, REFUSED, "segment",
			    "Request {0} about this utterance waits for the secretariat; ask again "
			    "after it is decided.",
			    act_digits(act, (int64_t)i + 1));
	}
	TRY(need_other_words(act, u, &text, err));
	give_text(act, text);
	act_give_i64(act, "request", (int64_t)s->requests.n + 1);
	act_give_i64(act, "version", (int64_t)u->versions.n);
	return OK;
}

void caption_fold_ask(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &caption_in(g)->requests) = (struct correction_request){
	    .meeting = fact_i64(f, "meeting"),
	    .segment = fact_i64(f, "segment"),
	    .seq = f->seq,
	    .text = arena_str(g->arena, text_in(f)),
	};
}

enum rc caption_decide_answer(const struct group *g, struct act *act, struct err *err)
{
	const struct caption_state *s = caption_in(g);
	int64_t number = act_i64(act, "request");
	if (number < 1 || number > (int64_t)s->requests.n)
		return ERR(err, ABSENT, "request", "There is no request {0} for a correction.",
		    act_digits(act, number));
	const struct correction_request *r = &s->requests.p[number - 1];
	const struct utterance *u = caption_utterance(g, r->meeting, r->segment);
	must(u);
	act_ref(act, r->seq);
	if (r->decided)
		return ERR(err, REFUSED, "request",
		    "Request {0} was decided already; the speaker may ask again.",
		    act_digits(act, number));
	bool yes = str_is(act_str(act, "outcome"), "accepted");
	if (yes && !r->text.n)
		return ERR(err, REFUSED, "outcome",
		    "The words that request {0} asked for were erased; it can only be declined.",
		    act_digits(act, number));
	act_give_i64(act, "meeting", r->meeting);
	act_give_i64(act, "segment", r->segment);
	act_give_i64(act, "version", (int64_t)u->versions.n + (yes ? 1 : 0));
	return OK;
}

void caption_fold_answer(struct group *g, const struct fact *f)
{
	struct caption_state *s = caption_in(g);
	int64_t number = fact_i64(f, "request");
	must(number >= 1 && number <= (int64_t)s->requests.n);
	struct correction_request *r = &s->requests.p[number - 1];
	r->decided = f->seq;
	if (str_is(fact_str(f, "outcome"), "accepted"))
		add_version(g, r->meeting, r->segment, r->text, f->seq);
}

/* --- the end --- */

static usec last_day_to_ask(const struct group *g, const struct transcript *t)
{
	usec until = 0;
	for (size_t i = 0; i < t->utterances.n; i++) {
		usec own = ask_until(g, &t->utterances.p[i]);
		until = own > until ? own : until;
	}
	return until;
}

enum rc caption_decide_final(const struct group *g, struct act *act, struct err *err)
{
	const struct caption_state *s = caption_in(g);
	int64_t meeting = act_i64(act, "meeting");
	const struct transcript *t = caption_transcript(g, meeting);
	if (!t)
		return ERR(err, ABSENT, "meeting", "Meeting {0} has no transcript.",
		    act_digits(act, meeting));
	const struct utterance *last = &t->utterances.p[t->utterances.n - 1];
	act_ref(act, last->seq);
	if (t->final_seq)
		return ERR(err, REFUSED, "meeting",
		    "The transcript of meeting {0} is final already.", act_digits(act, meeting));
	for (size_t i = 0; i < s->requests.n; i++)
		if (s->requests.p[i].meeting == meeting && !s->requests.p[i].decided)
			return ERR(err, REFUSED, "meeting",
			    "Request {0} for a correction waits; decide it first.",
			    act_digits(act, (int64_t)i + 1));
	usec until = last_day_to_ask(g, t);
	if (act->now <= until)
		return ERR(err, REFUSED, "meeting",
		    "Those who spoke may ask for corrections until {0}; it can be final after that "
		    "day.",
		    when_date(act->arena, until));
	act_give_i64(act, "utterances", (int64_t)t->utterances.n);
	return OK;
}

void caption_fold_final(struct group *g, const struct fact *f)
{
	struct caption_state *s = caption_in(g);
	int64_t meeting = fact_i64(f, "meeting");
	must(meeting >= 1 && meeting <= (int64_t)s->meetings.n);
	s->meetings.p[meeting - 1].final_seq = f->seq;
}
