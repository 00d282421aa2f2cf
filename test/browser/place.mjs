// What the browser tests and tools/screenshots share: the program in a folder of its own, and Chromium.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
        lessons: "/strategies/cross_cultural",
        skills: "/strategies/soft_skills",
        presence: "/strategies/online_presence",
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
        week: "/week",
        week_next: "/week?week=2026-07-29",
        week_left: "/week/left",
        week_limits: "/week/limits",
        week_step: `/week/step?id=${step.id}`,
        review: "/week/review",
        review_waiting: "/week/review?screen=2",
        review_changes: "/week/review?screen=4",
        review_next: "/week/review?screen=5",
        season: "/season",
        season_date: "/season/dates/new?rule=eras_submit",
        goal: "/goal",
        strategies: "/strategies",
        ...Object.fromEntries(["associations", "ethnic_specialty_groups", "digital_platforms", "online_forums",
            "us_clinical_experience", "post_rotation", "mentors_informational", "mentorship_programs", "conferences",
            "networking_sessions", "plan_cv", "outreach", "research"].map(id => [id, `/strategies/${id}`])),
        strategy_rows: "/strategies/all/rows?of=hours",
        connections: "/strategies/existing_connections",
        circle: "/strategies/existing_connections/circle",
        alumni: "/strategies/alumni",
        alumni_near: "/strategies/alumni?near=yes",
        nurture: "/strategies/nurture",
        duplicates: "/duplicates",
        search: "/search?q=rao",
        import: "/import",
        imported: `/import/${applied.import_id}`,
        settings: "/settings",
        keys: "/keys",
        missing: "/people/0000000000000",
    };
}

const card = lines => ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD", ""].join("\r\n");

/* Files that bring what the demo has not: people whose names are long, written from the right, or of whom two sources
 * differ; rows that are refused; columns nobody has seen; and so many people that saving them takes a while. */
export function writeFiles(folder, many = 120000) {
    const file = (name, text) => {
        writeFileSync(path.join(folder, name), text);
        return path.join(folder, name);
    };
    const long = "Maria Antonieta Guadalupe de los Ángeles Fernández-Villanueva y Etxeberria-Goikoetxea";
    return {
        odd: file("odd-names.vcf", [
            card([`FN:Dr. ${long}\\, MD\\, PhD\\, FACP\\, FIDSA`, `N:Fernández-Villanueva;${long.split(" Fern")[0]};;Dr.;`,
                "ORG:The Combined Northern and Western Regional University Teaching Hospitals and Institute of Tropical Medicine",
                "TITLE:Associate programme director for research and international graduates\\, internal medicine",
                "EMAIL:maria-antonieta-guadalupe.fernandez-villanueva-etxeberria@combined-regional-university-hospitals.example",
                "NOTE:A word without an end: " + "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(4)]),
            card(["FN:عبد الرحمن بن محمد آل سعيد القحطاني", "N:القحطاني;عبد الرحمن;;;", "ORG:مستشفى النور التعليمي",
                "TITLE:استشاري أمراض القلب", "EMAIL:a.qahtani@alnour.example", "NOTE:يعمل في جدة، ويزور توليدو كل عام."]),
            card(["FN:Hila Ben-David", "N:Ben-David;Hila;;;", "ORG:Harbor Point Medical Center", "TITLE:Resident, first year",
                "EMAIL:hila@harborpoint.example", "BDAY:1993-02-11"]),
        ].join("")),
        later: file("contacts.csv", "Name,Given Name,Family Name,Birthday,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name,"
            + "Organization 1 - Title\nHila Ben-David,Hila,Ben-David,1993-11-02,* Work,hila@harborpoint.example,"
            + "Lakeshore Community Hospital,\"Fellow, nephrology\"\n"),
        columns: file("alumni-list.csv", "Wer,Wo tätig,Erreichbar,Jahrgang,Bemerkung\n"
            + "Anke Vogt,Kreisklinik Seeburg,anke@seeburg.example,2011,traf sie in Graz\n"
            + "Tomasz Zieliński,Klinika Wiślana,tomasz@wislana.example,2014,\n"),
        refused: file("some-bad.csv", "First Name,Last Name,E-mail Address,Company\n"
            + "Ines,Duarte,ines@foz.example,Hospital da Foz\n,,,\n,,nobody@foz.example,\nRui,Lopes,rui@foz.example,Hospital da Foz\n"
            + "Marta,Pires,marta at foz,\"Hospital da Foz\"\nJoão,\"Nunes,joao@foz.example,Hospital da Foz\n"),
        large: file("whole-hospital.vcf", Array.from({ length: many }, (unused, i) => card([`FN:Colleague ${i}`,
            `N:${i};Colleague;;;`, `EMAIL:c${i}@hospital.example`])).join("")),
    };
}

/* name -> path of pages that are about something the demo has not: a membership, a link to rate by, a post, an own date. */
function ownOf(program) {
    const membership = program.json("membership", "add", "acp", "--since", "2025-09-01", "--cost", "130", "--role", "Poster committee");
    const practice = program.json("practice", "add", "story", "--ref", "30s", "--minutes", "10", "--rating", "3");
    const post = program.json("presence", "add", "What a year on a tuberculosis ward taught me", "--due", "2026-07-28");
    const date = program.json("season", "add", "--title", "Step 3", "--on", "2026-08-18", "--kind", "exam");
    program.run("saved", "add", "Do observerships count as clinical experience?", "--answer", "Some programmes count them, many do not.",
        "--source", "a talk of the school's alumni", "--year", "2026");
    return {
        membership: `/memberships/${membership.id}`,
        rate: program.json("practice", "link", practice.id).token,
        presence_item: `/presence/${post.id}`,
        season_own: `/season/dates/${date.id}`,
        notebook: "/strategies/online_forums",
    };
}

/* name -> path of the states that only such files, or something written down, bring. */
export function statesOf(program, files) {
    const idOf = name => program.json("person", "list", "--query", name).people[0].id;
    const keep = file => program.json("import", "preview", "--keep", file).import_id;
    program.run("import", "apply", files.odd);
    program.run("import", "apply", files.later);
    const refused = program.json("import", "apply", files.refused).import_id;
    return {
        ...ownOf(program),
        columns: `/import/${keep(files.columns)}`,
        preview: `/import/${keep(files.large)}`,
        refused: `/import/${refused}`,
        long_name: `/people/${idOf("Guadalupe")}`,
        right_to_left: `/people/${idOf("القحطاني")}`,
        conflict: `/people/${idOf("Hila")}`,
        newest: "/people?sort=name&q=Dr",
        waiting: "/import",
        backups: "/backups",
    };
}
