// Beside each built file its brotli and gzip form, so that no server packs the same file again for each browser.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** What is text; pictures and fonts are packed by their own formats. */
const TEXT = /\.(css|js|svg)$/;
/** Below this the headers weigh as much as the file. */
const SMALLEST = 1024;
const FORMS = {
  br: (content: Buffer) =>
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
  gz: (content: Buffer) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
};

async function store(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < SMALLEST) return;
  for (const [ending, pack] of Object.entries(FORMS)) await writeFile(`${path}.${ending}`, await pack(content));
}

/** A form is stored for every text of the build, whether the bundler made it or it lay in `public`. */
export function stored(): Plugin {
  let folder = "";
  return {
    name: "kith:stored",
    apply: "build",
    configResolved: ({ build, root }) => void (folder = join(root, build.outDir)),
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter((name) => TEXT.test(name)).map((name) => store(join(folder, name))));
    },
  };
}
