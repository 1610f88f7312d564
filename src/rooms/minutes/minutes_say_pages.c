/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Says what the record holds of a meeting. Nothing stands here that no entry says. */
#include "rooms/caption/caption.h"
#include "rooms/floor/floor_pages.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/minutes/minutes_say_pages.h"

#include "base/poison.h"

#define NO_ITEM 0

/* --- blocks, lines, links --- */

static struct minutes_block *block(struct minutes_saying *s, enum minutes_kind kind)
{
	struct minutes_block *b = vec_push(s->p->arena, s->out);
	*b = (struct minutes_block){.kind = kind};
	return b;
}

static struct minutes_line *line(struct minutes_saying *s, struct minutes_block *b, str text)
{
	struct minutes_line *l = vec_push(s->p->arena, &b->lines);
	*l = (struct minutes_line){.text = text};
	return l;
}

struct minutes_line *minutes_put(struct minutes_saying *s, enum minutes_kind kind, str text)
{
	return line(s, block(s, kind), text);
}

struct minutes_line *minutes_listed(struct minutes_saying *s, struct minutes_block **b,
    enum minutes_kind kind, const char *title, str text)
{
	if (!*b) {
		if (title)
			minutes_put(s, MINUTES_SUBHEADING, page_t(s->p, title));
		*b = block(s, kind);
	}
	return line(s, *b, text);
}

void minutes_entry(struct minutes_saying *s, struct minutes_line *l, int64_t seq)
{
	*vec_push(s->p->arena, &l->links) =
	    (struct minutes_link){page_say(s->p, "entry {0}", page_i64(s->p, seq), STR_EMPTY),
	        page_record_url(s->p, seq)};
}

static void utterance(struct minutes_saying *s, struct minutes_line *l, int64_t segment)
{
	struct page *p = s->p;
	str path = utterance_path(p->arena, s->f->number, segment);
	*vec_push(p->arena, &l->links) =
	    (struct minutes_link){page_say(p, "utterance {0}", page_i64(p, segment), STR_EMPTY),
	        page_path(p, p->group.slug, path)};
}

str minutes_dotted(struct minutes_saying *s, const str *pieces, size_t n)
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

static str words_or_erased(struct minutes_saying *s, str words)
{
	return words.n ? words : page_t(s->p, "This text was erased.");
}

/* --- the meeting as a whole --- */

static void say_head(struct minutes_saying *s)
{
	const struct meeting_one_row *m = &s->f->meeting;
	str n = page_i64(s->p, s->p->group.n);
	minutes_put(s, MINUTES_TITLE,
	    page_say(s->p, "{0}: draft of the Chair's summary", m->title, STR_EMPTY));
	struct minutes_line *l = minutes_put(s, MINUTES_TEXT,
	    MINUTES_DOTTED(s, meeting_days(s->p, m->starts, m->ends).text, m->place,
	        meeting_state_label(s->p, m->state)));
	minutes_entry(s, l, m->seq);
	minutes_put(s, MINUTES_TEXT,
	    page_say(s->p,
	        "Assembled from the record as it stood after {0} entries; it holds nothing else. "
	        "The "
	        "Chair edits it before it is published.",
	        n, STR_EMPTY));
}

static void say_steps(struct minutes_saying *s)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->steps.n; i++) {
		const struct meeting_steps_row *x = &s->f->steps.p[i];
		minutes_entry(s,
		    minutes_listed(s, &b, MINUTES_POINTS, NULL,
		        MINUTES_DOTTED(
		            s, meeting_step_label(p, x->step), page_time(p, x->time), x->reason)),
		    x->seq);
	}
}

static void say_sittings(struct minutes_saying *s)
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
			minutes_entry(s,
			    minutes_listed(s, &b, MINUTES_POINTS, "Sittings",
			        MINUTES_DOTTED(s,
			            page_say(p, "Sitting {0}: {1}", page_i64(p, x->sitting),
			                meeting_kind_label(p, x->kind)),
			            meeting_day_in(p, x->starts, zone).text, hours, x->topic)),
			    x->seq);
	}
}

/* --- one item --- */

static void say_documents(struct minutes_saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->documents.n; i++) {
		const struct meeting_documents_row *d = &s->f->documents.p[i];
		if (d->item == item)
			minutes_entry(s,
			    minutes_listed(s, &b, MINUTES_POINTS, "Documents",
			        MINUTES_DOTTED(s, d->symbol, d->title)),
			    d->seq);
	}
}

/* What was written instead of being said, or beside it. */
static void say_statements(struct minutes_saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->statements.n; i++) {
		const struct meeting_statement_line *x = &s->f->statements.p[i];
		if (x->item != item)
			continue;
		struct minutes_line *l = minutes_listed(s, &b, MINUTES_POINTS, "Written statements",
		    MINUTES_DOTTED(s, x->name, x->title));
		minutes_entry(s, l, x->seq);
		*vec_push(s->p->arena, &l->links) = (struct minutes_link){
		    page_say(s->p, "statement {0}", page_i64(s->p, x->statement), STR_EMPTY),
		    x->to};
	}
}

static void say_course(struct minutes_saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->spans.n; i++) {
		const struct minutes_span *x = &s->f->spans.p[i];
		if (x->item != item)
			continue;
		minutes_entry(s,
		    minutes_listed(s, &b, MINUTES_POINTS, NULL,
		        page_say(s->p, "Taken up: {0}", page_time(s->p, x->from), STR_EMPTY)),
		    x->from_seq);
		if (x->until != USEC_NONE)
			minutes_entry(s,
			    line(s, b,
			        page_say(s->p, "Left: {0}", page_time(s->p, x->until), STR_EMPTY)),
			    x->until_seq);
	}
}

static void say_speakers(struct minutes_saying *s, const minutes_turns *turns)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < turns->n; i++) {
		const struct minutes_turn *t = &turns->p[i];
		struct minutes_line *l =
		    minutes_listed(s, &b, MINUTES_NUMBERS, "Who spoke, in this order",
		        MINUTES_DOTTED(s, t->party.n ? t->party : page_t(p, "name erased"),
		            floor_request_label(p, t->kind, t->category), floor_span(p, t->seconds),
		            t->remote ? page_t(p, "remotely") : STR_EMPTY,
		            t->out_of_turn ? page_t(p, "out of turn") : STR_EMPTY));
		minutes_entry(s, l, t->seq);
		if (t->said)
			utterance(s, l, t->said);
	}
}

/* What rests on the entries of the list above it. */
static void say_times(struct minutes_saying *s, const minutes_turns *turns)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	minutes_times times = minutes_sum(p->arena, turns->p, turns->n);
	for (size_t i = 0; i < times.n; i++) {
		const struct minutes_time *t = &times.p[i];
		struct minutes_line *l =
		    minutes_listed(s, &b, MINUTES_POINTS, "Time used by each constituency",
		        MINUTES_DOTTED(s, t->constituency.n ? t->constituency : page_t(p, "Others"),
		            floor_span(p, t->seconds),
		            page_say(
		                p, "times with the floor: {0}", page_i64(p, t->turns), STR_EMPTY)));
		for (size_t k = 0; k < turns->n; k++)
			if (str_eq(turns->p[k].constituency, t->constituency))
				minutes_entry(s, l, turns->p[k].seq);
	}
}

static void say_unheard(struct minutes_saying *s, int64_t item)
{
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->unheard.n; i++) {
		const struct minutes_turn *t = &s->f->unheard.p[i];
		str note = s->f->notes.p[i];
		if (t->item == item)
			minutes_entry(s,
			    minutes_listed(s, &b, MINUTES_POINTS,
			        "Who asked for the floor and was not heard",
			        MINUTES_DOTTED(s,
			            t->party.n ? t->party : page_t(s->p, "name erased"),
			            floor_state_label(s->p, t->kind), note)),
			    t->seq);
	}
}

static void say_put(struct minutes_saying *s, const struct floor_puts_row *r)
{
	struct page *p = s->p;
	struct minutes_block *b = NULL;
	struct minutes_line *l = minutes_put(s, MINUTES_QUOTE, words_or_erased(s, r->text));
	minutes_entry(s, l, r->seq);
	l = minutes_put(s, MINUTES_TEXT,
	    MINUTES_DOTTED(s, page_say(p, "Put {0}", page_i64(p, r->put), STR_EMPTY),
	        floor_put_label(p, r->state), r->words,
	        page_say(p, "SHA-256 of the text: {0}", r->hash, STR_EMPTY)));
	minutes_entry(s, l, r->ended_seq != INT64_MIN ? r->ended_seq : r->seq);
	for (size_t i = 0; i < s->f->objections.n; i++) {
		const struct floor_objections_row *o = &s->f->objections.p[i];
		if (o->put == r->put)
			minutes_entry(s,
			    minutes_listed(s, &b, MINUTES_POINTS, NULL,
			        MINUTES_DOTTED(s, page_say(p, "{0} objects.", o->party, STR_EMPTY),
			            o->reason)),
			    o->seq);
	}
}

static void say_puts(struct minutes_saying *s, int64_t item)
{
	bool any = false;
	for (size_t i = s->f->puts.n; i-- > 0;) {
		if (s->f->puts.p[i].item != item)
			continue;
		if (!any)
			minutes_put(s, MINUTES_SUBHEADING, page_t(s->p, "Put to the group"));
		any = true;
		say_put(s, &s->f->puts.p[i]);
	}
}

static void say_conclusions(struct minutes_saying *s, int64_t item)
{
	struct page *p = s->p;
	bool any = false;
	for (size_t i = 0; i < s->f->conclusions.n; i++) {
		const struct meeting_conclusions_row *c = &s->f->conclusions.p[i];
		bool numbered = c->decision != INT64_MIN;
		if (c->item != item)
			continue;
		if (!any)
			minutes_put(s, MINUTES_SUBHEADING, page_t(p, "Conclusion"));
		any = true;
		minutes_entry(
		    s, minutes_put(s, MINUTES_QUOTE, words_or_erased(s, c->text)), c->seq);
		str number = numbered ? page_i64(p, c->decision) : STR_EMPTY;
		str hash = c->text.n ? minutes_hash(p->arena, c->text) : STR_EMPTY;
		minutes_entry(s,
		    minutes_put(s, MINUTES_TEXT,
		        MINUTES_DOTTED(s,
		            numbered ? page_say(p, "Decision {0}", number, STR_EMPTY) : STR_EMPTY,
		            meeting_outcome_label(p, c->outcome),
		            hash.n ? page_say(p, "SHA-256 of the text: {0}", hash, STR_EMPTY)
		                   : STR_EMPTY)),
		    c->seq);
	}
}

static void say_item(struct minutes_saying *s, int64_t item)
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

static void say_items(struct minutes_saying *s)
{
	struct page *p = s->p;
	for (size_t i = 0; i < s->f->items.n; i++) {
		const struct meeting_items_row *x = &s->f->items.p[i];
		str title = arena_printf(p->arena, "%lld. %.*s", (long long)x->item, STR(x->title));
		minutes_put(s, MINUTES_HEADING, title);
		minutes_entry(
		    s, minutes_put(s, MINUTES_TEXT, meeting_item_label(p, x->state)), x->seq);
		say_item(s, x->item);
	}
}

/* What belongs to the meeting and to none of its items; its heading only when there is something.
 */
static void say_others(struct minutes_saying *s)
{
	size_t before = s->out->n;
	minutes_put(s, MINUTES_HEADING, page_t(s->p, "Under no agenda item"));
	say_item(s, NO_ITEM);
	if (s->out->n == before + 1)
		s->out->n = before;
}

minutes_blocks minutes_say(struct page *p, const struct minutes_facts *f, enum minutes_names names)
{
	minutes_blocks out = {0};
	struct minutes_saying s = {p, f, &out};
	say_head(&s);
	say_steps(&s);
	say_sittings(&s);
	minutes_say_attendance(&s);
	say_items(&s);
	say_others(&s);
	minutes_say_participants(&s, names);
	return out;
}
