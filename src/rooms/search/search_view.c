/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"

#include "base/poison.h"

const struct room_view search_view = {0};
