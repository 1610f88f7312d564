/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake.h"

#include "base/buf.h"
#include <signal.h>

#include "base/say.h"
#include "engine/intake_convert.h"
#include "engine/intake_text.h"
#include "engine/jail.h"

#include "base/poison.h"

#define FIELD    "file"
#define DEADLINE (8 * USEC_SECOND)

/* ---- the child's side ---- */

static const char *const pdftotext[] = {"/usr/bin/pdftotext", "-enc", "UTF-8", "-", "-", NULL};
static const char *const pdftotext_data[] = {"/usr/share/poppler", NULL};

static const struct jail_kind kinds[] = {
    {.name = "package", .profile = JAIL_PURE, .work = intake_convert_package},
    {.name = "charset", .profile = JAIL_PURE, .work = intake_convert_charset},
    {.name = "pdf", .profile = JAIL_PROGRAM, .program = pdftotext, .data = pdftotext_data},
};

void intake_child(int argc, char *const *argv)
{
	jail_child(argc, argv, kinds, sizeof kinds / sizeof *kinds);
}

/* ---- sentences ---- */

const char *intake_media_type(enum intake_kind kind)
{
	switch (kind) {
	case INTAKE_PDF:
		return "application/pdf";
	case INTAKE_DOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	case INTAKE_ODT:
		return "application/vnd.oasis.opendocument.text";
	case INTAKE_MARKDOWN:
		return "text/markdown";
	case INTAKE_TEXT:
		return "text/plain";
	}
	return "application/octet-stream";
}

static const char accepted[] =
    "This kind of file is not accepted. Please send a PDF, a Word document (DOCX), "
    "an OpenDocument text (ODT), Markdown or plain text.";

static const char *sentence(enum intake_no no)
{
	switch (no) {
	case NO_REASON:
	case INTAKE_NO_COUNT:
	case NO_BROKEN:
		return "This file is damaged and could not be read. Please open it in your "
		       "program, save it again and send "
		       "the new copy.";
	case NO_LOCKED:
		return "This file is protected by a password, so others could not read it. Please "
		       "send a copy without "
		       "the password.";
	case NO_BOMB:
		return "This file unpacks to far more than a document needs, so it is not opened. "
		       "Please save it again, or "
		       "send it as PDF.";
	case NO_TOO_LONG:
		return "The text of this file is too long. Please send it in parts.";
	case NO_DOCTYPE:
		return "This file contains a document type declaration, which no office program "
		       "writes, so it is not "
		       "opened. Please save it again in your program.";
	case NO_DEEP:
		return "The parts of this document are nested too deeply to be read. Please send "
		       "it as PDF or plain text.";
	case NO_LINK:
	case NO_OVERLAP:
	case NO_TWICE:
		return "This file is packed in a way that no office program does, so it is not "
		       "opened. Please save it again "
		       "in your program.";
	case NO_MACROS:
		return "This document contains macros. Please save it as DOCX, which has none, and "
		       "send that.";
	case NO_ARCHIVE:
		return "This is an archive. Please send the documents in it one by one, as PDF, "
		       "Word (DOCX), OpenDocument "
		       "text (ODT), Markdown or plain text.";
	case NO_OTHER_OFFICE:
		return "This is an office file, but not a text document. Please send a PDF, a Word "
		       "document (DOCX), an "
		       "OpenDocument text (ODT), Markdown or plain text.";
	case NO_CHARSET:
		return "The characters of this text could not be recognised. Please save it as "
		       "UTF-8 and send it again.";
	case NO_COPYING:
		return "The settings of this PDF do not allow its text to be copied, so it could "
		       "not be found or quoted. "
		       "Please send a copy without this restriction.";
	}
	return accepted;
}

static enum rc refuse(struct err *err, enum intake_no no)
{
	return ERR(err, INVALID, FIELD, sentence(no));
}

/* It is of a kind that nobody reads here. */
static enum rc refuse_kind(struct intake *out, struct err *err, const char *says)
{
	out->other_kind = true;
	return ERR(err, INVALID, FIELD, says);
}

/* ---- what it is ---- */

enum guess { GUESS_PDF, GUESS_PACKAGE, GUESS_OLD_OFFICE, GUESS_TEXT, GUESS_OTHER };

static str without_margin(str s)
{
	if (str_starts(s, S("\xef\xbb\xbf")))
		s = str_skip(s, 3);
	return str_trim(str_head(s, 512));
}

/* A ZIP's end record that closes exactly with the file: then another program reads it as a ZIP. */
static bool ends_as_zip(str s)
{
	str tail = str_skip(s, s.n > 65557 ? s.n - 65557 : 0);
	for (size_t at = 0; at + 22 <= tail.n; at++) {
		if (!str_starts(str_skip(tail, at), S("PK\5\6")))
			continue;
		const unsigned char *r = (const unsigned char *)tail.p + at;
		if (at + 22 + (size_t)(r[20] | r[21] << 8) == tail.n)
			return true;
	}
	return false;
}

/* Markup and programs that happen to be text: they are not what a person means to contribute. */
static bool is_other_text(str head)
{
	static const char *const starts[] = {
	    "<!doctype", "<html", "<?xml", "<svg", "{\\rtf", "%!ps", "#!/"};
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		str start = str_of(starts[i]);
		if (str_eq_nocase(str_head(head, start.n), start))
			return true;
	}
	return false;
}

static enum guess guess(str bytes)
{
	str head = without_margin(bytes);
	if (str_starts(head, S("%PDF-")))
		return ends_as_zip(bytes) ? GUESS_OTHER : GUESS_PDF;
	if (str_starts(bytes, S("PK\3\4")))
		return GUESS_PACKAGE;
	if (str_starts(bytes, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return GUESS_OLD_OFFICE;
	return is_other_text(head) ? GUESS_OTHER : GUESS_TEXT;
}

/* Office programs put an encrypted DOCX into a container of the old kind, as a stream of this name.
 */
static bool is_encrypted_package(str bytes)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	return str_find(bytes, str_from(name, sizeof name)) != SIZE_MAX;
}

/* ---- reading it ---- */

/* How a child ended that did not come to its answer, for the operator and for the person. */
static enum rc no_answer(struct err *err, const char *kind, const struct jail_answer *answer)
{
	/* A forbidden call is an attack, or a library that has changed its ways: someone must look.
	 */
	enum say_level level = answer->signal == SIGSYS ? SAY_ERROR : SAY_NOTICE;
	say(level, "intake", "kind=%s end=%d signal=%d exit=%d", kind, answer->end, answer->signal,
	    answer->exit_code);
	switch (answer->end) {
	case JAIL_LATE:
		return ERR(err, INVALID, FIELD,
		    "Reading this file took too long. Please save it again in a simpler form, or "
		    "send it in parts.");
	case JAIL_TOO_MUCH:
		return refuse(err, NO_TOO_LONG);
	case JAIL_KILLED:
	case JAIL_DONE:
		break;
	}
	return refuse(err, NO_BROKEN);
}

static enum rc read_converted(
    struct arena *a, const char *kind, str bytes, struct intake *out, struct err *err)
{
	const struct jail_job job = {
	    .kind = kind, .input = bytes, .output_max = REPLY_MAX, .deadline = DEADLINE};
	struct jail_answer answer;
	TRY(jail_run(a, &job, &answer, err));
	if (answer.end != JAIL_DONE || answer.exit_code != 0)
		return no_answer(err, kind, &answer);
	enum intake_no no;
	if (!intake_reply_read(a, answer.output, out, &no))
		return no_answer(err, kind, &answer);
	if (no == NO_ARCHIVE || no == NO_OTHER_OFFICE)
		return refuse_kind(out, err, sentence(no));
	return no == NO_REASON ? OK : refuse(err, no);
}

#define PDFTOTEXT_FORBIDDEN 3

static enum rc read_pdf(struct arena *a, str bytes, struct intake *out, struct err *err)
{
	const struct jail_job job = {
	    .kind = "pdf", .input = bytes, .output_max = REPLY_MAX, .deadline = DEADLINE};
	struct jail_answer answer;
	TRY(jail_run(a, &job, &answer, err));
	if (answer.end == JAIL_DONE && answer.exit_code == JAIL_EXIT_PROGRAM)
		return ERR(err, FAULT, NULL, "The program {0} is missing on this server.",
		    str_of(pdftotext[0]));
	if (answer.end != JAIL_DONE)
		return no_answer(err, "pdf", &answer);
	if (answer.exit_code == PDFTOTEXT_FORBIDDEN)
		return refuse(err, NO_COPYING);
	if (answer.exit_code != 0) {
		bool locked = str_find(answer.complaint, S("Incorrect password")) != SIZE_MAX;
		return refuse(err, locked ? NO_LOCKED : NO_BROKEN);
	}
	out->kind = INTAKE_PDF;
	intake_text_pages(a, answer.output, out);
	return OK;
}

/* The one question that the name answers: content cannot tell Markdown from plain text. */
static enum intake_kind kind_of_text(str name, str type)
{
	if (str_starts(type, S("text/markdown")))
		return INTAKE_MARKDOWN;
	static const char *const endings[] = {".md", ".markdown"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		str ending = str_of(endings[i]);
		if (name.n > ending.n && str_eq_nocase(str_skip(name, name.n - ending.n), ending))
			return INTAKE_MARKDOWN;
	}
	return INTAKE_TEXT;
}

static enum rc read_text(
    struct arena *a, str bytes, enum intake_kind kind, struct intake *out, struct err *err)
{
	str text;
	if (intake_text_decode(a, bytes, &text)) {
		intake_text_paragraphs(a, text, kind, out);
	} else {
		bool marked = str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff"));
		if (marked || intake_text_is_binary(bytes))
			return refuse_kind(out, err, accepted);
		TRY(read_converted(a, "charset", bytes, out, err));
	}
	out->kind = kind;
	return OK;
}

static enum rc read_any(
    struct arena *a, str bytes, enum intake_kind text_kind, struct intake *out, struct err *err)
{
	switch (guess(bytes)) {
	case GUESS_PDF:
		return read_pdf(a, bytes, out, err);
	case GUESS_PACKAGE:
		return read_converted(a, "package", bytes, out, err);
	case GUESS_OLD_OFFICE:
		if (is_encrypted_package(bytes))
			return refuse(err, NO_LOCKED);
		return ERR(err, INVALID, FIELD,
		    "This file has an old format. Please open it in your program, save it as DOCX, "
		    "ODT or PDF and send "
		    "that.");
	case GUESS_TEXT:
		return read_text(a, bytes, text_kind, out, err);
	case GUESS_OTHER:
		break;
	}
	return refuse_kind(out, err, accepted);
}

enum rc intake_file(struct arena *a, str bytes, str file_name, str declared_type,
    struct intake *out, struct err *err)
{
	*out = (struct intake){0};
	if (bytes.n == 0)
		return ERR(err, INVALID, FIELD, "This file is empty.");
	if (bytes.n > INTAKE_FILE_MAX)
		return ERR(err, INVALID, FIELD,
		    "This file is larger than 20 MiB. Please send a smaller one, or send it in "
		    "parts.");
	TRY(read_any(a, bytes, kind_of_text(file_name, declared_type), out, err));
	if (out->paragraphs.n > REPLY_PARAGRAPHS_MAX)
		return refuse(err, NO_TOO_LONG);
	out->media_type = intake_media_type(out->kind);
	return OK;
}

str intake_join(struct arena *a, const struct intake *in)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < in->paragraphs.n; i++) {
		buf_sep(&b, S("\n\n"));
		buf_put(&b, in->paragraphs.p[i].text);
	}
	return buf_str(&b);
}
