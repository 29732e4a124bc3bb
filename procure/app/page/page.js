// The page: it takes files and choices, hands them to Python in a worker, and shows what comes back. It computes
// nothing: what there is to choose, every fault and every figure comes from the package.
"use strict";
(() => {
  /** @typedef {[string, string]} Pair a text in Chinese and in English */
  /** @typedef {{ value: string, words: Pair }} Option */
  /** @typedef {{ name: string, path: string, bytes: Uint8Array<ArrayBuffer> }} Written */
  /**
   * @typedef {object} Control
   * @property {"text" | "choice" | "tick"} kind
   * @property {string[]} path
   * @property {Pair} label
   * @property {any} value
   * @property {Option[]} [options]
   * @property {Pair | null} [hint]
   * @property {string} [file]
   * @property {string} [id]
   * @property {boolean} [recorded]
   */
  /** @typedef {{ place: string, title: Pair, controls: Control[], note: Pair | null }} Group */
  /** @typedef {{ title: Pair, problem: Pair | null, open: boolean, heads: Control[], rows: string[][] }} Table */
  /** @typedef {{ place: string, words: Pair }} Fault */

  /** @type {Record<string, Pair>} */
  const WORDS = {
    look: ["正在读取…", "Reading…"],
    judge: ["正在检查…", "Checking…"],
    write: ["正在写文件…", "Writing…"],
    save: ["正在写文件…", "Writing…"],
    adopt: ["正在记录…", "Recording…"],
    done: ["完成。", "Done."],
    stopped: ["已停止。", "Stopped."],
    ready: ["就绪。", "Ready."],
    broken: ["程序出错，请把下面的文字告知维护者：", "The program is at fault; please send the maintainers this: "],
    form: ["二、制度与台账", "2. Policy and log"],
    columns: ["各列是什么", "Which column is which"],
    words: ["未读懂的写法", "Words that were not understood"],
    remove: ["移除", "remove"],
    settings: ["设置（procure.toml）", "Settings (procure.toml)"],
    mapping: ["列与写法（mapping.toml）", "Columns and words (mapping.toml)"],
    by: ["决定者", "decided by"],
    date: ["日期", "date"],
    document: ["文号", "document"],
    record: ["记录采用", "put on record"],
    adopting: ["采用这一读法（记录在案）", "Adopt this reading, on record"],
    recorded: ["已记录采用", "adopted on record"],
  };

  const by = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const text = (/** @type {string} */ id) => by(id).textContent ?? "";

  // -- language ------------------------------------------------------------------------------------------------------

  let zh = true;

  /** @param {HTMLElement} element @param {Pair} words */
  const say = (element, words) => {
    [element.dataset.zh, element.dataset.en] = words;
    element.textContent = words[zh ? 0 : 1];
    return element;
  };

  const speak = (/** @type {boolean} */ chinese) => {
    zh = chinese;
    document.documentElement.lang = zh ? "zh-CN" : "en";
    for (const each of document.querySelectorAll("[data-zh]")) {
      const element = /** @type {HTMLElement} */ (each);
      element.textContent = element.dataset[zh ? "zh" : "en"] ?? "";
    }
    for (const name of ["zh", "en"]) by(name).setAttribute("aria-pressed", String((name === "zh") === zh));
  };

  // Some browsers refuse storage to a file: then the language is not remembered.
  const remembered = () => {
    try {
      return localStorage.getItem("procure-language");
    } catch {
      return null;
    }
  };
  const remember = () => {
    try {
      localStorage.setItem("procure-language", zh ? "zh" : "en");
    } catch {
      // as above
    }
  };

  /**
   * @param {string} name
   * @param {Pair | string | null} [words]
   * @param {Record<string, string>} [attributes]
   */
  const make = (name, words, attributes = {}) => {
    const element = document.createElement(name);
    if (typeof words === "string") element.textContent = words;
    else if (words) say(element, words);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  /** @param {Pair} words @param {() => void} act */
  const button = (words, act) => {
    const made = make("button", words, { type: "button" });
    made.addEventListener("click", act);
    return made;
  };

  // -- Python --------------------------------------------------------------------------------------------------------

  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  const files = new Map();
  /** @type {Record<string, any>} */
  let choices = {};
  /** @type {Worker | null} */
  let worker = null;
  /** @type {Map<number, { resolve: (found: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let sent = 0;

  /** @param {object} message @returns {Promise<any>} */
  const send = (message) =>
    new Promise((resolve, reject) => {
      sent += 1;
      waiting.set(sent, { resolve, reject });
      worker?.postMessage({ id: sent, ...message });
    });

  const start = () => {
    by("loading").hidden = false;
    worker = new Worker(URL.createObjectURL(new Blob([text("worker.js")], { type: "text/javascript" })));
    worker.addEventListener("error", (event) => broken(event.message));
    worker.addEventListener("message", ({ data }) => {
      if (data.step) /** @type {HTMLProgressElement} */ (by("loaded")).value = data.step;
      else if (data.of) progress(data.done, data.of);
      else if (waiting.has(data.id)) {
        const { resolve, reject } = /** @type {any} */ (waiting.get(data.id));
        waiting.delete(data.id);
        if ("error" in data) reject(new Error(data.error));
        else resolve(data.found);
      }
    });
    /** @type {Record<string, string>} */
    const parts = {};
    for (const each of document.querySelectorAll("script[type='application/octet-stream']"))
      parts[each.id] = each.textContent ?? "";
    const ready = send({ parts });
    for (const [name, bytes] of files) worker.postMessage({ name, bytes });
    return ready.then(
      () => {
        by("loading").hidden = true;
        document.body.dataset.state = "ready";
      },
      (error) => old(error.message),
    );
  };

  /** @param {string} call @param {object} [more] */
  const ask = async (call, more = {}) => {
    say(by("status"), WORDS[call]);
    by("stop").hidden = call === "look";
    document.body.dataset.state = "busy";
    try {
      return await send({ call, choices: { ...choices, lang: zh ? "zh" : "en", ...more } });
    } finally {
      by("stop").hidden = by("progress").hidden = true;
    }
  };

  const finished = (/** @type {Pair} */ words) => {
    say(by("status"), words);
    document.body.dataset.state = "ready";
  };

  const progress = (/** @type {number} */ done, /** @type {number} */ of) => {
    const bar = /** @type {HTMLProgressElement} */ (by("progress"));
    bar.hidden = false;
    [bar.max, bar.value] = [of, done];
  };

  const stop = () => {
    worker?.terminate();
    waiting.clear();
    by("stop").hidden = by("progress").hidden = true;
    start();
    finished(WORDS.stopped);
  };

  const broken = (/** @type {string} */ why) => {
    const last = why.trim().split("\n").pop() ?? why;
    finished([WORDS.broken[0] + last, WORDS.broken[1] + last]);
  };

  const old = (/** @type {string} */ why) => {
    by("old").hidden = false;
    by("loading").hidden = true;
    by("why").textContent = why;
    document.body.dataset.state = "old";
  };

  /** What a click or a file sets off: a fault of the program is shown, not lost. @param {() => Promise<void>} act */
  const acting = (act) => () => void act().catch((error) => broken(String(error.message)));

  // -- files ---------------------------------------------------------------------------------------------------------

  /** A result on the page is one of what was there before. */
  const changed = () => {
    by("stale").hidden = by("result").hidden;
  };

  /** @param {string} name @param {Uint8Array<ArrayBuffer>} bytes */
  const put = (name, bytes) => {
    changed();
    files.set(name, bytes);
    worker?.postMessage({ name, bytes });
  };

  /** @param {string} name */
  const remove = (name) => {
    changed();
    files.delete(name);
    worker?.postMessage({ gone: name });
    void look();
  };

  const clear = () => {
    for (const name of files.keys()) worker?.postMessage({ gone: name });
    files.clear();
    choices = {};
    by("result").hidden = true;
  };

  const again = async () => {
    clear();
    await look();
    by("files").focus();
  };

  /** @param {Iterable<[string, File]>} dropped */
  const take = async (dropped) => {
    document.body.dataset.state = "busy";
    for (const [name, file] of dropped) put(name, new Uint8Array(await file.arrayBuffer()));
    await look();
  };

  /** The files of a folder, or a file itself. @param {any} entry @returns {Promise<[string, File][]>} */
  const within = async (entry) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      return [[entry.fullPath.replace(/^\//, ""), file]];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return found;
      for (const each of some) found.push(...(await within(each)));
    }
  };

  /** @param {Written} file */
  const save = ({ name, bytes }) => {
    const link = /** @type {HTMLAnchorElement} */ (make("a"));
    link.href = URL.createObjectURL(new Blob([bytes]));
    link.download = name;
    link.click();
  };

  // -- the form ------------------------------------------------------------------------------------------------------

  /** @param {string[]} path @param {any} value */
  const choose = (path, value) => {
    let table = choices;
    for (const key of path.slice(0, -1)) table = table[key] ??= {};
    table[path[path.length - 1]] = value;
    changed();
  };

  /** @param {Control} control @param {() => Promise<void>} then */
  const input = (control, then) => {
    const id = `at/${control.path.join("/")}`;
    const made = make(control.kind === "choice" ? "select" : "input", null, { id });
    if (made instanceof HTMLSelectElement) {
      for (const { value, words } of control.options ?? []) made.append(make("option", words, { value }));
      made.value = control.value;
    } else if (made instanceof HTMLInputElement) {
      made.type = control.kind === "tick" ? "checkbox" : "text";
      made.autocomplete = "off";
      if (control.kind === "tick") made.checked = control.value;
      else made.value = control.value;
    }
    made.addEventListener("change", () => {
      const ticked = made instanceof HTMLInputElement && made.type === "checkbox";
      choose(control.path, ticked ? made.checked : /** @type {any} */ (made).value);
      acting(then)();
    });
    return made;
  };

  /** @param {Control} control @param {() => Promise<void>} then */
  const labelled = (control, then) => {
    const row = make("p", null, { class: `control ${control.kind}`, "data-place": control.path.join("/") });
    const made = input(control, then);
    row.append(make("label", control.label, { for: made.id }), made);
    if (control.hint) {
      row.append(make("small", control.hint, { id: `${made.id}/hint` }));
      made.setAttribute("aria-describedby", `${made.id}/hint`);
    }
    return row;
  };

  /** @param {Group} group */
  const grouped = (group) => {
    const made = make("fieldset", null, { "data-place": group.place });
    made.append(make("legend", group.title));
    if (group.note) made.append(make("p", group.note, { class: "quiet" }));
    for (const control of group.controls) {
      const row = labelled(control, look);
      const { file } = control;
      if (file) row.append(button([`${WORDS.remove[0]} ${file}`, `${WORDS.remove[1]} ${file}`], () => remove(file)));
      made.append(row);
    }
    return made;
  };

  /** @param {Table} found */
  const tabled = (found) => {
    const made = /** @type {HTMLDetailsElement} */ (make("details"));
    made.open = found.open;
    made.append(make("summary", found.title));
    if (found.problem) made.append(make("p", found.problem, { class: "fault" }));
    const scroller = make("div", null, { class: "scroller", tabindex: "0", role: "region" });
    const table = make("table");
    const heads = make("tr");
    for (const head of found.heads) {
      const cell = make("th", null, { scope: "col" });
      const chosen = input(head, look);
      cell.append(make("label", head.label, { for: chosen.id }), chosen);
      heads.append(cell);
    }
    table.append(heads);
    for (const row of found.rows.slice(1)) {
      const line = make("tr");
      for (const cell of row) line.append(make("td", cell));
      table.append(line);
    }
    scroller.append(table);
    made.append(scroller);
    return made;
  };

  /** @param {Fault[]} faults */
  const show = (faults) => {
    for (const each of document.querySelectorAll(".placed")) each.remove();
    for (const { place, words } of faults) {
      const made = make("p", words, { class: "fault placed", role: "alert" });
      const there = [place, "files"].map((one) => document.querySelector(`[data-place="${CSS.escape(one)}"]`));
      (there.find(Boolean) ?? by("form")).append(made);
    }
  };

  /** @type {number} */
  let looked = 0;
  const look = async () => {
    looked += 1;
    const mine = looked;
    const found = await ask("look");
    if (mine !== looked) return; // something was chosen meanwhile, and will be answered
    const focused = document.activeElement;
    const open = new Set([...document.querySelectorAll("#form details[open]")].map((each) => each.id));
    const form = by("form");
    form.replaceChildren(make("h2", WORDS.form));
    for (const group of found.groups) form.append(grouped(group));
    if (found.tables.length) {
      const made = make("fieldset", null, { "data-place": "log" });
      made.append(make("legend", WORDS.columns));
      if (found.sought) made.append(make("p", found.sought, { class: "quiet" }));
      found.tables.forEach((/** @type {Table} */ table, /** @type {number} */ at) => {
        const details = /** @type {HTMLDetailsElement} */ (tabled(table));
        details.id = `table/${at}`;
        details.open ||= open.has(details.id);
        made.append(details);
      });
      form.append(made);
    }
    if (found.words.length) {
      form.append(make("h3", WORDS.words));
      for (const group of found.words) form.append(grouped(group));
    }
    by("notes").replaceChildren(...found.notes.map((/** @type {Pair} */ words) => make("p", words, { class: "fault" })));
    by("act").hidden = by("again").hidden = !files.size;
    /** @type {HTMLButtonElement} */ (by("judge")).disabled = !found.ready;
    show(found.faults);
    const there = focused?.id ? document.getElementById(focused.id) : null;
    // What is being written meanwhile stays.
    if (there instanceof HTMLInputElement && focused instanceof HTMLInputElement) there.value = focused.value;
    there?.focus();
    finished(WORDS.ready);
  };

  // -- the result ----------------------------------------------------------------------------------------------------

  /** @type {string | null} */
  let shown = null;
  const display = (/** @type {Written} */ page) => {
    if (shown) URL.revokeObjectURL(shown);
    shown = URL.createObjectURL(new Blob([page.bytes], { type: "text/html" }));
    /** @type {HTMLIFrameElement} */ (by("report")).src = shown;
  };

  /** A click hands out the files, or the one of a name: a browser asks before it saves several at once. */
  const written = (/** @type {string} */ call, /** @type {object} */ more, name = "") =>
    acting(async () => {
      const found = await ask(call, more);
      found.files.filter((/** @type {Written} */ file) => !name || file.name === name).forEach(save);
      finished(WORDS.done);
    });

  /** @param {Control} question */
  const asked = (question) => {
    const made = make("div", null, { class: "question" });
    const row = labelled(question, judge);
    made.append(row);
    if (question.recorded) {
      row.querySelector("select")?.setAttribute("disabled", "");
      made.append(make("p", WORDS.recorded, { class: "quiet" }));
    }
    if (question.recorded || !question.value) return made;
    const details = make("details");
    details.append(make("summary", WORDS.adopting));
    const fields = ["by", "date", "document"].map((name) => {
      const field = /** @type {HTMLInputElement} */ (make("input", null, { id: `${question.id}/${name}` }));
      if (name === "date") field.type = "date";
      const row = make("p", null, { class: "control" });
      row.append(make("label", WORDS[name], { for: field.id }), field);
      details.append(row);
      return field;
    });
    details.append(
      button(
        WORDS.record,
        acting(async () => {
          const [decided_by, date, document] = fields.map((field) => field.value);
          const adopting = { ambiguity: question.id, reading: question.value, decided_by, date, document };
          const found = await ask("adopt", { adopting });
          if (found.faults.length) {
            details.querySelector(".fault")?.remove();
            details.append(make("p", found.faults[0].words, { class: "fault", role: "alert" }));
            finished(WORDS.ready);
            return;
          }
          for (const file of found.files) {
            files.set(file.name, file.bytes);
            save(file);
          }
          delete choices.readings?.[question.id ?? ""];
          await look();
          await judge();
        }),
      ),
    );
    made.append(details);
    return made;
  };

  const judge = async () => {
    const found = await ask("judge");
    show(found.faults);
    if (found.faults.length) {
      finished(WORDS.ready);
      return;
    }
    by("kinds").replaceChildren(
      ...found.kinds.flatMap((/** @type {Option} */ kind) => [button(kind.words, written("write", { kind: kind.value })), " "]),
      button(WORDS.settings, written("save", {}, "procure.toml")),
      " ",
      button(WORDS.mapping, written("save", {}, "mapping.toml")),
    );
    by("pages").replaceChildren(
      ...(found.pages.length > 1 ? found.pages : []).map((/** @type {Written} */ page) =>
        button([page.name, page.name], () => display(page)),
      ),
    );
    by("questions").replaceChildren(...found.questions.map(asked));
    by("command").textContent = found.command;
    const seen = !by("result").hidden;
    by("result").hidden = false;
    by("stale").hidden = true;
    display(found.pages[found.pages.length - 1]);
    if (!seen) by("result").focus();
    finished(WORDS.done);
  };

  // -- the start -----------------------------------------------------------------------------------------------------

  speak((remembered() ?? (navigator.language.startsWith("zh") ? "zh" : "en")) === "zh");
  for (const name of ["zh", "en"])
    by(name).addEventListener("click", () => {
      speak(name === "zh");
      remember();
      if (!by("result").hidden) acting(judge)();
    });
  by("files").addEventListener("change", (event) => {
    const chosen = /** @type {HTMLInputElement} */ (event.target);
    const list = [...(chosen.files ?? [])].map((file) => /** @type {[string, File]} */ ([file.name, file]));
    acting(() => take(list))();
    chosen.value = "";
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    // The entries must be taken before anything is waited for.
    const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    acting(async () => take((await Promise.all(entries.map(within))).flat()))();
  });
  by("judge").addEventListener("click", acting(judge));
  by("again").addEventListener("click", acting(again));
  by("stop").addEventListener("click", stop);
  by("example").addEventListener(
    "click",
    acting(async () => {
      const example = JSON.parse(text("example.json"));
      clear();
      put(example.file, Uint8Array.from(atob(text("example.csv")), (letter) => letter.charCodeAt(0)));
      choices = example.choices;
      await look();
      await judge();
    }),
  );
  addEventListener("DOMContentLoaded", () => {
    if (typeof WebAssembly === "object" && typeof DecompressionStream === "function" && typeof Worker === "function")
      void start();
    else old("WebAssembly, DecompressionStream, Worker");
  });
})();
