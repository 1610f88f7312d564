/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake: what an uploaded file is, by its content, and the text that it holds.
 *
 * Accepted: PDF, DOCX, ODT, Markdown and plain text up to 20 MiB. The name and the declared
 * type only choose between Markdown and plain text, which no content can tell apart. Whatever
 * is not plain UTF-8 is read in a jailed child (jail.h); its answer is parsed as strictly as a
 * stranger's. The original bytes are the caller's to keep: intake never changes a file.
 *
 * Threads: any; intake_file blocks for at most about ten seconds, so call it from a worker.
 * Ownership: results in arena, which needs room for some 150 MiB in the worst case. Errors:
 * INVALID (field "file") with a sentence for the person who uploaded; FAULT.
 */
#ifndef ENGINE_INTAKE_H
#define ENGINE_INTAKE_H

#include "base/err.h"
#include "base/vec.h"

#define INTAKE_FILE_MAX ((size_t)20 << 20)

enum intake_kind { INTAKE_PDF, INTAKE_DOCX, INTAKE_ODT, INTAKE_MARKDOWN, INTAKE_TEXT };

#define INTAKE_BODY 0  /* an ordinary paragraph */
#define INTAKE_NOTE 10 /* a footnote or endnote; they follow the body, "[1] text" */

struct intake_paragraph {
	str text;  /* UTF-8, trimmed, never empty; may hold line feeds and tabs */
	int level; /* INTAKE_BODY, a heading's 1..9, or INTAKE_NOTE */
};

struct intake {
	enum intake_kind kind;
	const char *media_type; /* static; to be sent with the original bytes */
	/* None when the file holds no text, such as a scanned page: the file is good all the same.
	 */
	VEC(struct intake_paragraph) paragraphs;
	bool other_kind; /* of a file that is refused: nobody reads its kind here */
};

/* Reads one uploaded file. bytes, file_name and declared_type are borrowed; the latter two may be
 * empty. */
enum rc intake_file(struct arena *a, str bytes, str file_name, str declared_type,
    struct intake *out, struct err *err) MUST_USE;

/*
 * First thing in main: when this process was started as the child of intake_file it does its
 * work and never returns. A test program calls it from a constructor.
 */
void intake_child(int argc, char *const *argv);

/* All paragraphs with a blank line between them, as a text field holds them. In arena. */
str intake_join(struct arena *a, const struct intake *in);

/* "application/pdf" and so on. Static. */
const char *intake_media_type(enum intake_kind kind);

#endif
