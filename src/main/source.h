/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * source: the source of this very program, which it carries to hand it out (licence, section 13).
 *
 * Packed at build time by tools/pack-source. Constant. Threads: any. No errors.
 */
#ifndef MAIN_SOURCE_H
#define MAIN_SOURCE_H

#include "base/str.h"

/* A tar.gz. Static. */
str source_archive(void);
/* Its SHA-256 in hex. Static. */
str source_sha256(void);

#endif
