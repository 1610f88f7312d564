/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * serve: what the verbs that serve a folder have in common. Threads: the first one.
 */
#ifndef MAIN_SERVE_H
#define MAIN_SERVE_H

#include "engine/web.h"
#include "main/cli.h"

#include <signal.h>

/* What the options say of addresses, mail and source, for the folder `dir`. INVALID names one. */
enum rc serve_conf(
    struct cli_args *args, str dir, bool demo, struct web_conf *out, struct err *err) MUST_USE;
/* The signals that stop a server, kept from every thread that starts from now on. */
void serve_hold_signals(sigset_t *set);
/* What else the process needs, before web_start. */
void serve_ready(struct web_conf *conf);
/* Says where it serves and, in a demonstration, how to sign in. */
void serve_say(struct arena *a, const struct web_conf *conf, const struct web *web);

#endif
