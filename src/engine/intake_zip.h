/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake_zip: a package (DOCX, ODT) as a few named parts of bounded size; in the child.
 *
 * A package is looked over before any part is opened: number of entries, links, sizes that
 * cannot be true. Names are only ever compared with the names we ask for.
 *
 * Threads: one at a time. Pure. Errors: a reason, or NO_REASON.
 */
#ifndef ENGINE_INTAKE_ZIP_H
#define ENGINE_INTAKE_ZIP_H

#include "engine/intake_xml.h"

#define ZIP_ENTRIES_MAX 2000
#define ZIP_OUTPUT_MAX  ((size_t)200 << 20) /* bytes really unpacked, of all parts together */
#define ZIP_RATIO_MAX   200                 /* once ZIP_RATIO_FROM bytes have come out of a part */
#define ZIP_RATIO_FROM  ((size_t)10 << 20)

struct package;

/* bytes: borrowed for the life of the package. *out is NULL when a reason is given; else freed by
 * package_close. */
enum intake_no package_open(struct arena *a, str bytes, struct package **out);
/* Accepts NULL. */
void package_close(struct package *p);

/* True if the package has an entry of this name (exactly). */
bool package_has(const struct package *p, str name);
/* True if some entry's name ends so, folder or not; ASCII case is folded. */
bool package_has_ending(const struct package *p, str ending);
/* Reads a part as XML. NO_BROKEN when there is none. */
enum intake_no package_read(struct package *p, str name, const struct xml_reader *reader);
/* The first bytes of a small part, at most max; empty when there is none. In arena. */
str package_head(struct package *p, str name, size_t max);

#endif
