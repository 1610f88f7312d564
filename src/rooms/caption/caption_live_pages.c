/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Live captions: who may read them, and where the software of captioners brings them. */
#include "base/hash.h"
#include "base/utf8.h"
#include "caption/layouts.h"
#include "caption_view.sql.h"
#include "engine/i18n.h"
#include "rooms/caption/caption_keep_view.h"
#include "rooms/caption/caption_pages.h"
#include "rooms/people/people.h"

#include "base/poison.h"

#define BACK_MAX 4000 /* characters that a piece may take back */

/* Of a meeting that is not public only a summary is published, so nothing is captioned live. */
enum rc caption_need_channel(struct page *p, struct caption_meeting_row *m, struct err *err)
{
	int64_t meeting;
	bool found;
	TRY(page_arg_i64(p, "meeting", &meeting, err));
	TRY(caption_meeting(p->db, p->arena, p->group.id, meeting, m, &found, err));
	if (!found || !i18n_knows(page_arg(p, "lang")))
		return ERR(err, ABSENT, NULL, "There are no captions at this address.");
	if (!str_is(m->publicity, "public"))
		return ERR(
		    err, DENIED, NULL, "This meeting is not public: it is not captioned live.");
	return OK;
}

static enum rc follow(struct page *p, struct err *err)
{
	struct caption_meeting_row m;
	return caption_need_channel(p, &m, err);
}

const struct live_row caption_lives[CAPTION_LIVES] = {
    {"/g/{group}/meetings/{meeting}/captions/{lang}/live", follow, NULL, true},
};

/* --- the software of captioners: POST /caption?token=T&seq=1&lang=en-US --- */

static enum rc find(struct inlet_call *c, struct err *err)
{
	struct caption_connection_by_hash_row row;
	struct caption_where *w = arena_new_of(c->arena, struct caption_where);
	str token = inlet_param(c, "token");
	bool found = false;
	if (token.n)
		TRY(caption_connection_by_hash(
		    c->db, c->arena, digest_str(c->arena, sha256(token)), &row, &found, err));
	if (!found)
		return ERR(err, DENIED, NULL,
		    "This address for captions is not known, or the secretariat closed it.");
	*w = (struct caption_where){.grp = row.grp,
	    .meeting = row.meeting,
	    .slug = row.slug,
	    .lang = row.lang,
	    .source = arena_printf(c->arena, "c:%lld", (long long)row.connection)};
	c->slug = w->slug;
	c->who = w;
	return OK;
}

static void answer_last(struct inlet_call *c, int64_t last)
{
	c->number = last;
	c->answer = arena_printf(c->arena, "%lld\n", (long long)last);
}

static enum rc get_seq(struct inlet_call *c, struct err *err)
{
	int64_t last;
	TRY(caption_kept_up_to(c->db, c->arena, c->who, &last, err));
	answer_last(c, last);
	return OK;
}

/* "en-US" is en; without a language it is that of the connection. */
static enum rc check_lang(
    const struct inlet_call *c, const struct caption_where *w, struct err *err)
{
	str lang = inlet_param(c, "lang");
	str primary = str_head(lang, str_find_char(lang, '-'));
	if (lang.n && !str_eq_nocase(primary, w->lang))
		return ERR(err, INVALID, "lang",
		    "This address takes captions in {0}, and these are in {1}.", w->lang, lang);
	return OK;
}

static enum rc put(struct inlet_call *c, const struct group *g, struct err *err)
{
	int64_t seq = 0, last;
	TRY(check_lang(c, c->who, err));
	if (!str_to_i64(inlet_param(c, "seq"), &seq))
		seq = 0;
	TRY(caption_keep(c, g, c->who, seq, inlet_body(c), &last, err));
	answer_last(c, last);
	return OK;
}

/* --- a program of this machine: {"group":"wgec","meeting":6,"lang":"en","source":"cart", ...} ---
 */

static enum rc find_local(struct inlet_call *c, struct err *err)
{
	struct caption_where *w = arena_new_of(c->arena, struct caption_where);
	str source = inlet_param(c, "source");
	*w =
	    (struct caption_where){.slug = inlet_param(c, "group"), .lang = inlet_param(c, "lang")};
	if (!i18n_knows(w->lang))
		return ERR(
		    err, INVALID, "lang", "The language is one of ar, en, es, fr, ru and zh.");
	if (!str_to_i64(inlet_param(c, "meeting"), &w->meeting))
		return ERR(err, INVALID, "meeting", "The meeting is a number.");
	if (!source.n || source.n > 64 || !utf8_is_text(source))
		return ERR(err, INVALID, "source", "The source is a name of at most 64 bytes.");
	TRY(caption_find_group(c->db, c->arena, w->slug, &w->grp, err));
	w->source = arena_printf(c->arena, "l:%.*s", STR(source));
	c->slug = w->slug;
	c->who = w;
	return OK;
}

const struct inlet_row caption_local = {.find = find_local, .get = get_seq, .put = put};

/* --- a captioner at the page: the form, and its script --- */

static enum rc admit(struct page *p, struct inlet_call *c, struct err *err)
{
	struct caption_meeting_row m;
	struct caption_where *w = arena_new_of(c->arena, struct caption_where);
	TRY(caption_need_channel(p, &m, err));
	if (!p->viewer.signed_in || actor_eq(p->viewer.actor, ACTOR_PUBLIC))
		return ERR(err, DENIED, NULL, "Please sign in to write captions.");
	*w = (struct caption_where){.grp = p->group.id, .slug = p->group.slug};
	TRY(page_arg_i64(p, "meeting", &w->meeting, err));
	w->lang = page_arg(p, "lang");
	w->source = arena_printf(c->arena, "p:%.*s", STR(caption_viewer(p)));
	c->slug = w->slug;
	c->who = w;
	c->answer =
	    page_url(p, S("meetings"), page_i64(p, w->meeting), S("captions"), w->lang, S("write"))
	        .s;
	return OK;
}

static enum rc need_captioner(const struct group *g, const struct caption_where *w, struct err *err)
{
	actor_id who;
	if (actor_parse(str_skip(w->source, 2), &who) &&
	    (people_holds(g, who, PERSON_SECRETARIAT, STR_EMPTY) ||
	        people_holds(g, who, PERSON_CAPTIONER, STR_EMPTY)))
		return OK;
	return ERR(err, DENIED, NULL,
	    "Captions are written by the secretariat and by captioners; the secretariat can "
	    "appoint you as one.");
}

/* One line of a form: what is no character is a space. */
static str one_line(struct arena *a, str s)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < s.n; i++)
		buf_putc(&b, (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ? ' ' : s.p[i]);
	return str_trim(buf_str(&b));
}

/* A line as the form has it: whom it names, and what it replaces. */
static enum rc whole_line(struct inlet_call *c, str *piece, struct err *err)
{
	str speaker = caption_tidy_speaker(c->arena, inlet_param(c, "speaker"));
	str words = one_line(c->arena, inlet_param(c, "words")), undo = STR_EMPTY;
	if (!words.n)
		return ERR(err, INVALID, "words", "Please write the words.");
	if (inlet_param(c, "replace").n) {
		TRY(caption_keep_undo(c, c->who, &undo, err));
		if (!undo.n)
			return ERR(err, REFUSED, "words",
			    "Your last line cannot be changed here any more: it is corrected in "
			    "the "
			    "transcript.");
	}
	*piece = speaker.n ? arena_printf(c->arena, "%.*s>> %.*s: %.*s\n", STR(undo), STR(speaker),
	                         STR(words))
	                   : arena_printf(c->arena, "%.*s%.*s\n", STR(undo), STR(words));
	return OK;
}

/* While one types: so many characters back, then these. A form carries no backspaces. */
static enum rc typed_piece(struct inlet_call *c, str *piece, struct err *err)
{
	struct buf b = buf_in(c->arena, 0);
	int64_t back;
	if (!str_to_i64(inlet_param(c, "back"), &back) || back < 0 || back > BACK_MAX)
		return ERR(err, INVALID, "back", "This is a number of characters to take back.");
	while (back-- > 0)
		buf_putc(&b, '\b');
	buf_put(&b, inlet_param(c, "piece"));
	*piece = buf_str(&b);
	return OK;
}

static enum rc put_form(struct inlet_call *c, const struct group *g, struct err *err)
{
	int64_t seq = 0;
	str piece;
	TRY(need_captioner(g, c->who, err));
	if (!str_to_i64(inlet_param(c, "seq"), &seq))
		seq = 0;
	if (inlet_param(c, "back").n)
		TRY(typed_piece(c, &piece, err));
	else
		TRY(whole_line(c, &piece, err));
	return caption_keep(c, g, c->who, seq, piece, &c->number, err);
}

const struct inlet_row caption_inlets[CAPTION_INLETS] = {
    {"/caption", .find = find, .put = put},
    {"/caption/seq", .find = find, .get = get_seq},
    {"/g/{group}/meetings/{meeting}/captions/{lang}/say", .admit = admit, .put = put_form},
};
