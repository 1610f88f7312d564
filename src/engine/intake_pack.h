/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake_pack: writes packages for tests, good ones and such as no program would write.
 *
 * Threads: one at a time. Ownership: in arena. Errors: none, tests only.
 */
#ifndef ENGINE_INTAKE_PACK_H
#define ENGINE_INTAKE_PACK_H

#include "base/buf.h"

struct pack_entry {
	const char *name;
	str bytes;
	bool stored;    /* not deflated */
	bool elsewhere; /* has no local header: its directory entry points to the first one's */
	bool bad_crc;
	unsigned flags;    /* of the general purpose bits */
	unsigned method;   /* instead of the true one, unless 0 */
	unsigned mode;     /* of Unix, unless 0 */
	uint32_t packed;   /* size claimed, unless 0 */
	uint32_t unpacked; /* size claimed, unless 0 */
	uint32_t offset;   /* of the local header claimed, unless 0 */
};

struct pack_end {
	unsigned count; /* entries claimed, unless 0 */
	str comment;
};

str pack(struct arena *a, const struct pack_entry *entries, size_t n, struct pack_end end);

/* Packages with this document.xml or content.xml, and what else makes them a DOCX or ODT. */
str pack_docx(struct arena *a, str document);
str pack_odt(struct arena *a, str content);
/* A DOCX with one part more (or another part for one of the same name). */
str pack_docx_with(struct arena *a, struct pack_entry more);

/* A document.xml with this body; a content.xml with this text. */
str pack_word(struct arena *a, const char *prologue, str body);
str pack_content(struct arena *a, const char *prologue, str text);
/* s, n times. */
str pack_repeat(struct arena *a, str s, size_t n);

#endif
