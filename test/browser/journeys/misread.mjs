// SPDX-License-Identifier: AGPL-3.0-or-later
/* misread: an author finds where her words were used, and says that a statement misreads them. */
import { report } from '../tap.mjs';
import { PHONE, check, inspect, person } from './group.mjs';

const SAID = 'We said that it is not ours to direct.';

export async function misread(browser, base) {
	const kenya = await person(browser, base, 'delegate', PHONE);
	const anyone = await person(browser, base, null, PHONE);
	const problems = [];
	const { page } = kenya;
	await page.goto(new URL('/g/wgec/syntheses/1', base).href);
	await page.getByRole('link', { name: 'Where words were used: for authors' }).click();
	const own = page.locator('section:has(> #own)');
	await own.getByRole('link', { name: 'Say that statement 4 misreads it' }).click();
	await page.getByLabel('What you said').fill(SAID);
	problems.push(...await inspect(page));
	await page.getByRole('button', { name: 'Say that you were misread' }).click();
	await page.waitForURL(/\/syntheses\/1/);
	await anyone.page.goto(new URL('/g/wgec/syntheses/1', base).href);
	const beside = await anyone.page.getByRole('article', { name: 'Statement 4', exact: true }).innerText();
	problems.push(...check({
		'what she said stands beside the statement': beside.includes(SAID),
		'with her name': /Misread, says .*Wanjiru Kamande/.test(beside),
		'until the Chair answers, the page says so': beside.includes('The Chair has not answered yet.'),
	}), ...await inspect(anyone.page), ...kenya.heard(), ...anyone.heard());
	await kenya.context.close();
	await anyone.context.close();
	report('misread: an author says that a statement misreads her words, and everyone sees it there', problems);
}
