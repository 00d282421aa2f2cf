/* What the pages gain where there is script: keys (LOOK 6), a toast that goes by itself, bars that move, files dropped
 * anywhere, focus that is not lost when htmx puts new content in. Every page is complete without it. */
"use strict";

(() => {
    const TOAST_MS = 12000;
    const CHORD_MS = 1500;
    const SLOW_MS = 4000;

    const one = (selector, root = document) => root.querySelector(selector);
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];

    /* Says something once, politely, to those who do not see the page change. */
    const say = words => {
        const place = one("#say");
        if (place && place.textContent !== words) {
            place.textContent = words;
        }
    };

    /* ---- keys ---------------------------------------------------------------------------------------- */

    const rows = () => all("[data-row]").filter(row => row.getClientRects().length > 0);
    const rowNow = () => document.activeElement && document.activeElement.closest("[data-row]");
    const mainLink = row => one("h3 a, th a, .name[href], a", row) || one("button, input", row);

    const move = by => {
        const list = rows();
        if (list.length === 0) {
            return false;
        }
        const at = list.indexOf(rowNow());
        const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by;
        const target = list[next] && mainLink(list[next]);
        if (target) {
            target.focus();
            list[next].scrollIntoView({ block: "nearest" });
        }
        return true;
    };

    const press = letter => {
        const row = rowNow();
        const found = (row && one(`[data-key="${letter}"]`, row)) || (letter === "u" && one(`#toast [data-key="u"]`));
        if (found) {
            found.click();
        }
        return Boolean(found);
    };

    const tick = () => {
        const box = rowNow() && one('input[type="checkbox"]', rowNow());
        if (box) {
            box.click();
        }
        return Boolean(box);
    };

    const search = () => {
        const field = one("main input[type=search]") || one("#top-q");
        if (field) {
            field.focus();
            field.select();
        }
        return Boolean(field);
    };

    const log = () => {
        const field = one("#log");
        if (field) {
            field.focus();
        } else if (one(".nav")) {
            location.assign("/#log");
        }
        return true;
    };

    /* Esc: closes the menu that is open, else leaves the field. */
    const close = () => {
        const menu = one("details.menu[open], .tabs details[open]");
        if (menu) {
            menu.open = false;
            one("summary", menu).focus();
            return true;
        }
        if (document.activeElement && document.activeElement.matches("input, textarea, select")) {
            document.activeElement.blur();
            return true;
        }
        return false;
    };

    const KEYS = {
        "/": search, "?": () => { location.assign("/keys"); return true; }, n: log,
        j: () => move(1), k: () => move(-1), x: tick, e: () => press("e"), u: () => press("u"),
    };

    let chordUntil = 0;
    document.addEventListener("keydown", event => {
        if (event.key === "Escape") {
            if (close()) {
                event.preventDefault();
            }
            return;
        }
        const field = event.target.closest &&
            event.target.closest("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");
        if (field || event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
            document.documentElement.dataset.keys === "off") {
            return;
        }
        const goal = event.timeStamp < chordUntil && all(".nav a[data-go]").find(link => link.dataset.go === event.key);
        if (goal) {
            event.preventDefault();
            location.assign(goal.href);
            return;
        }
        chordUntil = event.key === "g" ? event.timeStamp + CHORD_MS : 0;
        if (Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) {
            event.preventDefault();
        }
    });

    /* Menus are <details>: a press elsewhere closes them. */
    document.addEventListener("click", event => {
        for (const menu of all("details.menu[open], .tabs details[open]")) {
            if (!menu.contains(event.target)) {
                menu.open = false;
            }
        }
        const clear = event.target.closest("[data-clear]");
        if (clear && clear.closest("form")) {
            event.preventDefault();
            all(".pick :checked", clear.closest("form")).forEach(box => { box.checked = false; });
            countTicks(clear.closest("form"));
        }
    });

    /* ---- selection ----------------------------------------------------------------------------------- */

    let lastTick = null;
    const countTicks = form => {
        const place = one("[data-selected]", form);
        if (place) {
            place.textContent = `${all(".pick :checked", form).length} selected`;
        }
    };
    document.addEventListener("click", event => {
        const box = event.target.closest(".pick input[type=checkbox]");
        const form = box && box.closest("form");
        if (!form) {
            return;
        }
        if (event.shiftKey && lastTick && lastTick.closest("form") === form) {
            const boxes = all(".pick input[type=checkbox]", form);
            const [from, to] = [boxes.indexOf(lastTick), boxes.indexOf(box)].sort((a, b) => a - b);
            boxes.slice(from, to + 1).forEach(other => { other.checked = box.checked; });
        }
        lastTick = box;
        countTicks(form);
    });

    /* ---- forms --------------------------------------------------------------------------------------- */

    /* On its way: the button says so and keeps its width; a second press does nothing. */
    document.addEventListener("submit", event => {
        const button = event.submitter;
        if (event.target.dataset.sent === "yes") {
            event.preventDefault();
            return;
        }
        if (event.target.method !== "post" || event.defaultPrevented || (button && button.matches("[aria-disabled=true]"))) {
            return;
        }
        event.target.dataset.sent = "yes";
        if (button) {
            button.style.width = `${button.offsetWidth}px`;
            button.setAttribute("aria-busy", "true");
            if (button.dataset.busy) {
                button.dataset.label = button.textContent;
                button.textContent = button.dataset.busy;
            }
        }
    });
    const awake = () => {
        for (const form of all("form[data-sent]")) {
            delete form.dataset.sent;
        }
        for (const button of all("button[aria-busy][data-label]")) {
            button.textContent = button.dataset.label;
        }
        all("form button[aria-busy]").forEach(button => button.removeAttribute("aria-busy"));
    };
    addEventListener("pageshow", event => {
        if (event.persisted) {
            awake();
        }
    });
    /* A button that is off keeps its focus and its reason, and does nothing. */
    document.addEventListener("click", event => {
        if (event.target.closest("[aria-disabled=true]")) {
            event.preventDefault();
        }
    });

    /* ---- files dropped anywhere ---------------------------------------------------------------------- */

    const dropInput = () => one("form.drop input[type=file]");
    const hasFiles = event => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    document.addEventListener("dragover", event => {
        if (dropInput() && hasFiles(event)) {
            event.preventDefault();
            dropInput().form.classList.add("over");
        }
    });
    document.addEventListener("dragleave", event => {
        if (dropInput() && event.relatedTarget === null) {
            dropInput().form.classList.remove("over");
        }
    });
    document.addEventListener("drop", event => {
        const input = dropInput();
        if (input && hasFiles(event)) {
            event.preventDefault();
            input.form.classList.remove("over");
            input.files = event.dataTransfer.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }
    });
    /* A file was chosen: without more ado it is read (nothing is saved by that). */
    document.addEventListener("change", event => {
        if (event.target === dropInput() && event.target.files.length > 0 && event.target.form.dataset.auto !== "no") {
            event.target.form.requestSubmit();
        }
    });

    /* ---- toast --------------------------------------------------------------------------------------- */

    const watched = new WeakSet();
    const watchToast = () => {
        const toast = one("#toast [data-toast]");
        if (!toast || watched.has(toast)) {
            return;
        }
        watched.add(toast);
        let timer = 0;
        const hold = () => clearTimeout(timer);
        const start = () => {
            hold();
            timer = setTimeout(() => toast.remove(), TOAST_MS);
        };
        toast.addEventListener("pointerenter", hold);
        toast.addEventListener("pointerleave", start);
        toast.addEventListener("focusin", hold);
        toast.addEventListener("focusout", start);
        start();
    };

    /* ---- bars ---------------------------------------------------------------------------------------- */

    const number = new Intl.NumberFormat("en-US");
    const timeLeft = seconds =>
        seconds < 2 ? "almost done" : seconds < 90 ? `about ${Math.round(seconds)} seconds left`
            : `about ${Math.round(seconds / 60)} minutes left`;

    /* Events: `progress` {"done","total","words"}; `end` {"state","href"}. The bar's own reading of the time left begins
     * when there is something to reckon from. */
    const drawBar = (holder, news, begun) => {
        const bar = one("progress", holder);
        const pieces = [];
        if (news.total > 0) {
            bar.max = news.total;
            bar.value = news.done;
            const count = document.createElement("b");
            count.textContent = `${number.format(news.done)} of ${number.format(news.total)}`;
            pieces.push(count);
        } else {
            bar.removeAttribute("value");
        }
        pieces.push(news.words || "");
        const passed = (performance.now() - begun.at) / 1000;
        const moved = news.done - begun.done;
        if (news.total > 0 && passed > 1 && moved > 0) {
            pieces.push(timeLeft((news.total - news.done) * passed / moved));
        } else if (!(news.total > 0) && passed * 1000 > SLOW_MS) {
            pieces.push("This is taking longer than usual; you can go on elsewhere.");
        }
        one("[data-words]", holder).replaceChildren(...pieces.filter(Boolean).map(piece => {
            const span = document.createElement("span");
            span.append(piece);
            return span;
        }));
    };

    const watchBars = () => {
        for (const holder of all("[data-events]")) {
            if (watched.has(holder)) {
                continue;
            }
            watched.add(holder);
            const source = new EventSource(holder.dataset.events);
            let begun = null;
            source.addEventListener("progress", event => {
                const news = JSON.parse(event.data);
                begun = begun || { at: performance.now(), done: news.done || 0 };
                drawBar(holder, news, begun);
            });
            source.addEventListener("end", event => {
                source.close();
                const news = event.data ? JSON.parse(event.data) : {};
                say("Done.");
                location.replace(news.href || holder.dataset.next || location.href);
            });
        }
    };

    /* ---- htmx ---------------------------------------------------------------------------------------- */

    const token = one('meta[name="csrf"]');
    document.addEventListener("htmx:config:request", event => {
        if (token) {
            event.detail.ctx.request.headers["X-Csrf-Token"] = token.content;
        }
    });
    document.addEventListener("htmx:after:swap", event => {
        watchToast();
        watchBars();
        awake();
        const target = event.detail.ctx && event.detail.ctx.target;
        const place = target && target.isConnected ? target : one("main");
        const news = place && (place.matches("[data-say]") ? place : one("[data-say]", place));
        if (news) {
            say(news.textContent.trim());
        }
        if (document.activeElement === document.body && place) {
            const section = place.closest("section") || place;
            const heading = one("h1, h2, h3", section) || one("h1");
            if (heading) {
                heading.tabIndex = -1;
                heading.focus({ preventScroll: true });
            }
        }
    });

    /* A link to a closed form opens it. */
    const openTarget = () => {
        const box = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
        if (box && box.matches("details")) {
            box.open = true;
            const first = one("select, input:not([type=hidden]), textarea", box);
            if (first) {
                first.focus();
            }
        }
    };
    addEventListener("hashchange", openTarget);
    document.addEventListener("click", event => {
        const link = event.target.closest("a[href^='#']");
        if (link && link.hash === location.hash) {
            openTarget();
        }
    });

    openTarget();
    watchToast();
    watchBars();
    all("form").forEach(form => {
        if (one(".pick :checked", form)) {
            countTicks(form);
        }
    });
})();
