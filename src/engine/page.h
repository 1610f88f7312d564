/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * page: what a page function is given and what it fills. A page only reads: its
 * own read-only connection is one unchanging view of the record.
 *
 * A page function reads rows with the functions made from x_view.sql, states its
 * facts (the same that Accept: application/json gets), sets the title and writes
 * its body with a template:
 *
 *     struct call_list_page v = {0};
 *     TRY(call_list(p->db, p->arena, p->group.id, &v.rows, err));
 *     page_fact(p, "calls", call_list_rows_json(p->arena, &v.rows));
 *     page_title(p, S("Calls for contributions"));
 *     call_list_html(&p->out, &v);
 *     return OK;
 *
 * The frame (header, navigation, footer) is put around by the engine. ABSENT, DENIED ...
 * become error pages. Threads: each request has its own page.
 */
#ifndef ENGINE_PAGE_H
#define ENGINE_PAGE_H

#include "base/db.h"
#include "base/json.h"
#include "engine/act.h"
#include "engine/form.h"
#include "engine/html.h"
#include "record/log.h"

#define PAGE_PACE 1000 /* thousandths */

/* Who looks. */
struct rooms;
struct viewer {
	bool signed_in;
	actor_id account; /* none when not signed in */
	actor_id actor;   /* the person in this group, or ACTOR_PUBLIC */
	unsigned roles;   /* in this group */
	str name;         /* of the account */
	str lang;         /* of the pages: ar en es fr ru zh */
	int64_t asked;    /* how often an answer of the person is asked now, in this group */
};

/* The group of the address; id 0 for pages outside of any. */
struct page_group {
	int64_t id;
	str slug;
	str title;
	str short_title;
	str zone;  /* IANA time zone of the secretariat */
	int64_t n; /* entries in its log */
};

/*
 * Of a page that is followed while it changes (struct live_row): an element with an id, `key`, in
 * the element with the id `part`. What stands in a part are pieces alone.
 */
struct piece {
	str part, key;
	html text;
};
struct pieces {
	VEC(struct piece) v; /* in the order in which they stand on the page */
	int64_t erased; /* how much was erased in the group: what was told before is forgotten */
};

struct page;
/* The number of the last change that this page holds: whoever follows it asks for those after. */
int64_t page_live_at(const struct page *p);

struct page {
	struct arena *arena;
	struct db *db;
	struct store *store; /* the log, on the same connection and as of the same moment */
	str origin;          /* of the group's log */
	struct viewer viewer;
	struct page_group group;
	struct page_out out;
	usec now;
	int64_t
	    pace; /* how fast `now` goes: PAGE_PACE as the wall clock, unless a script is played */
	str site; /* "https://wgec.example.org": for links that leave it; may be empty */
	str title;
	str description;              /* one sentence for search engines and the head of the page */
	struct json *facts;           /* an object */
	struct page_request *request; /* opaque: for page_arg and page_param */
	const struct route *route;
	/* What stood here stands there now: who reads is led on, programs get the facts. */
	url moved;
	/* A page that is a file: bytes are sent as they are. */
	str file_bytes, file_type, file_name;
	bool passing; /* it shows what is not in the record (live captions), and changes without it
	               */
	bool microphone;     /* the browser may be asked for it on this page */
	bool file_untrusted; /* uploaded by people: sent as an attachment, sandboxed */
};

/* A piece of the address by its name in the pattern; the empty str when there is none. */
str page_arg(const struct page *p, const char *name);
/* The same as a number; ABSENT (the page is then a 404) when it is none. */
enum rc page_arg_i64(
    const struct page *p, const char *name, int64_t *out, struct err *err) MUST_USE;
/* A query parameter, or (when a form is shown again) what was typed, or the empty str. */
str page_param(const struct page *p, const char *name);

/*
 * The bytes of one part of an entry of this group, as the log keeps them; for a file to download.
 * Whoever asks has made sure that it is public, or the viewer's to see. ABSENT: no such part, or
 * it was erased. In p->arena.
 */
enum rc page_part(struct page *p, int64_t seq, size_t part, str *bytes, struct err *err) MUST_USE;

/* Borrowed; put it in p->arena. English titles are translated with page_t first. */
void page_title(struct page *p, str title);
void page_fact(struct page *p, const char *name, struct json *v);
/* False if nobody will read the facts: those of a very long page need not be stated then. */
bool page_is_data(const struct page *p);
/* A message in the viewer's language. */
str page_t(const struct page *p, const char *english);
/* The same with {0} and {1} put in. In p->arena. */
str page_say(const struct page *p, const char *english, str first, str second);
bool page_may(const struct page *p, unsigned roles);
/* What a form that is no command's sends along as _token. */
str page_token(struct page *p);
/* True if the viewer may give this command ("call.open"); for showing buttons. */
bool page_may_do(const struct page *p, const char *command);

/* True if sound is carried now (engine/audio.h); for showing the ways to listen and speak. */
bool page_has_sound(const struct page *p);
/* True if there is a relay, whose address and password the place of the offer tells. */
bool page_has_relay(const struct page *p);

/* Where a piece of the page is written apart, in its language; limit in bytes or 0. */
struct page_out page_piece(const struct page *p, size_t limit);

/* All rooms, for a page about commands. */
const struct rooms *page_rooms(const struct page *p);

/* Addresses inside the group: page_url(p, S("calls"), number_as_str) -> /g/SLUG/calls/7 */
url page_url_(const struct page *p, const str *pieces, size_t n);
#define page_url(p, ...) \
	page_url_((p), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
/* The same from a path as views keep it, in the group of that slug:
 * "meetings/1/transcript?from=7#s7", with one parameter at most. */
url page_path(const struct page *p, str slug, str path);
/* With the address of the house, for what is read elsewhere: a citation. In arena. */
str page_whole_url(const struct page *p, url u);
str page_i64(const struct page *p, int64_t v); /* digits, in arena */
/* The entry of the record: /g/SLUG/record/SEQ */
url page_record_url(const struct page *p, int64_t seq);
/* The page of a command's form: /g/SLUG/do/NAME, with the field `name` (may be NULL) already
 * filled. */
url page_do_url(const struct page *p, const char *command, const char *name, int64_t value);

/* Time for people, in the viewer's language, in the group's zone: "31 January 2018, 10:00
 * (Geneva)". */
str page_time(const struct page *p, usec t);
/* "31 January 2018" */
str page_date(const struct page *p, usec t);
/* "2018-01-31T09:12:44.123Z", for the datetime of <time>. */
str page_iso(const struct page *p, usec t);

/* For files: "Word document" for its media type; "12 KiB". */
str page_media(const struct page *p, str media_type);
str page_size(const struct page *p, int64_t bytes);

#endif
