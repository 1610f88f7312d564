/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The words of the script's transcripts, piece by piece as a captioner's software sends them. */
#include "main/replay_captions.h"

#include "base/utf8.h"
#include "engine/local.h"
#include "main/file.h"
#include "rooms/caption/caption_keep_view.h"

#include "base/poison.h"

#define STEP (150 * USEC_SECOND / 1000) /* of the wall clock, between two pieces */

/* --- what the script imports --- */

/* What interpreters said, and what was summed up, is another text; one language is captioned. */
static bool is_heard(const struct replay_captions *c, const struct json *with)
{
	str kind = json_get_str(with, S("kind"));
	return (str_is(kind, "rough") || str_is(kind, "verbatim")) &&
	       !json_get(with, S("spoken")) &&
	       (!c->lang.n || str_eq(c->lang, json_get_str(with, S("lang"))));
}

/* The text of the transcript: in the line, or in a file of the script. */
static enum rc load(
    struct replay *r, str folder, const struct json *line, str *text, struct err *err)
{
	str name = json_get_str(json_get(line, S("texts")), S("text"));
	*text = json_get_str(json_get(line, S("with")), S("text"));
	json_each (f, json_get(json_get(line, S("files")), S("file")))
		name = f->text;
	if (name.n)
		return file_load(r->arena,
		    arena_printf(r->arena, "%.*s/%.*s", STR(folder), STR(name)), text, err);
	*text = arena_str(r->arena, *text);
	return OK;
}

enum rc replay_captions_gather(struct replay_captions *c, struct replay *r, str folder,
    const struct json *line, struct err *err)
{
	const struct json *with = json_get(line, S("with"));
	str text;
	enum caption_layout layout;
	if (!is_heard(c, with))
		return OK;
	struct replay_transcript t = {
	    .sitting = json_get_i64(with, S("sitting"), 0), .imported = r->at};
	TRY(load(r, folder, line, &text, err));
	TRY(caption_layout_of(text, "file", &layout, err));
	TRY(caption_read(r->arena, text, layout, "file", &t.cues, err));
	c->lang = arena_str(r->arena, json_get_str(with, S("lang")));
	*vec_push(r->arena, &c->transcripts) = t;
	return OK;
}

bool replay_captions_has(const struct replay_captions *c, const struct json *line)
{
	return c->words.n && is_heard(c, json_get(line, S("with")));
}

/* --- saying it --- */

enum rc replay_captions_begin(
    struct replay_captions *c, struct arena *a, const struct replay_live *live, struct err *err)
{
	c->to = (struct captioner){.group = live->group,
	    .lang = c->lang,
	    .source = S("comity replay"),
	    .meeting = live->meeting,
	    .fd = -1};
	c->step = STEP * live->pace / 1000;
	return local_path(a, live->web.dir, &c->to.path, err);
}

static int64_t pieces_of(const struct replay_captions *c)
{
	return captions_pieces(&c->words.p[c->at], c->step, CAPTION_LOOSE / 2);
}

usec replay_captions_next(const struct replay_captions *c)
{
	if (c->at >= c->words.n)
		return INT64_MAX;
	return captions_piece_at(&c->words.p[c->at], pieces_of(c), c->piece);
}

/* Up to the end of the word that the piece ends with. */
static size_t piece_end(str text, int64_t pieces, int64_t piece)
{
	size_t end = text.n / (size_t)pieces * (size_t)(piece + 1);
	if (piece + 1 >= pieces)
		return text.n;
	while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n')
		end++;
	return end;
}

/* What begins a line says who speaks; paragraphs of one utterance are one line. */
static str piece_text(const struct replay_captions *c, struct arena *a, size_t end)
{
	const struct caption_cue *cue = &c->cues.p[c->at];
	struct buf b = buf_in(a, 0);
	if (!c->byte && cue->speaker.n)
		buf_printf(&b, ">> %.*s: ", STR(cue->speaker));
	else if (!c->byte && !c->words.p[c->at].note)
		buf_put(&b, S(">> "));
	for (size_t i = c->byte; i < end; i++)
		buf_putc(&b, cue->text.p[i] == '\n' ? ' ' : cue->text.p[i]);
	if (end == cue->text.n)
		buf_putc(&b, '\n');
	return buf_str(&b);
}

enum rc replay_captions_say(struct replay_captions *c, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct captioner_said said;
	str text = c->cues.p[c->at].text;
	int64_t pieces = pieces_of(c);
	size_t end = piece_end(text, pieces, c->piece);
	end = end > c->byte ? end : c->byte;
	str piece = piece_text(c, a, end);
	bool last = c->piece + 1 >= pieces;
	c->byte = last ? 0 : end;
	c->piece = last ? 0 : c->piece + 1;
	c->at += last;
	if (!piece.n)
		return OK;
	enum rc rc = captioner_send(&c->to, a, c->seq + 1, piece, &said, err);
	c->seq += rc == OK;
	if (rc != BUSY && rc != FAULT) {
		err_clear(err);
		return OK;
	}
	return ERR(err, rc, NULL, "The captions do not reach the server.");
}

void replay_captions_end(struct replay_captions *c)
{
	captioner_leave(&c->to);
}
