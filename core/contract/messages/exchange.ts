/** The exit code by which the core asks for a new process in its place, having done all it was asked. */
export const EXCHANGED = 75;
