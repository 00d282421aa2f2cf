// The frame, the parts and assets/ligature.js in a real browser, under the policy the server sends: no feature's page is needed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";

const root = path.resolve(import.meta.dirname, "../..");
const build = process.env.LIGATURE_BUILD ?? path.join(root, "build");
const parts = path.join(build, "bench/parts");
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };

let chromium, axe;
try {
    const require = createRequire(path.join(process.env.LIGATURE_NODE_MODULES ?? path.join(root, "node_modules"), "x.js"));
    ({ chromium } = require("playwright-core"));
    axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
} catch {
    chromium = null;
}
const lacks = !chromium ? "playwright-core is not installed" : !existsSync("/usr/bin/chromium") ? "no Chromium"
    : !existsSync(parts) ? "build/bench/parts is not built" : false;

/* A page in the frame, its main part replaced. */
const frame = execFileSync.bind(null, parts);
const pageWith = main => frame(["/people"], { encoding: "utf8" })
    .replace(/<main[^]*<\/main>/, `<main id="main" tabindex="-1">${main}</main>`);

const list = words => `<h2 id="h">People</h2><ul id="list"><li data-say>${words.length} people</li>${words.map(word =>
    `<li data-row><h3><a href="/person/${word}">${word}</a></h3><label class="pick"><input type="checkbox" name="id"></label>
     <button type="button" data-key="e">Done</button></li>`).join("")}</ul>`;
const people = query => ["Amina", "Bilal", "Chiara", "Dmytro"].filter(name => name.toLowerCase().includes(query.toLowerCase()));
const peoplePage = query => pageWith(`<h1>People</h1><form hx-get="/people" hx-trigger="input changed delay:50ms from:#q"
    hx-target="#list" hx-select="#list" hx-swap="outerHTML" hx-replace-url="true"><label for="q">Name</label>
    <input type="search" id="q" name="q" value="${query}"></form><form>${list(people(query))}
    <div class="bulk"><strong data-selected>Selected</strong><a href="?" data-clear>Clear</a></div></form>`);

const seen = [];
const streams = [];
async function answer(request, response) {
    const url = new URL(request.url, "http://x");
    let body = "";
    for await (const chunk of request) {
        body += chunk.toString("latin1");
    }
    seen.push({ method: request.method, path: url.pathname, headers: request.headers, body });
    response.setHeader("Content-Security-Policy", policy);
    if (url.pathname.startsWith("/a/")) {
        const name = path.basename(url.pathname);
        const own = path.join(root, "assets", name);
        response.setHeader("Content-Type", types[name.split(".").pop()]);
        response.end(readFileSync(existsSync(own) ? own : path.join(build, "tools", name)));
        return;
    }
    if (url.pathname === "/events") {
        response.setHeader("Content-Type", "text/event-stream");
        response.flushHeaders();
        streams.push(response);
        return;
    }
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    const pages = {
        "/parts": () => frame(["/people"], { encoding: "utf8" }),
        "/people": () => peoplePage(url.searchParams.get("q") ?? ""),
        "/toast": () => pageWith("<h1>Today</h1>").replace(/<div id="toast" role="status">\s*<\/div>/,
            `<div id="toast" role="status"><form class="toast" method="post" data-toast action="/do/change.undo">
            <span>2 people deleted.</span><button class="btn" data-key="u">Undo</button></form></div>`),
        "/import": () => pageWith(`<h1>Import</h1><form class="drop" method="post" action="/do/import.preview"
            enctype="multipart/form-data"><label for="f">File</label><input type="file" id="f" name="file" multiple></form>`),
        "/job": () => pageWith(`<h1>Saving</h1><div data-events="/events" data-next="/done"><progress aria-label="Saving"></progress>
            <p data-words></p></div>`),
    };
    response.end((pages[url.pathname] ?? (() => pageWith(`<h1>${url.pathname}</h1>`)))());
}

test("pages in a browser", { skip: lacks }, async t => {
    const server = createServer(answer);
    await new Promise(ready => server.listen(0, "127.0.0.1", ready));
    const at = `http://127.0.0.1:${server.address().port}`;
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu",
        "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
    t.after(async () => {
        await browser.close();
        server.closeAllConnections();
        server.close();
    });

    /* A page; whatever the policy refuses or the console complains of fails the test. */
    const open = async (address, options = {}) => {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
        const page = await context.newPage();
        page.complaints = [];
        page.on("console", message => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
        page.on("pageerror", error => page.complaints.push(error.message));
        if (options.clock) {
            await page.clock.install({ time: 0 });
            await page.clock.pauseAt(1000);         // from here on only runFor() lets time pass
        }
        await page.goto(at + address);
        return page;
    };
    const close = async page => {
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    };

    await t.test("the parts have no accessibility fault in either theme and at three widths", async () => {
        for (const colorScheme of ["light", "dark"]) {
            for (const width of [320, 390, 1440]) {
                const page = await open("/parts", { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
                const sideways = await page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(sideways <= width, `scrolls sideways: ${sideways} at ${width}`);
                await page.evaluate(axe);
                const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
                    "wcag22aa", "best-practice"] }));
                assert.ok(found.passes.length > 20);
                assert.deepEqual(found.violations.map(v => `${v.id}: ${v.nodes[0].html}`), []);
                await close(page);
            }
        }
    });

    await t.test("search as you type works under the policy, keeps focus and says the count once", async () => {
        const page = await open("/people");
        await page.fill("#q", "");
        await page.type("#q", "am");
        await page.waitForFunction(() => document.querySelectorAll("[data-row]").length === 1);
        assert.equal(await page.textContent("#list a"), "Amina");
        assert.equal(await page.evaluate(() => document.activeElement.id), "q");
        assert.equal(await page.textContent("#say"), "1 people");
        assert.equal(new URL(page.url()).searchParams.get("q"), "am");
        const asked = seen.filter(one => one.headers["hx-request"]).pop();
        assert.equal(asked.headers["x-csrf-token"], "0123456789abcdef");
        await close(page);
    });

    await t.test("j, k, x, e walk and work in a list; letters in a field are letters", async () => {
        const page = await open("/people");
        const focused = () => page.evaluate(() => document.activeElement.textContent);
        await page.keyboard.press("j");
        assert.equal(await focused(), "Amina");
        await page.keyboard.press("j");
        assert.equal(await focused(), "Bilal");
        await page.keyboard.press("k");
        assert.equal(await focused(), "Amina");
        await page.keyboard.press("x");
        assert.equal(await page.textContent("[data-selected]"), "1 selected");
        await page.evaluate(() => document.querySelectorAll("[data-key=e]").forEach(b => b.addEventListener("click", () => {
            document.title = `done ${b.closest("li").querySelector("a").textContent}`;
        })));
        await page.keyboard.press("e");
        assert.equal(await page.title(), "done Amina");
        await page.keyboard.press("/");
        assert.equal(await page.evaluate(() => document.activeElement.id), "q");
        await page.keyboard.type("jkx?gt");
        assert.equal(await page.inputValue("#q"), "jkx?gt");
        await page.keyboard.press("Escape");
        assert.notEqual(await page.evaluate(() => document.activeElement.id), "q");
        await page.keyboard.press("g");
        await Promise.all([page.waitForURL("**/import"), page.keyboard.press("m")]);
        await Promise.all([page.waitForURL("**/keys"), page.keyboard.press("?")]);
        await close(page);
    });

    await t.test("keys can be turned off", async () => {
        const page = await open("/people");
        await page.evaluate(() => { document.documentElement.dataset.keys = "off"; });
        await page.keyboard.press("j");
        assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
        await close(page);
    });

    await t.test("a toast goes after twelve seconds, but not while it is looked at", async () => {
        const page = await open("/toast", { clock: true });
        await page.clock.runFor(11900);
        assert.equal(await page.locator(".toast").count(), 1);
        await page.hover(".toast");
        await page.clock.runFor(20000);
        assert.equal(await page.locator(".toast").count(), 1);
        await page.mouse.move(5, 5);
        await page.clock.runFor(12100);
        assert.equal(await page.locator(".toast").count(), 0);
        await close(page);
    });

    await t.test("u takes back what the toast says", async () => {
        const page = await open("/toast");
        await Promise.all([page.waitForURL("**/do/change.undo"), page.keyboard.press("u")]);
        await close(page);
    });

    await t.test("a bar follows its events, and the page goes on at the end", async () => {
        const page = await open("/job");
        await page.waitForFunction(() => document.querySelector("progress"));
        while (streams.length === 0) {
            await new Promise(ready => setImmediate(ready));
        }
        const stream = streams.pop();
        stream.write('event: progress\ndata: {"done":529,"total":812,"words":"matching people"}\n\n');
        await page.waitForFunction(() => document.querySelector("progress").value === 529);
        assert.match(await page.textContent("[data-words]"), /529 of 812.*matching people/);
        stream.write('event: end\ndata: {"href":"/done?x=1"}\n\n');
        await page.waitForURL("**/done?x=1");
        stream.end();
        await close(page);
    });

    await t.test("a file dropped anywhere on the page is sent", async () => {
        const page = await open("/import");
        const transfer = await page.evaluateHandle(() => {
            const data = new DataTransfer();
            data.items.add(new File(["BEGIN:VCARD"], "phone.vcf", { type: "text/vcard" }));
            return data;
        });
        await page.dispatchEvent("h1", "dragover", { dataTransfer: transfer });
        assert.equal(await page.locator("form.drop.over").count(), 1);
        await Promise.all([page.waitForURL("**/do/import.preview"), page.dispatchEvent("h1", "drop", { dataTransfer: transfer })]);
        const sent = seen.filter(one => one.method === "POST").pop();
        assert.match(sent.body, /filename="phone.vcf"[^]*BEGIN:VCARD/);
        await close(page);
    });

    await t.test("every page is whole without script", async () => {
        const page = await open("/parts", { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
        await page.click(".menu summary");
        assert.ok(await page.isVisible(".menu[open] button"));
        await page.click(".tabs details summary");
        assert.ok(await page.isVisible('.tabs a[href="/settings"]'));
        assert.ok(await page.isVisible(".bulk"));
        await close(page);
    });
});
