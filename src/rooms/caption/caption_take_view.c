/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lines that may change no more, as utterances of a transcript: the values of caption.take. */
#include "rooms/caption/caption_keep_view.h"

#include "base/must.h"
#include "base/utf8.h"
#include "caption/layouts.h"
#include "caption/stream.h"
#include "caption_keep.sql.h"

#include "base/poison.h"

#define BATCH_LINES 400
#define SPEECH_LONG 1000 /* characters, from which the next line begins another utterance */
/* So long after it was taken a line is still told to a reader who was away. */
#define LINGER (900 * USEC_SECOND)

typedef struct caption_keep_untaken_row line;

/* Lines of one turn, on their way into one utterance. */
struct speech {
	str speaker, source, lang;
	usec starts, ends;
	int64_t first, last; /* lines */
	struct buf words;
	bool any, note;
};

struct taking {
	struct arena *a;
	const struct command *command;
	struct caption_batch *batch;
	struct speech now;
};

static struct value *value_of(struct taking *t, const char *name)
{
	for (size_t i = 0; i < t->command->fields_n; i++)
		if (strcmp(t->command->fields[i].name, name) == 0) {
			t->batch->values[i].set = true;
			return &t->batch->values[i];
		}
	must(!"a field of caption.take");
	return NULL;
}

static void push(struct taking *t, const char *name, str s)
{
	*vec_push(t->a, &value_of(t, name)->list) = s;
}

static void end_speech(struct taking *t)
{
	struct speech *s = &t->now;
	str words = caption_tidy_text(t->a, buf_str(&s->words));
	if (s->any && words.n) {
		push(t, "utterances", words);
		push(t, "speakers", s->speaker.n ? s->speaker : S("-"));
		push(t, "times",
		    arena_printf(t->a, "%lld %lld", (long long)s->starts, (long long)s->ends));
		push(t, "lines",
		    arena_printf(t->a, "%lld %lld", (long long)s->first, (long long)s->last));
	}
	*s = (struct speech){.words = buf_in(t->a, 0)};
}

/* Scripts that write no spaces between words need none between lines. */
static str gap(str lang)
{
	return str_is(lang, "zh") ? STR_EMPTY : S(" ");
}

static void add_line(struct taking *t, const line *x)
{
	struct speech *s = &t->now;
	str speaker, words;
	bool turn = str_starts(str_trim(x->text), S(">>"));
	bool note = caption_is_note(str_trim(x->text));
	caption_line_shown(x->text, x->floor, x->proposed, &speaker, &words);
	words = str_trim(words);
	/* An empty line is the end of a paragraph. */
	if (!words.n || (s->any && (turn || note || s->note || !str_eq(s->speaker, speaker) ||
	                               !str_eq(s->source, x->source) ||
	                               utf8_count(buf_str(&s->words)) >= SPEECH_LONG)))
		end_speech(t);
	if (!words.n)
		return;
	if (!s->any)
		*s = (struct speech){.speaker = caption_tidy_speaker(t->a, speaker),
		    .source = x->source,
		    .starts = x->began,
		    .first = x->line,
		    .words = buf_in(t->a, 0),
		    .any = true,
		    .note = note};
	buf_sep(&s->words, gap(t->batch->lang));
	buf_put(&s->words, words);
	s->ends = x->changed;
	s->last = x->line;
}

static void fill(struct taking *t, const line *rows, size_t n, int64_t item)
{
	struct caption_batch *b = t->batch;
	usec began = USEC_NONE;
	b->values = arena_array(t->a, struct value, t->command->fields_n);
	t->now.words = buf_in(t->a, 0);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].gone)
			continue;
		if (began == USEC_NONE)
			began = rows[i].began;
		add_line(t, &rows[i]);
	}
	end_speech(t);
	b->last_line = rows[n - 1].line;
	if (!value_of(t, "utterances")->list.n) {
		b->values = NULL;
		return;
	}
	value_of(t, "meeting")->i = b->meeting;
	value_of(t, "kind")->s = S("rough");
	value_of(t, "lang")->s = b->lang;
	value_of(t, "began")->i = began;
	if (item)
		value_of(t, "item")->i = item;
}

/* How many of the lines, from the first, are settled and belong to one sitting and item. */
static size_t settled(const line *rows, size_t n, usec now, const struct caption_course *course,
    const struct caption_keep_waiting_row *w, int64_t *item)
{
	size_t i = 0;
	int64_t sitting = 0;
	*item = 0;
	for (bool any = false; i < n && i < BATCH_LINES; i++) {
		if (rows[i].changed + CAPTION_LOOSE > now)
			break;
		if (rows[i].gone || !rows[i].text.n)
			continue;
		int64_t in = course->sitting(course->ctx, w->slug, w->meeting, rows[i].began);
		if (any && (rows[i].item != *item || in != sitting))
			break;
		*item = rows[i].item;
		sitting = in;
		any = true;
	}
	return i;
}

static usec later(usec a, usec b)
{
	return a > b ? a : b;
}

enum rc caption_take_next(struct db *db, struct arena *a, const struct command *command, usec now,
    const struct caption_course *course, struct caption_batch *out, bool *found, usec *next,
    struct err *err)
{
	struct caption_keep_waiting_rows waiting = {0};
	TRY(caption_keep_waiting(db, a, &waiting, err));
	*found = false;
	for (size_t i = 0; i < waiting.n && !*found; i++) {
		const struct caption_keep_waiting_row *w = &waiting.p[i];
		struct caption_keep_untaken_rows rows = {0};
		int64_t item;
		TRY(caption_keep_untaken(db, a, w->grp, w->meeting, w->lang, &rows, err));
		size_t n = settled(rows.p, rows.n, now, course, w, &item);
		usec due = rows.p[0].changed + CAPTION_LOOSE;
		if (course->goes_on(course->ctx, w->slug, w->meeting))
			due = later(due, rows.p[0].began + CAPTION_GATHER);
		if (due > now) {
			*next = due < *next ? due : *next;
			continue;
		}
		*out = (struct caption_batch){
		    .grp = w->grp, .meeting = w->meeting, .slug = w->slug, .lang = w->lang};
		struct taking t = {.a = a, .command = command, .batch = out};
		fill(&t, rows.p, n, item);
		*found = true;
	}
	return OK;
}

enum rc caption_take_done(struct db *db, const struct caption_batch *b, usec now, struct err *err)
{
	return caption_keep_take(db, b->grp, b->meeting, b->lang, b->last_line, now, err);
}

enum rc caption_take_erased(struct db *db, struct arena *a, usec now, bool *any, struct err *err)
{
	struct caption_keep_erased_rows rows = {0};
	TRY(caption_keep_erased(db, a, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct caption_keep_erased_row *x = &rows.p[i];
		struct caption_keep_channel_of_row c;
		bool found;
		TRY(caption_keep_channel_of(db, a, x->grp, x->meeting, x->lang, &c, &found, err));
		must(found);
		TRY(caption_keep_channel_set(
		    db, x->grp, x->meeting, x->lang, c.id + 1, c.lines, err));
		TRY(caption_keep_line_set(db, x->grp, x->meeting, x->lang, x->line, STR_EMPTY, true,
		    true, now, c.id + 1, err));
		*any = true;
	}
	return OK;
}

enum rc caption_take_sweep(
    struct db *db, struct arena *a, usec now, bool *any, usec *next, struct err *err)
{
	int64_t at;
	TRY(caption_keep_next_drop(db, a, &at, err));
	if (at < now - LINGER) {
		*any = true;
		TRY(caption_keep_note(db, now - LINGER, err));
		TRY(caption_keep_drop(db, now - LINGER, err));
		TRY(caption_keep_next_drop(db, a, &at, err));
	}
	if (at != INT64_MAX && at + LINGER + USEC_SECOND < *next)
		*next = at + LINGER + USEC_SECOND;
	return OK;
}
