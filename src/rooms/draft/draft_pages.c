/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/page.h"
#include "engine/room.h"

#include "base/poison.h"

const struct room_pages draft_pages = {0};
