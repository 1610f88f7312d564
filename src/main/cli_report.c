/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/cli.h"

#include <stdio.h>

#include "base/poison.h"

int cli_report(struct cli_args *args)
{
	(void)args;
	fprintf(stderr, "comity: report is not built yet\n");
	return 70;
}

int cli_bench(struct cli_args *args)
{
	(void)args;
	fprintf(stderr, "comity: bench is not built yet\n");
	return 70;
}
