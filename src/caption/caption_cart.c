/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The layout of CART captioners. A head that ends at the first ">>"; ">> NAME: words" begins a
 * turn, ">> words" one of somebody unknown; a line alone in brackets is a note; an empty line
 * begins a paragraph. A backslash keeps a line of words from being taken for one of these.
 */
#include "caption/caption_inner.h"

#include "base/poison.h"

static enum rc note(struct caption_in *in, str line, struct err *err)
{
	struct caption_turn t;
	caption_turn_begin(in, &t, STR_EMPTY);
	caption_turn_add(&t, STR_EMPTY, line);
	return caption_turn_end(in, &t, err);
}

enum rc caption_read_cart(struct caption_in *in, struct err *err)
{
	struct caption_turn t = {0};
	bool begun = false, paragraph = false;
	str line, speaker = STR_EMPTY, words;
	while (caption_line(in, &line)) {
		line = str_trim(line);
		if (str_starts(line, S(">>"))) {
			TRY(caption_turn_end(in, &t, err));
			caption_marked(line, &speaker, &words);
			caption_turn_begin(in, &t, speaker);
			caption_turn_add(&t, STR_EMPTY, words);
			begun = true;
			paragraph = false;
		} else if (begun && caption_is_note(line)) {
			TRY(caption_turn_end(in, &t, err));
			TRY(note(in, line, err));
		} else if (begun && line.n) {
			/* After a note the speaker goes on. */
			if (!t.open)
				caption_turn_begin(in, &t, speaker);
			words = caption_is_escaped(line) ? str_skip(line, 1) : line;
			caption_turn_add(&t, paragraph ? S("\n") : S(" "), words);
			paragraph = false;
		} else {
			paragraph = true;
		}
	}
	return caption_turn_end(in, &t, err);
}

static void put_turn(struct buf *b, const struct caption_cue *c)
{
	str line, rest = c->text;
	buf_put(b, S(">> "));
	buf_put(b, c->speaker);
	buf_put(b, S(": "));
	for (size_t i = 0; str_cut(&rest, '\n', &line); i++) {
		if (i)
			buf_put(b, caption_needs_escape(line) ? S("\n\\") : S("\n"));
		buf_put(b, line);
		buf_putc(b, '\n');
	}
	buf_putc(b, '\n');
}

str caption_write_cart(struct arena *a, str head, const struct caption_cue *cues, size_t n)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, head);
	if (head.n)
		buf_put(&b, S("\n\n"));
	for (size_t i = 0; i < n; i++) {
		bool bare = i && !cues[i].speaker.n && caption_is_note(cues[i].text) &&
		            str_find_char(cues[i].text, '\n') == SIZE_MAX;
		if (bare) {
			buf_put(&b, cues[i].text);
			buf_put(&b, S("\n\n"));
		} else {
			put_turn(&b, &cues[i]);
		}
	}
	return buf_str(&b);
}
