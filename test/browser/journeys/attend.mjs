// SPDX-License-Identifier: AGPL-3.0-or-later
/* attend: the secretariat records fifty people as in the last sitting but one, with keys alone. */
import { Keys } from '../keys.mjs';
import { report } from '../tap.mjs';
import { PHONE, check, facts, inspect, person } from './group.mjs';

const FORM = '/g/wgec/do/meeting.attend?meeting=2&sitting=4';

const ticked = (page) => page.locator('[name=persons]:checked').count();
const at = (page) => page.evaluate(() => document.activeElement.closest('label')?.innerText ?? '');

async function inTheRoom(who, base) {
	const all = (await facts(who, base, '/g/wgec/meetings/2')).attendance_by_sitting;
	return all.find((x) => x.sitting === 4)?.room;
}

export async function attend(browser, base) {
	const office = await person(browser, base, 'secretariat', PHONE);
	const { page } = office;
	const problems = [];
	const keys = await Keys.of(page, problems);
	const none = await inTheRoom(office, base);
	await page.goto(new URL(FORM, base).href);
	await keys.past();
	await keys.to(/^As in sitting \d, in the room/, 'link');
	await keys.enter(/tick=last#f-persons$/);
	const came = await ticked(page);
	await keys.to(/Access for All/, 'checkbox');
	await keys.press('End');
	const last = await at(page);
	/* Letters of the name or of the delegation, with or without their signs. */
	await keys.type('zsof');
	const named = await at(page);
	await page.waitForTimeout(1100); /* longer than between two letters of a word */
	await keys.type('kenya');
	const kenya = await at(page);
	await keys.press('Space');
	await keys.press('ArrowDown');
	await keys.press('ArrowUp');
	const left = await ticked(page);
	problems.push(...await inspect(page));
	await keys.to(/^Record attendance$/, 'button');
	await keys.to(/\(Kenya\)/, 'checkbox', { back: true });
	await keys.enter(/\/meetings\/2#attendance$/);
	problems.push(...check({
		'nothing was recorded before': none === undefined,
		'all are ticked who came to the last sitting': came > 40,
		'End leads to the end of the list': /\(.*\)/.test(last) && last !== named,
		'letters lead to a name': named.startsWith('Zsófia'),
		'and to a delegation': kenya.includes('(Kenya)'),
		'one is not there': left === came - 1,
		'the others are recorded': await inTheRoom(office, base) === left,
		'in few presses': keys.presses < 80,
	}), ...office.heard());
	await office.context.close();
	report(`attend: ${left} people are recorded with ${keys.presses} keys`, problems);
}
