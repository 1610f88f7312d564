/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fuzz: the one function of a fuzz target, called by libFuzzer (make fuzz) or by replay.c,
 * which runs each target over given files and over mutations of them from a fixed seed.
 *
 * Threads: one. A broken invariant stops the process (must).
 */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
