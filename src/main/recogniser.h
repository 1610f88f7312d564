/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * recogniser: a program that hears. It is given our standard input, samples of 16 kHz (s16le, one
 * channel), and says on lines of JSON what it heard: {"text":"we agree","final":false} is a guess
 * of the line that is being spoken, which the next one replaces; "final":true ends the line.
 * Threads: the first one.
 */
#ifndef MAIN_RECOGNISER_H
#define MAIN_RECOGNISER_H

#include "base/err.h"

struct recogniser;

/* Starts the command by /bin/sh; its output is read from *fd. In arena. FAULT: it does not start.
 */
enum rc recogniser_start(
    struct arena *a, str command, struct recogniser **out, int *fd, struct err *err) MUST_USE;
/*
 * What must be sent so that the line reads as the recogniser says: backspaces and characters. Empty
 * for a line that says nothing. In arena.
 */
str recogniser_piece(struct recogniser *r, struct arena *a, str line);
/* After its output has ended. FAULT: it ended with an error. Accepts NULL: OK. */
enum rc recogniser_end(struct recogniser *r, struct err *err) MUST_USE;

#endif
