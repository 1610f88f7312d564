/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * json_write: a revision and the amendments that remain, as the JSON of doc/format/text.md.
 *
 * What is written can be read again by text/json_read.h and gives the same: what is gone keeps
 * its place, operations say how much of it they stand behind, and members that are not ours are
 * carried along from the file that was read.
 * Pure. Threads: one at a time for a lexer. No errors.
 */
#ifndef TEXT_JSON_WRITE_H
#define TEXT_JSON_WRITE_H

#include "text/json_read.h"
#include "text/relate.h"

/*
 * The file `from` at the revision d, with list (n amendments, rebased on d; their `filed` is an
 * object that was read). In arena; borrows all.
 */
struct json *text_json_file(struct arena *a, struct text_lexer *l, const struct text_file *from,
    const struct text_doc *d, const struct text_amendment *list, size_t n);

/* What `comity text check` says: unified, conflicts, compatible; and who waits, if anybody. */
struct json *text_json_check(struct arena *a, const struct text_file *file,
    const struct text_clashes *clashes, const struct text_groups *same);

/* An object with every element of its lists on a line of its own, so that files can be compared. */
void text_json_print(struct buf *b, const struct json *root);

#endif
