/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Importing and adding; caption_correct_rules.c has what happens to the words afterwards. */
#include "rooms/caption/caption_rules.h"

#include "base/must.h"
#include "caption/layouts.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"

#include "base/poison.h"

/* --- what others ask --- */

const struct transcript *caption_transcript(const struct group *g, int64_t meeting)
{
	const struct caption_state *s = caption_in(g);
	if (meeting < 1 || meeting > (int64_t)s->meetings.n ||
	    !s->meetings.p[meeting - 1].utterances.n)
		return NULL;
	return &s->meetings.p[meeting - 1];
}

const struct utterance *caption_utterance(const struct group *g, int64_t meeting, int64_t segment)
{
	const struct transcript *t = caption_transcript(g, meeting);
	return t && segment >= 1 && segment <= (int64_t)t->utterances.n
	           ? &t->utterances.p[segment - 1]
	           : NULL;
}

str utterance_place(struct arena *a, int64_t segment)
{
	return arena_printf(a, "s%lld", (long long)segment);
}

str utterance_path(struct arena *a, int64_t meeting, int64_t segment)
{
	return arena_printf(a, "meetings/%lld/transcript?from=%lld#%.*s", (long long)meeting,
	    (long long)segment, STR(utterance_place(a, segment)));
}

str utterance_words(const struct utterance *u, int64_t version)
{
	int64_t n = (int64_t)u->versions.n;
	if (version < 0 || version > n)
		return STR_EMPTY;
	return u->versions.p[(version ? version : n) - 1].text;
}

/* --- who speaks --- */

static bool seat_named(const struct group *g, str name, int64_t *seat)
{
	const struct members_state *m = members_in(g);
	for (size_t i = 0; i < m->seats.n; i++)
		if (m->seats.p[i].delegation.n && str_eq_nocase(m->seats.p[i].delegation, name)) {
			*seat = m->seats.p[i].number;
			return true;
		}
	return false;
}

static bool person_named(const struct group *g, str name, actor_id *person)
{
	const struct people_state *p = people_in(g);
	if (str_eq_nocase(name, S("CHAIR")) || str_eq_nocase(name, S("THE CHAIR"))) {
		*person = members_chair(g);
		return !actor_is_none(*person);
	}
	for (size_t i = 0; i < p->persons.n; i++)
		if (p->persons.p[i]->name.n && str_eq_nocase(p->persons.p[i]->name, name)) {
			*person = p->persons.p[i]->id;
			return true;
		}
	return false;
}

/* "Kenya", "Wanjiru Kamande", "Wanjiru Kamande (Kenya)", "Kenya (Wanjiru Kamande)". */
void caption_speaker_is(const struct group *g, str label, int64_t *seat, actor_id *person)
{
	size_t open = str_find_char(label, '(');
	str parts[2] = {str_trim(str_head(label, open)), STR_EMPTY};
	if (open != SIZE_MAX && str_ends(label, S(")")))
		parts[1] = str_trim(str_skip(str_head(label, label.n - 1), open + 1));
	*seat = 0;
	*person = (actor_id){0};
	for (size_t i = 0; i < 2; i++) {
		if (!parts[i].n)
			continue;
		if (actor_is_none(*person))
			(void)person_named(g, parts[i], person);
		if (!*seat)
			(void)seat_named(g, parts[i], seat);
	}
	const struct seat *own = actor_is_none(*person) ? NULL : members_seat_of(g, *person, NULL);
	if (!*seat && own)
		*seat = own->number;
}

/* --- what is common to import and add --- */

static enum rc need_sitting(const struct meeting *m, const struct act *act, struct err *err)
{
	int64_t sitting = act_i64(act, "sitting");
	if (!act_has(act, "sitting"))
		return OK;
	if (sitting < 1 || sitting > (int64_t)m->sittings.n || m->sittings.p[sitting - 1].cancelled)
		return ERR(err, ABSENT, "sitting", "Meeting {0} held no sitting {1}.",
		    act_digits(act, act_i64(act, "meeting")), act_digits(act, sitting));
	if (!meeting_leaves_transcript(m, sitting) &&
	    !str_is(act_str(act, "kind"), "chair_summary"))
		return ERR(err, REFUSED, "kind",
		    "Sitting {0} leaves no transcript: of what was said there only a Chair's "
		    "summary is published.",
		    act_digits(act, sitting));
	return OK;
}

enum rc caption_need_place(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "meeting"), item = act_i64(act, "item");
	const struct meeting *m = meeting_get(g, number);
	const struct transcript *t = caption_transcript(g, number);
	if (!m)
		return ERR(
		    err, ABSENT, "meeting", "There is no meeting {0}.", act_digits(act, number));
	act_ref(act, m->seq);
	if (!meeting_has_begun(g, number))
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} was not opened yet: nothing was said there.",
		    act_digits(act, number));
	if (act_has(act, "item") && (item < 1 || item > (int64_t)m->items.n ||
	                                m->items.p[item - 1].status == ITEM_WITHDRAWN))
		return ERR(err, ABSENT, "item",
		    "There is no item {0} on the agenda of meeting {1}.", act_digits(act, item),
		    act_digits(act, number));
	TRY(need_sitting(m, act, err));
	if (m->publicity != PUBLICITY_PUBLIC && !str_is(act_str(act, "kind"), "chair_summary"))
		return ERR(err, REFUSED, "kind",
		    "Meeting {0} is not public: of what was said there only a Chair's summary is "
		    "published.",
		    act_digits(act, number));
	if (t && t->final_seq)
		return ERR(err, REFUSED, "meeting",
		    "The transcript of meeting {0} is final; what is missing is said at the next "
		    "meeting, for its record.",
		    act_digits(act, number));
	return OK;
}

static enum rc need_writer(const struct group *g, const struct act *act, struct err *err)
{
	if (act->roles & ROLE_SECRETARIAT ||
	    people_holds(g, act->actor, PERSON_CAPTIONER, STR_EMPTY))
		return OK;
	return ERR(err, DENIED, NULL,
	    "Transcripts are written by the secretariat and by captioners; the secretariat can "
	    "appoint "
	    "you as one.");
}

static enum rc check_spoken(const struct act *act, struct err *err)
{
	if (act_has(act, "spoken") && str_eq(act_str(act, "spoken"), act_str(act, "lang")))
		return ERR(err, INVALID, "spoken",
		    "These words are in the language that was spoken, so they are no "
		    "interpretation; leave this empty.");
	return OK;
}

static str times_of(struct arena *a, const struct caption_cue *c)
{
	if (c->starts == USEC_NONE)
		return S("-");
	return arena_printf(a, "%lld %lld", (long long)c->starts, (long long)c->ends);
}

/* The cues as the fields of the entry, one line and one part for each. */
void caption_give_cues(const struct group *g, struct act *act, const caption_cues *cues)
{
	const struct transcript *t = caption_transcript(g, act_i64(act, "meeting"));
	int64_t first = t ? (int64_t)t->utterances.n + 1 : 1;
	struct value *speakers = act_give_list(act, "speakers"),
	             *times = act_give_list(act, "times");
	struct value *seats = act_give_list(act, "seats"), *persons = act_give_list(act, "persons");
	struct value *texts = act_give_list(act, "utterances");
	act_give_i64(act, "first", first);
	act_give_i64(act, "last", first + (int64_t)cues->n - 1);
	for (size_t i = 0; i < cues->n; i++) {
		const struct caption_cue *c = &cues->p[i];
		int64_t seat;
		actor_id person;
		caption_speaker_is(g, c->speaker, &seat, &person);
		*vec_push(act->arena, &speakers->list) = c->speaker.n ? c->speaker : S("-");
		*vec_push(act->arena, &times->list) = times_of(act->arena, c);
		*vec_push(act->arena, &seats->list) = act_digits(act, seat);
		*vec_push(act->arena, &persons->list) =
		    actor_is_none(person) ? S("-") : actor_str(act->arena, person);
		*vec_push(act->arena, &texts->list) = c->text;
	}
}

/* --- import --- */

static enum rc read_words(struct act *act, caption_cues *cues, struct err *err)
{
	const struct value *files = act_value(act, "file");
	const char *field = act_has(act, "text") ? "text" : "file";
	enum caption_layout layout;
	if (act_has(act, "text") && files->files.n)
		return ERR(err, INVALID, "text",
		    "Either a file or the text, please: both would be imported twice.");
	if (!act_has(act, "text") && !files->files.n)
		return ERR(err, INVALID, "file", "Please add a file, or put the text of one here.");
	str text = act_has(act, "text") ? act_str(act, "text") : files->files.p[0].bytes;
	TRY(caption_layout_of(text, field, &layout, err));
	return caption_read(act->arena, text, layout, field, cues, err);
}

static bool says_the_same(
    const struct transcript *t, size_t from, const caption_cues *cues, str lang)
{
	for (size_t i = 0; i < cues->n; i++) {
		const struct utterance *u = &t->utterances.p[from + i];
		if (!str_eq(u->lang, lang) || !str_eq(u->versions.p[0].text, cues->p[i].text))
			return false;
	}
	return true;
}

/* The same file twice is a mistake, however it is called the second time. */
static enum rc need_new(
    const struct group *g, struct act *act, const caption_cues *cues, struct err *err)
{
	const struct transcript *t = caption_transcript(g, act_i64(act, "meeting"));
	for (size_t i = 0; t && i + cues->n <= t->utterances.n; i++)
		if (says_the_same(t, i, cues, act_str(act, "lang")))
			return ERR(err, REFUSED, "meeting",
			    "These words stand in the transcript already, as utterances {0} to "
			    "{1}.",
			    act_digits(act, (int64_t)i + 1),
			    act_digits(act, (int64_t)(i + cues->n)));
	return OK;
}

enum rc caption_decide_import(const struct group *g, struct act *act, struct err *err)
{
	caption_cues cues = {0};
	TRY(need_writer(g, act, err));
	TRY(caption_need_place(g, act, err));
	TRY(check_spoken(act, err));
	TRY(read_words(act, &cues, err));
	TRY(need_new(g, act, &cues, err));
	caption_give_cues(g, act, &cues);
	return OK;
}

struct transcript *caption_transcript_of(struct group *g, int64_t meeting)
{
	struct caption_state *s = caption_in(g);
	must(meeting >= 1);
	while ((int64_t)s->meetings.n < meeting)
		(void)vec_push(g->arena, &s->meetings);
	return &s->meetings.p[meeting - 1];
}

void caption_fold_import(struct group *g, const struct fact *f)
{
	struct transcript *t = caption_transcript_of(g, fact_i64(f, "meeting"));
	const struct value *texts = fact_value(f, "utterances"),
	                   *speakers = fact_value(f, "speakers");
	const struct value *seats = fact_value(f, "seats"), *persons = fact_value(f, "persons");
	str lang = arena_str(g->arena, fact_str(f, "lang"));
	for (size_t i = 0; i < texts->list.n; i++) {
		struct utterance *u = vec_push(g->arena, &t->utterances);
		*u = (struct utterance){.seq = f->seq,
		    .time = f->time,
		    .sitting = fact_i64(f, "sitting"),
		    .lang = lang};
		/* Who and what may have been erased; the place remains. */
		if (i < speakers->list.n && !str_is(speakers->list.p[i], "-"))
			u->speaker = arena_str(g->arena, speakers->list.p[i]);
		if (i < seats->list.n)
			(void)str_to_i64(seats->list.p[i], &u->seat);
		if (i < persons->list.n && !actor_parse(persons->list.p[i], &u->person))
			u->person = (actor_id){0};
		*vec_push(g->arena, &u->versions) =
		    (struct utterance_version){arena_str(g->arena, texts->list.p[i]), f->seq};
	}
}

/* --- add --- */

enum rc caption_decide_add(const struct group *g, struct act *act, struct err *err)
{
	caption_cues cues = {0};
	TRY(need_writer(g, act, err));
	TRY(caption_need_place(g, act, err));
	TRY(check_spoken(act, err));
	*vec_push(act->arena, &cues) = (struct caption_cue){
	    .starts = USEC_NONE,
	    .ends = USEC_NONE,
	    .speaker = caption_tidy_speaker(act->arena, act_str(act, "speaker")),
	    .text = caption_tidy_text(act->arena, act_str(act, "words")),
	};
	caption_give_cues(g, act, &cues);
	return OK;
}

void caption_fold_add(struct group *g, const struct fact *f)
{
	caption_fold_import(g, f);
}
