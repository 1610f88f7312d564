/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * plain_read: a text without ids, as people type it: paragraphs with blank lines between them, or
 * Markdown.
 *
 * The lines of a paragraph stay as they are, without the white space around them all. In Markdown
 * a heading (#) is a paragraph of its own, and so is each item of a list; the signs in front are
 * not part of the text.
 * Pure. Threads: any. Errors: INVALID, with the line.
 */
#ifndef TEXT_PLAIN_READ_H
#define TEXT_PLAIN_READ_H

#include "text/doc.h"

#define TEXT_PLAIN_PARS 500000

/*
 * Ids are made: "p1", "p2"; nobody looks for paragraphs by them, so there is no index and no order
 * (text_doc_index). In arena; borrows bytes, except where a line ended in CR LF.
 */
enum rc text_plain_read(
    struct arena *a, str bytes, bool markdown, struct text_doc *out, struct err *err) MUST_USE;

#endif
