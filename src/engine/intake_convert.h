/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake_convert: the converters that run in the jail, each from bytes to a reply.
 *
 * Pure: no file, no clock, no state, so that a fuzzer can run them in its own process.
 * Threads: any. Errors: they stand in the reply (intake_reply.h).
 */
#ifndef ENGINE_INTAKE_CONVERT_H
#define ENGINE_INTAKE_CONVERT_H

#include "engine/intake_zip.h"

/* A ZIP package: DOCX, ODT, or a refusal. */
void intake_convert_package(struct arena *a, str bytes, struct buf *reply);
/* Text in a character set that has to be guessed. */
void intake_convert_charset(struct arena *a, str bytes, struct buf *reply);

/* The two kinds of package. They write paragraphs only. */
enum intake_no intake_docx(struct arena *a, struct package *p, struct buf *reply);
enum intake_no intake_odt(struct arena *a, struct package *p, struct buf *reply);

#endif
