// What outlives the call that made it: listeners, frames, timers. All of it ends together, after
// which nothing acts, and the first error in any of it ends the rest and is handed on.
export function lifetime(failed) {
  const over = new AbortController();
  const guarded = (act) => (...given) => {
    if (over.signal.aborted) return;
    try {
      act(...given);
    } catch (error) {
      over.abort();
      failed(error);
    }
  };
  const atEnd = (act) => over.signal.addEventListener("abort", act);
  return {
    guarded,
    atEnd,
    end: () => over.abort(),
    on(target, name, act, options = {}) {
      target.addEventListener(name, guarded(act), { ...options, signal: over.signal });
    },
    // Many events, one drawing per frame: the last state wins.
    eachFrame(paint) {
      let asked = 0;
      const go = guarded(() => { asked = 0; paint(); });
      return () => { asked ||= requestAnimationFrame(go); };
    },
    later(milliseconds, act) {
      let timer = 0;
      const go = guarded(act);
      return () => { clearTimeout(timer); timer = setTimeout(go, milliseconds); };
    },
  };
}
