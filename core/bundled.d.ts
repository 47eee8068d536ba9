/** A program's file, bundled into one text that a worker thread runs (build/bundled.mjs). */
declare module '*?bundled' {
  const code: string;
  export default code;
}

/** The path of a file of a package, whole or relative to the program (build/bundled.mjs). */
declare module '*?file' {
  const path: string;
  export default path;
}

/** The text of a file (build/bundled.mjs; Vite has it by itself). */
declare module '*?raw' {
  const text: string;
  export default text;
}
