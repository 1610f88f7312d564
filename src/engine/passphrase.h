/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * passphrase: Argon2id, 19 MiB and two passes (OWASP's first choice). One check takes some 15 ms of
 * a processor, so it runs in a worker (work.h), in the worker's memory (decision 11). Threads: any.
 */
#ifndef ENGINE_PASSPHRASE_H
#define ENGINE_PASSPHRASE_H

#include "base/err.h"
#include "engine/work.h"

#define PASSPHRASE_MIN 12 /* characters */

/* The hash to keep, with its parameters and salt. In arena. BUSY: no memory for it. */
enum rc passphrase_hash(
    struct scratch *s, struct arena *a, str passphrase, str *out, struct err *err) MUST_USE;
/*
 * Whether it is the passphrase of the kept hash. An empty `stored` fits nobody and costs the same
 * time as a real one. BUSY: no memory for it. FAULT: `stored` is nothing that passphrase_hash made.
 */
enum rc passphrase_check(
    struct scratch *s, str stored, str passphrase, bool *fits, struct err *err) MUST_USE;

#endif
