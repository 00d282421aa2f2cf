// What the browser tests and tools/screenshots share: the program in a folder of its own, and Chromium.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export const root = path.resolve(import.meta.dirname, "../..");
export const build = process.env.LIGATURE_BUILD ?? path.join(root, "build");
export const binary = process.env.LIGATURE_BIN ?? path.join(build, "ligature");
export const now = "2026-07-21T09:00:00Z";

const chromiumPath = "/usr/bin/chromium";
let chromium, axeSource;
try {
    const require = createRequire(path.join(process.env.LIGATURE_NODE_MODULES ?? path.join(root, "node_modules"), "x.js"));
    ({ chromium } = require("playwright-core"));
    axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
} catch {
    chromium = null;
}

/* Why nothing can run here, or false. */
export const lacks = !chromium ? "playwright-core is not installed" : !existsSync(chromiumPath) ? "no Chromium"
    : !existsSync(binary) ? `${binary} is not built` : false;

export const launch = () => chromium.launch({ executablePath: chromiumPath, args: ["--headless", "--no-sandbox", "--disable-gpu",
    "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

/* One binary with a data folder of its own, and a server on a free port when asked for. */
export class Program {
    constructor() {
        this.folder = mkdtempSync(path.join(tmpdir(), "ligature-browser-"));
        this.env = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" };
        this.servers = [];
    }

    words(...words) {
        return ["--data", path.join(this.folder, "data"), "--now", now, ...words];
    }

    run(...words) {
        return execFileSync(binary, this.words(...words), { env: this.env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"],
            maxBuffer: 1 << 28 });
    }

    json(...words) {
        return JSON.parse(this.run("--json", ...words));
    }

    /* Serves until clear(); gives the address. */
    async serve(...words) {
        const child = spawn(binary, this.words("serve", "--listen", "127.0.0.1:0", ...words),
            { env: this.env, stdio: ["ignore", "ignore", "pipe"] });
        this.servers.push(child);
        const said = [];
        for await (const line of createInterface({ input: child.stderr })) {
            said.push(line);
            const found = line.match(/is at (http:\/\/127\.0\.0\.1:\d+)/);
            if (found) {
                child.stderr.resume();
                return found[1];
            }
        }
        throw new Error(`the server did not start: ${said.join("\n")}`);
    }

    async clear() {
        for (const child of this.servers) {
            if (child.exitCode === null) {
                const ended = new Promise(done => child.once("exit", done));
                child.kill("SIGTERM");
                await ended;
            }
        }
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/* A page in a context of its own. What the console complains of, what the policy refuses and every request to another host
 * is kept in page.complaints. */
export async function open(browser, address, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    page.complaints = [];
    page.setDefaultTimeout(20000);
    page.on("console", message => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
    page.on("pageerror", error => page.complaints.push(error.message));
    page.on("request", request => {
        const url = new URL(request.url());
        if (!["data:", "blob:"].includes(url.protocol) && url.host !== new URL(address).host) {
            page.complaints.push(`a request to ${url.host}`);
        }
    });
    await page.goto(address);
    return page;
}

/* Accessibility faults of a page opened with bypassCSP, one line each. */
export async function faults(page) {
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
        "best-practice"] }));
    return found.violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 200)}`));
}

/* name -> path of every page there is, in a program that holds the demo. */
export function pagesOf(program) {
    const people = program.json("person", "list", "--sort", "tie", "--limit", "1").people;
    const pair = program.json("person", "duplicates").duplicates[0];
    const touch = program.json("touch", "list", "--limit", "1").touches[0];
    const step = program.json("step", "list", "--limit", "1").steps[0];
    const applied = program.json("import", "list").imports.find(one => one.state === "applied");
    const person = people[0].id;
    return {
        today: "/",
        line: "/?line=call+with+Dr+Hassan+yesterday%2C+20+min%2C+will+send+my+CV",
        people: "/people",
        filtered: "/people?where=tag%3Amentor",
        nobody: "/people?q=zzzzqq",
        deleted: "/people?where=is:deleted",
        person: `/people/${person}`,
        differs: `/people/${pair.a.id}`,
        new: "/people/new",
        edit: `/people/${person}/edit`,
        touch: `/touches/${touch.id}`,
        steps: "/steps",
        step_new: `/steps/new?person=${person}`,
        step: `/steps/${step.id}`,
        cadence: "/cadence",
        duplicates: "/duplicates",
        search: "/search?q=rao",
        import: "/import",
        imported: `/import/${applied.import_id}`,
        settings: "/settings",
        keys: "/keys",
        missing: "/people/0000000000000",
    };
}
