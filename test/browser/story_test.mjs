// The whole story in a real browser: first start, import, people, a touch, what is due, done, and taking things back.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";

import { faults, lacks, launch, open, pagesOf, Program, statesOf, writeFiles } from "./place.mjs";

const card = (...lines) => ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD", ""].join("\r\n");
const phone = [
    card("FN:Amina Hassan\\, MD", "N:Hassan;Amina;;;MD", "EMAIL:amina.hassan@northquay.example", "TEL:+1 419 555 0100",
        "ORG:Northquay General Hospital", "TITLE:Chief resident"),
    card("FN:Олена Ковальчук", "N:Ковальчук;Олена;;;", "EMAIL:olena@lakeshore.example"),
    card("FN:Kavya Rao", "N:Rao;Kavya;;;", "EMAIL:kavya.rao@northquay.example"),
    card("FN:Mateo Reyes", "N:Reyes;Mateo;;;", "TEL:+1 614 555 0144", "ORG:Old Ferry Hospital"),
    card("FN:Lucía Quispe", "N:Quispe;Lucía;;;", "TEL:+1 614 555 0144", "EMAIL:lucia.quispe@harbor.example"),
    card("NOTE:nobody"),
].join("");

/* A story: a program with an empty folder, the phone's file beside it, one page; ends with no complaint. */
async function story(browser, options, run) {
    const program = new Program();
    try {
        const file = path.join(program.folder, "phone.vcf");
        writeFileSync(file, phone);
        const at = await program.serve();
        const page = await open(browser, `${at}/`, options);
        page.at = at;
        await run(page, { program, file, at });
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    } finally {
        await program.clear();
    }
}

const heading = page => page.textContent("h1");
const toast = page => page.locator("#toast .toast");
const row = (page, name) => page.locator("table.people tbody tr", { hasText: name });
const press = (page, name, options = {}) => page.getByRole("button", { name, ...options }).click();
const names = page => page.locator("table.people th .name").allTextContents();

/* First start -> the file -> a look at it -> imported. */
async function bringIn(page, file, hasScript) {
    assert.match(await heading(page), /Begin with the people you already know/);
    await page.setInputFiles("#file", file);
    if (!hasScript) {
        await press(page, "Look what is in it");
        // without script the page of the job is asked again by hand until it goes on
        for (let asked = 0; asked < 200 && page.url().includes("/jobs/"); asked++) {
            await page.goto(page.url());
        }
    }
    await page.waitForURL(/\/import\/\w+/);
    await page.getByRole("heading", { name: "Refused" }).waitFor();
    assert.match(await page.textContent(".sum"), /5\s*new|new\s*5/);
    assert.match(await page.textContent("main"), /phone\.vcf[^]*No name, no address, no number in this card/);
    await page.locator("form[action='/do/import.apply'] .btn.main").click();
    for (let asked = 0; !hasScript && asked < 200 && page.url().includes("/jobs/"); asked++) {
        await page.goto(page.url());
    }
    await page.getByRole("button", { name: "Undo this import" }).waitFor();
}

/* One line on Today -> what was read -> saved -> the promise is a step. */
async function logOneLine(page, at) {
    await page.goto(`${at}/`);
    await page.fill("#log", "call with Dr Hassan yesterday, 20 min, will send my CV");
    await press(page, "Read it");
    await page.waitForURL(/line=/);
    const read = await page.textContent("#proposal");
    assert.match(read, /Amina Hassan[^]*Call[^]*Mon 20 July[^]*20 min[^]*Send my CV, by Thu 23 July/);
    await page.locator("#proposal").getByRole("button", { name: "Save" }).click();
    await page.waitForURL(url => !url.search.includes("line="));
    assert.match(await toast(page).textContent(), /Amina Hassan|touch|logged/i);
}

test("the story in a browser", { skip: lacks }, async t => {
    const browser = await launch();
    t.after(() => browser.close());

    await t.test("from the first start to a step that is done, and back again", () => story(browser, {}, async (page, { file, at }) => {
        await bringIn(page, file, true);
        await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).click();
        await page.waitForURL("**/people");
        assert.equal((await names(page)).length, 5);

        await logOneLine(page, at);
        await page.goto(`${at}/people?q=hassan`);
        await page.getByRole("link", { name: "Amina Hassan" }).click();
        await page.waitForURL(/\/people\/\w+(#next)?$/);
        assert.match(await page.textContent("ol.line"), /Call, 20 min[^]*Mon 20 July/);
        assert.match(await page.textContent("section[aria-labelledby=next]"), /Send my CV/);

        // a step that is due today comes up on Today; done, and taken back
        await page.locator("section[aria-labelledby=next]").getByRole("link", { name: /step down/ }).click();
        await page.fill("[name=title]", "Thank her for the advice");
        await page.fill("[name=due]", "2026-07-21");
        await press(page, "Save");
        await page.waitForURL(/\/people\/\w+(#next)?$/);
        await page.goto(`${at}/`);
        const due = page.locator("section[aria-labelledby=due] article", { hasText: "Thank her for the advice" });
        await due.getByRole("button", { name: "Done" }).click();
        await toast(page).waitFor();
        assert.equal(await due.count(), 0);
        await toast(page).getByRole("button", { name: "Undo" }).click();
        await due.waitFor();
    }));

    await t.test("search as you type finds a name in either script", () => story(browser, {}, async (page, { program, file, at }) => {
        program.run("import", "apply", file);
        for (const words of ["kovalchuk", "ковальч"]) {
            await page.goto(`${at}/people`);
            await page.locator("#q").pressSequentially(words);
            // a busy machine answers for the first letters before the last is typed
            await page.waitForFunction((all) => new URL(location).searchParams.get("q") === all &&
                document.querySelectorAll("table.people tbody tr").length === 1, words);
            assert.match(await page.textContent("table.people tbody"), /Kovalchuk\s+Олена Ковальчук/);
            assert.equal(await page.evaluate(() => document.activeElement.id), "q");
            await page.waitForFunction(() => document.querySelector("#say").textContent !== "");
        }
        await page.fill("#q", "nobody of this name");
        await page.locator("#list .empty").waitFor();
    }));

    await t.test("two that may be one: seen as one, taken apart, kept apart", () =>
        story(browser, {}, async (page, { program, file, at }) => {
            program.run("import", "apply", file);
            await page.goto(`${at}/duplicates`);
            await page.getByRole("heading", { name: /Reyes/ }).waitFor();
            await press(page, /Same person/);
            await toast(page).waitFor();
            await page.goto(`${at}/people`);
            assert.equal((await names(page)).length, 4);
            await page.goto(`${at}/duplicates`);
            await press(page, /Take apart again/);
            await page.getByRole("button", { name: /Two people/ }).waitFor();
            await press(page, /Two people/);
            await page.waitForFunction(() => !document.querySelector("table.twins"));
            await page.goto(`${at}/people`);
            assert.equal((await names(page)).length, 5);
        }));

    await t.test("many at once are tagged, and it is taken back", () => story(browser, {}, async (page, { program, file, at }) => {
        program.run("import", "apply", file);
        await page.goto(`${at}/people`);
        for (const name of ["Amina Hassan", "Kavya Rao"]) {
            await row(page, name).locator("input[type=checkbox]").check();
        }
        assert.equal(await page.textContent("[data-selected]"), "2 selected");
        await page.locator(".bulk summary", { hasText: "Tag" }).click();
        await page.fill("#bulk-tag", "mentor");
        await press(page, "Add this tag");
        await toast(page).waitFor();
        assert.match(await row(page, "Kavya Rao").textContent(), /mentor/);
        assert.doesNotMatch(await row(page, "Mateo Reyes").textContent(), /mentor/);
        await toast(page).getByRole("button", { name: "Undo" }).click();
        await page.waitForFunction(() => !document.querySelector("table.people").textContent.includes("mentor"));
    }));

    await t.test("who is deleted comes back", () => story(browser, {}, async (page, { program, file, at }) => {
        program.run("import", "apply", file);
        await page.goto(`${at}/people?q=rao`);
        await page.getByRole("link", { name: "Kavya Rao" }).click();
        await page.locator(".head details.menu summary").click();
        await press(page, "Delete Kavya Rao");
        await toast(page).waitFor();
        await page.goto(`${at}/people`);
        assert.equal((await names(page)).length, 4);
        await page.getByRole("link", { name: "Deleted people" }).click();
        await page.getByRole("link", { name: "Kavya Rao" }).click();
        await press(page, "Bring back");
        await page.getByRole("link", { name: "Edit" }).waitFor();
        await page.goto(`${at}/people`);
        assert.equal((await names(page)).length, 5);
    }));

    await t.test("an import is taken back whole", () => story(browser, {}, async (page, { file, at }) => {
        await bringIn(page, file, true);
        await press(page, "Undo this import");
        await page.waitForFunction(() => ![...document.querySelectorAll("button")].some(b => b.textContent === "Undo this import"));
        await page.goto(`${at}/people`);
        assert.equal((await names(page)).length, 0);
    }));

    await t.test("the same without script", () =>
        story(browser, { javaScriptEnabled: false }, async (page, { file, at }) => {
            await bringIn(page, file, false);
            await logOneLine(page, at);
            await page.goto(`${at}/steps`);
            await page.locator("article", { hasText: "Send my CV" }).getByRole("button", { name: "Done" }).click();
            assert.match(await toast(page).textContent(), /Undo/);
            await toast(page).getByRole("button", { name: "Undo" }).click();
            await page.goto(`${at}/people?q=${encodeURIComponent("ковальч")}`);
            assert.equal((await names(page)).length, 1);
            await page.goto(`${at}/people`);
            await row(page, "Kavya Rao").locator("input[type=checkbox]").check();
            await press(page, /^Delete/);
            assert.equal((await names(page)).length, 4);
            await toast(page).getByRole("button", { name: "Undo" }).click();
            assert.equal((await names(page)).length, 5);
        }));

    await t.test("the theme chosen in Settings holds against the system's", () =>
        story(browser, { colorScheme: "light" }, async (page, { at }) => {
            await page.goto(`${at}/settings`);
            const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
            assert.equal(await paper(), "rgb(251, 251, 248)");
            await page.selectOption("[name=theme]", "dark");
            await page.locator("form[action='/do/setting.save']").getByRole("button").click();
            await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
            assert.equal(await paper(), "rgb(18, 22, 20)");
        }));
});

test("every page of the demo", { skip: lacks }, async t => {
    const program = new Program();
    const browser = await launch();
    t.after(async () => {
        await browser.close();
        await program.clear();
    });
    program.run("demo");
    const at = await program.serve();
    const empty = new Program();
    t.after(() => empty.clear());
    const bare = await empty.serve();
    const known = pagesOf(program);
    const states = statesOf(program, writeFiles(program.folder, 2000));
    const pages = { ...Object.fromEntries(Object.entries({ ...known, ...states }).map(([name, page]) => [name, at + page])),
        first: `${bare}/`, first_people: `${bare}/people`, sign_in: `${bare}/sign-in` };

    for (const [name, address] of Object.entries(pages)) {
        await t.test(`${name}: readable by everyone at every width`, async () => {
            const found = [];
            const page = await open(browser, address, { bypassCSP: true });
            for (const width of [1440, 390]) {
                await page.setViewportSize({ width, height: 900 });
                for (const colorScheme of ["light", "dark"]) {
                    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
                    found.push(...(await faults(page)).map(fault => `${width} ${colorScheme} ${fault}`));
                }
            }
            await page.setViewportSize({ width: 320, height: 800 });
            const sideways = await page.evaluate(() => document.documentElement.scrollWidth);
            if (sideways > 320) {
                found.push(`scrolls sideways: ${sideways} at 320`);
            }
            // a page of trouble is told by the console too
            const complaints = page.complaints.filter(words => !(name === "missing" && /404/.test(words)));
            assert.deepEqual([...found, ...complaints], []);
            await page.context().close();
        });
    }

    await t.test("buttons are 34 high with a mouse and 44 under a finger", async () => {
        const height = async options => {
            const page = await open(browser, pages.person, options);
            const found = await page.locator(".head .btn").first().evaluate(button => button.getBoundingClientRect().height);
            await page.context().close();
            return found;
        };
        assert.equal(await height({}), 34);
        assert.equal(await height({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }), 44);
    });
});
