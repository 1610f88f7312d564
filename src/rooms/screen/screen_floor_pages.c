/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The pieces of the floor: the same places, in the same order, as on its own page. */
#include "floor_view.sql.h"
#include "rooms/floor/floor_pages.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/screen/screen_pages.h"
#include "screen_live.html.h"

#include "base/poison.h"

#define SAID_MAX 400 /* bytes of a text that are read out when it is put to the group */

static str id_of(const struct screen_work *w, const char *what, int64_t number)
{
	return arena_printf(w->p->arena, "%s-%lld", what, (long long)number);
}

static str about(const struct screen_work *w, const struct floor_requests_row *r)
{
	struct page *p = w->p;
	str item = r->item ? page_say(p, "item {0}", page_i64(p, r->item), STR_EMPTY) : STR_EMPTY;
	str par =
	    r->paragraph.n ? page_say(p, "paragraph {0}", r->paragraph, STR_EMPTY) : STR_EMPTY;
	return item.n && par.n ? page_say(p, "{0}, {1}", item, par) : item.n ? item : par;
}

static void add_speaker(struct screen_work *w, const struct floor_requests_row *r, str key)
{
	struct page *p = w->p;
	struct page_out o = screen_out(w);
	bool runs = str_is(r->state, "speaking");
	struct screen_speaker x = {.key = key,
	    .party = r->party,
	    .name = r->name,
	    .constituency = r->constituency_name,
	    .about = about(w, r),
	    .what = floor_request_label(p, r->kind, r->category),
	    .state = r->state,
	    .state_label = floor_state_label(p, r->state),
	    .remote = str_is(r->mode, "remote"),
	    .runs = runs,
	    .used = r->seconds,
	    .limit = r->minutes * 60,
	    .limit_label = floor_minutes(p, r->minutes),
	    .record = page_record_url(p, r->state_seq)};
	if (runs && r->since != INT64_MIN) {
		x.since = meeting_hour_in(p, r->since, w->row.zone).text;
		x.since_iso = page_iso(p, r->since);
	}
	screen_speaker_piece(&o, &x);
	screen_add(w, "now", key, &o);
}

static void add_place(struct screen_work *w, const struct floor_requests_row *r)
{
	struct page *p = w->p;
	struct page_out o = screen_out(w);
	struct screen_place x = {.key = id_of(w, "q", r->request),
	    .party = r->party,
	    .kind = floor_kind_label(p, r->kind),
	    .about = about(w, r),
	    /* That they come in the order in which they asked is said above the list. */
	    .why = str_is(r->why, "came") ? STR_EMPTY
	                                  : floor_why_label(p, r->why, r->constituency_name),
	    .remote = str_is(r->mode, "remote"),
	    .note = r->note,
	    .lang = r->lang.n ? r->lang : p->viewer.lang,
	    .record = page_record_url(p, r->seq)};
	screen_place_piece(&o, &x);
	screen_add(w, "queue", x.key, &o);
}

static void say_speaker(struct screen_work *w, const struct floor_requests_row *r)
{
	struct page *p = w->p;
	struct screen_say say = {.key = S("say-floor"),
	    .sentence =
	        r ? page_say(p, "{0} has the floor: {1}.", r->party, floor_kind_label(p, r->kind))
	          : STR_EMPTY,
	    .seq = r ? r->state_seq : 0,
	    .quiet = !r};
	screen_add_say(w, &say);
}

static void add_nobody(struct screen_work *w, const char *part, str key)
{
	struct page_out o = screen_out(w);
	screen_nobody_piece(&o, key);
	screen_add(w, part, key, &o);
}

/*
 * One of each kind that comes and goes with every speaker: who follows the page is told a new one
 * by what differs from one that is there, and these always are.
 */
static void add_blank(struct screen_work *w, const struct floor_lists_row *list)
{
	struct page_out speaker = screen_out(w), place = screen_out(w);
	int64_t minutes = list ? list->minutes : 0;
	struct screen_speaker f = {.key = S("f-0"),
	    .state = S("speaking"),
	    .runs = true,
	    .limit = minutes * 60,
	    .limit_label = floor_minutes(w->p, minutes)};
	struct screen_place q = {.key = S("q-0")};
	screen_speaker_piece(&speaker, &f);
	screen_add(w, "blank", f.key, &speaker);
	add_nobody(w, "blank", S("f-none"));
	screen_place_piece(&place, &q);
	screen_add(w, "blank", q.key, &place);
}

static void add_speakers(struct screen_work *w, const struct floor_requests_rows *rows)
{
	static const char *const order[] = {"speaking", "paused", "called"};
	const struct floor_requests_row *speaks = NULL;
	for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
		for (size_t i = 0; i < rows->n; i++) {
			const struct floor_requests_row *r = &rows->p[i];
			if (!str_is(r->state, order[k]))
				continue;
			if (k == 0)
				speaks = r;
			add_speaker(w, r, id_of(w, "f", r->request));
		}
	if (!speaks)
		add_nobody(w, "now", S("f-nobody"));
	say_speaker(w, speaks);
}

static void add_head(struct screen_work *w, const struct floor_lists_row *list,
    const struct floor_requests_rows *rows)
{
	struct page *p = w->p;
	struct page_out o = screen_out(w);
	struct screen_list x = {
	    .all = page_url(p, S("meetings"), page_i64(p, w->meeting), S("floor"))};
	if (list) {
		x.policy = floor_policy_label(p, list->policy);
		x.limit = floor_minutes(p, list->minutes);
		x.closed = list->closed;
	}
	for (size_t i = 0; i < rows->n; i++)
		x.waiting += str_is(rows->p[i].state, "requested");
	screen_list_piece(&o, &x);
	screen_add(w, "head", S("list"), &o);
}

enum rc screen_fill_floor(struct screen_work *w, struct err *err)
{
	struct page *p = w->p;
	struct floor_lists_rows lists = {0};
	struct floor_requests_rows rows = {0};
	size_t waiting = 0;
	TRY(floor_lists(p->db, p->arena, p->group.id, w->meeting, &lists, err));
	const struct floor_lists_row *list = lists.n ? &lists.p[lists.n - 1] : NULL;
	if (list)
		TRY(floor_requests(p->db, p->arena, p->group.id, list->list, &rows, err));
	page_fact(p, "requests", floor_requests_rows_json(p->arena, &rows));
	add_blank(w, list);
	add_speakers(w, &rows);
	add_head(w, list, &rows);
	for (size_t i = 0; i < rows.n; i++)
		if (str_is(rows.p[i].state, "on_list")) {
			add_place(w, &rows.p[i]);
			waiting++;
		}
	if (!waiting) {
		struct page_out o = screen_out(w);
		screen_empty_piece(&o, list != NULL);
		screen_add(w, "queue", S("q-none"), &o);
	}
	return OK;
}

/* --- what was put --- */

static str who_objects(
    const struct screen_work *w, int64_t put, const struct floor_objections_rows *rows)
{
	struct buf b = buf_in(w->p->arena, 0);
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->p[i].put != put)
			continue;
		if (buf_str(&b).n)
			buf_put(&b, S(", "));
		buf_put(&b, rows->p[i].party);
	}
	return buf_str(&b).n ? page_say(w->p, "Objection of: {0}", buf_str(&b), STR_EMPTY)
	                     : STR_EMPTY;
}

static str read_out(const struct screen_work *w, str text)
{
	size_t n = text.n;
	if (n <= SAID_MAX)
		return text;
	/* Between two words, if there is one near. */
	for (n = SAID_MAX; n > SAID_MAX / 2 && text.p[n] != ' ';)
		n--;
	while (n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	return arena_printf(w->p->arena, "%.*s …", STR(str_head(text, n)));
}

static void say_put(struct screen_work *w, const struct floor_puts_row *r)
{
	struct page *p = w->p;
	struct screen_say say = {.key = S("say-put"), .quiet = !r};
	if (r) {
		str n = page_i64(p, r->put);
		say.seq = r->ended_seq != INT64_MIN ? r->ended_seq : r->seq;
		say.sentence = str_is(r->state, "put")
		                   ? page_say(p, "Decision {0} is put to the group: {1}", n,
		                         read_out(w, r->text))
		               : str_is(r->state, "decided")
		                   ? page_say(p, "{0} was decided without objection.", n, STR_EMPTY)
		               : str_is(r->state, "objection")
		                   ? page_say(p, "There is an objection to {0}: it is not decided.",
		                         n, STR_EMPTY)
		                   : page_say(p, "{0} was taken back.", n, STR_EMPTY);
	}
	screen_add_say(w, &say);
}

bool screen_is_now(const struct screen_work *w, int64_t item)
{
	bool yes = item == 0;
	for (size_t i = 0; i < w->items_n; i++)
		yes |= w->items[i] == item;
	return yes;
}

/* What was decided stands there until the meeting goes on to another item. */
static bool is_over(const struct screen_work *w, const struct floor_puts_row *r)
{
	return !str_is(r->state, "put") && w->items_n > 0 && !screen_is_now(w, r->item);
}

enum rc screen_fill_put(struct screen_work *w, struct err *err)
{
	struct page *p = w->p;
	struct floor_puts_rows rows = {0};
	struct floor_objections_rows objections = {0};
	TRY(floor_puts(p->db, p->arena, p->group.id, w->meeting, &rows, err));
	TRY(floor_objections(p->db, p->arena, p->group.id, w->meeting, &objections, err));
	say_put(w, rows.n ? &rows.p[0] : NULL);
	if (!rows.n)
		return OK;
	const struct floor_puts_row *r = &rows.p[0]; /* the newest */
	page_fact(p, "put", floor_puts_row_json(p->arena, r));
	if (is_over(w, r))
		return OK;
	struct page_out o = screen_out(w);
	url floor = page_url(p, S("meetings"), page_i64(p, w->meeting), S("floor"));
	struct screen_put x = {.put = r->put,
	    .key = id_of(w, "put", r->put),
	    .text = r->text,
	    .hash = r->hash,
	    .state = r->state,
	    .state_label = floor_put_label(p, r->state),
	    .words = r->words,
	    .at = page_time(p, r->at),
	    .iso = page_iso(p, r->at),
	    .open = str_is(r->state, "put"),
	    .objections = who_objects(w, r->put, &objections),
	    .to = url_fragment(p->arena, floor, id_of(w, "decision", r->put)),
	    .record = page_record_url(p, r->seq)};
	screen_put_piece(&o, &x);
	screen_add(w, "put", x.key, &o);
	return OK;
}
