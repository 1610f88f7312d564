/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake_reply.h"

#include "base/utf8.h"

#include "base/poison.h"

#define HEAD 5

static void put_head(struct buf *b, char letter, size_t n)
{
	const char head[HEAD] = {letter, (char)(n & 0xff), (char)(n >> 8 & 0xff),
	    (char)(n >> 16 & 0xff), (char)(n >> 24 & 0xff)};
	buf_put(b, str_from(head, HEAD));
}

void reply_kind(struct buf *b, enum intake_kind kind)
{
	put_head(b, 'K', 1);
	buf_putc(b, (char)kind);
}

/* The longest head of s that fits a record and does not end within a character. */
static size_t whole_prefix(str s)
{
	size_t n = REPLY_PARAGRAPH_MAX - 1;
	if (s.n <= n)
		return s.n;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

void reply_paragraph(struct buf *b, int level, str text)
{
	text = str_trim(text);
	while (text.n > 0) {
		size_t n = whole_prefix(text);
		str piece = str_trim(str_head(text, n));
		if (piece.n > 0) {
			put_head(b, 'P', piece.n + 1);
			buf_putc(b, (char)level);
			buf_put(b, piece);
		}
		text = str_skip(text, n);
	}
}

void reply_end(struct buf *b)
{
	put_head(b, 'E', 0);
}

void reply_no(struct buf *b, enum intake_no no)
{
	buf_clear(b);
	put_head(b, 'N', 1);
	buf_putc(b, (char)no);
}

struct record {
	char letter;
	str body;
};

static bool next_record(str *rest, struct record *r)
{
	if (rest->n < HEAD)
		return false;
	const unsigned char *p = (const unsigned char *)rest->p;
	size_t n = (size_t)p[1] | (size_t)p[2] << 8 | (size_t)p[3] << 16 | (size_t)p[4] << 24;
	if (n > REPLY_PARAGRAPH_MAX || n > rest->n - HEAD)
		return false;
	*r = (struct record){rest->p[0], str_from(rest->p + HEAD, n)};
	*rest = str_skip(*rest, HEAD + n);
	return true;
}

static bool read_kind(const struct record *r, struct intake *out)
{
	if (r->letter != 'K' || r->body.n != 1 || (unsigned char)r->body.p[0] > INTAKE_TEXT)
		return false;
	out->kind = (enum intake_kind)r->body.p[0];
	out->media_type = intake_media_type(out->kind);
	return true;
}

static bool read_no(const struct record *r, str rest, enum intake_no *no)
{
	if (r->body.n != 1 || rest.n != 0)
		return false;
	unsigned number = (unsigned char)r->body.p[0];
	*no = (enum intake_no)number;
	return number > NO_REASON && number < INTAKE_NO_COUNT;
}

static bool read_paragraph(struct arena *a, const struct record *r, struct intake *out)
{
	if (r->letter != 'P' || r->body.n < 2)
		return false;
	unsigned level = (unsigned char)r->body.p[0];
	str text = str_skip(r->body, 1);
	if (level > INTAKE_NOTE || !utf8_is_text(text) || str_trim(text).n != text.n)
		return false;
	*vec_push(a, &out->paragraphs) = (struct intake_paragraph){text, (int)level};
	return true;
}

bool intake_reply_read(struct arena *a, str s, struct intake *out, enum intake_no *no)
{
	*out = (struct intake){0};
	*no = NO_REASON;
	struct record r;
	if (s.n > REPLY_MAX || !next_record(&s, &r))
		return false;
	if (r.letter == 'N')
		return read_no(&r, s, no);
	if (!read_kind(&r, out))
		return false;
	while (next_record(&s, &r)) {
		if (r.letter == 'E')
			return r.body.n == 0 && s.n == 0;
		if (out->paragraphs.n == REPLY_PARAGRAPHS_MAX) {
			*no = NO_TOO_LONG;
			return true;
		}
		if (!read_paragraph(a, &r, out))
			return false;
	}
	return false;
}
