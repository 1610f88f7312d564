/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A meeting is played once before anybody looks on, so that it is known who has the floor when. */
#include "main/replay_captions.h"

#include "base/utf8.h"
#include "rooms/caption/caption.h"
#include "rooms/floor/floor.h"
#include "rooms/meeting/meeting.h"
#include "rooms/people/people.h"

#include "base/poison.h"

#define LEADS_TO (60 * USEC_SECOND)

/* Somebody who has the floor at some time. */
struct holder {
	str party, name;
};

struct moment {
	usec at,
	    played; /* of the script; since the meeting was opened, with its pauses made short */
};

struct rehearsal {
	struct replay_captions *captions;
	const struct replay_live *live;
	VEC(struct plan_stretch) stretches;
	VEC(struct holder) holders;
	VEC(struct moment) moments;
	bool on, over;
	usec last, played;
};

/* --- who has the floor --- */

static int64_t holder_of(struct rehearsal *x, struct replay *r, const struct group *g)
{
	const struct floor_request *f = floor_request_get(g, floor_speaking(g, x->live->meeting));
	if (!f)
		return 0;
	str name = people_name(g, f->person);
	for (size_t i = 0; i < x->holders.n; i++)
		if (str_eq(x->holders.p[i].party, f->party) && str_eq(x->holders.p[i].name, name))
			return (int64_t)i + 1;
	*vec_push(r->arena, &x->holders) =
	    (struct holder){arena_str(r->arena, f->party), arena_str(r->arena, name)};
	return (int64_t)x->holders.n;
}

/* From the act that was just carried out to the next one. */
static enum rc look(struct rehearsal *x, struct replay *r, struct err *err)
{
	struct group *g;
	TRY(house_group(r->house, x->live->group, &g, err));
	const struct meeting *m = meeting_get(g, x->live->meeting);
	int64_t sitting = m ? meeting_sitting_at(m, r->at) : 0;
	struct plan_stretch now = {.from = x->played,
	    .till = x->played,
	    .who = holder_of(x, r, g),
	    .sitting = sitting,
	    .kept =
	        m && meeting_is_open(g, x->live->meeting) && meeting_leaves_transcript(m, sitting)};
	struct plan_stretch *was = x->stretches.n ? &x->stretches.p[x->stretches.n - 1] : NULL;
	now.chair = !now.who && floor_open_put(g, x->live->meeting);
	/* What leads to it belongs to it. */
	if (was && now.chair && !was->who && was->kept && now.from - was->from <= LEADS_TO)
		was->chair = true;
	if (was && was->chair == now.chair && was->who == now.who && was->sitting == now.sitting &&
	    was->kept == now.kept)
		return OK;
	*vec_push(r->arena, &x->stretches) = now;
	return OK;
}

static enum rc rehearse(
    struct replay *r, str folder, const struct json *line, bool *taken, struct err *err)
{
	struct rehearsal *x = r->ctx;
	*taken = true;
	/* What was carried out before is there, but for which group the script speaks. */
	if (!x->on && str_is(json_get_str(line, S("do")), HOUSE_GROUP_CREATE))
		r->group = arena_str(r->arena, json_get_str(json_get(line, S("with")), S("slug")));
	if (!x->on && replay_is_act(r, x->live, line, "meeting.open")) {
		x->on = true;
		x->last = r->at;
	}
	if (!x->on || x->over)
		return OK;
	x->played += replay_pause(x->last, r->at);
	x->last = r->at;
	if (x->stretches.n)
		x->stretches.p[x->stretches.n - 1].till = x->played;
	*vec_push(r->arena, &x->moments) = (struct moment){r->at, x->played};
	if (!replay_is_act(r, x->live, line, "caption.import")) {
		enum rc rc = replay_act(r, folder, line, err);
		if (rc != OK && !replay_is_refusal(rc))
			return rc;
		err_clear(err);
	}
	x->over = replay_is_act(r, x->live, line, "meeting.close");
	return look(x, r, err);
}

/* --- whose words they are --- */

static bool is_called(const struct holder *h, str label)
{
	return label.n && (str_eq_nocase(label, h->party) || str_eq_nocase(label, h->name));
}

/* "Kenya", "Wanjiru Kamande", "Wanjiru Kamande (Kenya)", "Kenya (Wanjiru Kamande)". */
static int64_t who_says(const struct rehearsal *x, str label)
{
	size_t open = str_find_char(label, '(');
	str before = str_trim(str_head(label, open)), within = STR_EMPTY;
	if (open != SIZE_MAX && str_ends(label, S(")")))
		within = str_trim(str_skip(str_head(label, label.n - 1), open + 1));
	for (size_t i = 0; i < x->holders.n; i++)
		if (is_called(&x->holders.p[i], label) || is_called(&x->holders.p[i], before) ||
		    is_called(&x->holders.p[i], within))
			return (int64_t)i + 1;
	return 0;
}

static int64_t words_in(str text)
{
	int64_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == ' ' || text.p[i] == '\n';
	return n;
}

/* When the script had come to that time. */
static usec played_by(const struct rehearsal *x, usec at)
{
	for (size_t i = 0; i < x->moments.n; i++)
		if (x->moments.p[i].at >= at)
			return x->moments.p[i].played;
	return INT64_MAX;
}

static void list_words(struct rehearsal *x, struct arena *a)
{
	struct replay_captions *c = x->captions;
	for (size_t i = 0; i < c->transcripts.n; i++) {
		const struct replay_transcript *t = &c->transcripts.p[i];
		for (size_t k = 0; k < t->cues.n; k++) {
			const struct caption_cue *cue = &t->cues.p[k];
			*vec_push(a, &c->cues) = *cue;
			*vec_push(a, &c->words) =
			    (struct plan_words){.who = who_says(x, cue->speaker),
			        .note = !cue->speaker.n && caption_is_note(cue->text),
			        .chair = str_eq_nocase(cue->speaker, S("CHAIR")) ||
			                 str_eq_nocase(cue->speaker, S("THE CHAIR")),
			        .sitting = t->sitting,
			        .before = played_by(x, t->imported),
			        .chars = (int64_t)utf8_count(cue->text),
			        .count = words_in(cue->text)};
		}
	}
}

enum rc replay_captions_rehearse(struct replay_captions *c, struct replay *r, str folder,
    const struct replay_live *live, struct err *err)
{
	AUTO_ARENA struct arena *each = arena_new(0);
	struct replay_stats stats = {0};
	struct rehearsal x = {.captions = c, .live = live};
	struct replay again = *r;
	struct rng_seeded seeded = r->seeded;
	if (!c->transcripts.n)
		return OK;
	again.each = each;
	again.stats = &stats;
	again.group = STR_EMPTY;
	again.at = 0;
	again.take = rehearse;
	again.ctx = &x;
	struct clock was = house_clock(r->house);
	TRY(house_begin(r->house, err));
	house_set_clock(r->house, replay_clock(&again));
	enum rc rc = replay_all(&again, folder, err);
	house_rollback(r->house);
	house_set_clock(r->house, was);
	r->seeded = seeded; /* of ids: the meeting is the same again */
	r->names = again.names;
	if (rc != OK) {
		r->place = again.place;
		return rc;
	}
	list_words(&x, r->arena);
	if (!captions_plan(each, x.stretches.p, x.stretches.n, c->words.p, c->words.n))
		c->words.n = 0;
	return OK;
}
