// SPDX-License-Identifier: AGPL-3.0-or-later
/* group: the people of the sample group, and what their journeys have in common. */
import { axe, sideways } from '../look.mjs';
import { signIn, visitor } from '../people.mjs';

export const PHONE = { viewport: { width: 320, height: 640 } };

const emails = {
	chair: 'chair@example.org',
	secretariat: 'secretariat@example.org',
	delegate: 'delegate@example.org',
};
/* Cookies of who has signed in before: once is enough for all journeys. */
const sessions = new Map();

/* role: a key of `emails`, or null for the public. */
export async function person(browser, base, role, how) {
	if (role && !sessions.has(role)) {
		const first = await visitor(browser);
		await signIn(first.page, base, emails[role]);
		sessions.set(role, await first.context.storageState());
		await first.context.close();
	}
	return visitor(browser, { ...how, storageState: role ? sessions.get(role) : undefined });
}

/*
 * An act through the API, to bring about what a journey begins with. group: "" for the house itself.
 * expect: the number of entries that a formal act is decided on.
 */
export async function act(who, base, command, fields, { group = 'wgec', expect } = {}) {
	if (!who.page.url().startsWith(base.origin)) await who.page.goto(base.href);
	const answer = await who.page.evaluate(async ([address, body]) => {
		const r = await fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
		return { ok: r.ok, text: await r.text() };
	}, [`/api/${group ? `${group}/` : ''}commands/${command}`, JSON.stringify({ fields, expect })]);
	if (!answer.ok) throw new Error(`${command}: ${answer.text.slice(0, 300)}`);
	return JSON.parse(answer.text);
}

/* What a page says of itself to programs. */
export async function facts(who, base, address) {
	if (!who.page.url().startsWith(base.origin)) await who.page.goto(base.href);
	return who.page.evaluate(async (a) => (await fetch(a, { headers: { accept: 'application/json' } })).json(), address);
}

/* The page as it is now, in a state that no walk meets. */
export async function inspect(page) {
	return [...await sideways(page), ...await axe(page)];
}

/* A list of problems out of what should be so. */
export function check(wanted) {
	return Object.entries(wanted).filter(([, is]) => !is).map(([what]) => `not so: ${what}`);
}

export async function words(page) {
	return page.locator('main').innerText();
}
