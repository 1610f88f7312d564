// SPDX-License-Identifier: AGPL-3.0-or-later
/* journeys: what people do in the sample group, one behind the other. Each changes it. */
import { report } from '../tap.mjs';
import { amend } from './amend.mjs';
import { attend } from './attend.mjs';
import { compile } from './compile.mjs';
import { floor } from './floor.mjs';
import { informal } from './informal.mjs';
import { misread } from './misread.mjs';
import { plain } from './plain.mjs';

const all = { amend, plain, misread, compile, informal, floor, attend };

/* only: the name of one of them; null for all. A journey that stops has failed where it stopped. */
export async function journeys(browser, base, only) {
	for (const [name, journey] of Object.entries(all)) {
		if (only && only !== name) continue;
		try {
			await journey(browser, base);
		} catch (e) {
			report(`${name}: goes to its end`, [e.message]);
		}
	}
}
