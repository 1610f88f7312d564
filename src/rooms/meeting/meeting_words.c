/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

/* A word of the record and what people read for it. */
struct word {
	const char *value;
	const char *label;
};

static str label_of(const struct page *p, const struct word *words, size_t n, str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(value, words[i].value))
			return page_t(p, words[i].label);
	return value;
}
#define LABEL_OF(p, words, value) label_of((p), (words), sizeof(words) / sizeof(words)[0], (value))

str meeting_state_label(const struct page *p, str state)
{
	static const struct word words[] = {
	    {"announced", "Announced"},
	    {"open", "Open"},
	    {"suspended", "Suspended"},
	    {"closed", "Closed"},
	    {"cancelled", "Cancelled"},
	};
	return LABEL_OF(p, words, state);
}

str meeting_publicity_label(const struct page *p, str publicity)
{
	static const struct word words[] = {
	    {"public", "Public"},
	    {"members_observers", "Members and observers"},
	    {"members", "Members only"},
	};
	return LABEL_OF(p, words, publicity);
}

str meeting_kind_label(const struct page *p, str kind)
{
	static const struct word words[] = {
	    {"plenary", "Plenary"},
	    {"informal", "Informal"},
	    {"drafting", "Drafting group"},
	};
	return LABEL_OF(p, words, kind);
}

str meeting_item_label(const struct page *p, str state)
{
	static const struct word words[] = {
	    {"pending", "Not taken up yet"},
	    {"under_consideration", "Under consideration"},
	    {"deferred", "Deferred"},
	    {"concluded", "Concluded"},
	    {"withdrawn", "Withdrawn"},
	};
	return LABEL_OF(p, words, state);
}

str meeting_outcome_label(const struct page *p, str outcome)
{
	static const struct word words[] = {
	    {"decided", "The group decided"},
	    {"took_note", "The group took note"},
	    {"agreed_to_revert", "The group agreed to revert to the item"},
	    {"deferred", "The item was deferred"},
	};
	return LABEL_OF(p, words, outcome);
}

str meeting_record_label(const struct page *p, str kind)
{
	static const struct word words[] = {
	    {"transcript", "Transcript (not a verbatim record)"},
	    {"verbatim", "Verbatim record"},
	    {"summary", "Summary record"},
	    {"recording", "Sound or video recording"},
	};
	return LABEL_OF(p, words, kind);
}

str meeting_step_label(const struct page *p, str step)
{
	static const struct word words[] = {
	    {"announced", "Announced"},
	    {"changed", "Announcement changed"},
	    {"opened", "Opened"},
	    {"suspended", "Suspended"},
	    {"resumed", "Resumed"},
	    {"closed", "Closed"},
	    {"cancelled", "Cancelled"},
	    {"agenda_adopted", "Agenda adopted"},
	};
	return LABEL_OF(p, words, step);
}

struct meeting_when meeting_days(const struct page *p, usec starts, usec ends)
{
	struct civil a = when_civil(starts), b = when_civil(ends);
	str last = page_date(p, ends), iso = when_date(p->arena, starts);
	if (starts == ends)
		return (struct meeting_when){last, iso};
	if (a.year == b.year && a.month == b.month)
		return (struct meeting_when){
		    arena_printf(p->arena, "%d–%.*s", a.day, STR(last)), iso};
	return (struct meeting_when){
	    arena_printf(p->arena, "%.*s – %.*s", STR(page_date(p, starts)), STR(last)), iso};
}

struct meeting_when meeting_day_in(const struct page *p, usec t, str zone)
{
	struct civil c = when_in_zone(t, zone);
	usec day = when_from_civil((struct civil){.year = c.year, .month = c.month, .day = c.day});
	return meeting_days(p, day, day);
}

struct meeting_when meeting_hour_in(const struct page *p, usec t, str zone)
{
	struct buf iso = buf_in(p->arena, 0);
	struct civil c = when_in_zone(t, zone);
	when_write(&iso, t);
	return (struct meeting_when){
	    arena_printf(p->arena, "%02d:%02d", c.hour, c.minute), buf_str(&iso)};
}

url meeting_outside(const struct page *p, str address)
{
	url u = {STR_EMPTY};
	if (address.n && !url_external(p->arena, address, &u))
		u = (url){STR_EMPTY};
	return u;
}
