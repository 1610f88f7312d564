/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Live captions: who may send them, and how they become part of the transcript. */
#include "base/hash.h"
#include "base/must.h"
#include "rooms/caption/caption_rules.h"
#include "rooms/meeting/meeting.h"

#include "base/poison.h"

#define TOKEN_BYTES 24

const struct caption_connection *caption_connection_get(const struct group *g, int64_t number)
{
	const struct caption_state *s = caption_in(g);
	return number >= 1 && number <= (int64_t)s->connections.n ? &s->connections.p[number - 1]
	                                                          : NULL;
}

int64_t caption_taken_line(const struct transcript *t, str lang)
{
	for (size_t i = 0; t && i < t->taken.n; i++)
		if (str_eq(t->taken.p[i].lang, lang))
			return t->taken.p[i].line;
	return 0;
}

bool caption_is_kept(const struct group *g, int64_t meeting, usec now)
{
	const struct meeting *m = meeting_get(g, meeting);
	if (!m || !meeting_has_begun(g, meeting))
		return false;
	if (m->status != MEETING_OPEN && now > m->state_time + CAPTION_TAIL)
		return false;
	return meeting_leaves_transcript(
	    m, meeting_sitting_at(m, m->status == MEETING_OPEN ? now : m->state_time));
}

/* --- connections --- */

enum rc caption_decide_connect(const struct group *g, struct act *act, struct err *err)
{
	const struct caption_state *s = caption_in(g);
	int64_t number = act_i64(act, "meeting");
	const struct meeting *m = meeting_get(g, number);
	const struct transcript *t = caption_transcript(g, number);
	if (!m || m->status == MEETING_CANCELLED)
		return ERR(
		    err, ABSENT, "meeting", "There is no meeting {0}.", act_digits(act, number));
	if (m->publicity != PUBLICITY_PUBLIC)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is not public: it is not captioned live.",
		    act_digits(act, number));
	if (t && t->final_seq)
		return ERR(err, REFUSED, "meeting", "The transcript of meeting {0} is final.",
		    act_digits(act, number));
	/* Who holds the secret may write; the record keeps what it is known by, not itself. */
	str token = id_token(act->arena, act->rng, TOKEN_BYTES);
	act_give_i64(act, "connection", (int64_t)s->connections.n + 1);
	act_give_str(act, "hash", digest_str(act->arena, sha256(token)));
	act_give_str(act, "token", token);
	act_ref(act, m->seq);
	return OK;
}

void caption_fold_connect(struct group *g, const struct fact *f)
{
	struct caption_state *s = caption_in(g);
	*vec_push(g->arena, &s->connections) =
	    (struct caption_connection){.meeting = fact_i64(f, "meeting"),
	        .lang = arena_str(g->arena, fact_str(f, "lang")),
	        .seq = f->seq};
}

enum rc caption_decide_disconnect(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "connection");
	const struct caption_connection *c = caption_connection_get(g, number);
	if (!c)
		return ERR(err, ABSENT, "connection", "There is no connection {0}.",
		    act_digits(act, number));
	if (c->ended)
		return ERR(err, REFUSED, "connection", "Connection {0} was closed before.",
		    act_digits(act, number));
	act_give_i64(act, "meeting", c->meeting);
	act_ref(act, c->seq);
	return OK;
}

void caption_fold_disconnect(struct group *g, const struct fact *f)
{
	caption_in(g)->connections.p[fact_i64(f, "connection") - 1].ended = f->seq;
}

/* --- taking --- */

/* "3 7"; false when it is none. */
static bool pair(str s, int64_t *first, int64_t *last)
{
	str one, rest = s;
	return str_cut(&rest, ' ', &one) && rest.p && str_to_i64(one, first) &&
	       str_to_i64(rest, last) && *first <= *last;
}

/* The lines follow those that were taken before: none comes twice. */
static enum rc check_lines(
    const struct act *act, int64_t after, int64_t *first, int64_t *last, struct err *err)
{
	const struct value *lines = act_value(act, "lines");
	int64_t at = after, a, b;
	for (size_t i = 0; i < lines->list.n; i++) {
		if (!pair(lines->list.p[i], &a, &b) || a <= at)
			return ERR(err, REFUSED, "lines",
			    "Lines up to {0} stand in the transcript already.",
			    act_digits(act, at));
		*first = i ? *first : a;
		at = b;
	}
	*last = at;
	return OK;
}

static enum rc take_cues(struct act *act, usec began, caption_cues *cues, struct err *err)
{
	const struct value *texts = act_value(act, "utterances"),
	                   *speakers = act_value(act, "speakers"), *times = act_value(act, "times"),
	                   *lines = act_value(act, "lines");
	size_t n = texts->list.n;
	int64_t a, b;
	if (!n || speakers->list.n != n || times->list.n != n || lines->list.n != n)
		return ERR(err, INVALID, "utterances",
		    "Every utterance has words, a speaker, times and lines.");
	for (size_t i = 0; i < n; i++) {
		if (!pair(times->list.p[i], &a, &b))
			return ERR(err, INVALID, "times", "Times are two numbers.");
		str speaker = speakers->list.p[i];
		*vec_push(act->arena, cues) = (struct caption_cue){
		    .starts = a > began ? a - began : 0,
		    .ends = b > began ? b - began : 0,
		    .speaker = str_is(speaker, "-") ? STR_EMPTY : speaker,
		    .text = texts->list.p[i],
		};
	}
	return OK;
}

/* Lines of two sittings do not come together (caption_take_view.c). */
static void give_sitting(const struct group *g, struct act *act)
{
	int64_t starts = 0, ends, sitting;
	(void)pair(act_value(act, "times")->list.p[0], &starts, &ends);
	sitting = meeting_sitting_at(meeting_get(g, act_i64(act, "meeting")), starts);
	if (sitting)
		act_give_i64(act, "sitting", sitting);
}

static void clear(struct act *act, const char *name)
{
	act_give_list(act, name)->list.n = 0;
}

enum rc caption_decide_take(const struct group *g, struct act *act, struct err *err)
{
	const struct transcript *t = caption_transcript(g, act_i64(act, "meeting"));
	int64_t first = 0, last = 0;
	caption_cues cues = {0};
	TRY(caption_need_place(g, act, err));
	TRY(check_lines(act, caption_taken_line(t, act_str(act, "lang")), &first, &last, err));
	usec began = t && t->began ? t->began : act_i64(act, "began") / 1000 * 1000;
	TRY(take_cues(act, began, &cues, err));
	give_sitting(g, act);
	act_give_i64(act, "began", began);
	act_give_i64(act, "first_line", first);
	act_give_i64(act, "last_line", last);
	clear(act, "speakers");
	clear(act, "times");
	clear(act, "utterances");
	caption_give_cues(g, act, &cues);
	return OK;
}

void caption_fold_take(struct group *g, const struct fact *f)
{
	caption_fold_import(g, f);
	struct transcript *t = caption_transcript_of(g, fact_i64(f, "meeting"));
	t->began = fact_i64(f, "began");
	for (size_t i = 0; i < t->taken.n; i++)
		if (str_eq(t->taken.p[i].lang, fact_str(f, "lang"))) {
			t->taken.p[i].line = fact_i64(f, "last_line");
			return;
		}
	*vec_push(g->arena, &t->taken) = (struct caption_taken){
	    .lang = arena_str(g->arena, fact_str(f, "lang")), .line = fact_i64(f, "last_line")};
}
