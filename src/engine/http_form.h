/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_form: a body of a request as the fields and files of a form.
 *
 * Pure. Values and files borrow from the body where they can. Files keep their bytes exactly.
 * Threads: any.
 */
#ifndef ENGINE_HTTP_FORM_H
#define ENGINE_HTTP_FORM_H

#include "engine/http.h"

/*
 * Reads q->body by the Content-Type given into q->fields and q->files; other types than
 * the two of forms are left alone. INVALID: the body is not what it says to be.
 */
enum rc http_parse_form(struct http_request *q, str content_type, struct err *err) MUST_USE;

#endif
