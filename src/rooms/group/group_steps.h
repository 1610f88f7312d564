/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* group_steps: the steps of the process, from mandate to report, in their order. */
#ifndef ROOMS_GROUP_STEPS_H
#define ROOMS_GROUP_STEPS_H

enum group_step {
	GROUP_STEP_MANDATE,
	GROUP_STEP_MEMBERS,
	GROUP_STEP_METHODS,
	GROUP_STEP_CALL,
	GROUP_STEP_PROPOSALS,
	GROUP_STEP_DRAFTS,
	GROUP_STEP_DECISION,
	GROUP_STEP_REPORT,
	GROUP_STEPS,
};

#endif
