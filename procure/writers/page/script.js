"use strict";
// Sorts, filters and pages the table of findings. Without it the page shows and prints them all. Only the rows of the
// page shown are kept in the document: a browser takes long over thousands.
(() => {
  const PAGE = 100;
  const section = document.getElementById("findings");
  const table = section.querySelector("table.findings");
  const form = section.querySelector("form.controls");
  const output = form.querySelector("output");
  const pages = section.querySelector("nav.pages");
  const lang = document.documentElement.lang;
  const collator = new Intl.Collator(lang, { numeric: true });
  const heads = [...table.tHead.rows[0].cells];
  const texts = new Map();
  let bodies = [...table.tBodies];
  let found = bodies;
  let at = 0;

  const textOf = (body) => {
    if (!texts.has(body)) texts.set(body, body.textContent.toLowerCase());
    return texts.get(body);
  };

  const matches = (body) => {
    const { standing, certainty, rule, text } = form.elements;
    const { v, s, r } = body.dataset;
    const calm = v === "compliant" || v === "not-applicable";
    return (
      (standing.value === "attention" ? !calm : !standing.value || v === standing.value) &&
      (!certainty.value || s === certainty.value) &&
      (!rule.value || (r || "").split(" ").includes(rule.value)) &&
      textOf(body).includes(text.value.trim().toLowerCase())
    );
  };

  const place = (rows) => {
    for (const body of [...table.tBodies]) body.remove();
    table.append(...rows);
  };

  const show = () => {
    found = bodies.filter(matches);
    at = Math.min(at, Math.floor(Math.max(found.length - 1, 0) / PAGE));
    const [first, last] = [at * PAGE, Math.min((at + 1) * PAGE, found.length)];
    place(found.slice(first, last));
    output.value = found.length
      ? `${first + 1}–${last} ${output.dataset.of} ${found.length}`
      : output.dataset.none;
    pages.hidden = found.length <= PAGE;
    pages.querySelector(".back").disabled = at === 0;
    pages.querySelector(".on").disabled = last >= found.length;
  };

  // The first number of a text, whatever the sign of its currency.
  const number = (text) => {
    const found = text.replaceAll(",", "").match(/(-?)[^\d-]*(\d+(?:\.\d+)?)/);
    return found ? Number(found[1] + found[2]) : null;
  };

  const sort = (column, downwards) => {
    const numbers = heads[column].dataset.sort === "number";
    const key = (body) => {
      const cell = body.rows[0].cells[column];
      const text = cell.dataset.k || cell.textContent.trim();
      return numbers ? number(text) : text || null;
    };
    const keyed = bodies.map((body) => [key(body), body]);
    const compare = numbers ? (a, b) => a - b : collator.compare;
    // What is not known stands last either way.
    keyed.sort(([a], [b]) => (a === null) - (b === null) || (a === null ? 0 : downwards ? compare(b, a) : compare(a, b)));
    bodies = keyed.map(([, body]) => body);
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", downwards ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    at = 0;
    show();
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending"));
    head.append(button);
  });

  for (const [name, sign, step] of [["back", "‹", -1], ["on", "›", 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.textContent = pages.dataset[name] + " " + sign;
    button.addEventListener("click", () => {
      at += step;
      show();
      section.scrollIntoView();
    });
    pages.append(button);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    at = 0;
    show();
  });
  form.hidden = false;

  // The reason of a finding stands once on the page, and is brought where it is opened.
  table.addEventListener(
    "toggle",
    ({ target }) => {
      const link = target.open && target.querySelector(":scope > p > a");
      const because = link && document.querySelector(`${link.hash} .because`);
      if (because) link.parentNode.replaceWith(because.cloneNode(true));
    },
    true,
  );

  // On paper nothing can be turned over or opened: all that match are there, and what the readings rest on is open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("#questions details:not([open])")];
    for (const details of opened) details.open = true;
    place(found);
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    show();
  });

  show();
  table.classList.add("ready");
})();
