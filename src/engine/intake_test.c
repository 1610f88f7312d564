/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Real files: what is read, what is refused, and that nothing takes long or does harm. */
#include "engine/intake.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "base/when.h"
#include "t.h"

#include "base/poison.h"

__attribute__((constructor)) static void be_a_child(int argc, char **argv)
{
	intake_child(argc, argv);
}

static str take(struct arena *a, const char *path)
{
	return t_read_file(a, arena_z(a, arena_printf(a, "../shared/data/%s", path)));
}

static enum rc read_path(struct arena *a, const char *path, struct intake *out, struct err *err)
{
	return intake_file(a, take(a, path), str_of(path), STR_EMPTY, out, err);
}

static bool has(const struct intake *in, const char *phrase)
{
	for (size_t i = 0; i < in->paragraphs.n; i++)
		if (str_find(in->paragraphs.p[i].text, str_of(phrase)) != SIZE_MAX)
			return true;
	return false;
}

/* ---- whole folders ---- */

struct tally {
	int files, read, refused;
};

static void check_good(const char *path, const struct intake *in)
{
	if (!in->media_type)
		t_fail(__FILE__, __LINE__, "%s: no media type", path);
	for (size_t i = 0; i < in->paragraphs.n; i++) {
		struct intake_paragraph p = in->paragraphs.p[i];
		if (p.text.n == 0 || !utf8_is_text(p.text) || p.level < 0 || p.level > INTAKE_NOTE)
			t_fail(__FILE__, __LINE__, "%s: paragraph %zu is not well formed", path, i);
	}
}

static void check_file(const char *path, struct tally *tally)
{
	AUTO_ARENA struct arena *a = arena_new((size_t)256 << 20);
	struct intake in;
	struct err err = {0};
	usec from = clock_monotonic();
	enum rc rc = read_path(a, path, &in, &err);
	if (clock_monotonic() - from > 60 * USEC_SECOND)
		t_fail(__FILE__, __LINE__, "%s took too long", path);
	tally->files++;
	if (rc == OK) {
		tally->read++;
		check_good(path, &in);
		return;
	}
	tally->refused++;
	if (rc != INVALID || !err.msg || !err.field || !str_is(str_of(err.field), "file"))
		t_fail(__FILE__, __LINE__, "%s: %s without a clear refusal", path, rc_name(rc));
}

static void walk(const char *folder, struct tally *tally)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	DIR *dir = opendir(arena_z(a, arena_printf(a, "%s/../shared/data/%s", t_root(), folder)));
	if (!dir) {
		t_fail(__FILE__, __LINE__, "no folder %s", folder);
		return;
	}
	for (struct dirent *e; (e = readdir(dir));) {
		const char *path = arena_z(a, arena_printf(a, "%s/%s", folder, e->d_name));
		if (e->d_name[0] == '.')
			continue;
		if (e->d_type == DT_DIR)
			walk(path, tally);
		else if (!str_ends(str_of(path), S(".md")))
			check_file(path, tally);
	}
	closedir(dir);
}

static void check_folder(const char *folder, int files, int least_read)
{
	struct tally tally = {0};
	walk(folder, &tally);
	CHECK_EQ(tally.files, files);
	if (tally.read < least_read)
		t_fail(__FILE__, __LINE__, "%s: only %d read", folder, tally.read);
}

TEST(intake_takes_the_pdf_collection)
{
	check_folder("mixed-documents/pdf", 52, 46);
}

TEST(intake_takes_the_docx_collection)
{
	check_folder("mixed-documents/docx", 53, 49);
}

TEST(intake_takes_the_odt_collection)
{
	check_folder("mixed-documents/odt", 16, 15);
}

TEST(intake_survives_malformed_docx)
{
	check_folder("docx-malformed", 14, 0);
}

TEST(intake_takes_tracked_changes)
{
	check_folder("docx-revisions", 456, 456);
}

/* ---- known text ---- */

static void check_phrases(
    const char *path, enum intake_kind kind, const char *const *phrases, size_t n)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct intake in;
	struct err err = {0};
	if (read_path(a, path, &in, &err) != OK) {
		t_fail(__FILE__, __LINE__, "%s: %s", path, err.msg);
		return;
	}
	CHECK_EQ(in.kind, kind);
	for (size_t i = 0; i < n; i++)
		if (!has(&in, phrases[i]))
			t_fail(__FILE__, __LINE__, "%s: no \"%s\"", path, phrases[i]);
}
#define PHRASES(path, kind, ...)                                      \
	check_phrases(path, kind, (const char *const[]){__VA_ARGS__}, \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

TEST(intake_finds_the_text)
{
	PHRASES("mixed-documents/docx/testWORD_various.docx", INTAKE_DOCX, "Here is a text box",
	    "Footnote appears here[1]", "[1] This is a footnote.", "Row 2 Col 3", "ゾルゲと尾崎",
	    "𐌲𐌿𐍄𐌹𐍃𐌺", "Keyword1 Keyword2", "This is a hyperlink");
	PHRASES("mixed-documents/docx/testWORD_endnote_table.docx", INTAKE_DOCX, "[1] Endnote Test",
	    "The Cat Property Act 2025");
	PHRASES("mixed-documents/docx/footnotes.docx", INTAKE_DOCX, "[1] snoska");
	PHRASES("mixed-documents/pdf/testPDF.pdf", INTAKE_PDF,
	    "Apache Tika is a toolkit for detecting and extracting metadata and structured "
	    "text content from various documents");
	PHRASES("mixed-documents/odt/testODFwithOOo3.odt", INTAKE_ODT,
	    "This is a rather[1] difficult test document",
	    "[1] This is of course a simple footnote", "Another interesting project is [Solr]");
	PHRASES("mixed-documents/odt/testStyles.odt", INTAKE_ODT, "And another test is here.");
	PHRASES(
	    "mixed-documents/docx/testWORD.docx", INTAKE_DOCX, "Heading Level 3", "Nested table");
}

TEST(intake_refuses_locked_files)
{
	static const char *const paths[] = {
	    "mixed-documents/docx/protected_normal_case.docx",
	    "mixed-documents/docx/testWORD_protected_passtika.docx",
	    "mixed-documents/odt/testODTEncrypted.odt",
	    "mixed-documents/pdf/testPassword4Spaces.pdf",
	    "mixed-documents/pdf/testUnicodePassword.pdf",
	    "mixed-documents/pdf/testPDF_no_extract_no_accessibility_owner_user.pdf",
	};
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct intake in;
		struct err err = {0};
		CHECK_EQ(read_path(a, paths[i], &in, &err), INVALID);
		CHECK(err.msg && str_find(str_of(err.msg), S("password")) != SIZE_MAX);
	}
}

/* The collection's authors give each document once more with all changes accepted. */
TEST(intake_reads_changes_as_accepted)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	DIR *dir =
	    opendir(arena_z(a, arena_printf(a, "%s/../shared/data/docx-revisions/RP", t_root())));
	NEED(dir);
	str tail = S("-Accepted.docx");
	int pairs = 0;
	for (struct dirent *e; (e = readdir(dir));) {
		str name = str_of(e->d_name);
		if (!str_ends(name, tail))
			continue;
		str stem = str_head(name, name.n - tail.n);
		const char *path = arena_z(a, arena_printf(a, "docx-revisions/RP/%.*s", STR(name)));
		const char *before =
		    arena_z(a, arena_printf(a, "docx-revisions/RP/%.*s.docx", STR(stem)));
		struct stat st;
		if (stat(arena_z(a, arena_printf(a, "%s/../shared/data/%s", t_root(), before)),
		        &st) != 0)
			continue;
		struct intake changed, accepted;
		NEED(read_path(a, before, &changed, NULL) == OK &&
		     read_path(a, path, &accepted, NULL) == OK);
		pairs++;
		bool same = changed.paragraphs.n == accepted.paragraphs.n;
		for (size_t i = 0; same && i < changed.paragraphs.n; i++)
			same = str_eq(changed.paragraphs.p[i].text, accepted.paragraphs.p[i].text);
		if (!same)
			t_fail(__FILE__, __LINE__, "%s differs from its accepted copy", before);
	}
	closedir(dir);
	CHECK_EQ(pairs, 53);
}

/* ---- text and Markdown ---- */

static enum rc read_bytes(
    struct arena *a, str bytes, const char *name, struct intake *out, struct err *err)
{
	return intake_file(a, bytes, str_of(name), STR_EMPTY, out, err);
}

TEST(intake_reads_markdown)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct intake in;
	NEED(read_bytes(a,
	         S("\xef\xbb\xbf# Input\r\n\r\nOne line\r\nand the next.\n\n## Second ##\ntext\n\n"
	           "```\n# code\n\nmore\n```\n"),
	         "Input.MD", &in, NULL) == OK);
	CHECK_EQ(in.kind, INTAKE_MARKDOWN);
	CHECK_STR(str_of(in.media_type), "text/markdown");
	NEED(in.paragraphs.n == 5);
	CHECK_STR(in.paragraphs.p[0].text, "Input");
	CHECK_EQ(in.paragraphs.p[0].level, 1);
	CHECK_STR(in.paragraphs.p[1].text, "One line\nand the next.");
	CHECK_EQ(in.paragraphs.p[1].level, INTAKE_BODY);
	CHECK_STR(in.paragraphs.p[2].text, "Second");
	CHECK_EQ(in.paragraphs.p[2].level, 2);
	CHECK_STR(in.paragraphs.p[3].text, "text");
	CHECK_STR(in.paragraphs.p[4].text, "```\n# code\nmore\n```");
}

TEST(intake_goes_by_content_not_by_name)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct intake in;
	NEED(read_bytes(a, S("# Just text\n"), "input.pdf", &in, NULL) == OK);
	CHECK_EQ(in.kind, INTAKE_TEXT);
	CHECK_EQ(in.paragraphs.p[0].level, INTAKE_BODY);
	NEED(intake_file(a, S("# Text\n"), S("x"), S("text/markdown; charset=utf-8"), &in, NULL) ==
	     OK);
	CHECK_EQ(in.kind, INTAKE_MARKDOWN);
	NEED(
	    read_bytes(a, take(a, "mixed-documents/pdf/testPDF.pdf"), "input.md", &in, NULL) == OK);
	CHECK_EQ(in.kind, INTAKE_PDF);
	NEED(read_bytes(
	         a, take(a, "mixed-documents/odt/testStyles.odt"), "input.docx", &in, NULL) == OK);
	CHECK_EQ(in.kind, INTAKE_ODT);
}

static void check_text(str bytes, const char *first)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct intake in;
	struct err err = {0};
	if (read_bytes(a, bytes, "a.txt", &in, &err) != OK || in.paragraphs.n == 0) {
		t_fail(__FILE__, __LINE__, "\"%s\" was not read: %s", first,
		    err.msg ? err.msg : "no text");
		return;
	}
	CHECK_STR(in.paragraphs.p[0].text, first);
}

TEST(intake_knows_character_sets)
{
	check_text(S("Peuples autochtones \xc3\xa9t\xc3\xa9"), "Peuples autochtones été");
	check_text(S("\xff\xfeP\0\xe9\0\x3d\xd8\x00\xde\n\0"), "Pé😀");
	check_text(S("\xfe\xff\0P\0\xe9\xd8\x3d\xde\x00"), "Pé😀");
	check_text(S("Les \xe9tats membres ont \xe9t\xe9 invit\xe9s \x93 \xe0 participer \x94."),
	    "Les états membres ont été invités “ à participer ”.");
	/* Windows-1251 */
	check_text(S("\xd0\xe0\xe1\xee\xf7\xe0\xff \xe3\xf0\xf3\xef\xef\xe0 \xef\xee "
	             "\xf0\xe0\xf1\xf8\xe8\xf0\xe5\xed\xed\xee\xec"
	             "\xf3 \xf1\xee\xf2\xf0\xf3\xe4\xed\xe8\xf7\xe5\xf1\xf2\xe2\xf3 "
	             "\xef\xf0\xe8\xed\xff\xeb\xe0 "
	             "\xf0\xe5\xf8\xe5\xed\xe8\xe5 \xee \xf1\xeb\xe5\xe4\xf3\xfe\xf9\xe5\xec "
	             "\xe7\xe0\xf1\xe5\xe4\xe0\xed\xe8\xe8"),
	    "Рабочая группа по расширенному сотрудничеству приняла решение о следующем заседании");
	check_text(S("one\ftwo"), "one");
}

static void check_invalid(str bytes, const char *word)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct intake in;
	struct err err = {0};
	CHECK_EQ(read_bytes(a, bytes, "a.docx", &in, &err), INVALID);
	CHECK_EQ(in.other_kind, strcmp(word, "not accepted") == 0);
	if (!err.msg || str_find(str_of(err.msg), str_of(word)) == SIZE_MAX)
		t_fail(
		    __FILE__, __LINE__, "\"%s\" does not say \"%s\"", err.msg ? err.msg : "", word);
}

TEST(intake_refuses_other_kinds)
{
	check_invalid(STR_EMPTY, "empty");
	check_invalid(S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "not accepted");
	check_invalid(S("MZ\x90\0\3\0\0\0"), "not accepted");
	check_invalid(S("\x7f"
	                "ELF\2\1\1"),
	    "not accepted");
	check_invalid(S("<!DOCTYPE html><p>x"), "not accepted");
	check_invalid(S("  <HTML><p>x"), "not accepted");
	check_invalid(S("{\\rtf1 x}"), "not accepted");
	check_invalid(S("#!/bin/sh\necho"), "not accepted");
	check_invalid(S("\xff\xfeP\0\x3d\xd8x\0"), "not accepted"); /* half a character */
	check_invalid(S("\xff\xfeP"), "not accepted");
	check_invalid(S("a\0b"), "not accepted");
	check_invalid(S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), "old format");
	AUTO_ARENA struct arena *a = arena_new(0);
	size_t n = INTAKE_FILE_MAX + 1;
	check_invalid(str_from(arena_push(a, n), n), "20 MiB");
}
