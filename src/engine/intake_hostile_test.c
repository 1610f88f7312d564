/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Files made to do harm: each is refused within about a second, or read without harm, while
 * another thread goes on taking good files.
 *
 * long: forty makers of hostile files, which nobody reads in one go.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <zlib.h>

#include "base/when.h"
#include "engine/intake.h"
#include "engine/intake_pack.h"
#include "t.h"

#include "base/poison.h"

__attribute__((constructor)) static void be_a_child(int argc, char **argv)
{
	intake_child(argc, argv);
}

#define MIB ((size_t)1 << 20)

static str word(struct arena *a, str body)
{
	return pack_docx(a, pack_word(a, "", body));
}

/* ---- bombs ---- */

static str bomb_docx(struct arena *a)
{
	return word(
	    a, pack_repeat(
	           a, S("<w:p>                                                    </w:p>"), MIB));
}
static str bomb_docx_text(struct arena *a)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("<w:p><w:r><w:t>"));
	buf_put(&b, pack_repeat(a, S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 2 * MIB));
	buf_put(&b, S("</w:t></w:r></w:p>"));
	return word(a, buf_str(&b));
}
static str bomb_odt(struct arena *a)
{
	return pack_odt(
	    a, pack_content(a, "", pack_repeat(a, S("<text:p>          </text:p>"), 2 * MIB)));
}
static str bomb_part(struct arena *a, const char *name)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("<a>"));
	buf_put(&b, pack_repeat(a, S("                                "), MIB));
	buf_put(&b, S("</a>"));
	return pack_docx_with(a, (struct pack_entry){.name = name, .bytes = buf_str(&b)});
}
static str bomb_rels(struct arena *a)
{
	return bomb_part(a, "_rels/.rels");
}
static str bomb_styles(struct arena *a)
{
	return bomb_part(a, "word/styles.xml");
}
static str bomb_unread(struct arena *a)
{
	return bomb_part(a, "word/media/image1.png");
}
static str bomb_mimetype(struct arena *a)
{
	const struct pack_entry e[] = {
	    {.name = "mimetype", .bytes = pack_repeat(a, S("application/"), 4 * MIB)}};
	return pack(a, e, 1, (struct pack_end){0});
}
/* Below the ratio, above the sum. */
static str bomb_patient(struct arena *a)
{
	struct t_rand r = {7};
	struct buf noise = buf_in(a, 0);
	for (int i = 0; i < 14000; i++)
		buf_putc(&noise,
		    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ__"[t_rand_below(
		        &r, 64)]);
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("<w:p><w:r><x>"));
	for (size_t i = 0; i < 210; i++) {
		buf_put(&b, buf_str(&noise));
		buf_put(
		    &b, pack_repeat(a, S("                                "), (MIB - 14000) / 32));
	}
	buf_put(&b, S("</x></w:r></w:p>"));
	return word(a, buf_str(&b));
}
static str bomb_overlap(struct arena *a)
{
	struct pack_entry e[100] = {
	    {.name = "word/document.xml", .bytes = pack_repeat(a, S("0123456789abcdef"), MIB)}};
	char *names = arena_push(a, 100 * 8);
	for (size_t i = 1; i < 100; i++) {
		names[i * 8] = (char)('a' + i % 26);
		names[i * 8 + 1] = (char)('a' + i / 26);
		e[i] = (struct pack_entry){
		    .name = names + i * 8, .bytes = e[0].bytes, .elsewhere = true};
	}
	return pack(a, e, 100, (struct pack_end){0});
}
static str many_entries(struct arena *a, size_t n, unsigned claimed)
{
	struct pack_entry *e = arena_array(a, struct pack_entry, n);
	for (size_t i = 0; i < n; i++)
		e[i] = (struct pack_entry){
		    .name = arena_z(a, arena_printf(a, "word/%zu.xml", i)), .stored = true};
	return pack(a, e, n, (struct pack_end){.count = claimed});
}
static str entries_2001(struct arena *a)
{
	return many_entries(a, 2001, 0);
}
static str entries_60000(struct arena *a)
{
	return many_entries(a, 60000, 0);
}
static str entries_claimed(struct arena *a)
{
	return many_entries(a, 3, 65535);
}
static str entries_hidden(struct arena *a)
{
	return many_entries(a, 5000, 2);
}

/* ---- packages ---- */

static str nested_zip(struct arena *a)
{
	const struct pack_entry in[] = {{.name = "0", .bytes = pack_repeat(a, S("00000000"), MIB)}};
	str inner = pack(a, in, 1, (struct pack_end){0});
	const struct pack_entry e[] = {
	    {.name = "1.zip", .bytes = inner}, {.name = "2.zip", .bytes = inner}};
	return pack(a, e, 2, (struct pack_end){0});
}
static str nested_in_docx(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "word/embeddings/a.zip", .bytes = nested_zip(a)});
}
static str zip_slip(struct arena *a)
{
	const struct pack_entry e[] = {
	    {.name = "../../../../etc/cron.d/x", .bytes = S("* * * * * root true\n")},
	    {.name = "/etc/passwd", .bytes = S("root::0:0:::\n")}};
	return pack(a, e, 2, (struct pack_end){0});
}
static str zip_slip_in_docx(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "../../../../etc/cron.d/x", .bytes = S("x")});
}
static str relation_outside(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "_rels/.rels",
	           .bytes = S("<Relationships><Relationship Target='/../../../etc/passwd' "
	                      "Type='x/officeDocument'/></Relationships>")});
}
static str symlink_entry(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "word/x", .bytes = S("/etc/passwd"), .mode = 0120777});
}
static str symlink_document(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){
	           .name = "word/document.xml", .bytes = S("/etc/passwd"), .mode = 0120777});
}
static str locked_entry(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "word/x", .bytes = S("x"), .flags = 1});
}
static str odd_method(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "word/document.xml", .bytes = S("<a/>"), .method = 97});
}
static str bad_crc(struct arena *a)
{
	return pack_docx_with(a,
	    (struct pack_entry){.name = "word/document.xml", .bytes = S("<a/>"), .bad_crc = true});
}
static str claimed_small(struct arena *a)
{
	return pack_docx_with(a, (struct pack_entry){.name = "word/document.xml",
	                             .bytes = pack_word(a, "", pack_repeat(a, S("<w:p/>"), 10000)),
	                             .unpacked = 5});
}
static str claimed_large(struct arena *a)
{
	return pack_docx_with(a, (struct pack_entry){.name = "word/document.xml",
	                             .bytes = pack_word(a, "", S("<w:p/>")),
	                             .unpacked = 0xfffffff0U});
}
static str claimed_packed(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){
	           .name = "word/document.xml", .bytes = S("<a/>"), .packed = 0xfffffff0U});
}
static str offset_outside(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){
	           .name = "word/document.xml", .bytes = S("<a/>"), .offset = 0x7fffffffU});
}
static str zip64_claims(struct arena *a)
{
	return pack_docx_with(a, (struct pack_entry){.name = "word/document.xml",
	                             .bytes = S("<a/>"),
	                             .packed = 0xffffffffU,
	                             .unpacked = 0xffffffffU,
	                             .offset = 0xffffffffU});
}
static str twice(struct arena *a)
{
	const struct pack_entry e[] = {{.name = "[Content_Types].xml", .bytes = S("<Types/>")},
	    {.name = "word/document.xml",
	        .bytes = pack_word(a, "", S("<w:p><w:r><w:t>shown</w:t></w:r></w:p>"))},
	    {.name = "word/document.xml",
	        .bytes = pack_word(a, "", S("<w:p><w:r><w:t>meant</w:t></w:r></w:p>"))}};
	return pack(a, e, 3, (struct pack_end){0});
}
static str macros(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "word/vbaProject.bin", .bytes = S("x")});
}
static str spreadsheet(struct arena *a)
{
	const struct pack_entry e[] = {{.name = "[Content_Types].xml", .bytes = S("<Types/>")},
	    {.name = "xl/workbook.xml", .bytes = S("<workbook/>")}};
	return pack(a, e, 2, (struct pack_end){0});
}
static str spreadsheet_odf(struct arena *a)
{
	const struct pack_entry e[] = {
	    {.name = "mimetype",
	        .bytes = S("application/vnd.oasis.opendocument.spreadsheet"),
	        .stored = true},
	    {.name = "content.xml", .bytes = pack_content(a, "", STR_EMPTY)}};
	return pack(a, e, 2, (struct pack_end){0});
}
static str book(struct arena *a)
{
	const struct pack_entry e[] = {
	    {.name = "mimetype", .bytes = S("application/epub+zip"), .stored = true}};
	return pack(a, e, 1, (struct pack_end){0});
}
static str other_root(struct arena *a)
{
	return pack_docx(a, S("<html xmlns='http://www.w3.org/1999/xhtml'><p>x</p></html>"));
}
static str truncated_half(struct arena *a)
{
	str s = word(a, pack_repeat(a, S("<w:p/>"), 1000));
	return str_head(s, s.n / 2);
}
static str truncated_end(struct arena *a)
{
	str s = word(a, S("<w:p/>"));
	return str_head(s, s.n - 5);
}
static str only_magic(struct arena *a)
{
	(void)a;
	return S("PK\3\4");
}
static str garbage_zip(struct arena *a)
{
	struct t_rand r = {11};
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("PK\3\4"));
	for (int i = 0; i < 100000; i++)
		buf_putc(&b, (char)t_rand_next(&r));
	return buf_str(&b);
}
static str end_records(struct arena *a)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("PK\3\4"));
	buf_put(&b, pack_repeat(a, S("PK\5\6\0\0\0\0\1\0\1\0\377\377\0\0\0\0\0\0\0\0"), 100000));
	return buf_str(&b);
}

/* ---- XML ---- */

static const char laughs[] =
    "<!DOCTYPE z [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
    "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]>";
static const char passwd[] = "<!DOCTYPE z [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
static const char parameter[] =
    "<!DOCTYPE z [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'> %p;]>";
static const char external[] = "<!DOCTYPE z SYSTEM 'http://127.0.0.1:9/x.dtd'>";
static const char late[] = "<?xml version='1.0'?><!-- x --><?p q?>\n\n<!DOCTYPE z>";

static str docx_after(struct arena *a, const char *prologue, const char *text)
{
	str body = arena_printf(a, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", text);
	return pack_docx(a, pack_word(a, prologue, body));
}
static str billion_laughs(struct arena *a)
{
	return docx_after(a, laughs, "&f;&f;&f;&f;");
}
static str billion_laughs_odt(struct arena *a)
{
	return pack_odt(a, pack_content(a, laughs, S("<text:p>&f;</text:p>")));
}
static str xxe(struct arena *a)
{
	return docx_after(a, passwd, "&x;");
}
static str xxe_odt(struct arena *a)
{
	return pack_odt(a, pack_content(a, passwd, S("<text:p>&x;</text:p>")));
}
static str xxe_parameter(struct arena *a)
{
	return docx_after(a, parameter, "x");
}
static str xxe_external(struct arena *a)
{
	return docx_after(a, external, "&x;");
}
static str doctype_late(struct arena *a)
{
	return docx_after(a, late, "x");
}
static str doctype_rels(struct arena *a)
{
	return pack_docx_with(
	    a, (struct pack_entry){.name = "_rels/.rels",
	           .bytes = arena_printf(a, "%s<Relationships>&x;</Relationships>", passwd)});
}
static str doctype_styles(struct arena *a)
{
	return pack_docx_with(a, (struct pack_entry){.name = "word/styles.xml",
	                             .bytes = arena_printf(a, "%s<s>&x;</s>", passwd)});
}
static str doctype_manifest(struct arena *a)
{
	const struct pack_entry e[] = {{.name = "mimetype",
	                                   .bytes = S("application/vnd.oasis.opendocument.text"),
	                                   .stored = true},
	    {.name = "content.xml", .bytes = pack_content(a, "", S("<text:p>x</text:p>"))},
	    {.name = "META-INF/manifest.xml", .bytes = arena_printf(a, "%s<m>&x;</m>", passwd)}};
	return pack(a, e, 3, (struct pack_end){0});
}
static str doctype_wide(struct arena *a)
{
	str narrow =
	    pack_word(a, "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE z [<!ENTITY x 'y'>]>",
	        S("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"));
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("\xff\xfe"));
	for (size_t i = 0; i < narrow.n; i++) {
		buf_putc(&b, narrow.p[i]);
		buf_putc(&b, 0);
	}
	return pack_docx(a, buf_str(&b));
}
static str deep(struct arena *a, size_t n)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, pack_repeat(a, S("<w:p>"), n));
	buf_put(&b, pack_repeat(a, S("</w:p>"), n));
	return word(a, buf_str(&b));
}
static str deep_300(struct arena *a)
{
	return deep(a, 300);
}
static str deep_million(struct arena *a)
{
	return deep(a, 1000000);
}
static str deep_250(struct arena *a)
{
	return deep(a, 250);
}
static str broken_utf8(struct arena *a)
{
	return word(a, S("<w:p><w:r><w:t>\xff\xfe\x80</w:t></w:r></w:p>"));
}
static str nul_in_xml(struct arena *a)
{
	return word(a, S("<w:p>\0</w:p>"));
}
static str unknown_entity(struct arena *a)
{
	return docx_after(a, "", "&passwd;");
}
static str unclosed(struct arena *a)
{
	return pack_docx(
	    a, S("<w:document "
	         "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p>"));
}
static str odd_charset(struct arena *a)
{
	return docx_after(a, "<?xml version='1.0' encoding='EBCDIC-US'?>", "x");
}
static str utf7(struct arena *a)
{
	return docx_after(a, "<?xml version='1.0' encoding='UTF-7'?>", "x");
}
static str empty_part(struct arena *a)
{
	return pack_docx(a, STR_EMPTY);
}
static str wide_attribute(struct arena *a)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("<w:p a='"));
	buf_put(&b, pack_repeat(a, S("0123456789abcdef0123456789ABCDEFxyzw"), MIB / 3));
	buf_put(&b, S("'/>"));
	return word(a, buf_str(&b));
}
static str many_attributes(struct arena *a)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("<w:p"));
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, " a%d='%d'", i, i);
	buf_put(&b, S("/>"));
	return word(a, buf_str(&b));
}
static str many_names(struct arena *a)
{
	struct buf b = buf_in(a, 0);
	for (int i = 0; i < 300000; i++)
		buf_printf(&b, "<e%d/>", i);
	return word(a, buf_str(&b));
}
static str many_paragraphs(struct arena *a)
{
	return word(a, pack_repeat(a, S("<w:p><w:r><w:t>x</w:t></w:r></w:p>"), 200001));
}
static str much_text(struct arena *a)
{
	struct t_rand r = {3};
	struct buf line = buf_in(a, 0);
	buf_put(&line, S("<w:p><w:r><w:t>"));
	for (int i = 0; i < 30000; i++)
		buf_putc(&line, "abcdefghijklmnopqrstuvwxyz"[t_rand_below(&r, 26)]);
	buf_put(&line, S("</w:t></w:r></w:p>"));
	struct buf b = buf_in(a, 0);
	for (int i = 0; i < 1200; i++) {
		buf_put(&b, buf_str(&line));
		buf_printf(&b, "<w:p><w:r><w:t>%d</w:t></w:r></w:p>", i);
	}
	return word(a, buf_str(&b));
}
/* Deleted paragraph ends without end, inside boxes inside boxes. */
static str merged_boxes(struct arena *a)
{
	struct buf b = buf_in(a, 0);
	for (int i = 0; i < 40; i++)
		buf_put(
		    &b, S("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>good text</w:t>"));
	for (int i = 0; i < 40; i++)
		buf_put(&b, S("</w:r></w:p>"));
	return word(a, buf_str(&b));
}

/* ---- two kinds at once ---- */

static str pdf_and_zip(struct arena *a)
{
	return arena_printf(a, "%%PDF-1.4\n%%%%EOF\n%.*s", STR(nested_zip(a)));
}
static str polyglot_bytes(struct arena *a, str head)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, head);
	buf_put(&b, word(a, S("<w:p/>")));
	return buf_str(&b);
}
static str pdf_then_docx(struct arena *a)
{
	return polyglot_bytes(a, S("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"));
}
static str image_then_docx(struct arena *a)
{
	return polyglot_bytes(a, S("\x89PNG\r\n\x1a\n\0\0\0\0"));
}
static str script_then_docx(struct arena *a)
{
	return polyglot_bytes(a, S("#!/bin/sh\nexit\n"));
}
static str docx_then_html(struct arena *a)
{
	const struct pack_entry e[] = {{.name = "<script>alert(1)</script>.zip", .bytes = S("x")}};
	return pack(a, e, 1, (struct pack_end){.comment = S("<script>alert(1)</script>")});
}

/* ---- PDF ---- */

static str pdf_of(struct arena *a, const char *objects)
{
	return arena_printf(
	    a, "%%PDF-1.4\n%s\ntrailer<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%%%EOF\n", objects);
}
static str pdf_garbage(struct arena *a)
{
	struct t_rand r = {5};
	struct buf b = buf_in(a, 0);
	buf_put(&b, S("%PDF-1.7\n"));
	for (int i = 0; i < 200000; i++)
		buf_putc(&b, (char)t_rand_next(&r));
	return buf_str(&b);
}
static str pdf_only_magic(struct arena *a)
{
	(void)a;
	return S("%PDF-1.7");
}
static str pdf_kids_loop(struct arena *a)
{
	return pdf_of(a, "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	                 "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>endobj");
}
static str pdf_xref_loop(struct arena *a)
{
	return arena_printf(a,
	    "%%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Root 1 0 R/Prev 9>>\n"
	    "startxref\n9\n%%%%EOF\n");
}
static str pdf_locked(struct arena *a)
{
	return arena_printf(a, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 "
	                       "obj<</Type/Pages/Kids[]/Count 0>>"
	                       "endobj\n3 0 obj<</Filter/Standard/V 1/R 2/O(x)/U(y)/P -1>>endobj\n"
	                       "trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(b)]>>\n%%%%EOF\n");
}
static str pdf_launch(struct arena *a)
{
	return pdf_of(a,
	    "1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj");
}
static str pdf_outside_file(struct arena *a)
{
	return pdf_of(a,
	    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
	    "4 0 obj<</Length 0/F(/etc/passwd)>>stream\n\nendstream endobj");
}
static str pdf_form_loop(struct arena *a)
{
	return pdf_of(a,
	    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
	    "/Resources<</XObject<</F 5 0 R>>>>>>endobj\n"
	    "4 0 obj<</Length 12>>stream\n/F Do /F Do \nendstream endobj\n"
	    "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
	    "/Length 12>>stream\n/F Do /F Do \nendstream endobj");
}
static str pdf_bomb(struct arena *a)
{
	str text =
	    pack_repeat(a, S("(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj 0 1 Td "), MIB / 2);
	size_t cap = compressBound(text.n);
	char *packed = arena_push(a, cap);
	uLongf n = cap;
	if (compress2((Bytef *)packed, &n, (const Bytef *)text.p, text.n, 1) != Z_OK)
		return STR_EMPTY;
	struct buf b = buf_in(a, 0);
	buf_printf(&b,
	    "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 "
	    "R/Resources<</Font<</F "
	    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
	    "4 0 obj<</Filter/FlateDecode/Length %lu>>stream\n",
	    n);
	buf_put(&b, str_from(packed, n));
	buf_put(&b, S("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));
	return buf_str(&b);
}

/* ---- text ---- */

static str text_newlines(struct arena *a)
{
	return pack_repeat(a, S("\n"), INTAKE_FILE_MAX);
}
static str text_paragraphs(struct arena *a)
{
	return pack_repeat(a, S("a\n\n"), INTAKE_FILE_MAX / 3);
}
static str text_one_line(struct arena *a)
{
	return pack_repeat(a, S("# "), INTAKE_FILE_MAX / 2);
}
static str text_high_bytes(struct arena *a)
{
	return pack_repeat(a, S("\xe9\xe8 "), INTAKE_FILE_MAX / 3);
}
static str text_not_in_any_charset(struct arena *a)
{
	return pack_repeat(a, S("\x81\x8d\x8f\x90\x9d "), 1000);
}
static str old_office_garbage(struct arena *a)
{
	(void)a;
	return S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a"
	         "\0g\0e\0");
}

/* ---- the walk ---- */

struct sample {
	const char *name;
	str (*make)(struct arena *a);
	const char *word;     /* stands in the refusal; NULL: whatever it says */
	const char *harmless; /* it may be read, and if so holds this text ("": or none) */
};

static const struct sample samples[] = {
    {"bomb_docx", bomb_docx, "unpacks", NULL},
    {"bomb_docx_text", bomb_docx_text, "unpacks", NULL},
    {"bomb_odt", bomb_odt, "unpacks", NULL},
    {"bomb_rels", bomb_rels, "unpacks", NULL},
    {"bomb_styles", bomb_styles, "unpacks", NULL},
    {"bomb_unread", bomb_unread, NULL, "good text"},
    {"bomb_mimetype", bomb_mimetype, "not a text document", NULL},
    {"bomb_patient", bomb_patient, "unpacks", NULL},
    {"bomb_overlap", bomb_overlap, "packed", NULL},
    {"entries_2001", entries_2001, "unpacks", NULL},
    {"entries_60000", entries_60000, "unpacks", NULL},
    {"entries_claimed", entries_claimed, "unpacks", NULL},
    {"entries_hidden", entries_hidden, "damaged", NULL},
    {"nested_zip", nested_zip, "archive", NULL},
    {"nested_in_docx", nested_in_docx, NULL, "good text"},
    {"zip_slip", zip_slip, "archive", NULL},
    {"zip_slip_in_docx", zip_slip_in_docx, NULL, "good text"},
    {"relation_outside", relation_outside, NULL, "good text"},
    {"symlink_entry", symlink_entry, "packed", NULL},
    {"symlink_document", symlink_document, "packed", NULL},
    {"locked_entry", locked_entry, "password", NULL},
    {"odd_method", odd_method, "damaged", NULL},
    {"bad_crc", bad_crc, "damaged", NULL},
    {"claimed_small", claimed_small, "damaged", NULL},
    {"claimed_large", claimed_large, "damaged", NULL},
    {"claimed_packed", claimed_packed, "packed", NULL},
    {"offset_outside", offset_outside, "damaged", NULL},
    {"zip64_claims", zip64_claims, "damaged", NULL},
    {"twice", twice, "packed", NULL},
    {"macros", macros, "macros", NULL},
    {"spreadsheet", spreadsheet, "not a text document", NULL},
    {"spreadsheet_odf", spreadsheet_odf, "not a text document", NULL},
    {"book", book, "not a text document", NULL},
    {"other_root", other_root, "not a text document", NULL},
    {"truncated_half", truncated_half, "damaged", NULL},
    {"truncated_end", truncated_end, "damaged", NULL},
    {"only_magic", only_magic, "damaged", NULL},
    {"garbage_zip", garbage_zip, "damaged", NULL},
    {"end_records", end_records, "damaged", NULL},
    {"billion_laughs", billion_laughs, "declaration", NULL},
    {"billion_laughs_odt", billion_laughs_odt, "declaration", NULL},
    {"xxe", xxe, "declaration", NULL},
    {"xxe_odt", xxe_odt, "declaration", NULL},
    {"xxe_parameter", xxe_parameter, "declaration", NULL},
    {"xxe_external", xxe_external, "declaration", NULL},
    {"doctype_late", doctype_late, "declaration", NULL},
    {"doctype_rels", doctype_rels, "declaration", NULL},
    {"doctype_styles", doctype_styles, "declaration", NULL},
    {"doctype_manifest", doctype_manifest, "declaration", NULL},
    {"doctype_wide", doctype_wide, "declaration", NULL},
    {"deep_250", deep_250, NULL, ""},
    {"deep_300", deep_300, "deeply", NULL},
    {"deep_million", deep_million, "deeply", NULL},
    {"broken_utf8", broken_utf8, "damaged", NULL},
    {"nul_in_xml", nul_in_xml, "damaged", NULL},
    {"unknown_entity", unknown_entity, "damaged", NULL},
    {"unclosed", unclosed, "damaged", NULL},
    {"odd_charset", odd_charset, "UTF-8", NULL},
    {"utf7", utf7, "UTF-8", NULL},
    {"empty_part", empty_part, "damaged", NULL},
    {"wide_attribute", wide_attribute, NULL, NULL},
    {"many_attributes", many_attributes, NULL, ""},
    {"many_names", many_names, NULL, ""},
    {"many_paragraphs", many_paragraphs, "too long", NULL},
    {"much_text", much_text, "too long", NULL},
    {"merged_boxes", merged_boxes, NULL, "good text"},
    {"pdf_and_zip", pdf_and_zip, "damaged", NULL},
    {"pdf_then_docx", pdf_then_docx, "not accepted", NULL},
    {"image_then_docx", image_then_docx, "not accepted", NULL},
    {"script_then_docx", script_then_docx, "not accepted", NULL},
    {"docx_then_html", docx_then_html, "archive", NULL},
    {"pdf_garbage", pdf_garbage, "damaged", NULL},
    {"pdf_only_magic", pdf_only_magic, "damaged", NULL},
    {"pdf_kids_loop", pdf_kids_loop, NULL, ""},
    {"pdf_xref_loop", pdf_xref_loop, "damaged", NULL},
    {"pdf_locked", pdf_locked, NULL, ""},
    {"pdf_launch", pdf_launch, NULL, ""},
    {"pdf_outside_file", pdf_outside_file, NULL, ""},
    {"pdf_form_loop", pdf_form_loop, NULL, ""},
    {"pdf_bomb", pdf_bomb, NULL, ""},
    {"text_newlines", text_newlines, NULL, ""},
    {"text_paragraphs", text_paragraphs, "too long", NULL},
    {"text_one_line", text_one_line, NULL, "# # #"},
    {"text_high_bytes", text_high_bytes, "too long", NULL},
    {"text_not_in_any_charset", text_not_in_any_charset, "UTF-8", NULL},
    {"old_office_garbage", old_office_garbage, "password", NULL},
};
#define SAMPLES (sizeof samples / sizeof *samples)

/* Damaged, packed in an odd way or too long is not another kind of file. */
static bool names_a_kind(const char *word)
{
	static const char *const kinds[] = {"archive", "not accepted", "not a text document"};
	bool found = false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !found; i++)
		found = strcmp(word, kinds[i]) == 0;
	return found;
}

static bool has(const struct intake *in, const char *phrase)
{
	for (size_t i = 0; i < in->paragraphs.n; i++)
		if (str_find(in->paragraphs.p[i].text, str_of(phrase)) != SIZE_MAX)
			return true;
	return *phrase == 0;
}

static void check_sample(const struct sample *s)
{
	AUTO_ARENA struct arena *made = arena_new(0);
	AUTO_ARENA struct arena *a = arena_new(0);
	str bytes = s->make(made);
	struct intake in;
	struct err err = {0};
	usec from = clock_monotonic();
	enum rc rc = intake_file(a, bytes, str_of(s->name), STR_EMPTY, &in, &err);
	usec took = clock_monotonic() - from;
	/* Some tenths of a second on an idle machine; this bound is only against hanging. */
	if (took > 60 * USEC_SECOND)
		t_fail(__FILE__, __LINE__, "%s took %lld ms", s->name, (long long)(took / 1000));
	if (has(&in, "root:"))
		t_fail(__FILE__, __LINE__, "%s has read a file of the server", s->name);
	if (rc == OK && !(s->harmless && has(&in, s->harmless)))
		t_fail(__FILE__, __LINE__, "%s was read", s->name);
	if (rc != OK && (rc != INVALID || (s->harmless && *s->harmless)))
		t_fail(
		    __FILE__, __LINE__, "%s: %s %s", s->name, rc_name(rc), err.msg ? err.msg : "");
	if (rc != OK && s->word &&
	    (!err.msg || str_find(str_of(err.msg), str_of(s->word)) == SIZE_MAX))
		t_fail(__FILE__, __LINE__, "%s: \"%s\" does not say \"%s\"", s->name,
		    err.msg ? err.msg : "", s->word);
	if (rc == INVALID && s->word)
		CHECK_EQ(in.other_kind, names_a_kind(s->word));
}

struct bystander {
	atomic_bool stop;
	int good, bad;
};

static void *stand_by(void *p)
{
	struct bystander *b = p;
	while (!atomic_load(&b->stop)) {
		AUTO_ARENA struct arena *a = arena_new(0);
		str bytes = word(a, S("<w:p><w:r><w:t>good text</w:t></w:r></w:p>"));
		struct intake in;
		bool ok = intake_file(a, bytes, S("a.docx"), STR_EMPTY, &in, NULL) == OK &&
		          has(&in, "good text");
		*(ok ? &b->good : &b->bad) += 1;
	}
	return NULL;
}

static int open_files(void)
{
	int n = 0;
	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

TEST(intake_refuses_what_would_do_harm)
{
	int before = open_files();
	struct bystander b = {0};
	pthread_t t;
	NEED(pthread_create(&t, NULL, stand_by, &b) == 0);
	for (size_t i = 0; i < SAMPLES; i++)
		check_sample(&samples[i]);
	atomic_store(&b.stop, true);
	pthread_join(t, NULL);
	CHECK(b.good > 20);
	CHECK_EQ(b.bad, 0);
	CHECK_EQ(open_files(), before);
}

/* Every byte of a good file, changed: whatever happens happens in the child. */
TEST(intake_survives_flipped_bytes)
{
	AUTO_ARENA struct arena *made = arena_new(0);
	str good = word(made, S("<w:p><w:r><w:t>good text</w:t></w:r></w:p>"));
	char *bytes = arena_push(made, good.n);
	struct t_rand r = {42};
	for (int i = 0; i < 300; i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		mem_copy(bytes, good.n, good.p, good.n);
		for (size_t flips = 1 + t_rand_below(&r, 4); flips > 0; flips--)
			bytes[t_rand_below(&r, good.n)] ^= (char)(1 << t_rand_below(&r, 8));
		struct intake in;
		struct err err = {0};
		enum rc rc = intake_file(a, str_from(bytes, good.n), S("a"), STR_EMPTY, &in, &err);
		CHECK(rc == OK || rc == INVALID);
	}
}
