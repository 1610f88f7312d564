/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The meeting as it goes. */
#include "rooms/screen/screen_pages.h"

#include "engine/i18n.h"
#include "engine/room.h"
#include "rooms/meeting/meeting_pages.h"
#include "screen_live.html.h"

#include "base/poison.h"

#define USEC_MS   (USEC_SECOND / 1000)
#define SIZES     4
#define PIECE_MAX ((size_t)256 << 10)

struct page_out screen_out(const struct screen_work *w)
{
	return page_piece(w->p, PIECE_MAX);
}

void screen_add(struct screen_work *w, const char *part, str key, const struct page_out *o)
{
	*vec_push(w->p->arena, &w->out->v) = (struct piece){
	    .part = str_of(part), .key = key, .text = html_from_renderer(page_out_str(o))};
}

void screen_add_say(struct screen_work *w, const struct screen_say *say)
{
	struct page_out o = screen_out(w);
	screen_say_piece(&o, say);
	screen_add(w, "say", say->key, &o);
}

url screen_url(const struct screen_work *w, str what)
{
	return page_url(w->p, S("meetings"), page_i64(w->p, w->meeting), what);
}

url screen_captions_url(const struct screen_work *w, str lang)
{
	return page_url(
	    w->p, S("meetings"), page_i64(w->p, w->meeting), S("captions"), lang, S("live"));
}

/* --- the pieces --- */

static void add_course(struct screen_work *w)
{
	struct page *p = w->p;
	str state = w->row.state;
	struct screen_say say = {.key = S("say-course"),
	    .seq = w->row.state_seq,
	    .sentence = str_is(state, "open")        ? page_t(p, "The meeting is in session.")
	                : str_is(state, "suspended") ? page_t(p, "The meeting is suspended.")
	                                             : page_t(p, "The meeting is closed.")};
	screen_add_say(w, &say);
}

static enum rc add_items(struct screen_work *w, struct err *err)
{
	struct page *p = w->p;
	struct screen_items_rows rows = {0};
	TRY(screen_items(p->db, p->arena, p->group.id, w->meeting, &rows, err));
	page_fact(p, "items", screen_items_rows_json(p->arena, &rows));
	struct screen_say say = {.key = S("say-item"), .quiet = true};
	for (size_t i = 0; i < rows.n; i++) {
		const struct screen_items_row *r = &rows.p[i];
		struct page_out o = screen_out(w);
		struct screen_item x = {.item = r->item,
		    .key = arena_printf(p->arena, "i-%lld", (long long)r->item),
		    .title = r->title,
		    .note = r->note,
		    .to =
		        url_fragment(p->arena, page_url(p, S("meetings"), page_i64(p, w->meeting)),
		            arena_printf(p->arena, "item-%lld", (long long)r->item))};
		screen_item_piece(&o, &x);
		screen_add(w, "now", x.key, &o);
		if (w->items_n < sizeof w->items / sizeof w->items[0])
			w->items[w->items_n++] = r->item;
	}
	if (rows.n)
		say = (struct screen_say){.key = say.key,
		    .seq = rows.p[0].state_seq,
		    .sentence = page_say(p, "Item {0} is under consideration: {1}",
		        page_i64(p, rows.p[0].item), rows.p[0].title)};
	screen_add_say(w, &say);
	if (rows.n)
		return OK;
	struct page_out o = screen_out(w);
	screen_item_piece(&o, &(struct screen_item){.key = S("i-none")});
	screen_add(w, "now", S("i-none"), &o);
	return OK;
}

static enum rc add_shown(struct screen_work *w, struct err *err)
{
	struct page *p = w->p;
	struct screen_now_row r;
	bool found;
	TRY(screen_now(p->db, p->arena, p->group.id, w->meeting, &r, &found, err));
	struct page_out o = screen_out(w);
	struct screen_say say = {.key = S("say-shown"), .quiet = !found};
	struct screen_paragraph x = {0};
	if (found) {
		page_fact(p, "screen", screen_now_row_json(p->arena, &r));
		say.seq = r.seq;
		say.sentence = page_say(
		    p, "On the screen: paragraph {0} of draft {1}.", r.shown, page_i64(p, r.draft));
		x = (struct screen_paragraph){.draft = r.draft,
		    .revision = r.revision,
		    .shown = r.shown,
		    .text = r.text,
		    .lang = r.lang,
		    .hash = r.hash,
		    .to = url_fragment(
		        p->arena, page_url(p, S("drafts"), page_i64(p, r.draft)), r.paragraph),
		    .record = page_record_url(p, r.seq)};
	}
	screen_add_say(w, &say);
	screen_shown_piece(&o, &x);
	screen_add(w, "shown", S("paragraph"), &o);
	return OK;
}

static enum rc add_papers(struct screen_work *w, struct err *err)
{
	struct page *p = w->p;
	meeting_statement_lines all = {0};
	size_t n = 0;
	TRY(meeting_load_statements(p, w->meeting, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct meeting_statement_line *s = &all.p[i];
		struct page_out o = screen_out(w);
		if (!screen_is_now(w, s->item))
			continue;
		struct screen_paper x = {
		    .key = arena_printf(p->arena, "w-%lld", (long long)s->statement),
		    .name = s->name,
		    .title = s->title,
		    .lang = s->lang,
		    .to = s->to};
		screen_paper_piece(&o, &x);
		screen_add(w, "papers", x.key, &o);
		n++;
	}
	if (n)
		return OK;
	struct page_out o = screen_out(w);
	screen_no_paper_piece(&o);
	screen_add(w, "papers", S("w-none"), &o);
	return OK;
}

static enum rc need_meeting(struct screen_work *w, struct err *err)
{
	struct page *p = w->p;
	bool found;
	TRY(page_arg_i64(p, "meeting", &w->meeting, err));
	TRY(screen_meeting(p->db, p->arena, p->group.id, w->meeting, &w->row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no meeting {0} in this group.",
		    page_i64(p, w->meeting));
	if (str_is(w->row.state, "announced") || str_is(w->row.state, "cancelled"))
		return ERR(err, ABSENT, NULL,
		    "Meeting {0} has not begun; it can be followed here once it has.",
		    page_i64(p, w->meeting));
	return OK;
}

static enum rc fill_pieces(struct screen_work *w, struct err *err)
{
	TRY(need_meeting(w, err));
	w->out->erased = w->row.erased;
	add_course(w);
	TRY(add_items(w, err));
	TRY(screen_fill_floor(w, err));
	TRY(screen_fill_put(w, err));
	TRY(add_shown(w, err));
	return add_papers(w, err);
}

/* --- the page --- */

static screen_piece_list part(struct page *p, const struct pieces *all, const char *name)
{
	screen_piece_list out = {0};
	for (size_t i = 0; i < all->v.n; i++)
		if (str_is(all->v.p[i].part, name))
			*vec_push(p->arena, &out) = all->v.p[i];
	return out;
}

static void add_act(struct page *p, struct screen_live_page *v, const char *command, str label,
    int64_t meeting, bool primary)
{
	if (!page_may_do(p, command))
		return;
	struct screen_link x = {.label = label,
	    .to = page_do_url(p, command, "meeting", meeting),
	    .primary = primary,
	    .act = true};
	if (strcmp(command, "screen.show") != 0)
		x.done = page_say(p, "Done: {0}", label, STR_EMPTY);
	if (primary)
		*vec_push(p->arena, &v->first) = x;
	else
		*vec_push(p->arena, &v->acts) = x;
}

/* What only some may do: it is not among the pieces, and so does not move. */
static void fill_acts(const struct screen_work *w, struct screen_live_page *v)
{
	struct page *p = w->p;
	int64_t m = w->meeting;
	url join;
	if (!v->in_session)
		return;
	add_act(p, v, "floor.request", page_t(p, "Request the floor"), m, true);
	if (page_may(p, ROLE_OFFICE))
		*vec_push(p->arena, &v->first) =
		    (struct screen_link){.label = page_t(p, "Give the floor, put decisions"),
		        .to = v->floor,
		        .primary = true};
	add_act(p, v, "screen.show", page_t(p, "Put a paragraph on the screen"), m, false);
	add_act(p, v, "screen.clear", page_t(p, "Take the paragraph off the screen"), m, false);
	add_act(p, v, "meeting.statement", page_t(p, "List a written statement"), m, false);
	if (url_external(p->arena, w->row.url, &join))
		*vec_push(p->arena, &v->acts) =
		    (struct screen_link){.label = page_t(p, "Take part remotely"), .to = join};
}

static void fill_sizes(const struct screen_work *w, struct screen_live_page *v)
{
	static const char *const labels[SIZES] = {"Normal", "Large", "Larger", "Largest"};
	struct page *p = w->p;
	if (!str_to_i64(page_param(p, "size"), &v->size) || v->size < 1 || v->size > SIZES)
		v->size = 1;
	for (int64_t i = 1; i <= SIZES; i++)
		*vec_push(p->arena, &v->sizes) = (struct screen_size){
		    .label = page_t(p, labels[i - 1]),
		    .to = url_query(p->arena, screen_url(w, S("live")), S("size"), page_i64(p, i)),
		    .size = i,
		    .chosen = i == v->size};
}

static enum rc page_live(struct page *p, struct err *err)
{
	struct screen_live_page v = {0};
	struct pieces all = {0};
	struct screen_work w = {.p = p, .out = &all};
	if (!str_to_i64(page_param(p, "from"), &w.first))
		w.first = 0;
	TRY(fill_pieces(&w, err));
	TRY(screen_fill_said(&w, &v, err));
	v.title = w.row.title;
	v.state = w.row.state;
	v.state_label = meeting_state_label(p, w.row.state);
	v.in_session = str_is(w.row.state, "open") || str_is(w.row.state, "suspended");
	v.at = page_live_at(p);
	v.lang = p->viewer.lang;
	v.now_ms = p->now / USEC_MS;
	v.made_ms = clock_now(clock_wall()) / USEC_MS;
	v.pace = p->pace;
	v.meeting = page_url(p, S("meetings"), page_i64(p, w.meeting));
	v.floor = screen_url(&w, S("floor"));
	v.captions_page = screen_url(&w, S("captions"));
	v.transcript = screen_url(&w, S("transcript"));
	v.say = part(p, &all, "say");
	v.blank = part(p, &all, "blank");
	v.now = part(p, &all, "now");
	v.put = part(p, &all, "put");
	v.said = part(p, &all, "said");
	v.shown = part(p, &all, "shown");
	v.head = part(p, &all, "head");
	v.queue = part(p, &all, "queue");
	v.papers = part(p, &all, "papers");
	fill_sizes(&w, &v);
	fill_acts(&w, &v);
	page_fact(p, "state", json_of_str(p->arena, w.row.state));
	page_title(p, page_say(p, "Live: {0}", w.row.title, STR_EMPTY));
	p->description = page_t(p, "Who speaks, what is said and what is decided, as it goes.");
	screen_live_html(&p->out, &v);
	return OK;
}

/* What is said has a channel of its own (room caption). */
static enum rc live_pieces(struct page *p, struct pieces *out, struct err *err)
{
	struct screen_work w = {.p = p, .out = out};
	return fill_pieces(&w, err);
}

/* Whoever may see the page may follow it. */
static enum rc may_follow(struct page *p, struct err *err)
{
	struct screen_work w = {.p = p};
	return need_meeting(&w, err);
}

/* Their channel is that of the room caption, which says the same of who may read it. */
static str captions_beside(struct page *p, str lang)
{
	struct screen_work w = {.p = p};
	struct err ignored;
	if (!i18n_knows(lang) || need_meeting(&w, &ignored) != OK ||
	    !str_is(w.row.publicity, "public"))
		return STR_EMPTY;
	return screen_captions_url(&w, lang).s;
}

static const struct route routes[] = {
    {"/g/{group}/meetings/{meeting}/live", ROLE_PUBLIC, page_live, NULL},
};

static const struct live_row lives[] = {
    {"/g/{group}/meetings/{meeting}/live/events", may_follow, .pieces = live_pieces,
        .lines_beside = captions_beside},
};

const struct room_pages screen_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .lives = lives,
    .lives_n = sizeof lives / sizeof lives[0],
};
