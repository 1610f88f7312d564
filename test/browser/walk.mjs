// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * walk: every kind of page, as everybody who may see it, in Chromium.
 *
 *     node walk.mjs http://127.0.0.1:8080 [ROLE=EMAIL | ROLE=SIGN-IN-LINK]... [--most N] [--shots DIR]
 *         [--journeys] [--only pages|journeys|JOURNEY]
 *
 * Signs in as each role (an e-mail address: asks a demonstration for its link). Each page must
 *   - answer 200,
 *   - have no axe violation (WCAG 2.0 to 2.2 A and AA, best practice), light at three widths, and
 *     dark, and in Arabic,
 *   - not scroll sideways at 320, 768 and 1440 px,
 *   - say nothing in the console (the content policy would speak there),
 *   - show where the focus is, on each of the first stops of the tab key.
 * Every form that a role has is looked at besides, at 320 and 1440 px, and in Arabic. --journeys
 * does what people do in the sample group (journeys/), and changes it; --only does a part of all
 * this. TAP on stdout; exit 0 only when all is well. --shots keeps a picture of each page and width.
 */
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { journeys } from './journeys/journeys.mjs';
import { skipLink, walk } from './pages.mjs';
import { finish } from './tap.mjs';

const CHROMIUM = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];

function read(args) {
	const options = { most: 120, shots: null, journeys: false, only: null, base: null, roles: [] };
	while (args.length) {
		const a = args.shift();
		if (a === '--most') options.most = Number(args.shift());
		else if (a === '--shots') options.shots = args.shift();
		else if (a === '--journeys') options.journeys = true;
		else if (a === '--only') options.only = args.shift();
		else if (!options.base) options.base = new URL(a);
		else options.roles.push([a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)]);
	}
	return options;
}

const options = read(process.argv.slice(2));
if (!options.base) {
	console.error('usage: node walk.mjs BASE [ROLE=EMAIL]... [--most N] [--shots DIR] [--journeys] [--only NAME]');
	process.exit(2);
}
if (options.shots) fs.mkdirSync(options.shots, { recursive: true });
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: [...CHROMIUM, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
if (!options.only || options.only === 'pages') {
	await skipLink(browser, options.base);
	/* Two at a time: machines have two cores, or more. */
	const people = [['public', null], ...options.roles];
	const lane = async () => {
		while (people.length) await walk(browser, options.base, ...people.shift(), options);
	};
	await Promise.all([lane(), lane()]);
}
if (options.journeys) await journeys(browser, options.base, options.only === 'journeys' ? null : options.only);
await browser.close();
process.exit(finish() ? 0 : 1);
