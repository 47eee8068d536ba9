/** A program's file, bundled into one text that a worker thread runs (build/bundled.mjs). */
declare module '*?bundled' {
  const code: string;
  export default code;
}
