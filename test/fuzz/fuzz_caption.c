/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fuzz_caption: the readers of transcripts on any bytes. What one of them reads keeps its promises
 * (no empty text or line, limits), and reads the same again after it was written.
 */
#include "base/must.h"
#include "base/utf8.h"
#include "caption/layouts.h"

#include "fuzz/fuzz.h"

#include "base/poison.h"

static void check_cues(struct arena *a, const caption_cues *c)
{
	must(c->n >= 1 && c->n <= CAPTION_CUES_MAX);
	for (size_t i = 0; i < c->n; i++) {
		must(c->p[i].text.n && utf8_valid(c->p[i].text) && utf8_valid(c->p[i].speaker));
		must(str_eq(caption_tidy_text(a, c->p[i].text), c->p[i].text));
		must(str_eq(caption_tidy_speaker(a, c->p[i].speaker), c->p[i].speaker));
		must((c->p[i].starts == USEC_NONE) == (c->p[i].ends == USEC_NONE));
		must(c->p[i].starts <= c->p[i].ends);
	}
}

static void check_again(
    struct arena *a, const caption_cues *c, enum caption_layout layout, str text)
{
	caption_cues again = {0};
	struct err err = {0};
	must(caption_read(a, text, layout, "file", &again, &err) == OK);
	must(again.n == c->n);
	for (size_t i = 0; i < c->n; i++) {
		must(str_eq(again.p[i].text, c->p[i].text));
		must(str_eq(again.p[i].speaker, c->p[i].speaker));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str text = {(const char *)data, size};
	for (int layout = CAPTION_CART; layout <= CAPTION_MARKDOWN; layout++) {
		caption_cues cues = {0};
		struct err err = {0};
		if (caption_read(a, text, (enum caption_layout)layout, "file", &cues, &err) != OK) {
			must(err.code == INVALID && err.msg);
			continue;
		}
		check_cues(a, &cues);
		check_again(
		    a, &cues, CAPTION_CART, caption_write_cart(a, S("Head"), cues.p, cues.n));
		check_again(a, &cues, CAPTION_VTT, caption_write_vtt(a, cues.p, cues.n));
	}
	return 0;
}
