/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cli_live: the verb replay with --live. Threads: the first one. */
#ifndef MAIN_CLI_LIVE_H
#define MAIN_CLI_LIVE_H

#include "main/cli.h"

int cli_live(struct cli_args *args);

#endif
