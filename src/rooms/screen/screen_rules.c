/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/screen/screen_rules.h"

#include "base/must.h"
#include "rooms/draft/draft.h"
#include "rooms/meeting/meeting.h"
#include "rooms/reading/reading.h"

#include "base/poison.h"

static struct screen_shown *find(const struct group *g, int64_t meeting)
{
	struct screen_state *s = screen_in(g);
	for (size_t i = 0; i < s->v.n; i++)
		if (s->v.p[i].meeting == meeting)
			return &s->v.p[i];
	return NULL;
}

const struct screen_shown *screen_of(const struct group *g, int64_t meeting)
{
	const struct screen_shown *s = find(g, meeting);
	return s && s->draft ? s : NULL;
}

/* The paragraph of that id in the revision of now, or NULL. */
static const struct text_par *par_of(const struct draft *d, str id)
{
	size_t i = text_doc_find(&d->doc, id);
	return i == TEXT_START || d->doc.par[i].is_gone ? NULL : &d->doc.par[i];
}

str screen_words(const struct group *g, struct arena *a, const struct screen_shown *s)
{
	const struct draft *d = draft_get(g, s->draft);
	const struct text_par *par = d ? par_of(d, s->par) : NULL;
	return par ? text_par_read(a, par) : STR_EMPTY;
}

enum rc screen_decide_show(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "meeting");
	const struct meeting *m = meeting_get(g, number);
	const struct screen_shown *now = screen_of(g, number);
	const struct draft *d;
	if (!m)
		return ERR(err, ABSENT, "meeting", "There is no meeting {0} in this group.",
		    act_digits(act, number));
	if (m->status != MEETING_OPEN)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is not in session; its screen shows something only while it is.",
		    act_digits(act, number));
	TRY(draft_need(g, act, &d, err));
	const struct text_par *par = par_of(d, act_str(act, "paragraph"));
	if (!par)
		return ERR(err, ABSENT, "paragraph", "This draft has no paragraph {0}.",
		    act_str(act, "paragraph"));
	str shown = reading_par_shown(act->arena, par);
	if (now && now->draft == act_i64(act, "draft") && str_eq(now->par, par->id))
		return ERR(
		    err, REFUSED, "paragraph", "Paragraph {0} is on the screen already.", shown);
	act_give_str(act, "shown", shown);
	act_give_i64(act, "revision", d->revision);
	act_ref(act, m->seq);
	act_ref(act, d->last_seq);
	return OK;
}

void screen_fold_show(struct group *g, const struct fact *f)
{
	int64_t meeting = fact_i64(f, "meeting"), draft = fact_i64(f, "draft");
	const struct draft *d = draft_get(g, draft);
	must(d);
	const struct text_par *par = par_of(d, fact_str(f, "paragraph"));
	must(par);
	struct screen_shown *s = find(g, meeting);
	if (!s)
		s = vec_push(g->arena, &screen_in(g)->v);
	*s = (struct screen_shown){
	    .meeting = meeting, .draft = draft, .par = arena_str(g->arena, par->id), .seq = f->seq};
}

enum rc screen_decide_clear(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "meeting");
	const struct screen_shown *s = screen_of(g, number);
	if (!meeting_get(g, number))
		return ERR(err, ABSENT, "meeting", "There is no meeting {0} in this group.",
		    act_digits(act, number));
	if (!s)
		return ERR(err, REFUSED, "meeting", "Nothing is on the screen of meeting {0}.",
		    act_digits(act, number));
	act_ref(act, s->seq);
	return OK;
}

void screen_fold_clear(struct group *g, const struct fact *f)
{
	struct screen_shown *s = find(g, fact_i64(f, "meeting"));
	must(s);
	s->draft = 0;
}
