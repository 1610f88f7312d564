/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * op_json: operations as the log keeps them: places are bytes of the full text, paragraphs are
 * named by their ids.
 *
 * So nothing has to be counted or cut into words to read the log again, and no other version of
 * a library of scripts reads it otherwise. For people and programs outside, text/json_write.h
 * counts graphemes. The form is described in doc/format/drafts.md. Pure. Threads: any.
 */
#ifndef TEXT_OP_JSON_H
#define TEXT_OP_JSON_H

#include "base/json.h"
#include "text/op.h"

/* An array, one object an operation. In arena. */
struct json *text_ops_json(
    struct arena *a, const struct text_doc *d, const struct text_op *ops, size_t n);
/* The operations of an amendment of d. In arena, or borrowed from v. INVALID: not what is written.
 */
enum rc text_ops_of_json(struct arena *a, const struct text_doc *d, const struct json *v,
    struct text_op **ops, size_t *n, struct err *err) MUST_USE;

/*
 * A revision, with everything that is gone: {"paragraphs":[{"id","kind","level","number","order",
 * "full","gone":[[from,to]],"aliases","split_from","is_gone"}]}. In arena.
 */
struct json *text_doc_json(struct arena *a, const struct text_doc *d);
/* The same, indexed. INVALID as above. */
enum rc text_doc_of_json(
    struct arena *a, const struct json *v, struct text_doc *out, struct err *err) MUST_USE;

#endif
