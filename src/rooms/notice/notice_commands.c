/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* This room has no acts: it tells of those of the others. */
#include "engine/room.h"

#include "base/poison.h"

const struct room_commands notice_commands = {0};
