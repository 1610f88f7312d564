/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/must.h"
#include "rooms/document/document.h"
#include "rooms/meeting/meeting_rules.h"
#include "rooms/methods/methods.h"
#include "rooms/people/people.h"

#include "base/poison.h"

#define SITTING_LONGEST (16 * 3600 * USEC_SECOND)

static enum meeting_sitting_kind kind_of(str word)
{
	if (str_is(word, "plenary"))
		return SITTING_PLENARY;
	return str_is(word, "informal") ? SITTING_INFORMAL : SITTING_DRAFTING;
}

/* The instant of "15:00" on a day, on the wall of the meeting's zone. */
static enum rc instant_of(const struct act *act, const struct meeting *m, usec day,
    const char *field, usec *out, struct err *err)
{
	struct buf b = buf_in(act->arena, 0);
	when_write_date(&b, day);
	buf_putc(&b, 'T');
	buf_put(&b, act_str(act, field));
	if (when_parse_local(buf_str(&b), m->zone, field, out, NULL) != OK)
		return ERR(err, INVALID, field,
		    "{0} is not a time of day; write it as 09:30 or 15:00, in the time of {1}.",
		    act_str(act, field), m->zone);
	return OK;
}

/* Sittings go past midnight: an end that is not after the beginning is on the next day. */
static enum rc times_of(
    const struct act *act, const struct meeting *m, usec *starts, usec *ends, struct err *err)
{
	usec day = act_i64(act, "date");
	TRY(instant_of(act, m, day, "from", starts, err));
	TRY(instant_of(act, m, day, "to", ends, err));
	if (*ends <= *starts)
		TRY(instant_of(act, m, day + USEC_DAY, "to", ends, err));
	if (*ends - *starts > SITTING_LONGEST)
		return ERR(err, INVALID, "to",
		    "A sitting from {0} to {1} would last more than sixteen hours.",
		    act_str(act, "from"), act_str(act, "to"));
	return OK;
}

/* There is one plenary at a time; informal and drafting sittings may run beside each other. */
static enum rc check_plenaries(
    const struct act *act, const struct meeting *m, usec starts, usec ends, struct err *err)
{
	for (size_t i = 0; i < m->sittings.n; i++) {
		const struct meeting_sitting *s = &m->sittings.p[i];
		if (s->kind == SITTING_PLENARY && !s->cancelled && s->starts < ends &&
		    starts < s->ends)
			return ERR(err, REFUSED, "from",
			    "Sitting {0} is a plenary at that time; two plenaries cannot run at "
			    "once.",
			    act_digits(act, (int64_t)i + 1));
	}
	return OK;
}

/* Who may follow when nobody said: the meeting's rule, or for informals the methods of work. */
static enum meeting_publicity usual_publicity(
    const struct group *g, const struct meeting *m, enum meeting_sitting_kind kind, int64_t seq)
{
	if (kind == SITTING_PLENARY || methods_at(g, seq)->informals_public)
		return m->publicity;
	return PUBLICITY_MEMBERS;
}

static enum rc check_transcript(
    const struct group *g, const struct act *act, const struct meeting *m, struct err *err)
{
	enum meeting_publicity usual =
	    usual_publicity(g, m, kind_of(act_str(act, "kind")), act->seq);
	if (act_i64(act, "transcript") &&
	    meeting_publicity_of(act_str(act, "publicity"), usual) != PUBLICITY_PUBLIC)
		return ERR(err, INVALID, "transcript",
		    "A transcript is read by everyone, so it can be made only of a sitting that is "
		    "public.");
	return OK;
}

enum rc meeting_decide_sitting(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	usec starts, ends;
	TRY(meeting_find(g, act, &m, err));
	if (m->status == MEETING_CLOSED || m->status == MEETING_CANCELLED)
		return ERR(err, REFUSED, "meeting", "Meeting {0} is over; it has no more sittings.",
		    act_digits(act, act_i64(act, "meeting")));
	usec day = act_i64(act, "date");
	if (day < m->starts || day > m->ends)
		return ERR(err, INVALID, "date",
		    "This day is not one of the days of meeting {0}; change the meeting's days "
		    "first.",
		    act_digits(act, act_i64(act, "meeting")));
	TRY(times_of(act, m, &starts, &ends, err));
	TRY(check_transcript(g, act, m, err));
	if (str_is(act_str(act, "kind"), "plenary"))
		TRY(check_plenaries(act, m, starts, ends, err));
	act_give_i64(act, "sitting", (int64_t)m->sittings.n + 1);
	act_give_i64(act, "starts", starts);
	act_give_i64(act, "ends", ends);
	act_ref(act, m->seq);
	return OK;
}

void meeting_fold_sitting(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	enum meeting_sitting_kind kind = kind_of(fact_str(f, "kind"));
	enum meeting_publicity publicity =
	    meeting_publicity_of(fact_str(f, "publicity"), usual_publicity(g, m, kind, f->seq));
	*vec_push(g->arena, &m->sittings) = (struct meeting_sitting){
	    .kind = kind,
	    .publicity = publicity,
	    .transcript = publicity == PUBLICITY_PUBLIC &&
	                  (kind == SITTING_PLENARY || fact_bool(f, "transcript")),
	    .starts = fact_i64(f, "starts"),
	    .ends = fact_i64(f, "ends"),
	    .seq = f->seq,
	};
}

enum rc meeting_decide_cancel_sitting(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct meeting_sitting *s;
	TRY(meeting_find(g, act, &m, err));
	TRY(meeting_find_sitting(m, act, &s, err));
	str number = act_digits(act, act_i64(act, "sitting"));
	if (s->cancelled)
		return ERR(err, REFUSED, "sitting", "Sitting {0} is cancelled already.", number);
	if (m->status == MEETING_CLOSED || s->ends <= act->now)
		return ERR(err, REFUSED, "sitting",
		    "Sitting {0} is over; what has been held cannot be cancelled.", number);
	act_ref(act, s->seq);
	return OK;
}

void meeting_fold_cancel_sitting(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	int64_t sitting = fact_i64(f, "sitting");
	must(sitting >= 1 && sitting <= (int64_t)m->sittings.n);
	m->sittings.p[sitting - 1].cancelled = true;
}

/* --- which sitting is held --- */

#define SITTING_NEAR  (12 * 3600 * USEC_SECOND)
#define SITTING_EARLY (3600 * USEC_SECOND) /* people come before it begins */

/* In the order in which they are looked for when a meeting begins or goes on. */
enum nearness { SITTING_RUNS, SITTING_COMES, SITTING_WENT, SITTING_FAR };

static enum nearness nearness_of(const struct meeting_sitting *s, usec t, usec *away)
{
	*away = 0;
	if (s->cancelled)
		return SITTING_FAR;
	if (s->starts <= t && t < s->ends)
		return SITTING_RUNS;
	bool comes = t < s->starts;
	*away = comes ? s->starts - t : t - s->ends;
	if (*away > SITTING_NEAR)
		return SITTING_FAR;
	return comes ? SITTING_COMES : SITTING_WENT;
}

int64_t meeting_sitting_due(const struct meeting *m, usec t)
{
	enum nearness best = SITTING_FAR;
	usec best_away = 0;
	int64_t due = 0;
	for (size_t i = 0; i < m->sittings.n; i++) {
		const struct meeting_sitting *s = &m->sittings.p[i];
		usec away;
		enum nearness near = nearness_of(s, t, &away);
		bool plenary = due && s->kind == SITTING_PLENARY &&
		               m->sittings.p[due - 1].kind != SITTING_PLENARY;
		if (near < best || (near == best && near != SITTING_FAR &&
		                       (away < best_away || (away == best_away && plenary)))) {
			best = near;
			best_away = away;
			due = (int64_t)i + 1;
		}
	}
	return due;
}

bool meeting_leaves_transcript(const struct meeting *m, int64_t sitting)
{
	if (m->publicity != PUBLICITY_PUBLIC)
		return false;
	return sitting < 1 || sitting > (int64_t)m->sittings.n ||
	       m->sittings.p[sitting - 1].transcript;
}

/* Into an informal, or out of it, a meeting goes only by an act of the Chair. */
static bool goes_over(const struct meeting *m, int64_t sitting)
{
	return !sitting || (m->sittings.p[sitting - 1].kind == SITTING_PLENARY &&
	                       m->sittings.p[sitting - 1].transcript);
}

int64_t meeting_sitting_at(const struct meeting *m, usec t)
{
	const struct meeting_opening *last = NULL;
	for (size_t i = 0; i < m->openings.n && m->openings.p[i].time <= t; i++)
		last = &m->openings.p[i];
	if (!last)
		return 0;
	int64_t at = last->sitting;
	for (size_t i = 0; goes_over(m, last->sitting) && i < m->sittings.n; i++) {
		const struct meeting_sitting *s = &m->sittings.p[i];
		if (!s->cancelled && goes_over(m, (int64_t)i + 1) && s->starts > last->time &&
		    s->starts <= t && (!at || s->starts > m->sittings.p[at - 1].starts))
			at = (int64_t)i + 1;
	}
	return at;
}

enum rc meeting_give_sitting(const struct meeting *m, struct act *act, struct err *err)
{
	const struct meeting_sitting *s;
	int64_t begins = meeting_sitting_due(m, act->now);
	if (act_has(act, "sitting")) {
		TRY(meeting_find_sitting(m, act, &s, err));
		if (s->cancelled)
			return ERR(err, REFUSED, "sitting",
			    "Sitting {0} was cancelled; name the one that is held instead.",
			    act_digits(act, act_i64(act, "sitting")));
		begins = act_i64(act, "sitting");
	}
	if (begins)
		act_give_i64(act, "begins", begins);
	return OK;
}

/* Entries of before sittings were begun say nothing: they began what was due. */
void meeting_begin_sitting(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	int64_t sitting = fact_i64(f, fact_has(f, "begins") ? "begins" : "sitting");
	if (!sitting)
		sitting = meeting_sitting_due(m, f->time);
	*vec_push(g->arena, &m->openings) = (struct meeting_opening){f->time, sitting};
}

/* The one that is named; else the one that is held now; when none is, the meeting as a whole. */
static enum rc give_attended(const struct meeting *m, struct act *act, struct err *err)
{
	const struct meeting_sitting *s;
	int64_t held = m->status == MEETING_OPEN ? meeting_sitting_at(m, act->now) : 0;
	if (act_has(act, "sitting")) {
		TRY(meeting_find_sitting(m, act, &s, err));
		held = act_i64(act, "sitting");
		if (s->cancelled || s->starts - SITTING_EARLY > act->now)
			return ERR(err, REFUSED, "sitting",
			    "Sitting {0} has not been held; name the one that was attended.",
			    act_digits(act, held));
	}
	if (held)
		act_give_i64(act, "held", held);
	return OK;
}

enum rc meeting_decide_attend(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct value *persons = act_value(act, "persons");
	TRY(meeting_find(g, act, &m, err));
	TRY(meeting_need_begun(act, m, err));
	if (!persons->actors.n)
		return ERR(err, INVALID, "persons", "Name at least one person who attended.");
	for (size_t i = 0; i < persons->actors.n; i++)
		if (!people_person(g, persons->actors.p[i]))
			return ERR(err, INVALID, "persons",
			    "{0} is not registered in this group; register the person first.",
			    actor_str(act->arena, persons->actors.p[i]));
	act_ref(act, m->seq);
	return give_attended(m, act, err);
}

enum rc meeting_decide_interpret(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct value *persons = act_value(act, "persons");
	TRY(meeting_find(g, act, &m, err));
	if (m->status == MEETING_CLOSED || m->status == MEETING_CANCELLED)
		return ERR(err, REFUSED, "meeting",
		    "This meeting is over; interpreters are named for one that is to come.");
	for (size_t i = 0; persons && i < persons->actors.n; i++)
		if (!people_person(g, persons->actors.p[i]))
			return ERR(err, INVALID, "persons",
			    "{0} is not registered in this group; register the person first.",
			    actor_str(act->arena, persons->actors.p[i]));
	act_ref(act, m->seq);
	return OK;
}

/* The sitting of a summary or record, when one is named: *out is NULL when the whole meeting is
 * meant. */
static enum rc find_held(const struct group *g, struct act *act, const struct meeting **m,
    const struct meeting_sitting **out, struct err *err)
{
	*out = NULL;
	TRY(meeting_find(g, act, m, err));
	TRY(meeting_need_begun(act, *m, err));
	if (!act_has(act, "sitting")) {
		act_ref(act, (*m)->seq);
		return OK;
	}
	TRY(meeting_find_sitting(*m, act, out, err));
	if ((*out)->cancelled)
		return ERR(err, REFUSED, "sitting", "Sitting {0} was cancelled; it left no record.",
		    act_digits(act, act_i64(act, "sitting")));
	act_ref(act, (*out)->seq);
	return OK;
}

enum rc meeting_decide_summary(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct meeting_sitting *s;
	TRY(find_held(g, act, &m, &s, err));
	return OK;
}

enum rc meeting_decide_record(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct meeting_sitting *s;
	TRY(find_held(g, act, &m, &s, err));
	if (!act_has(act, "url") && !act_has(act, "document"))
		return ERR(err, INVALID, "url",
		    "Say where this record is found: give its address, or the document that holds "
		    "it.");
	if (act_has(act, "document") && !document_find(g, act_i64(act, "document")))
		return ERR(err, ABSENT, "document",
		    "There is no document {0} in the library; issue it first.",
		    act_digits(act, act_i64(act, "document")));
	if (s && s->kind != SITTING_PLENARY && s->publicity != PUBLICITY_PUBLIC &&
	    !str_is(act_str(act, "kind"), "summary"))
		return ERR(err, REFUSED, "kind",
		    "Sitting {0} was not public; under the methods of work it leaves a Chair's "
		    "summary "
		    "and no transcript or recording.",
		    act_digits(act, act_i64(act, "sitting")));
	return OK;
}
