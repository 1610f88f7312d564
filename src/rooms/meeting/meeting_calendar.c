/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The meetings and their sittings as a calendar (RFC 5545) that people can subscribe to. */
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

#define LINE_OCTETS 75 /* RFC 5545 3.1: longer lines are folded */

/* One content line, folded without breaking a character. */
static void put_line(struct buf *out, str line)
{
	size_t room = LINE_OCTETS;
	while (line.n > room) {
		size_t cut = room;
		while (cut > 1 && ((unsigned char)line.p[cut] & 0xC0) == 0x80)
			cut--;
		buf_put(out, str_head(line, cut));
		buf_put(out, S("\r\n "));
		line = str_skip(line, cut);
		room = LINE_OCTETS - 1; /* the space counts */
	}
	buf_put(out, line);
	buf_put(out, S("\r\n"));
}

/* A property whose value is text: backslash, comma, semicolon and line ends are escaped. */
static void put_text(struct buf *out, str name, str value)
{
	struct buf line = buf_in(out->arena, 0);
	if (!value.n)
		return;
	buf_put(&line, name);
	buf_putc(&line, ':');
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		if (c == '\\' || c == ',' || c == ';')
			buf_putc(&line, '\\');
		if (c == '\n')
			buf_put(&line, S("\\n"));
		else
			buf_putc(&line, c);
	}
	put_line(out, buf_str(&line));
}

/* "20170126T090000Z" */
static void put_time(struct buf *out, str name, usec t)
{
	struct civil c = when_civil(t);
	buf_printf(out, "%.*s:%04d%02d%02dT%02d%02d%02dZ\r\n", STR(name), c.year, c.month, c.day,
	    c.hour, c.minute, c.second);
}

static void put_day(struct buf *out, str name, usec t)
{
	struct civil c = when_civil(t);
	buf_printf(out, "%.*s;VALUE=DATE:%04d%02d%02d\r\n", STR(name), c.year, c.month, c.day);
}

static void put_meeting(
    const struct page *p, struct buf *out, const struct meeting_calendar_days_row *row)
{
	buf_put(out, S("BEGIN:VEVENT\r\n"));
	put_line(out, arena_printf(p->arena, "UID:%.*s-meeting-%lld@comity", STR(p->group.slug),
	                  (long long)row->number));
	put_time(out, S("DTSTAMP"), row->changed);
	put_day(out, S("DTSTART"), row->starts);
	put_day(out, S("DTEND"), row->ends + USEC_DAY); /* the first day after it */
	put_text(out, S("SUMMARY"),
	    arena_printf(p->arena, "%.*s: %.*s", STR(p->group.short_title), STR(row->title)));
	put_text(out, S("LOCATION"), row->place);
	put_text(out, S("DESCRIPTION"), row->how);
	put_line(
	    out, str_is(row->state, "cancelled") ? S("STATUS:CANCELLED") : S("STATUS:CONFIRMED"));
	buf_put(out, S("END:VEVENT\r\n"));
}

static void put_sitting(
    const struct page *p, struct buf *out, const struct meeting_calendar_sittings_row *row)
{
	str title = arena_printf(p->arena, "%.*s: %.*s, %.*s", STR(p->group.short_title),
	    STR(row->title), STR(meeting_kind_label(p, row->kind)));
	buf_put(out, S("BEGIN:VEVENT\r\n"));
	put_line(out, arena_printf(p->arena, "UID:%.*s-meeting-%lld-sitting-%lld@comity",
	                  STR(p->group.slug), (long long)row->meeting, (long long)row->sitting));
	put_time(out, S("DTSTAMP"), row->changed);
	put_time(out, S("DTSTART"), row->starts);
	put_time(out, S("DTEND"), row->ends);
	put_text(out, S("SUMMARY"), title);
	put_text(out, S("LOCATION"), row->room.n ? row->room : row->place);
	put_text(out, S("DESCRIPTION"), row->topic);
	put_line(out, row->cancelled ? S("STATUS:CANCELLED") : S("STATUS:CONFIRMED"));
	buf_put(out, S("END:VEVENT\r\n"));
}

enum rc meeting_page_calendar(struct page *p, struct err *err)
{
	struct meeting_calendar_days_rows days = {0};
	struct meeting_calendar_sittings_rows sittings = {0};
	struct buf out = buf_in(p->arena, 0);
	TRY(meeting_calendar_days(p->db, p->arena, p->group.id, &days, err));
	TRY(meeting_calendar_sittings(p->db, p->arena, p->group.id, &sittings, err));
	buf_put(&out, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Comity//Meetings//EN\r\n"));
	put_text(&out, S("X-WR-CALNAME"), p->group.title);
	for (size_t i = 0; i < days.n; i++)
		put_meeting(p, &out, &days.p[i]);
	for (size_t i = 0; i < sittings.n; i++)
		put_sitting(p, &out, &sittings.p[i]);
	buf_put(&out, S("END:VCALENDAR\r\n"));
	p->file_bytes = buf_str(&out);
	p->file_type = S("text/calendar; charset=utf-8");
	p->file_name = arena_printf(p->arena, "%.*s-meetings.ics", STR(p->group.slug));
	return OK;
}
