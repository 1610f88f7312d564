/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake_pack.h"

#include <zlib.h>

#include "base/must.h"

#include "base/poison.h"

static void put_le(struct buf *b, uint32_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_putc(b, (char)(v >> (8 * i) & 0xff));
}

static str deflated(struct arena *a, str s)
{
	z_stream z = {0};
	must(deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK);
	size_t cap = deflateBound(&z, s.n);
	char *out = arena_push(a, cap);
	z.next_in = (Bytef *)(uintptr_t)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)cap;
	must(deflate(&z, Z_FINISH) == Z_STREAM_END);
	size_t n = z.total_out;
	deflateEnd(&z);
	return str_from(out, n);
}

/* What local header and directory have in common. */
static void put_common(struct buf *b, const struct pack_entry *e, str data)
{
	unsigned method = e->method ? e->method : e->stored ? 0 : 8;
	uint32_t crc = (uint32_t)crc32(0, (const Bytef *)e->bytes.p, (uInt)e->bytes.n);
	put_le(b, 20, 2);
	put_le(b, e->flags, 2);
	put_le(b, method, 2);
	put_le(b, 0, 2);
	put_le(b, 0x21, 2); /* 1980-01-01 */
	put_le(b, e->bad_crc ? ~crc : crc, 4);
	put_le(b, e->packed ? e->packed : (uint32_t)data.n, 4);
	put_le(b, e->unpacked ? e->unpacked : (uint32_t)e->bytes.n, 4);
	put_le(b, (uint32_t)strlen(e->name), 2);
	put_le(b, 0, 2);
}

static void put_directory(struct buf *b, const struct pack_entry *e, str data, uint32_t offset)
{
	buf_put(b, S("PK\1\2"));
	put_le(b, e->mode ? 0x31e : 20, 2);
	put_common(b, e, data);
	put_le(b, 0, 2); /* no comment, first disk, bytes */
	put_le(b, 0, 4);
	put_le(b, e->mode << 16, 4);
	put_le(b, e->offset ? e->offset : offset, 4);
	buf_put(b, str_of(e->name));
}

str pack(struct arena *a, const struct pack_entry *entries, size_t n, struct pack_end end)
{
	struct buf body = buf_in(a, 0), directory = buf_in(a, 0);
	str first = STR_EMPTY;
	for (size_t i = 0; i < n; i++) {
		const struct pack_entry *e = &entries[i];
		str data = e->elsewhere ? first : e->stored ? e->bytes : deflated(a, e->bytes);
		if (i == 0)
			first = data;
		put_directory(&directory, e, data, e->elsewhere ? 0 : (uint32_t)body.n);
		if (e->elsewhere)
			continue;
		buf_put(&body, S("PK\3\4"));
		put_common(&body, e, data);
		buf_put(&body, str_of(e->name));
		buf_put(&body, data);
	}
	uint32_t at = (uint32_t)body.n;
	buf_put(&body, buf_str(&directory));
	buf_put(&body, S("PK\5\6"));
	put_le(&body, 0, 4);
	put_le(&body, end.count ? end.count : (uint32_t)n, 2);
	put_le(&body, end.count ? end.count : (uint32_t)n, 2);
	put_le(&body, (uint32_t)directory.n, 4);
	put_le(&body, at, 4);
	put_le(&body, (uint32_t)end.comment.n, 2);
	buf_put(&body, end.comment);
	return buf_str(&body);
}

static const char types[] =
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
static const char rels[] =
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='r1' Target='word/document.xml' "
    "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/></"
    "Relationships>";

str pack_docx(struct arena *a, str document)
{
	const struct pack_entry e[] = {{.name = "[Content_Types].xml", .bytes = str_of(types)},
	    {.name = "_rels/.rels", .bytes = str_of(rels)},
	    {.name = "word/document.xml", .bytes = document}};
	return pack(a, e, 3, (struct pack_end){0});
}

str pack_odt(struct arena *a, str content)
{
	const struct pack_entry e[] = {{.name = "mimetype",
	                                   .bytes = S("application/vnd.oasis.opendocument.text"),
	                                   .stored = true},
	    {.name = "content.xml", .bytes = content}};
	return pack(a, e, 2, (struct pack_end){0});
}

str pack_docx_with(struct arena *a, struct pack_entry more)
{
	struct pack_entry e[4] = {{.name = "[Content_Types].xml", .bytes = str_of(types)},
	    {.name = "_rels/.rels", .bytes = str_of(rels)},
	    {.name = "word/document.xml",
	        .bytes = pack_word(a, "", S("<w:p><w:r><w:t>good text</w:t></w:r></w:p>"))},
	    more};
	for (size_t i = 0; i < 3; i++) {
		if (str_is(str_of(more.name), e[i].name)) {
			e[i] = more;
			return pack(a, e, 3, (struct pack_end){0});
		}
	}
	return pack(a, e, 4, (struct pack_end){0});
}

str pack_word(struct arena *a, const char *prologue, str body)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, str_of(prologue));
	buf_put(&b,
	    S("<w:document "
	      "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"));
	buf_put(&b, body);
	buf_put(&b, S("</w:body></w:document>"));
	return buf_str(&b);
}

str pack_content(struct arena *a, const char *prologue, str text)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, str_of(prologue));
	buf_put(&b, S("<office:document-content "
	              "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
	              "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><"
	              "office:text>"));
	buf_put(&b, text);
	buf_put(&b, S("</office:text></office:body></office:document-content>"));
	return buf_str(&b);
}

str pack_repeat(struct arena *a, str s, size_t n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < n; i++)
		buf_put(&b, s);
	return buf_str(&b);
}
