/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Says what the record holds of a meeting. Nothing stands here that no entry says. */
#include "rooms/floor/floor_pages.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/minutes/minutes_pages.h"

#include "base/poison.h"

#define NO_ITEM 0

struct saying {
	struct page *p;
	const struct minutes_facts *f;
	minutes_blocks *out;
};

/* --- blocks, lines, links --- */

static struct minutes_block *block(struct saying *s, enum minutes_kind kind)
{
	struct minutes_block *b = vec_push(s->p->arena, s->out);
	*b = (struct minutes_block){.kind = kind};
	return b;
}

static struct minutes_line *line(struct saying *s, struct minutes_block *b, str text)
{
	struct minutes_line *l = vec_push(s->p->arena, &b->lines);
	*l = (struct minutes_line){.text = text};
	return l;
}

static struct minutes_line *put(struct saying *s, enum minutes_kind kind, str text)
{
	return line(s, block(s, kind), text);
}

/* A list is begun with its first line. */
static struct minutes_line *listed(
    struct saying *s, struct minutes_block **b, enum minutes_kind kind, const char *title, str text)
{
	if (!*b) {
		if (title)
			put(s, MINUTES_SUBHEADING, page_t(s->p, title));
		*b = block(s, kind);
	}
	return line(s, *b, text);
}

static void entry(struct saying *s, struct minutes_line *l, int64_t seq)
{
	*vec_push(s->p->arena, &l->links) =
	    (struct minutes_link){page_say(s->p, "entry {0}", page_i64(s->p, seq), STR_EMPTY),
	        page_record_url(s->p, seq)};
}

static void utterance(struct saying *s, struct minutes_line *l, int64_t segment)
{
	struct page *p = s->p;
	url to = page_url(p, S("meetings"), page_i64(p, s->f->number), S("transcript"));
	str place = arena_printf(p->arena, "s%lld", (long long)segment);
	/* Of a long transcript, the stretch that has it. */
	to = url_query(p->arena, to, S("from"), page_i64(p, segment));
	*vec_push(p->arena, &l->links) =
	    (struct minutes_link){page_say(p, "utterance {0}", page_i64(p, segment), STR_EMPTY),
	        url_fragment(p->arena, to, place)};
}

/* The pieces that are there, with a dot between. */
static str dotted(struct saying *s, const str *pieces, size_t n)
{
	struct buf b = buf_in(s->p->arena, 0);
	for (size_t i = 0; i < n; i++) {
		if (!pieces[i].n)
			continue;
		buf_sep(&b, S(" · "));
		buf_put(&b, pieces[i]);
	}
	return buf_str(&b);
}
#define DOTTED(s, ...) \
	dotted((s), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

static str words_or_erased(struct saying *s, str words)
{
	return words.n ? words : page_t(s->p, "This text was erased.");
}

/* --- the meeting as a whole --- */

static void say_head(struct saying *s)
{
	const struct meeting_one_row *m = &s->f->meeting;
	str n = page_i64(s->p, s->p->group.n);
	put(s, MINUTES_TITLE,
	    page_say(s->p, "{0}: draft of the Chair's summary", m->title, STR_EMPTY));
	struct minutes_line *l = put(s, MINUTES_TEXT,
	    DOTTED(s, meeting_days(s->p, m->starts, m->ends).text, m->place,
	        meeting_state_label(s->p, m->state)));
	entry(s, l, m->seq);
	put(s, MINUTES_TEXT,
	    page_say(s->p,
	        "Assembled from the record as it stood after {0} entries; it holds nothing else. "
	        "The "
	        "Chair edits it before it is published.",
	        n, STR_EMPTY));
}

static void say_steps(struct saying *s)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->steps.n; i++) {
		const struct meeting_steps_row *x = &s->f->steps.p[i];
		entry(s,
		    listed(s, &b, MINUTES_POINTS, NULL,
		        DOTTED(
		            s, meeting_step_label(p, x->step), page_time(p, x->time), x->reason)),
		    x->seq);
	}
}

static void say_sittings(struct saying *s)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	str zone = s->f->meeting.zone;
	for (size_t i = 0; i < s->f->sittings.n; i++) {
		const struct meeting_sittings_row *x = &s->f->sittings.p[i];
		str hours = arena_printf(p->arena, "%.*s–%.*s",
		    STR(meeting_hour_in(p, x->starts, zone).text),
		    STR(meeting_hour_in(p, x->ends, zone).text));
		if (!x->cancelled)
			entry(s,
			    listed(s, &b, MINUTES_POINTS, "Sittings",
			        DOTTED(s,
			            page_say(p, "Sitting {0}: {1}", page_i64(p, x->sitting),
			                meeting_kind_label(p, x->kind)),
			            meeting_day_in(p, x->starts, zone).text, hours, x->topic)),
			    x->seq);
	}
}

static str party_list(struct saying *s, const struct minutes_group *g, size_t way)
{
	struct buf b = buf_in(s->p->arena, 0);
	for (size_t i = 0; i < g->parties[way].n; i++) {
		const struct minutes_party *x = &g->parties[way].p[i];
		buf_sep(&b, S(", "));
		buf_put(&b, x->party.n ? x->party : page_t(s->p, "name erased"));
		if (x->people > 1)
			buf_printf(&b, " (%lld)", (long long)x->people);
	}
	return buf_str(&b);
}

/* Where it is known which sitting they attended. */
static void say_attended_sittings(struct saying *s)
{
	struct page *p = s->p;
	const struct meeting_attended_entries_rows *entries = &s->f->here_entries;
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->here_at.n; i++) {
		const struct meeting_attended_sittings_row *x = &s->f->here_at.p[i];
		struct minutes_line *l = listed(s, &b, MINUTES_POINTS, NULL,
		    DOTTED(s,
		        page_say(p, "Sitting {0}: {1}", page_i64(p, x->sitting),
		            meeting_kind_label(p, x->kind)),
		        page_say(p, "in the room: {0}, remotely: {1}", page_i64(p, x->room),
		            page_i64(p, x->remote)),
		        page_say(p, "seats: {0}", page_i64(p, x->seats), STR_EMPTY)));
		for (size_t k = 0; k < entries->n; k++)
			if (entries->p[k].sitting == x->sitting)
				entry(s, l, entries->p[k].seq);
	}
}

static void say_attendance(struct saying *s)
{
	static const char *const ways[] = {"{0}, in the room: {1}", "{0}, remotely: {1}"};
	struct page *p = s->p;
	minutes_groups groups = minutes_present(p->arena, s->f->here.p, s->f->here.n);
	struct minutes_block *b = NULL;
	int64_t seats = 0;
	for (size_t i = 0; i < groups.n; i++)
		seats += groups.p[i].seats;
	put(s, MINUTES_HEADING, page_t(p, "Attendance"));
	if (!groups.n) {
		put(s, MINUTES_TEXT, page_t(p, "No attendance has been recorded yet."));
		return;
	}
	put(s, MINUTES_TEXT,
	    page_say(p, "People who attended: {0}. Seats that were represented: {1}.",
	        page_i64(p, (int64_t)s->f->here.n), page_i64(p, seats)));
	say_attended_sittings(s);
	for (size_t i = 0; i < groups.n; i++)
		for (size_t way = 0; way < 2; way++) {
			const struct minutes_group *g = &groups.p[i];
			if (!g->people[way])
				continue;
			str of = g->constituency.n ? g->constituency : page_t(p, "Without a seat");
			struct minutes_line *l = listed(s, &b, MINUTES_POINTS, NULL,
			    page_say(p, ways[way],
			        arena_printf(
			            p->arena, "%.*s (%lld)", STR(of), (long long)g->people[way]),
			        party_list(s, g, way)));
			for (size_t k = 0; k < g->entries.n; k++)
				entry(s, l, g->entries.p[k]);
		}
}

/* --- one item --- */

static void say_documents(struct saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->documents.n; i++) {
		const struct meeting_documents_row *d = &s->f->documents.p[i];
		if (d->item == item)
			entry(s,
			    listed(
			        s, &b, MINUTES_POINTS, "Documents", DOTTED(s, d->symbol, d->title)),
			    d->seq);
	}
}

/* What was written instead of being said, or beside it. */
static void say_statements(struct saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->statements.n; i++) {
		const struct meeting_statement_line *x = &s->f->statements.p[i];
		if (x->item != item)
			continue;
		struct minutes_line *l = listed(
		    s, &b, MINUTES_POINTS, "Written statements", DOTTED(s, x->name, x->title));
		entry(s, l, x->seq);
		*vec_push(s->p->arena, &l->links) = (struct minutes_link){
		    page_say(s->p, "statement {0}", page_i64(s->p, x->statement), STR_EMPTY),
		    x->to};
	}
}

static void say_course(struct saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->spans.n; i++) {
		const struct minutes_span *x = &s->f->spans.p[i];
		if (x->item != item)
			continue;
		entry(s,
		    listed(s, &b, MINUTES_POINTS, NULL,
		        page_say(s->p, "Taken up: {0}", page_time(s->p, x->from), STR_EMPTY)),
		    x->from_seq);
		if (x->until != USEC_NONE)
			entry(s,
			    line(s, b,
			        page_say(s->p, "Left: {0}", page_time(s->p, x->until), STR_EMPTY)),
			    x->until_seq);
	}
}

static void say_speakers(struct saying *s, const minutes_turns *turns)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < turns->n; i++) {
		const struct minutes_turn *t = &turns->p[i];
		struct minutes_line *l = listed(s, &b, MINUTES_NUMBERS, "Who spoke, in this order",
		    DOTTED(s, t->party.n ? t->party : page_t(p, "name erased"),
		        floor_kind_label(p, t->kind), floor_span(p, t->seconds),
		        t->remote ? page_t(p, "remotely") : STR_EMPTY,
		        t->out_of_turn ? page_t(p, "out of turn") : STR_EMPTY));
		entry(s, l, t->seq);
		if (t->said)
			utterance(s, l, t->said);
	}
}

/* What rests on the entries of the list above it. */
static void say_times(struct saying *s, const minutes_turns *turns)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	minutes_times times = minutes_sum(p->arena, turns->p, turns->n);
	for (size_t i = 0; i < times.n; i++) {
		const struct minutes_time *t = &times.p[i];
		struct minutes_line *l =
		    listed(s, &b, MINUTES_POINTS, "Time used by each constituency",
		        DOTTED(s, t->constituency.n ? t->constituency : page_t(p, "Others"),
		            floor_span(p, t->seconds),
		            page_say(
		                p, "times with the floor: {0}", page_i64(p, t->turns), STR_EMPTY)));
		for (size_t k = 0; k < turns->n; k++)
			if (str_eq(turns->p[k].constituency, t->constituency))
				entry(s, l, turns->p[k].seq);
	}
}

static void say_unheard(struct saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->unheard.n; i++) {
		const struct minutes_turn *t = &s->f->unheard.p[i];
		str note = s->f->notes.p[i];
		if (t->item == item)
			entry(s,
			    listed(s, &b, MINUTES_POINTS,
			        "Who asked for the floor and was not heard",
			        DOTTED(s, t->party.n ? t->party : page_t(s->p, "name erased"),
			            floor_state_label(s->p, t->kind), note)),
			    t->seq);
	}
}

static void say_put(struct saying *s, const struct floor_puts_row *r)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	struct minutes_line *l = put(s, MINUTES_QUOTE, words_or_erased(s, r->text));
	entry(s, l, r->seq);
	l = put(s, MINUTES_TEXT,
	    DOTTED(s, page_say(p, "Put {0}", page_i64(p, r->put), STR_EMPTY),
	        floor_put_label(p, r->state), r->words,
	        page_say(p, "SHA-256 of the text: {0}", r->hash, STR_EMPTY)));
	entry(s, l, r->ended_seq != INT64_MIN ? r->ended_seq : r->seq);
	for (size_t i = 0; i < s->f->objections.n; i++) {
		const struct floor_objections_row *o = &s->f->objections.p[i];
		if (o->put == r->put)
			entry(s,
			    listed(s, &b, MINUTES_POINTS, NULL,
			        DOTTED(s, page_say(p, "{0} objects.", o->party, STR_EMPTY),
			            o->reason)),
			    o->seq);
	}
}

static void say_puts(struct saying *s, int64_t item)
{
	bool any = false;
	for (size_t i = s->f->puts.n; i-- > 0;) {
		if (s->f->puts.p[i].item != item)
			continue;
		if (!any)
			put(s, MINUTES_SUBHEADING, page_t(s->p, "Put to the group"));
		any = true;
		say_put(s, &s->f->puts.p[i]);
	}
}

static void say_conclusions(struct saying *s, int64_t item)
{
	struct page *p = s->p;
	bool any = false;
	for (size_t i = 0; i < s->f->conclusions.n; i++) {
		const struct meeting_conclusions_row *c = &s->f->conclusions.p[i];
		bool numbered = c->decision != INT64_MIN;
		if (c->item != item)
			continue;
		if (!any)
			put(s, MINUTES_SUBHEADING, page_t(p, "Conclusion"));
		any = true;
		entry(s, put(s, MINUTES_QUOTE, words_or_erased(s, c->text)), c->seq);
		str number = numbered ? page_i64(p, c->decision) : STR_EMPTY;
		str hash = c->text.n ? minutes_hash(p->arena, c->text) : STR_EMPTY;
		entry(s,
		    put(s, MINUTES_TEXT,
		        DOTTED(s,
		            numbered ? page_say(p, "Decision {0}", number, STR_EMPTY) : STR_EMPTY,
		            meeting_outcome_label(p, c->outcome),
		            hash.n ? page_say(p, "SHA-256 of the text: {0}", hash, STR_EMPTY)
		                   : STR_EMPTY)),
		    c->seq);
	}
}

static void say_item(struct saying *s, int64_t item)
{
	struct page *p = s->p;
	minutes_turns turns = minutes_of_item(p->arena, s->f->turns.p, s->f->turns.n, item);
	if (item)
		say_course(s, item);
	say_documents(s, item);
	say_speakers(s, &turns);
	say_times(s, &turns);
	say_unheard(s, item);
	say_statements(s, item);
	say_puts(s, item);
	say_conclusions(s, item);
}

static void say_items(struct saying *s)
{
	struct page *p = s->p;
	for (size_t i = 0; i < s->f->items.n; i++) {
		const struct meeting_items_row *x = &s->f->items.p[i];
		str title = arena_printf(p->arena, "%lld. %.*s", (long long)x->item, STR(x->title));
		put(s, MINUTES_HEADING, title);
		entry(s, put(s, MINUTES_TEXT, meeting_item_label(p, x->state)), x->seq);
		say_item(s, x->item);
	}
}

/* What belongs to the meeting and to none of its items; its heading only when there is something.
 */
static void say_others(struct saying *s)
{
	size_t before = s->out->n;
	put(s, MINUTES_HEADING, page_t(s->p, "Under no agenda item"));
	say_item(s, NO_ITEM);
	if (s->out->n == before + 1)
		s->out->n = before;
}

minutes_blocks minutes_say(struct page *p, const struct minutes_facts *f)
{
	minutes_blocks out = {0};
	struct saying s = {p, f, &out};
	say_head(&s);
	say_steps(&s);
	say_sittings(&s);
	say_attendance(&s);
	say_items(&s);
	say_others(&s);
	return out;
}
