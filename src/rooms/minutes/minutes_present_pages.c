/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Says who attended: in the text how many, and which delegations; at the end, by name. */
#include "rooms/minutes/minutes_say_pages.h"

#include "base/poison.h"

/* Delegations by name, and how many came for none. */
static str party_list(struct minutes_saying *s, const struct minutes_group *g, size_t way)
{
	struct page *p = s->p;
	struct buf b = buf_in(p->arena, 0);
	int64_t others = 0;
	for (size_t i = 0; i < g->parties[way].n; i++) {
		const struct minutes_party *x = &g->parties[way].p[i];
		if (!x->party.n) {
			others = x->people;
			continue;
		}
		buf_sep(&b, S(", "));
		buf_put(&b, x->party);
		if (x->people > 1)
			buf_printf(&b, " (%lld)", (long long)x->people);
	}
	if (others && buf_str(&b).n) {
		buf_sep(&b, S(", "));
		buf_put(&b, page_say(p, "others ({0})", page_i64(p, others), STR_EMPTY));
	}
	return buf_str(&b);
}

/* Where it is known which sitting they attended. */
static void say_sittings(struct minutes_saying *s)
{
	struct page *p = s->p;
	const struct meeting_attended_entries_rows *entries = &s->f->here_entries;
	struct minutes_block *b = NULL;
	for (size_t i = 0; i < s->f->attendance.sittings.n; i++) {
		const struct meeting_attended_line *x = &s->f->attendance.sittings.p[i];
		struct minutes_line *l = minutes_listed(s, &b, MINUTES_POINTS, NULL,
		    MINUTES_DOTTED(s,
		        page_say(p, "Sitting {0}: {1}", page_i64(p, x->sitting), x->kind),
		        page_say(p, "in the room: {0}, remotely: {1}", page_i64(p, x->room),
		            page_i64(p, x->remote)),
		        page_say(p, "seats: {0}", page_i64(p, x->seats), STR_EMPTY)));
		for (size_t k = 0; k < entries->n; k++)
			if (entries->p[k].sitting == x->sitting)
				minutes_entry(s, l, entries->p[k].seq);
	}
}

static void say_group(
    struct minutes_saying *s, struct minutes_block **b, const struct minutes_group *g, size_t way)
{
	static const char *const named[] = {"{0}, in the room: {1}", "{0}, remotely: {1}"};
	static const char *const counted[] = {"{0}, in the room", "{0}, remotely"};
	struct arena *a = s->p->arena;
	if (!g->people[way])
		return;
	str of = arena_printf(a, "%.*s (%lld)", STR(g->constituency), (long long)g->people[way]);
	str parties = party_list(s, g, way);
	struct minutes_line *l = minutes_listed(s, b, MINUTES_POINTS, NULL,
	    page_say(s->p, parties.n ? named[way] : counted[way], of, parties));
	for (size_t k = 0; k < g->entries.n; k++)
		minutes_entry(s, l, g->entries.p[k]);
}

void minutes_say_attendance(struct minutes_saying *s)
{
	struct page *p = s->p;
	const struct meeting_attendance *all = &s->f->attendance;
	minutes_groups groups = minutes_present(p->arena, s->f->here.p, s->f->here.n);
	struct minutes_block *b = NULL;
	minutes_put(s, MINUTES_HEADING, page_t(p, "Attendance"));
	if (!groups.n) {
		minutes_put(s, MINUTES_TEXT, page_t(p, "No attendance has been recorded yet."));
		return;
	}
	minutes_put(s, MINUTES_TEXT,
	    page_say(p, "People who attended: {0}. Seats that were represented: {1}.",
	        page_i64(p, all->people), page_i64(p, all->seats)));
	say_sittings(s);
	for (size_t i = 0; i < groups.n; i++)
		for (size_t way = 0; way < 2; way++)
			say_group(s, &b, &groups.p[i], way);
}

/* In which sittings and how; of older records only how. */
static str presence(struct minutes_saying *s, const struct meeting_person_line *x)
{
	struct page *p = s->p;
	if (!x->room_at.n && !x->remote_at.n)
		return x->remote ? page_t(p, "remotely") : page_t(p, "in the room");
	return MINUTES_DOTTED(s,
	    x->room_at.n ? page_say(p, "in the room, sittings: {0}", x->room_at, STR_EMPTY)
	                 : STR_EMPTY,
	    x->remote_at.n ? page_say(p, "remotely, sittings: {0}", x->remote_at, STR_EMPTY)
	                   : STR_EMPTY);
}

static void say_person(
    struct minutes_saying *s, struct minutes_block **b, const struct meeting_person_line *x)
{
	struct page *p = s->p;
	str name = x->name.n ? x->name : page_t(p, "name erased");
	if (x->title.n)
		name = arena_printf(p->arena, "%.*s, %.*s", STR(name), STR(x->title));
	minutes_entry(s,
	    minutes_listed(s, b, MINUTES_POINTS, NULL,
	        MINUTES_DOTTED(s, x->representing, name, presence(s, x))),
	    x->seq);
}

void minutes_say_participants(struct minutes_saying *s, enum minutes_names names)
{
	struct page *p = s->p;
	const struct meeting_attendance *all = &s->f->attendance;
	if (!all->parts.n)
		return;
	minutes_put(s, MINUTES_HEADING, page_t(p, "List of participants"));
	if (names == MINUTES_WITHOUT_NAMES) {
		struct minutes_line *l = minutes_put(s, MINUTES_TEXT,
		    page_t(p, "It stands with the meeting, where a name that is erased goes."));
		url to = page_url(p, S("meetings"), page_i64(p, s->f->number));
		*vec_push(p->arena, &l->links) = (struct minutes_link){
		    page_t(p, "list of participants"), url_fragment(p->arena, to, S("attendance"))};
		return;
	}
	for (size_t i = 0; i < all->parts.n; i++) {
		const struct meeting_attendance_part *part = &all->parts.p[i];
		struct minutes_block *b = NULL;
		minutes_put(s, MINUTES_SUBHEADING,
		    arena_printf(p->arena, "%.*s (%zu)", STR(part->of), part->people.n));
		for (size_t k = 0; k < part->people.n; k++)
			say_person(s, &b, &part->people.p[k]);
	}
}
