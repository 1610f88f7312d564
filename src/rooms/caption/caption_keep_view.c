/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From the pieces that come to lines that are kept; the channels after a start of the server. */
#include "rooms/caption/caption_keep_view.h"

#include "base/json.h"
#include "base/utf8.h"
#include "caption/layouts.h"
#include "caption/stream.h"
#include "caption_keep.sql.h"
#include "rooms/caption/caption.h"
#include "rooms/floor/floor.h"
#include "rooms/meeting/meeting.h"
#include "rooms/people/people.h"

#include "base/poison.h"

#define KNOWN 1024               /* pieces of a source that are known when they come again */
#define ANEW  (60 * USEC_SECOND) /* after such a silence a source may count from 1 again */

/* One piece on its way. */
struct keeping {
	struct inlet_call *c;
	const struct group *g;
	const struct caption_where *w;
	int64_t id, lines; /* of the channel */
	int64_t seq;       /* up to which all pieces of the source are in their place */
	usec at;           /* since when the next one is missing, if any waits for it */
	bool kept;         /* nobody reads what is written in a break */
	str channel;
};

/* --- how lines are said --- */

str caption_channel(struct arena *a, str slug, int64_t meeting, str lang)
{
	return arena_printf(a, "/g/%.*s/meetings/%lld/captions/%.*s/live", STR(slug),
	    (long long)meeting, STR(lang));
}

void caption_line_shown(str text, str floor, str proposed, str *speaker, str *words)
{
	bool turn;
	caption_stream_speaker(text, &turn, speaker, words);
	if (!speaker->n && !caption_is_note(str_trim(text)))
		*speaker = turn ? floor : proposed;
}

str caption_line_head(struct arena *a, str speaker, int64_t item, usec began)
{
	struct buf b = buf_in(a, 0);
	if (speaker.n) {
		buf_put(&b, S("\"s\":"));
		json_write(&b, json_of_str(a, speaker));
		buf_putc(&b, ',');
	}
	if (item)
		buf_printf(&b, "\"i\":%lld,", (long long)item);
	buf_printf(&b, "\"at\":%lld", (long long)(began / USEC_SECOND));
	return buf_str(&b);
}

/* --- lines --- */

static void say(struct keeping *k, const struct caption_keep_loose_row *row)
{
	struct inlet_said *s = vec_push(k->c->arena, &k->c->said);
	str speaker, words;
	caption_line_shown(row->text, row->floor, row->proposed, &speaker, &words);
	*s = (struct inlet_said){.channel = k->channel,
	    .id = row->id,
	    .line = row->line,
	    .text = words,
	    .head = caption_line_head(k->c->arena, speaker, row->item, row->began),
	    .gone = !row->text.n};
}

/* Who has the floor, as a label of the transcript. */
static str holder(const struct group *g, int64_t request)
{
	const struct floor_request *r = request ? floor_request_get(g, request) : NULL;
	if (!r)
		return STR_EMPTY;
	return r->party.n ? r->party : people_name(g, r->person);
}

static int64_t item_now(const struct group *g, int64_t meeting)
{
	const struct meeting *m = meeting_get(g, meeting);
	int64_t item = 0;
	for (size_t i = 0; m && i < m->items.n; i++)
		if (m->items.p[i].status == ITEM_UNDER_CONSIDERATION)
			item = (int64_t)i + 1;
	return item;
}

/*
 * While the same one has the floor, whoever the captioner named last goes on speaking; after a
 * change it is who has the floor.
 */
static enum rc begin_line(struct keeping *k, struct caption_keep_loose_row *row, struct err *err)
{
	const struct caption_where *w = k->w;
	struct caption_keep_last_row last;
	bool found;
	str words;
	TRY(caption_keep_last(
	    k->c->db, k->c->arena, w->grp, w->meeting, w->lang, w->source, &last, &found, err));
	row->line = ++k->lines;
	row->request = floor_speaking(k->g, w->meeting);
	row->floor = row->proposed = holder(k->g, row->request);
	/* After a note the speaker goes on. */
	if (found && last.request == row->request && caption_is_note(str_trim(last.text)))
		row->proposed = last.proposed;
	else if (found && last.request == row->request)
		caption_line_shown(last.text, last.floor, last.proposed, &row->proposed, &words);
	row->item = item_now(k->g, w->meeting);
	row->began = k->c->now;
	row->id = ++k->id;
	TRY(caption_keep_line_add(k->c->db, w->grp, w->meeting, w->lang, row->line, w->source,
	    row->text, row->floor, row->proposed, row->request, row->item, row->ended, k->c->now,
	    row->id, err));
	if (row->text.n)
		say(k, row);
	return OK;
}

/* What nobody sees (that the line ended) is no change for those who look on. */
static enum rc change_line(struct keeping *k, struct caption_keep_loose_row *row, str text,
    bool ended, bool gone, struct err *err)
{
	const struct caption_where *w = k->w;
	bool seen = !str_eq(row->text, text);
	if (!seen && row->ended == ended && !gone)
		return OK;
	row->text = text;
	row->ended = ended;
	if (seen)
		row->id = ++k->id;
	TRY(caption_keep_line_set(k->c->db, w->grp, w->meeting, w->lang, row->line, text, ended,
	    gone, k->c->now, row->id, err));
	if (seen)
		say(k, row);
	return OK;
}

static enum rc put_piece(struct keeping *k, str piece, struct err *err)
{
	const struct caption_where *w = k->w;
	struct arena *a = k->c->arena;
	struct caption_keep_loose_rows rows = {0};
	struct caption_stream s = {0};
	if (!k->kept)
		return OK;
	TRY(caption_keep_loose(k->c->db, a, w->grp, w->meeting, w->lang, w->source,
	    k->c->now - CAPTION_LOOSE, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(a, &s.lines) = rows.p[i].text;
	s.open = rows.n && !rows.p[rows.n - 1].ended;
	caption_stream_take(a, &s, piece);
	for (size_t i = 0; i < rows.n; i++) {
		bool gone = i >= s.lines.n;
		bool ended = i + 1 < s.lines.n || !s.open;
		TRY(change_line(k, &rows.p[i], gone ? STR_EMPTY : s.lines.p[i], ended, gone, err));
	}
	for (size_t i = rows.n; i < s.lines.n; i++) {
		struct caption_keep_loose_row row = {
		    .text = s.lines.p[i], .ended = i + 1 < s.lines.n || !s.open};
		TRY(begin_line(k, &row, err));
	}
	return OK;
}

/* --- pieces --- */

static enum rc check_meeting(const struct group *g, const struct caption_where *w, struct err *err)
{
	const struct meeting *m = meeting_get(g, w->meeting);
	const struct transcript *t = caption_transcript(g, w->meeting);
	if (!m || !meeting_has_begun(g, w->meeting))
		return ERR(err, REFUSED, NULL, "The meeting was not opened yet; try again then.");
	if (m->publicity != PUBLICITY_PUBLIC)
		return ERR(
		    err, REFUSED, NULL, "This meeting is not public: it is not captioned live.");
	if (t && t->final_seq)
		return ERR(err, REFUSED, NULL, "The transcript of this meeting is final.");
	return OK;
}

static enum rc check_piece(int64_t seq, str piece, struct err *err)
{
	if (seq < 1)
		return ERR(err, INVALID, "seq",
		    "seq numbers the pieces of a caption from 1, each one more than the last.");
	if (piece.n > CAPTION_PIECE)
		return ERR(err, INVALID, "text", "A piece of a caption has at most 16 KiB.");
	if (!utf8_valid(piece))
		return ERR(err, INVALID, "text", "The text of a caption is UTF-8; this is not.");
	return OK;
}

static str digits(const struct keeping *k, int64_t v)
{
	return arena_printf(k->c->arena, "%lld", (long long)v);
}

/* The others went on without it. */
static enum rc come_late(struct keeping *k, int64_t seq, str piece, str hash, struct err *err)
{
	const struct caption_where *w = k->w;
	TRY(put_piece(k, piece, err));
	TRY(caption_keep_piece_set(
	    k->c->db, w->grp, w->meeting, w->lang, w->source, seq, hash, (str){NULL, 0}, err));
	return caption_keep_channel_set(
	    k->c->db, w->grp, w->meeting, w->lang, k->id, k->lines, err);
}

static enum rc other_words(struct keeping *k, int64_t seq, struct err *err)
{
	return ERR(err, CONFLICT, "seq",
	    "Other words came as piece {0}; the last one was {1}: go on with the next number.",
	    digits(k, seq), digits(k, k->seq));
}

/* A number that was passed: the same words again, words that are late, or others by mistake. */
static enum rc come_again(
    struct keeping *k, int64_t seq, str piece, str hash, bool *anew, struct err *err)
{
	const struct caption_where *w = k->w;
	struct caption_keep_piece_of_row row;
	bool found;
	TRY(caption_keep_piece_of(
	    k->c->db, k->c->arena, w->grp, w->meeting, w->lang, w->source, seq, &row, &found, err));
	bool same = found && str_eq(row.hash, hash);
	*anew = *anew && seq == 1 && !same;
	if (same)
		return OK;
	/* After a silence: a program that was started anew. */
	if (*anew)
		return caption_keep_piece_clear(
		    k->c->db, w->grp, w->meeting, w->lang, w->source, err);
	if (!found && seq > k->seq - KNOWN)
		return come_late(k, seq, piece, hash, err);
	return other_words(k, seq, err);
}

/* The first one that waits: from now on the one before it is missing. */
static enum rc begin_gap(struct keeping *k, struct err *err)
{
	const struct caption_where *w = k->w;
	struct caption_keep_early_row row;
	bool found;
	TRY(caption_keep_early(k->c->db, k->c->arena, w->grp, w->meeting, w->lang, w->source,
	    k->seq, &row, &found, err));
	if (found)
		return OK;
	k->at = k->c->now;
	return caption_keep_source_set(
	    k->c->db, w->grp, w->meeting, w->lang, w->source, k->seq, k->at, err);
}

static enum rc come_early(struct keeping *k, int64_t seq, str piece, str hash, struct err *err)
{
	const struct caption_where *w = k->w;
	struct caption_keep_piece_of_row row;
	bool found;
	if (seq - k->seq > CAPTION_EARLY)
		return ERR(err, CONFLICT, "seq",
		    "Piece {0} is missing, and too many came after it; send it first.",
		    digits(k, k->seq + 1));
	TRY(caption_keep_piece_of(
	    k->c->db, k->c->arena, w->grp, w->meeting, w->lang, w->source, seq, &row, &found, err));
	if (found && !str_eq(row.hash, hash))
		return other_words(k, seq, err);
	TRY(begin_gap(k, err));
	/* Of what is written in a break nothing waits for the end of it. */
	return caption_keep_piece_set(k->c->db, w->grp, w->meeting, w->lang, w->source, seq, hash,
	    k->kept ? piece : S(""), err);
}

/* This piece, and those behind it that have waited for it. */
static enum rc come_in_order(struct keeping *k, str piece, str hash, struct err *err)
{
	const struct caption_where *w = k->w;
	struct caption_keep_piece_of_row row = {.body = piece, .hash = hash};
	bool found = true;
	while (found && row.body.p) {
		k->seq++;
		TRY(put_piece(k, row.body, err));
		TRY(caption_keep_piece_set(k->c->db, w->grp, w->meeting, w->lang, w->source, k->seq,
		    row.hash, (str){NULL, 0}, err));
		TRY(caption_keep_piece_of(k->c->db, k->c->arena, w->grp, w->meeting, w->lang,
		    w->source, k->seq + 1, &row, &found, err));
	}
	TRY(caption_keep_source_set(
	    k->c->db, w->grp, w->meeting, w->lang, w->source, k->seq, k->c->now, err));
	TRY(caption_keep_channel_set(k->c->db, w->grp, w->meeting, w->lang, k->id, k->lines, err));
	return caption_keep_piece_drop(
	    k->c->db, w->grp, w->meeting, w->lang, w->source, k->seq - KNOWN, err);
}

/* What is missing is waited for no longer. */
static enum rc go_on_without(struct keeping *k, struct err *err)
{
	const struct caption_where *w = k->w;
	struct caption_keep_early_row row;
	bool found;
	TRY(caption_keep_early(k->c->db, k->c->arena, w->grp, w->meeting, w->lang, w->source,
	    k->seq, &row, &found, err));
	if (!found)
		return OK;
	k->seq = row.seq - 1;
	return come_in_order(k, row.body, row.hash, err);
}

static enum rc load(struct keeping *k, bool *anew, struct err *err)
{
	const struct caption_where *w = k->w;
	struct caption_keep_channel_of_row channel;
	struct caption_keep_source_of_row source;
	bool found;
	TRY(caption_keep_channel_of(
	    k->c->db, k->c->arena, w->grp, w->meeting, w->lang, &channel, &found, err));
	k->id = found ? channel.id : 0;
	k->lines = found ? channel.lines : 0;
	TRY(caption_keep_source_of(
	    k->c->db, k->c->arena, w->grp, w->meeting, w->lang, w->source, &source, &found, err));
	k->seq = found ? source.seq : 0;
	k->at = found ? source.at : k->c->now;
	*anew = found && source.at + ANEW < k->c->now;
	k->channel = caption_channel(k->c->arena, w->slug, w->meeting, w->lang);
	return OK;
}

enum rc caption_keep(struct inlet_call *c, const struct group *g, const struct caption_where *w,
    int64_t seq, str piece, int64_t *last, struct err *err)
{
	struct keeping k = {.c = c, .g = g, .w = w, .kept = caption_is_kept(g, w->meeting, c->now)};
	str hash = digest_str(c->arena, sha256(piece));
	bool anew;
	TRY(check_meeting(g, w, err));
	TRY(check_piece(seq, piece, err));
	TRY(load(&k, &anew, err));
	bool again = seq <= k.seq;
	if (again) {
		TRY(come_again(&k, seq, piece, hash, &anew, err));
		again = !anew;
		if (anew)
			k.seq = 0;
	}
	if (!again && seq > k.seq + 1)
		TRY(come_early(&k, seq, piece, hash, err));
	else if (!again)
		TRY(come_in_order(&k, piece, hash, err));
	if (k.at + CAPTION_GAP <= c->now)
		TRY(go_on_without(&k, err));
	*last = k.seq;
	if (!k.kept && !again)
		c->note = S("Nothing is captioned at this moment: the meeting is not open, or the "
		            "sitting leaves no transcript. These words were not kept.");
	return OK;
}

enum rc caption_gap_next(struct db *db, struct arena *a, usec now, struct caption_where *out,
    bool *found, usec *next, struct err *err)
{
	struct caption_keep_gaps_rows rows = {0};
	*found = false;
	TRY(caption_keep_gaps(db, a, &rows, err));
	for (size_t i = 0; i < rows.n && !*found; i++) {
		const struct caption_keep_gaps_row *x = &rows.p[i];
		usec due = x->at + CAPTION_GAP;
		*out = (struct caption_where){.grp = x->grp,
		    .meeting = x->meeting,
		    .slug = x->slug,
		    .lang = x->lang,
		    .source = x->source};
		*found = due <= now;
		if (due > now && due < *next)
			*next = due;
	}
	return OK;
}

enum rc caption_gap_close(
    struct inlet_call *c, const struct group *g, const struct caption_where *w, struct err *err)
{
	struct keeping k = {.c = c, .g = g, .w = w, .kept = caption_is_kept(g, w->meeting, c->now)};
	struct err refused = {0};
	bool anew;
	/* The transcript became final meanwhile. */
	if (check_meeting(g, w, &refused) != OK)
		return caption_keep_piece_clear(c->db, w->grp, w->meeting, w->lang, w->source, err);
	TRY(load(&k, &anew, err));
	return go_on_without(&k, err);
}

enum rc caption_kept_up_to(
    struct db *db, struct arena *a, const struct caption_where *w, int64_t *last, struct err *err)
{
	struct caption_keep_source_of_row source;
	bool found;
	TRY(caption_keep_source_of(
	    db, a, w->grp, w->meeting, w->lang, w->source, &source, &found, err));
	*last = found ? source.seq : 0;
	return OK;
}

enum rc caption_find_group(struct db *db, struct arena *a, str slug, int64_t *grp, struct err *err)
{
	struct caption_keep_group_row row;
	bool found;
	TRY(caption_keep_group(db, a, slug, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, "group", "There is no group {0} here.", slug);
	*grp = row.grp;
	return OK;
}

enum rc caption_keep_undo(
    struct inlet_call *c, const struct caption_where *w, str *piece, struct err *err)
{
	struct caption_keep_loose_rows rows = {0};
	struct buf b = buf_in(c->arena, 0);
	TRY(caption_keep_loose(c->db, c->arena, w->grp, w->meeting, w->lang, w->source,
	    c->now - CAPTION_LOOSE, &rows, err));
	if (rows.n) {
		const struct caption_keep_loose_row *last = &rows.p[rows.n - 1];
		size_t n = utf8_count(last->text) + last->ended;
		while (n-- > 0)
			buf_putc(&b, '\b');
	}
	*piece = buf_str(&b);
	return OK;
}

/* --- the tables, and what stands in them when the server starts --- */

enum rc caption_kept_prepare(struct db *db, struct err *err)
{
	return db_apply(db, &caption_keep_sql, err);
}

enum rc caption_kept_recall(struct db *db, struct inlet_call *out, struct err *err)
{
	struct arena *a = out->arena;
	struct caption_keep_channels_rows channels = {0};
	struct caption_keep_all_rows rows = {0};
	TRY(caption_keep_channels(db, a, &channels, err));
	TRY(caption_keep_all(db, a, out->now, &rows, err));
	for (size_t i = 0; i < channels.n; i++) {
		const struct caption_keep_channels_row *x = &channels.p[i];
		*vec_push(a, &out->said) = (struct inlet_said){
		    .channel = caption_channel(a, x->slug, x->meeting, x->lang), .id = x->dropped};
	}
	for (size_t i = 0; i < rows.n; i++) {
		const struct caption_keep_all_row *x = &rows.p[i];
		str speaker, words;
		caption_line_shown(x->text, x->floor, x->proposed, &speaker, &words);
		*vec_push(a, &out->said) =
		    (struct inlet_said){.channel = caption_channel(a, x->slug, x->meeting, x->lang),
		        .id = x->id,
		        .line = x->line,
		        .text = words,
		        .head = caption_line_head(a, speaker, x->item, x->began),
		        .gone = !x->text.n};
	}
	return OK;
}
