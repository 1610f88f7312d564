// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * forms: every form that a role has, narrow and wide, and narrow from right to left. The walk sees
 * the forms that pages link to; the help page of each group knows all of them.
 */
import { HEIGHT, WIDTHS, axe, inArabic, shot, sideways } from './look.mjs';
import { report, timed } from './tap.mjs';

const path = (url) => new URL(url).pathname;

export const isForm = (url) => /^(\/g\/[^/]+)?\/do\/[^/]+$/.test(path(url));

/* Forms that were looked at: their command, and what it asks this person for. */
const done = new Set();

/* One address of each: with what it is about where a page links to it, else bare. */
async function formsOf(who, base, found) {
	const forms = new Map();
	for (const url of found.forms) if (!forms.has(path(url))) forms.set(path(url), url);
	for (const help of found.pages.filter((url) => /^\/g\/[^/]+\/help$/.test(path(url)))) {
		await who.page.goto(help);
		const links = await who.page.evaluate(() => [...document.querySelectorAll('main a[href]')].map((a) => a.href));
		for (const url of links.filter(isForm)) if (!forms.has(path(url))) forms.set(path(url), url);
	}
	return [...forms.values()].filter((url) => new URL(url).origin === base.origin);
}

/* True if nobody was asked for the same before. */
async function isNew(page, url) {
	const asked = await page.evaluate(() => [...document.querySelectorAll('main form.form :is(input, select, textarea):not([type=hidden])')]
		.map((e) => e.name).join(' '));
	const is = `${path(url)} ${asked}`;
	if (done.has(is)) return false;
	done.add(is);
	return true;
}

async function lookAtForm(page, url, name, options) {
	const problems = [];
	for (const width of [WIDTHS.at(-1), WIDTHS[0]]) {
		await page.setViewportSize({ width, height: HEIGHT });
		const at = (p) => `at ${width} px: ${p}`;
		problems.push(...(await sideways(page)).map(at), ...(await axe(page)).map(at));
		await shot(page, options, `${name}-${width}`);
	}
	problems.push(...await timed('forms in Arabic, with axe', () => inArabic(page, url, name, options)));
	return problems;
}

/* found: {pages, forms}, the addresses that the walk of this person has met. */
export async function lookAtForms(who, base, role, found, options) {
	for (const url of await formsOf(who, base, found)) {
		const name = `${role}: form ${url.slice(base.origin.length)}`;
		try {
			const answer = await timed('opening forms', () => who.page.goto(url));
			const problems = answer.status() === 200 ? [] : [`answers ${answer.status()}`];
			if (!problems.length && !await isNew(who.page, url)) continue;
			report(name, [...problems, ...await lookAtForm(who.page, url, name, options), ...who.heard()]);
		} catch (e) {
			report(name, [`could not be looked at: ${e.message.split('\n')[0]}`, ...who.heard()]);
		}
	}
}
