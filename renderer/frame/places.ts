/** The places that a first picture of the lab has no need of, each loaded when it is gone to. */
import type { Component } from 'svelte';
import type { Place } from '../state/window.svelte.ts';

/** Loads a place's component; loaded before, it is at hand. */
export const LATER: Readonly<Record<Exclude<Place, 'lab'>, () => Promise<{ default: Component }>>> =
  {
    runs: () => import('../places/runs/RunsPlace.svelte'),
    paper: () => import('../places/paper/PaperPlace.svelte'),
    labels: () => import('../places/labels/LabelsPlace.svelte'),
    data: () => import('../places/data/DataPlace.svelte'),
    log: () => import('../places/log/LogPlace.svelte'),
    help: () => import('../places/help/HelpPlace.svelte'),
  };
