// Python, and the package in it: the page sends files and calls, and gets plain data and files back.
"use strict";

// A worker made of a text on a file:// page is a classic one. Pyodide takes those for old ones, by this name.
/** @type {any} */ (self).importScripts = undefined;

/** @type {any} */
let pyodide;
/** @type {any} */
let desk;
const FOLDER = "/desk";

/** @param {string} text base64 of gzip */
const unpacked = async (text) => {
  const letters = atob(text);
  const packed = new Uint8Array(letters.length);
  // A callback for each of ten million letters would take a second.
  for (let at = 0; at < letters.length; at += 1) packed[at] = letters.charCodeAt(at);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** @param {Uint8Array<ArrayBuffer>} bytes */
const imported = (bytes) => import(URL.createObjectURL(new Blob([bytes], { type: "text/javascript" })));

/** @param {Record<string, string>} parts */
const start = async (parts) => {
  /** @type {Record<string, Uint8Array<ArrayBuffer>>} */
  const files = {};
  for (const [name, text] of Object.entries(parts)) files[name] = await unpacked(text);
  postMessage({ step: 1 });
  // What Pyodide would ask a server for is here; nothing else is to be had.
  self.fetch = async (asked) => {
    const name = String(asked instanceof Request ? asked.url : asked).split("/").pop() ?? "";
    if (!(name in files)) throw new TypeError(`${name} is not part of this page`);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(files[name], { headers: { "content-type": type } });
  };
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    imported(files["pyodide.mjs"]),
    imported(files["pyodide.asm.mjs"]),
  ]);
  pyodide = await loadPyodide({
    indexURL: "file:///",
    createPyodideModule,
    lockFileContents: new TextDecoder().decode(files["pyodide-lock.json"]),
  });
  postMessage({ step: 2 });
  pyodide.FS.mkdirTree(FOLDER);
  const packages = pyodide.runPython(`
import gc, importlib, os, site, sys
gc.disable()  # it would walk the records of a log again and again, and find nothing
os.chdir("${FOLDER}")
found = site.getsitepackages()[0]
os.makedirs(found, exist_ok=True)
sys.path.append(found) if found not in sys.path else None
found`);
  pyodide.unpackArchive(files["packages.zip"], "zip", { extractDir: packages });
  pyodide.pyimport("importlib").invalidate_caches();
  postMessage({ step: 3 });
  const told = (/** @type {number} */ done, /** @type {number} */ of) => postMessage({ done, of });
  desk = pyodide.pyimport("procure.app.desk").Desk(told);
};

/** @param {string} name @param {Uint8Array<ArrayBuffer>} bytes */
const put = (name, bytes) => {
  const folder = `${FOLDER}/${name}`.replace(/\/[^/]*$/, "");
  pyodide.FS.mkdirTree(folder);
  pyodide.FS.writeFile(`${FOLDER}/${name}`, bytes);
};

/** @param {string} call @param {object} choices */
const asked = (call, choices) => {
  const found = JSON.parse(desk.ask(call, JSON.stringify(choices)));
  for (const file of [...(found.files ?? []), ...(found.pages ?? [])]) file.bytes = pyodide.FS.readFile(file.path);
  return found;
};

let last = Promise.resolve();
self.onmessage = ({ data }) => {
  // One after another, in the order in which they were sent.
  last = last.then(async () => {
    try {
      if (data.parts) postMessage({ id: data.id, found: await start(data.parts) });
      else if (data.bytes) put(data.name, data.bytes);
      else if (data.gone) pyodide.FS.unlink(`${FOLDER}/${data.gone}`);
      else postMessage({ id: data.id, found: asked(data.call, data.choices) });
    } catch (error) {
      postMessage({ id: data.id, error: String(error) });
    }
  });
};
