/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a child's reply. What is taken for one is exactly what our writer would write. */
#include "base/must.h"
#include "engine/intake_reply.h"

#include "fuzz.h"

#include "base/poison.h"

static void rewrite(struct buf *b, const struct intake *in, enum intake_no no)
{
	if (no != NO_REASON) {
		reply_no(b, no);
		return;
	}
	reply_kind(b, in->kind);
	for (size_t i = 0; i < in->paragraphs.n; i++)
		reply_paragraph(b, in->paragraphs.p[i].level, in->paragraphs.p[i].text);
	reply_end(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str s = str_from(data, size);
	struct intake in;
	enum intake_no no;
	if (!intake_reply_read(a, s, &in, &no) || no == NO_TOO_LONG)
		return 0;
	struct buf again = buf_in(a, REPLY_MAX);
	rewrite(&again, &in, no);
	must(str_eq(buf_str(&again), s));
	return 0;
}
