/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * passphrase: Argon2id, 19 MiB and two passes (OWASP's first choice). One check takes some 45 ms of
 * a processor, so it runs in a worker (work.h). Threads: any.
 */
#ifndef ENGINE_PASSPHRASE_H
#define ENGINE_PASSPHRASE_H

#include "base/err.h"

#define PASSPHRASE_MIN 12 /* characters */

/* The hash to keep, with its parameters and salt. In arena. BUSY: no memory for it. */
enum rc passphrase_hash(struct arena *a, str passphrase, str *out, struct err *err) MUST_USE;
/* True if it fits. An empty `stored` costs the same time as a real one. */
bool passphrase_check(str stored, str passphrase);

#endif
