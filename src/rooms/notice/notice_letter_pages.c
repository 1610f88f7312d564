/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The notices of one act to one address, as a message: plain text, in one language. */
#include "base/buf.h"
#include "engine/i18n.h"
#include "group_view.sql.h"
#include "notice_view.sql.h"
#include "rooms/notice/notice.h"
#include "rooms/notice/notice_pages.h"

#include "base/poison.h"

/* The same entry has perhaps no further letter: then one of a later entry. */
static enum rc find_here(struct db *db, struct arena *a, int64_t grp, bool next, struct letter *l,
    bool *found, struct err *err)
{
	struct notice_letter_row row;
	TRY(notice_letter(db, a, grp, l->seq, l->key, next, &row, found, err));
	if (!*found)
		return OK;
	l->key = row.who;
	l->to = row.email;
	l->lang = row.lang;
	return OK;
}

enum rc notice_find(struct db *db, struct arena *a, int64_t grp, bool next, struct letter *l,
    bool *found, struct err *err)
{
	struct notice_next_entry_row entry;
	TRY(find_here(db, a, grp, next, l, found, err));
	while (next && !*found) {
		bool more;
		TRY(notice_next_entry(db, a, grp, l->seq + 1, &entry, &more, err));
		if (!more)
			return OK;
		l->seq = entry.seq;
		l->key = STR_EMPTY;
		TRY(find_here(db, a, grp, next, l, found, err));
	}
	return OK;
}

/* In UTC, because a message does not know where it is read. */
static void put_until(struct buf *b, const struct letter *l, usec until)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct civil c = when_civil(until);
	str day = arena_printf(
	    a, "%04d-%02d-%02d %02d:%02d UTC", c.year, c.month, c.day, c.hour, c.minute);
	buf_printf(b, "  %.*s %.*s\n", STR(i18n_get(l->lang, "Answer by")), STR(day));
}

static void put_notice(
    struct buf *b, struct arena *a, const struct letter *l, const struct notice_of_letter_row *r)
{
	const char *words = notice_words(r->what);
	str said = words ? err_fill(a, i18n_get(l->lang, words),
	                       (const str[]){r->first, r->second, r->third}, 3)
	                 : r->what;
	buf_printf(b, "* %.*s\n", STR(said));
	if (r->until)
		put_until(b, l, r->until);
	buf_printf(b, "  %.*s/%.*s\n\n", STR(l->base), STR(r->path));
}

/* Why one gets it, and how to get no more. */
static void put_foot(struct buf *b, struct arena *a, const struct letter *l,
    const struct notice_of_letter_row *first, str title)
{
	str record = arena_printf(a, "%.*s/record/%lld", STR(l->base), (long long)l->seq);
	buf_printf(
	    b, "-- \n%.*s %.*s\n", STR(i18n_get(l->lang, "The entry of the record:")), STR(record));
	if (!first->person.n) {
		str n = arena_printf(a, "%lld", (long long)first->contribution);
		buf_put(b, err_fill(a,
		               i18n_get(l->lang, "You are told because contribution {0} to {1} "
		                                 "was sent with this address."),
		               (const str[]){n, title}, 2));
		buf_putc(b, '\n');
		return;
	}
	buf_printf(b, "%.*s %.*s/notices\n", STR(i18n_get(l->lang, "All that concerns you:")),
	    STR(l->base));
	buf_put(b,
	    err_fill(a,
	        i18n_get(l->lang, "You are told because you take part in {0}. Your account has a "
	                          "setting that ends these messages:"),
	        (const str[]){title}, 1));
	buf_printf(b, " %.*s/sign-in/account\n", STR(l->site));
}

enum rc notice_write(struct db *db, struct arena *a, int64_t grp, struct letter *l, struct err *err)
{
	struct notice_of_letter_rows rows = {0};
	struct group_heading_row group;
	struct buf b = buf_in(a, 0);
	bool found;
	TRY(group_heading(db, a, grp, &group, &found, err));
	TRY(notice_of_letter(db, a, grp, l->seq, l->to, &rows, err));
	if (!rows.n)
		return ERR(err, ABSENT, NULL, "There is nobody to tell any more.");
	str title = found ? group.title : l->slug, name = found ? group.short_title : l->slug;
	const char *subject =
	    rows.p[0].asks ? "{0}: your answer is asked" : "{0}: a notice for you";
	l->subject = err_fill(a, i18n_get(l->lang, subject), (const str[]){name}, 1);
	buf_printf(&b, "%.*s\n\n", STR(title));
	for (size_t i = 0; i < rows.n; i++)
		put_notice(&b, a, l, &rows.p[i]);
	put_foot(&b, a, l, &rows.p[0], title);
	l->text = buf_str(&b);
	return OK;
}
